"""Bars for long work: on a terminal, and nowhere else."""

import os
import pty
import subprocess
import sys

import pytest

from tests.builders import run

RUNS = 400
"""So many that a build takes longer than it waits before it draws anything."""


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("many")
    for number in range(RUNS):
        run(f"r{number}").at(number).metric("loss", list(range(50))).finished().write(folder)
    return folder


def on_a_terminal(*arguments):
    """What a command writes to a terminal, with its standard output elsewhere."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "reportgen", *map(str, arguments)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=theirs, env={**os.environ, "TERM": "xterm"}
    ) as process:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 1 << 16):
                shown += piece
        except OSError:  # the other end is closed
            pass
        said = process.stdout.read()
    os.close(ours)
    assert process.returncode == 0, shown
    return shown.decode(), said.decode()


def test_a_terminal_shows_how_far_the_work_has_come(study, tmp_path):
    shown, said = on_a_terminal("build", study, "--site-dir", tmp_path / "site")
    assert "Writing pages" in shown
    assert f"{RUNS}/{RUNS}" in shown
    assert said.startswith(f"{RUNS} runs, {RUNS * 50:,} rows · {RUNS} read (")


def test_a_file_gets_none(study, tmp_path, command):
    done = command("build", study, "--site-dir", tmp_path / "site")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 2
