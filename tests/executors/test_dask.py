"""Against a real scheduler with two real worker processes."""

import logging
import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.errors import ExecutorError, InstallationError, UsageError
from reportgen.executors import Workers, dask, open_workers
from reportgen.executors.batches import LARGEST_BATCH
from tests.executors import tasks
from tests.executors.cluster import Cluster, cluster


@pytest.fixture(scope="module")
def running() -> Iterator[Cluster]:
    with cluster() as one:
        yield one


@pytest.fixture
def workers(running: Cluster) -> Iterator[Workers]:
    with open_workers(f"dask://{running.address}") as opened:
        yield opened


@pytest.mark.parametrize("count", [0, 1, 17, 500])
def test_results_come_in_order(count: int, workers: Workers) -> None:
    assert list(workers.map(tasks.twice, 3, range(count))) == [3 * item for item in range(count)]


def test_both_workers_do_their_part(workers: Workers, running: Cluster) -> None:
    done_by = set(workers.map(tasks.process_id, None, range(200)))
    assert done_by == {process.pid for process in running.started[1:]}


def test_an_exception_of_the_work_reaches_the_caller(workers: Workers) -> None:
    with pytest.raises(FileNotFoundError, match="item 30"):
        list(workers.map(tasks.refuse, 30, range(100)))


def test_few_are_done_ahead(workers: Workers, tmp_path: Path) -> None:
    results = workers.map(tasks.note, tmp_path, range(2000))
    assert next(results) == 0
    results.close()
    assert 0 < len(list(tmp_path.iterdir())) <= 2 * dask.AHEAD * LARGEST_BATCH


def test_what_is_shared_is_sent_once_to_each_worker_however_many_items_there_are(
    workers: Workers, tmp_path: Path
) -> None:
    shared = tasks.Counted(tmp_path)
    assert list(workers.map(tasks.of_counted, shared, range(300))) == list(range(300))
    assert len((tmp_path / "pickled").read_text().splitlines()) <= 2


def test_a_worker_killed_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    with cluster() as one, open_workers(f"tcp://{one.address}") as workers:
        assert list(workers.map(tasks.die_once, tmp_path, range(100))) == list(range(100))
        assert sum(process.poll() == -signal.SIGKILL for process in one.started) == 1
    done = Counter({int(path.name): len(path.read_text().splitlines()) for path in tmp_path.glob("[0-9]*")})
    assert sorted(done) == list(range(100))


def test_what_is_shared_is_sent_again_when_all_that_held_it_are_gone(tmp_path: Path) -> None:
    with cluster(1) as one, open_workers(f"dask://{one.address}") as workers:
        results = workers.map(tasks.note, tmp_path, range(200))
        first = next(results)
        one.started[1].kill()
        one.add_worker()
        assert [first, *results] == list(range(200))


def test_a_cluster_of_this_machine_ends_with_the_block(tmp_path: Path) -> None:
    with open_workers("dask", 2) as workers:
        assert list(workers.map(tasks.die_once, tmp_path, range(100))) == list(range(100))
        children = set(workers.map(tasks.process_id, None, range(64)))
    assert os.getpid() not in children
    assert not any(_runs(child) for child in children)


def test_a_work_that_kills_every_worker_is_an_error_that_says_so() -> None:
    with (
        open_workers("dask", 2) as workers,
        pytest.raises(ExecutorError, match="lost, one after the other"),
    ):
        list(workers.map(tasks.die_unless, os.getpid(), range(20)))


def test_a_scheduler_that_does_not_answer_is_an_error_within_seconds(monkeypatch) -> None:
    monkeypatch.setattr(dask, "REACH_SECONDS", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(ExecutorError, match="no Dask scheduler answers there") as error:
            _open(f"dask://127.0.0.1:{port}")
    assert f"127.0.0.1:{port}" in str(error.value)


@pytest.mark.parametrize("address", ["dask://", "dask://127.0.0.1", "dask://127.0.0.1:port", "dask://no/such"])
def test_an_address_that_is_none_is_an_error(address: str) -> None:
    with pytest.raises(ExecutorError, match="is a host and a port") as error:
        _open(address)
    assert str(error.value).startswith(f"{address}: ")


def test_a_scheduler_without_workers_is_an_error(monkeypatch) -> None:
    monkeypatch.setattr(dask, "REACH_SECONDS", 1)
    with cluster(0) as one, pytest.raises(ExecutorError, match="no workers"):
        _open(f"dask://{one.address}")


def test_a_worker_with_another_version_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "reportgen-0.0.1.dist-info").mkdir()
    (tmp_path / "reportgen-0.0.1.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: reportgen\nVersion: 0.0.1\n"
    )
    with cluster(1) as one:
        one.add_worker(tmp_path)
        with pytest.raises(ExecutorError, match=r"has reportgen 0\.0\.1; here it is"):
            _open(f"dask://{one.address}")


def test_the_package_that_is_missing_is_named(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InstallationError, match=r"reportgen\[dask\]"):
        _open("dask")


@pytest.mark.parametrize("spec", ["ray", "http://127.0.0.1:1", "dask:8786"])
def test_another_executor_is_an_error_that_says_which_there_are(spec: str) -> None:
    with pytest.raises(UsageError, match="dask://HOST:PORT"):
        _open(spec)


def test_a_folder_is_seen_by_workers_of_this_machine(workers: Workers, tmp_path: Path) -> None:
    assert isinstance(workers, dask.Dask)
    assert workers.sees(tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


def test_the_logs_of_the_caller_are_as_they_were(running: Cluster) -> None:
    logger = logging.getLogger("distributed")
    level = logger.level
    _open(f"dask://{running.address}")
    assert logger.level == level


def test_a_build_that_uses_no_cluster_does_not_import_dask() -> None:
    code = (
        "import sys; from reportgen.executors import open_workers\n"
        "with open_workers('', 2) as workers: list(workers.map(max, 1, [2, 3, 4]))\n"
        "assert not {'dask', 'distributed'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def _open(spec: str) -> None:
    with open_workers(spec):
        pass


def _runs(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


@pytest.mark.parametrize("lost", [0, 1], ids=["scheduler", "worker"])
def test_when_all_are_gone_the_error_says_so(lost: int, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(dask, "LOOK_SECONDS", 0.1)
    with cluster(1) as one, open_workers(f"dask://{one.address}") as workers:
        results = workers.map(tasks.pause, tmp_path, range(100))
        assert next(results) == 0
        one.started[lost].kill()
        with pytest.raises(ExecutorError, match="are gone"):
            list(results)
