"""Commands are held to their time and their output, whatever they do."""

import sys
import threading

import pytest

from reportgen.logger.capture import command
from reportgen.logger.capture.command import Commands

LONG = "import time; print('begun', flush=True); time.sleep(20)"
"""Ends well, later than it may."""


def python(code):
    return [sys.executable, "-S", "-c", code]


def test_a_command_that_ends_well_is_complete():
    done = Commands().run(python("print('out'); import sys; print('err', file=sys.stderr)"), {}, 1000)
    assert (done.content, done.complete, done.missing) == (b"out\n", True, False)


@pytest.mark.parametrize(
    "code", ["print('out'); raise SystemExit(3)", "print('out', flush=True); import os; os.abort()"]
)
def test_a_command_that_fails_is_not(code):
    done = Commands().run(python(code), {}, 1000)
    assert (done.content, done.complete) == (b"out\n", False)


def test_a_command_that_there_is_not_is_missing(tmp_path):
    assert Commands().run([str(tmp_path / "git")], {}, 1000).missing
    (tmp_path / "git").write_text("no program\n")
    refused = Commands().run([str(tmp_path / "git")], {}, 1000)
    assert (refused.complete, refused.missing) == (False, False)


def test_too_much_output_is_cut():
    done = Commands().run(python("print('x' * 100_000)"), {}, 25_000)
    assert (done.content, done.complete) == (b"x" * 25_000, False)


def test_endless_output_is_cut_and_its_source_stopped():
    endless = "import os\nwhile True: os.write(1, b'x' * 10_000)"
    done = Commands().run(python(endless), {}, 25_000)
    assert (done.content, done.complete) == (b"x" * 25_000, False)


def test_output_of_just_the_size_is_not_cut():
    done = Commands().run(python("print('x' * 99)"), {}, 100)
    assert (len(done.content), done.complete) == (100, True)


def test_a_command_that_takes_too_long_is_stopped_with_what_it_has_said(monkeypatch):
    monkeypatch.setattr(command, "EACH_SECONDS", 0.5)
    done = Commands().run(python(LONG), {}, 1000)
    assert (done.content, done.complete) == (b"begun\n", False)


def test_what_a_command_leaves_running_does_not_hold_it_up(monkeypatch):
    """The child inherits the output, which therefore does not end with its parent."""
    monkeypatch.setattr(command, "EACH_SECONDS", 0.5)
    code = f"import subprocess, sys; subprocess.Popen([sys.executable, '-S', '-c', {LONG!r}])"
    done = Commands().run(python(code), {}, 1000)
    assert not done.complete


@pytest.fixture
def unhurried(monkeypatch):
    monkeypatch.setattr(command, "EACH_SECONDS", 600)


def test_when_the_time_of_all_is_over_none_is_begun(tmp_path, unhurried):
    commands = Commands(seconds=0.5)
    assert not commands.run(python(LONG), {}, 1000).complete
    assert commands.seconds_left == 0
    mark = tmp_path / "mark"
    assert not commands.run(python(f"open({str(mark)!r}, 'w')"), {}, 1000).complete
    assert not mark.exists()


def test_another_thread_may_ask_for_haste(unhurried):
    commands = Commands()
    threading.Timer(0.2, commands.hurry, [0.2]).start()
    assert not commands.run(python(LONG), {}, 1000).complete
    assert commands.seconds_left == 0
    commands.hurry(100)  # haste is never taken back
    assert commands.seconds_left == 0
