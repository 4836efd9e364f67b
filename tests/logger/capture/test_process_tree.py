"""A process and its descendants, real ones and those of a folder as /proc."""

import multiprocessing
import os
import subprocess
import sys
import time

import psutil
import pytest

from reportgen.logger.capture.process_tree import ProcessTree
from reportgen.logger.capture.system import usage_by_psutil

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
BUSY = "import sys; sum(range(3_000_000)); print('done', flush=True); sys.stdin.read()"


def start(code):
    process = subprocess.Popen(
        [sys.executable, "-S", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    process.stdout.readline()
    return process


@pytest.fixture
def child():
    process = start(BUSY)
    yield process
    process.communicate()


def test_a_child_counts_and_still_does_when_it_has_ended():
    tree = ProcessTree(os.getpid())
    before = tree.read()
    process = start(BUSY)
    tree = ProcessTree(os.getpid())
    during = tree.read()
    assert process.pid in during.pids
    assert during.threads > before.threads
    assert during.memory > before.memory
    assert during.cpu_seconds > before.cpu_seconds
    process.communicate()
    after = tree.read()
    assert process.pid not in after.pids
    assert after.cpu_seconds >= during.cpu_seconds


def test_grandchildren_count():
    code = f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-S', '-c', {BUSY!r}]); p.wait()"
    process = start(code)
    usage = ProcessTree(process.pid).read()
    assert len(usage.pids) == 2
    assert ProcessTree(os.getpid()).read().pids >= usage.pids
    process.communicate()


def test_it_agrees_with_psutil(child):
    ours, theirs = ProcessTree(child.pid).read(), usage_by_psutil(psutil.Process(child.pid))
    assert (ours.pids, ours.threads) == (theirs.pids, theirs.threads)
    assert ours.cpu_seconds == pytest.approx(theirs.cpu_seconds, abs=0.05)
    assert ours.memory == pytest.approx(theirs.memory, rel=0.2)


def test_workers_of_multiprocessing_count():
    with multiprocessing.get_context("fork").Pool(2) as pool:
        pool.map(abs, range(4))
        usage = ProcessTree(os.getpid()).read()
        assert {worker.pid for worker in pool._pool} <= usage.pids


def stat(folder, pid, name, parent, *, born=100, user=0):
    numbers = {1: parent, 11: user, 12: 10, 13: 1, 14: 2, 17: 3, 19: born, 21: 5}
    fields = ["S", *(str(numbers.get(place, 0)) for place in range(1, 50))]
    path = folder / str(pid) / "stat"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{pid} ({name}) {' '.join(fields)}\n")


def test_names_of_programs_may_contain_anything(tmp_path):
    for pid, name, parent in ((10, "train", 1), (11, ") S 1 (", 10), (12, "a b)", 11), (13, "other", 1)):
        stat(tmp_path, pid, name, parent, user=87)
    (tmp_path / "14").mkdir()
    (tmp_path / "14" / "stat").write_text("14 (torn")
    usage = ProcessTree(10, str(tmp_path)).read()
    assert usage.pids == {10, 11, 12}
    assert usage.cpu_seconds == 3 * 100 / os.sysconf("SC_CLK_TCK")
    assert (usage.threads, usage.memory) == (9, 15 * os.sysconf("SC_PAGE_SIZE"))


def test_a_number_that_was_given_to_another_process_does_not_count(tmp_path):
    stat(tmp_path, 10, "train", 1)
    stat(tmp_path, 11, "worker", 10, born=100)
    tree = ProcessTree(10, str(tmp_path))
    assert tree.read().pids == {10, 11}
    tree._next_search = time.monotonic() + 1000
    stat(tmp_path, 11, "stranger", 1, born=200)
    assert tree.read().pids == {10}


def test_on_a_machine_with_very_many_processes_new_ones_are_looked_for_less_often(tmp_path):
    for pid in range(10, 800):
        stat(tmp_path, pid, "x", 1)
    tree = ProcessTree(10, str(tmp_path))
    tree.read()
    stat(tmp_path, 9, "worker", 10)
    assert tree.read().pids == {10}  # the search took time that is to be a small share
    tree._next_search = 0.0
    assert tree.read().pids == {9, 10}


def test_a_process_that_is_gone_uses_nothing(tmp_path):
    assert ProcessTree(10, str(tmp_path)).read() is None
