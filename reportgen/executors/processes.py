"""Processes of this machine, which stay for all the work of a build. They are forked where that is possible.

What the items of a piece of work share is pickled into a file, which each process reads once. Inheriting it would be
no gain: a process that is forked late copies, object by object, much of what has piled up in the one that forks.
"""

import gc
import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, wait
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, Any

from reportgen.executors.batches import batches_of, do_batch
from reportgen.executors.workers import Inline, Item, Result, Shared

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.process import BaseProcess

AHEAD = 4
"""Batches for each process that may be done before their results are taken: what bounds the memory they need."""

_task: tuple[Path, Callable[[Any, Any], Any], Any] | None = None
"""What a process of a pool is doing: the file that says so, the work, and what it shares."""


class _NoPool(Exception):  # noqa: N818 (it never leaves this module)
    """No process can be put to work: none may be started, or there is no room for locks or for what they share."""


class Processes:
    """So many processes of this machine, to be closed at the end.

    They are started when there is work for several, and die with the process that started them.
    """

    def __init__(self, jobs: int = 0) -> None:
        self.jobs = jobs or cores()
        self._pool: ProcessPoolExecutor | None = None

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
            gc.unfreeze()

    def map(self, work: Callable[[Shared, Item], Result], shared: Shared, items: Sequence[Item]) -> Iterator[Result]:
        """As `Workers.map`."""
        left = deque(batches_of(items, self.jobs))
        before = -1
        # A process that was killed takes its pool with it. A pool that got nothing done is not tried again.
        while len(left) > 1 and self.jobs > 1 and before != len(left):
            before = len(left)
            try:
                with closing(self._results(work, shared, tuple(left))) as results:
                    for done in results:
                        left.popleft()
                        yield from done
            except _NoPool:
                break
            except BrokenExecutor:
                self.close()
        yield from Inline().map(work, shared, [item for batch in left for item in batch])

    def beside(self, work: Callable[..., Result], *given: Any) -> Callable[[], Result]:
        """As `Workers.beside`. No process is started for it."""
        now = Inline().beside(work, *given)
        if self._pool is None:
            return now
        try:
            future = self._pool.submit(work, *given)
        except (OSError, BrokenExecutor):
            return now

        def wait_for() -> Result:
            try:
                return future.result()
            except BrokenExecutor:
                return now()

        return wait_for

    def sees(self, folder: Path) -> bool:  # noqa: ARG002 (they are here)
        """As `Workers.sees`."""
        return True

    def _results(
        self, work: Callable[[Shared, Item], Result], shared: Shared, batches: Sequence[Sequence[Item]]
    ) -> Generator[list[Result], None, None]:
        pool = self._opened()
        waiting: deque[Future[list[Result]]] = deque()
        with _task_file(work, shared) as task:
            try:
                for batch in batches:
                    if len(waiting) >= self.jobs * AHEAD:
                        yield waiting.popleft().result()
                    waiting.append(_submitted(pool, task, batch))
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()
                wait(waiting)

    def _opened(self) -> "ProcessPoolExecutor":
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor
            from multiprocessing import get_context  # a build with little to do needs no processes

            # Forking spares each process the imports, and needs no guard in a script that calls build(). It copies
            # only the thread that forks: whoever has others sees to it that they hold no lock which `work` needs.
            context = get_context("fork" if sys.platform == "linux" else None)
            try:
                self._pool = ProcessPoolExecutor(self.jobs, mp_context=context, initializer=_begin)
            except OSError as error:
                raise _NoPool from error
            gc.freeze()  # looking for cycles among what is inherited would copy all of it
        return self._pool


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


@contextmanager
def _task_file(work: Callable[[Any, Any], Any], shared: Any) -> Iterator[Path]:
    """A file that says what is to be done."""
    said = pickle.dumps((work, shared), pickle.HIGHEST_PROTOCOL)
    try:
        handle, name = mkstemp(prefix="reportgen-", suffix=".task")
        os.close(handle)
        Path(name).write_bytes(said)
    except OSError as error:
        raise _NoPool from error
    try:
        yield Path(name)
    finally:
        Path(name).unlink()


def _submitted(pool: "ProcessPoolExecutor", task: Path, batch: Sequence[Any]) -> Future[list[Any]]:
    try:
        return pool.submit(_do, task, batch)
    except OSError as error:
        raise _NoPool from error


def _begin() -> None:
    from multiprocessing import parent_process

    # Ctrl-C reaches every process of a terminal; the one that started these ends them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if parent := parent_process():
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: "BaseProcess") -> None:
    """Die when the process that wants the results was killed: a pool would wait for more work for ever."""
    parent.join()
    os._exit(1)


def _do(task: Path, batch: Sequence[Any]) -> list[Any]:
    global _task  # noqa: PLW0603 (a process of a pool has no other place for it)
    if _task is None or _task[0] != task:
        _task = task, *pickle.loads(task.read_bytes())  # noqa: S301 (the process that started this one wrote it)
    return do_batch(*_task[1:], batch)
