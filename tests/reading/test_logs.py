"""Reading many runs: by threads, by processes, in order."""

import os
import shutil
import signal

import pytest

from reportgen.config import BuildConfig
from reportgen.executors import open_workers
from reportgen.reading import load_workspace, logs
from tests.builders import NOW, comparable, run

RUNS = 7


@pytest.fixture
def project(tmp_path):
    for number in range(RUNS):
        described = run(f"r{number}").at(number).metric("loss", [number, number + 1]).finished()
        described.line("metrics", b'{"_step": 2, "lo' if number == 3 else b"").write(tmp_path)
    return tmp_path


def load(folder, jobs, tell=None):
    config = BuildConfig(folder, folder / "site", now=NOW, jobs=jobs)
    with open_workers(jobs=jobs) as workers:
        return load_workspace(config, workers, tell)


def read(folder, jobs):
    return comparable(load(folder, jobs).projects)


@pytest.fixture
def eager(monkeypatch):
    """Start processes for however little there is to read."""
    monkeypatch.setattr(logs, "PARALLEL_BYTES", 1)


@pytest.fixture
def by(monkeypatch):
    """The processes that have read something."""
    read_by = []
    real = logs._received
    monkeypatch.setattr(logs, "_received", lambda folder, sent: read_by.append(folder.path.name) or real(folder, sent))
    return read_by


def forget(folder):
    shutil.rmtree(folder / ".reportgen")


@pytest.mark.usefixtures("eager")
def test_processes_read_what_one_reads(project):
    parallel = read(project, 2)
    forget(project)
    assert read(project, 1) == parallel


@pytest.mark.usefixtures("eager")
def test_processes_read_only_what_is_new(project, by):
    read(project, 2)
    assert by == [f"r{number}" for number in range(RUNS)]
    with (project / "runs/digits/r5/metrics.jsonl").open("ab") as file:
        file.write(b'{"_step": 2, "loss": 9}\n')
    del by[:]
    again = load(project, 2)
    assert by == ["r5"]
    assert (again.reading.read, again.reading.reused) == (1, RUNS - 1)
    assert again.reading.parsed == 24
    forget(project)
    assert comparable(again.projects) == read(project, 1)


@pytest.mark.usefixtures("eager")
def test_processes_work_without_a_cache(project):
    expected = read(project, 1)
    forget(project)
    (project / ".reportgen").write_text("in the way")
    assert read(project, 2) == expected


HERE, REAL_READ = os.getpid(), logs._read


def killed_elsewhere(storage, folder):
    if os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return REAL_READ(storage, folder)


@pytest.mark.usefixtures("eager")
def test_when_a_process_is_killed_this_one_reads(project, monkeypatch):
    expected = read(project, 1)
    forget(project)
    monkeypatch.setattr(logs, "_read", killed_elsewhere)
    assert read(project, 2) == expected


def test_little_is_read_here(project, monkeypatch):
    class Refusing:
        def map(self, *_):
            raise AssertionError("it was not to be asked")

    config = BuildConfig(project, project / "site", now=NOW, jobs=2)
    assert len(load_workspace(config, Refusing()).projects[0].runs) == RUNS


def test_progress_is_told_run_by_run(project):
    told = []
    size = sum(path.stat().st_size for path in project.rglob("*.jsonl")) - len(b'{"_step": 2, "lo')
    load(project, 1, lambda *so_far: told.append(so_far))
    assert [done for done, _, _ in told] == list(range(1, RUNS + 1))
    assert {total for _, total, _ in told} == {RUNS}
    assert told[-1][2] == size
    del told[:]
    load(project, 1, lambda *so_far: told.append(so_far))
    assert told[-1] == (RUNS, RUNS, 0)
