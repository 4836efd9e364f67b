import gc
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from reportgen.executors import Inline, open_workers
from reportgen.executors.batches import LARGEST_BATCH, batches_of
from reportgen.executors.processes import AHEAD, Processes
from tests.executors import tasks


@pytest.mark.parametrize("count", [0, 1, 2, 15, 16, 17, 500])
@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_order(count: int, jobs: int) -> None:
    assert list(Processes(jobs).map(tasks.twice, 3, range(count))) == [3 * item for item in range(count)]


def test_the_work_is_done_elsewhere_by_as_many_processes() -> None:
    workers = set(Processes(2).map(tasks.process_id, None, range(200)))
    assert os.getpid() not in workers
    assert len(workers) <= 2


def test_one_job_is_done_here() -> None:
    with open_workers("", 1) as workers:
        assert isinstance(workers, Inline)
        assert set(workers.map(tasks.process_id, None, range(3))) == {os.getpid()}


def test_an_exception_of_the_work_reaches_the_caller() -> None:
    results = Processes(2).map(tasks.refuse, 30, range(100))
    with pytest.raises(FileNotFoundError, match="item 30"):
        list(results)


def test_results_are_taken_as_they_come_and_few_are_done_ahead(tmp_path: Path) -> None:
    results = Processes(2).map(tasks.note, tmp_path, range(2000))
    assert next(results) == 0
    # However fast the processes are, they get no more batches than these before the next result is asked for.
    most = 2 * AHEAD * LARGEST_BATCH
    results.close()
    assert 0 < len(list(tmp_path.iterdir())) <= most


def test_a_killed_worker_loses_nothing_and_a_new_pool_goes_on(tmp_path: Path) -> None:
    assert list(Processes(2).map(tasks.die_once, tmp_path, range(100))) == list(range(100))
    done = Counter({int(path.name): len(path.read_text().splitlines()) for path in tmp_path.glob("[0-9]*")})
    assert sorted(done) == list(range(100))
    assert done[0] == 1, "what was handed over is not done again"


def test_an_item_that_kills_every_worker_is_done_here_at_last() -> None:
    results = list(Processes(2).map(tasks.die_unless, os.getpid(), range(64)))
    assert [item for item, _ in results] == list(range(64))
    assert (7, True) in results


def test_what_is_shared_is_sent_once_for_each_piece_of_work_and_the_processes_stay(tmp_path: Path) -> None:
    with closing(Processes(2)) as workers:
        for _ in range(3):
            assert list(workers.map(tasks.of_counted, tasks.Counted(tmp_path), range(100))) == list(range(100))
        found = {pid for pids in (workers.map(tasks.process_id, None, range(64)) for _ in range(3)) for pid in pids}
    assert len((tmp_path / "pickled").read_text().splitlines()) == 3
    assert len(found) <= 2
    assert os.getpid() not in found


def test_another_piece_of_work_may_begin_before_one_has_ended() -> None:
    with closing(Processes(2)) as workers:
        slow = workers.map(tasks.twice, 1, range(100))
        first = next(slow)
        assert list(workers.map(tasks.twice, 2, range(50))) == [tasks.twice(2, item) for item in range(50)]
        assert [first, *slow] == [tasks.twice(1, item) for item in range(100)]


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
def test_workers_end_when_the_process_that_started_them_is_killed(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path\n"
        "from reportgen.executors.processes import Processes\n"
        "from tests.executors import tasks\n"
        f"list(Processes(2).map(tasks.wait_for_death, Path({str(tmp_path)!r}), range(8)))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[2])
    try:
        _until(lambda: len(list(tmp_path.glob("worker-*"))) == 2)
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    children = [int(path.name.partition("-")[2]) for path in tmp_path.glob("worker-*")]
    _until(lambda: not any(_runs(child) for child in children))


def test_ctrl_c_ends_all_of_it_with_one_traceback(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path\n"
        "from reportgen.executors.processes import Processes\n"
        "from tests.executors import tasks\n"
        f"list(Processes(2).map(tasks.pause, Path({str(tmp_path)!r}), range(2000)))\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    _until(lambda: any(tmp_path.iterdir()))
    os.killpg(parent.pid, signal.SIGINT)
    _, said = parent.communicate(timeout=60)
    assert said.count("KeyboardInterrupt") == 1, said
    assert "Process ForkProcess" not in said


def test_every_worker_gets_several_batches() -> None:
    assert [len(batch) for batch in batches_of(range(40), 2)] == [2] * 20
    assert max(len(batch) for batch in batches_of(range(100_000), 2)) == LARGEST_BATCH
    assert batches_of((), 2) == []


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _until(true, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.02)


def test_without_room_for_what_is_shared_everything_is_done_here(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with closing(Processes(2)) as workers:
        assert set(workers.map(tasks.process_id, None, range(100))) == {os.getpid()}


def test_a_process_that_built_collects_its_garbage_as_before() -> None:
    with closing(Processes(2)) as workers:
        assert list(workers.map(tasks.twice, 1, range(100))) == list(range(100))
    assert gc.get_freeze_count() == 0


def test_something_else_is_done_beside_the_work_by_a_process_that_is_there() -> None:
    with closing(Processes(2)) as workers:
        results = workers.map(tasks.twice, 1, range(500))
        first = next(results)
        beside = workers.beside(os.getpid)
        assert [first, *results] == [tasks.twice(1, item) for item in range(500)]
        assert beside() != os.getpid()


def test_without_a_process_it_is_done_here_when_it_is_asked_for(tmp_path: Path) -> None:
    done = tmp_path / "done"
    for workers in (Inline(), Processes(2)):
        beside = workers.beside(done.touch)
        assert not done.exists()
        beside()
        assert done.exists()
        done.unlink()


def test_what_kills_its_process_is_done_here_in_the_end() -> None:
    with closing(Processes(2)) as workers:
        list(workers.map(tasks.twice, 1, range(64)))
        assert workers.beside(tasks.die_unless, os.getpid(), 7)() == (7, True)
        assert list(workers.map(tasks.twice, 1, range(64))) == [tasks.twice(1, item) for item in range(64)]


def test_its_exception_reaches_the_caller() -> None:
    with closing(Processes(2)) as workers:
        list(workers.map(tasks.twice, 1, range(64)))
        beside = workers.beside(tasks.refuse, 30, 30)
        with pytest.raises(FileNotFoundError, match="item 30"):
            beside()
