"""Many processes, killed processes: the store needs no lock and is never in between."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import reportgen
from reportgen.logger.artifacts import exclusive
from tests.logger.logs import environment

LOG_ONE = """
import sys, reportgen
run = reportgen.init(project="p", capture=False, strict=True)
artifact = reportgen.Artifact("net", "model")
for number in range(5):
    with artifact.new_file(f"{number}.txt") as file:
        file.write(sys.argv[1] if number == 3 else "the same")
print("ready", flush=True)
sys.stdin.readline()
print(run.log_artifact(artifact, aliases=[f"by-{sys.argv[1]}"]).version, flush=True)
"""
LOG_FOR_EVER = """
import os, reportgen
run = reportgen.init(project="p", capture=False, strict=True)
number = 0
while True:
    artifact = reportgen.Artifact("net", "model")
    with artifact.new_file("w.bin", "wb") as file:
        file.write(os.urandom(200_000))
    with artifact.new_file("same.bin", "wb") as file:
        file.write(bytes(200_000))
    print(run.log_artifact(artifact).version, flush=True)
"""


def start(code, folder, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("equal", [False, True])
def test_processes_that_log_the_same_artifact_at_once(tmp_path, begin, equal):
    loggers = [start(LOG_ONE, tmp_path, "x" if equal else str(number)) for number in range(8)]
    for logger in loggers:
        assert logger.stdout.readline() == "ready\n"
    for logger in loggers:
        logger.stdin.write("\n")
        logger.stdin.flush()
    versions = [logger.communicate(timeout=60)[0].strip() for logger in loggers]
    assert {logger.returncode for logger in loggers} == {0}
    wanted = {"v0"} if equal else {f"v{number}" for number in range(8)}
    assert set(versions) == wanted
    run = begin(project="p")
    for number, version in enumerate(versions):
        found = run.use_artifact(f"net:by-{'x' if equal else number}")
        assert found.version == version
        found.verify()
    assert run.use_artifact("net").version == max(wanted)


def test_a_killed_logger_leaves_a_store_that_works(tmp_path, begin):
    done = []
    for tries in range(6):
        logger = start(LOG_FOR_EVER, tmp_path)
        done.append(logger.stdout.readline().strip())  # it is in full swing
        time.sleep(0.003 * tries)
        os.kill(logger.pid, signal.SIGKILL)
        done += logger.communicate()[0].split()
    run = begin(project="p", strict=True)
    versions = Path("runs/p/_artifacts/versions/net")
    for path in versions.glob("v*.json"):
        assert json.loads(path.read_bytes())["version"] == path.stem
        run.use_artifact(f"net:{path.stem}").verify()
    assert set(done) <= {path.stem for path in versions.glob("v*.json")}
    artifact = reportgen.Artifact("net", "model")
    with artifact.new_file("w.bin", "wb") as file:
        file.write(b"after")
    logged = run.log_artifact(artifact)
    assert run.use_artifact("net").version == logged.version
    logged.verify()


def test_where_there_are_no_hard_links_a_file_is_claimed(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    assert exclusive.publish(str(tmp_path / "v0.json"), b"one")
    assert not exclusive.publish(str(tmp_path / "v0.json"), b"two")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"v0.json": b"one"}


def test_a_link_whose_answer_was_lost_counts(tmp_path, monkeypatch):
    make = os.link

    def lose_the_answer(source, target):
        make(source, target)
        raise FileExistsError

    monkeypatch.setattr(os, "link", lose_the_answer)
    assert exclusive.publish(str(tmp_path / "v0.json"), b"one")
    assert not exclusive.publish(str(tmp_path / "v0.json"), b"two")
    assert (tmp_path / "v0.json").read_bytes() == b"one"


def test_a_forked_child_logs_nothing_for_its_parent(tmp_path):
    code = """
import os, reportgen
run = reportgen.init(project="p", capture=False)
open("w", "w").write("w")
if os.fork() == 0:
    run.log_artifact("w", name="net")
    os._exit(0)
os.wait()
run.finish()
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment(), check=True)
    assert done.returncode == 0
    assert not (tmp_path / "runs/p/_artifacts/versions").exists()
