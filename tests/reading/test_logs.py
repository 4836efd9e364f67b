"""Reading many runs: by threads, by processes, in order."""

import os
import signal

import pytest

from reportgen.reading import load_workspace, logs
from tests.builders import build_config, comparable, run

RUNS = 7


@pytest.fixture
def project(tmp_path):
    for number in range(RUNS):
        described = run(f"r{number}").at(number).metric("loss", [number, number + 1]).finished()
        described.line("metrics", b'{"_step": 2, "lo' if number == 3 else b"").write(tmp_path)
    return tmp_path


def read(folder, jobs):
    config = build_config(folder)
    return comparable(load_workspace(type(config)(config.folder, config.site_dir, now=config.now, jobs=jobs)))


@pytest.fixture
def eager(monkeypatch):
    """Start processes for however little there is to read, one run a batch."""
    monkeypatch.setattr(logs, "PARALLEL_BYTES", 1)
    monkeypatch.setattr(logs, "BATCH_BYTES", 1)


@pytest.mark.usefixtures("eager")
def test_processes_read_what_one_reads(project, monkeypatch):
    calls = []
    monkeypatch.setattr(
        logs, "_refilled", lambda log, cache, real=logs._refilled: calls.append(log) or real(log, cache)
    )
    parallel = read(project, 2)
    assert len(calls) == RUNS
    assert all(
        len(read.state.content.steps) == 0 for log in calls for file, read in log.files if file.stream == "metrics"
    )
    assert read(project, 1) == parallel


@pytest.mark.usefixtures("eager")
def test_processes_read_only_what_is_new(project, monkeypatch):
    read(project, 2)
    with (project / "runs/digits/r5/metrics.jsonl").open("ab") as file:
        file.write(b'{"_step": 2, "loss": 9}\n')
    asked = []

    def batches(plans, real=logs._batches):
        found = real(plans)
        asked.extend(folder.path.name for batch in found for folder in batch)
        return found

    monkeypatch.setattr(logs, "_batches", batches)
    again = read(project, 2)
    assert asked == ["r3", "r5"]  # the torn line of r3 is new each time
    assert read(project, 1) == again


@pytest.mark.usefixtures("eager")
def test_processes_work_without_a_cache(project):
    expected = read(project, 1)
    for path in sorted((project / ".reportgen").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    (project / ".reportgen").rmdir()
    (project / ".reportgen").write_text("in the way")
    assert read(project, 2) == expected


@pytest.mark.usefixtures("eager")
def test_where_no_process_can_be_started_this_one_reads(project, monkeypatch):
    def refuse(*_, **__):
        raise OSError("no more processes")

    monkeypatch.setattr(logs, "ProcessPoolExecutor", refuse)
    parallel = read(project, 2)
    assert read(project, 1) == parallel


@pytest.mark.usefixtures("eager")
def test_when_a_process_is_killed_this_one_reads(project, monkeypatch):
    monkeypatch.setattr(logs, "_read_batch", killed)
    parallel = read(project, 2)
    assert read(project, 1) == parallel


def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)
