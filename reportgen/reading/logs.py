"""The logs of many runs: what is known comes from the cache, what is new is parsed, by several processes if much."""

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from reportgen.model import Problem
from reportgen.reading.cache import States, cache_file, load_states, store_states
from reportgen.reading.discover import RunFolder, StreamFile, find_streams
from reportgen.reading.stream import EMPTY, FileRead, read_file

PARALLEL_BYTES = 24 << 20
"""New bytes from which starting processes pays: 0.1 s of parsing for each of two."""
BATCH_BYTES = 8 << 20
"""New bytes that a process takes at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class RunLog:
    """The files of a run as they were read.

    Attributes:
        files: those of each stream in the order of their writers.
        problems: files that could not be read.
        cached: whether the cache holds exactly the states of these files.
    """

    folder: RunFolder
    files: tuple[tuple[StreamFile, FileRead], ...]
    problems: tuple[Problem, ...] = ()
    cached: bool = False

    @property
    def parsed(self) -> int:
        """Bytes that were parsed rather than known from the cache."""
        return sum(read.parsed for _, read in self.files)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A run about to be read: what the cache knows of it, and how many bytes are likely to need parsing."""

    folder: RunFolder
    known: States
    new: int


def read_logs(folders: Sequence[RunFolder], cache_folder: Path | None, jobs: int = 0) -> Iterator[RunLog]:
    """Read the logs of many runs, in order. ``jobs`` is how many processes may parse; 0 means one per core."""
    jobs = jobs or _cores()
    with ThreadPoolExecutor(jobs) as threads:
        plans = list(threads.map(lambda folder: _plan(folder, cache_folder), folders))
    with ExitStack() as stack:
        # Processes first: a thread that holds a lock while another forks leaves it locked in the child for ever.
        elsewhere = _parsed_elsewhere(plans, cache_folder, jobs, stack)
        threads = stack.enter_context(ThreadPoolExecutor(jobs))
        here = [plan for plan in plans if not (elsewhere and plan.new)]
        known = threads.map(lambda plan: read_log(plan.folder, cache_folder, plan.known), here)
        for plan in plans:
            yield next(elsewhere if elsewhere and plan.new else known)


def read_log(folder: RunFolder, cache_folder: Path | None, known: States | None = None) -> RunLog:
    """Read the files of one run, through the cache if there is one; a file that cannot be opened is a problem.

    Args:
        folder: the run.
        cache_folder: where what was read is kept.
        known: what the cache holds of the run, if the caller knows.
    """
    streams, problems = find_streams(folder.path, folder.where)
    known = _known(folder, cache_folder) if known is None else known
    files: list[tuple[StreamFile, FileRead]] = []
    for file in streams:
        try:
            files.append((file, read_file(file, known.get(file.path.name))))
        except OSError as error:
            problems += (Problem(file.where, f"cannot be read: {error.strerror}"),)
    states = {file.path.name: read.state for file, read in files}
    cached = cache_folder is not None and (
        _digests(states) == _digests(known) or store_states(cache_file(cache_folder, folder), states)
    )
    return RunLog(folder, tuple(files), problems, cached)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _known(folder: RunFolder, cache_folder: Path | None) -> States:
    return load_states(cache_file(cache_folder, folder)) if cache_folder else {}


def _digests(states: States) -> dict[str, str]:
    return {name: state.digest for name, state in states.items()}


def _plan(folder: RunFolder, cache_folder: Path | None) -> _Plan:
    """What is known and, by the sizes of the files, what is new."""
    known, new = _known(folder, cache_folder), 0
    for file in find_streams(folder.path, folder.where)[0]:
        state = known.get(file.path.name)
        new += file.size if state is None or file.size < state.consumed else file.size - state.consumed
    return _Plan(folder, known, new)


def _parsed_elsewhere(
    plans: Sequence[_Plan], cache_folder: Path | None, jobs: int, stack: ExitStack
) -> Iterator[RunLog] | None:
    """Have other processes read what is new, if it is much; None if this one should.

    The columns come back through the cache, which the next build wants anyway, and only what is small by pipe.
    """
    batches = _batches(plans)
    if jobs == 1 or len(batches) == 1 or sum(plan.new for plan in plans) < PARALLEL_BYTES:
        return None
    # Forking spares each worker the imports, and needs no guard in a script that calls build().
    context = get_context("fork" if sys.platform == "linux" else None)
    try:
        executor = stack.enter_context(ProcessPoolExecutor(min(jobs, len(batches)), mp_context=context))
        futures = [executor.submit(_read_batch, batch, cache_folder) for batch in batches]
    except (BrokenProcessPool, OSError):  # no shared memory, no more processes
        return None
    return _received(batches, futures, cache_folder)


def _batches(plans: Sequence[_Plan]) -> list[list[RunFolder]]:
    batches: list[list[RunFolder]] = [[]]
    filled = 0
    for plan in plans:
        if plan.new:
            if filled >= BATCH_BYTES:
                batches.append([])
                filled = 0
            batches[-1].append(plan.folder)
            filled += plan.new
    return batches


def _received(
    batches: Sequence[Sequence[RunFolder]], futures: Sequence[Future[list[RunLog]]], cache_folder: Path | None
) -> Iterator[RunLog]:
    for batch, future in zip(batches, futures, strict=True):
        try:
            logs = future.result()
        except BrokenProcessPool:  # a worker was killed, for its memory perhaps
            logs = [read_log(folder, cache_folder) for folder in batch]
        yield from (_refilled(log, cache_folder) for log in logs)


def _read_batch(folders: Sequence[RunFolder], cache_folder: Path | None) -> list[RunLog]:
    return [_emptied(read_log(folder, cache_folder)) for folder in folders]


def _emptied(log: RunLog) -> RunLog:
    """The log without what the cache holds of it."""
    if not log.cached:
        return log
    files = ((file, replace(read, state=replace(read.state, content=EMPTY[file.stream]()))) for file, read in log.files)
    return replace(log, files=tuple(files))


def _refilled(log: RunLog, cache_folder: Path | None) -> RunLog:
    """The log with what the cache holds of it, or read again if another build has replaced that meanwhile."""
    if not log.cached:
        return log
    known = _known(log.folder, cache_folder)
    if _digests(known) != {file.path.name: read.state.digest for file, read in log.files}:
        return read_log(log.folder, cache_folder, known)
    files = ((file, replace(read, state=known[file.path.name])) for file, read in log.files)
    return replace(log, files=tuple(files))
