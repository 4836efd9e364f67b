"""The executor that somebody asked for."""

from collections.abc import Iterator
from contextlib import contextmanager

from reportgen.executors.processes import Processes, cores
from reportgen.executors.workers import Inline, Workers


@contextmanager
def open_workers(jobs: int = 0) -> Iterator[Workers]:
    """Workers for as long as they are needed. ``jobs`` is how many work at the same time; 0 means one per core."""
    yield Inline() if (jobs or cores()) == 1 else Processes(jobs)
