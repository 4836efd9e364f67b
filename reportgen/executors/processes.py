"""Processes of this machine. Forked where that is possible: what the items share is inherited and never copied."""

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.executors.batches import batches_of, do_batch
from reportgen.executors.workers import Inline, Item, Result, Shared

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.process import BaseProcess

AHEAD = 4
"""Batches for each process that may be done before their results are taken: what bounds the memory they need."""

_work: tuple[Callable[[Any, Any], Any], Any] | None = None
"""What the processes of a pool do, and what they share; set before they are forked."""


class _NoPool(Exception):  # noqa: N818 (it never leaves this module)
    """No process could be started: none may be, or there is no shared memory for their locks."""


class Processes:
    """So many processes of this machine. Each call of `map` starts its own, which die with it."""

    def __init__(self, jobs: int = 0) -> None:
        self.jobs = jobs or cores()

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
                continue
        yield from Inline().map(work, shared, [item for batch in left for item in batch])

    def sees(self, folder: Path) -> bool:  # noqa: ARG002 (they are here)
        """As `Workers.sees`."""
        return True

    def _results(
        self, work: Callable[[Shared, Item], Result], shared: Shared, batches: Sequence[Sequence[Item]]
    ) -> Generator[list[Result], None, None]:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context  # a build with little to do needs no processes, and not their library

        jobs = min(self.jobs, len(batches))
        # Forking spares each process the imports, and needs no guard in a script that calls build(). It copies only
        # the thread that forks: whoever has others sees to it that they hold no lock which `work` needs.
        context = get_context("fork" if sys.platform == "linux" else None)
        pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(work, shared))
        waiting: deque[Future[list[Result]]] = deque()
        try:
            for batch in batches:
                if len(waiting) >= jobs * AHEAD:
                    yield waiting.popleft().result()
                waiting.append(_submitted(pool, batch))
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _submitted(pool: "ProcessPoolExecutor", batch: Sequence[Any]) -> Future[list[Any]]:
    try:
        return pool.submit(_do, batch)
    except OSError as error:
        raise _NoPool from error


def _begin(work: Callable[[Any, Any], Any], shared: Any) -> None:
    from multiprocessing import parent_process

    global _work  # noqa: PLW0603 (a process of a pool has no other place for it)
    _work = (work, shared)
    # Ctrl-C reaches every process of a terminal; the one that started these ends them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if parent := parent_process():
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: "BaseProcess") -> None:
    """Die when the process that wants the results was killed: a pool would wait for more work for ever."""
    parent.join()
    os._exit(1)


def _do(batch: Sequence[Any]) -> list[Any]:
    if _work is None:
        raise RuntimeError("the pool was not told what to do")
    return do_batch(*_work, batch)
