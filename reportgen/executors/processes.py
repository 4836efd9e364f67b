"""Processes of this machine. Forked where that is possible: what the items share is inherited and never copied."""

import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from typing import Any

from reportgen.executors.workers import Inline, Item, Result, Shared

BATCHES = 8
"""Batches that each process gets: enough that all end at about the same time."""
LARGEST_BATCH = 32
AHEAD = 4
"""Batches for each process that may be done before their results are taken: what bounds the memory they need."""

_work: tuple[Callable[[Any, Any], Any], Any] | None = None
"""What the processes of a pool do, and what they share; set before they are forked."""


class Processes:
    """So many processes of this machine. Each call of `map` starts its own, which die with it."""

    def __init__(self, jobs: int = 0) -> None:
        self.jobs = jobs or cores()

    def map(self, work: Callable[[Shared, Item], Result], shared: Shared, items: Sequence[Item]) -> Iterator[Result]:
        """As `Workers.map`."""
        size = min(LARGEST_BATCH, max(1, len(items) // (self.jobs * BATCHES)))
        batches = [items[first : first + size] for first in range(0, len(items), size)]
        jobs = min(self.jobs, len(batches))
        if jobs <= 1:
            yield from Inline().map(work, shared, items)
            return
        done = 0
        try:
            for results in self._batches(work, shared, batches, jobs):
                done += 1
                yield from results
        except (BrokenExecutor, OSError):  # a process was killed, for its memory perhaps; or none could be started
            left = [item for batch in batches[done:] for item in batch]
            yield from Inline().map(work, shared, left)

    def _batches(
        self, work: Callable[[Shared, Item], Result], shared: Shared, batches: Sequence[Sequence[Item]], jobs: int
    ) -> Iterator[list[Result]]:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context  # a build with little to do needs no processes, and not their library

        # Forking spares each process the imports, and needs no guard in a script that calls build().
        context = get_context("fork" if sys.platform == "linux" else None)
        pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_share, initargs=(work, shared))
        waiting: deque[Future[list[Result]]] = deque()
        try:
            for batch in batches:
                if len(waiting) >= jobs * AHEAD:
                    yield waiting.popleft().result()
                waiting.append(pool.submit(_do, batch))
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _share(work: Callable[[Any, Any], Any], shared: Any) -> None:
    global _work  # noqa: PLW0603 (a process of a pool has no other place for it)
    _work = (work, shared)


def _do(batch: Sequence[Any]) -> list[Any]:
    if _work is None:
        raise RuntimeError("the pool was not told what to do")
    work, shared = _work
    return [work(shared, item) for item in batch]
