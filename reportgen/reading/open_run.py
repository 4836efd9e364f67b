"""A run whose log is open: its ranks and attempts in their places, its columns at hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.model import Fork, RunId
from reportgen.reading.discover import StreamFile
from reportgen.reading.ranks import RankLog, rank_logs
from reportgen.reading.stitching import Stitched, stitched
from reportgen.reading.stream import Content
from reportgen.reading.writers import Writer, step, writers_of

Contents = Sequence[tuple[StreamFile, Content]]
"""The files of a log, each with what it holds."""


@dataclass(frozen=True, slots=True, eq=False)
class OpenRun:
    """A run as its own log tells of it.

    Attributes:
        fork: where it begins; None when that is nowhere else.
        problem: what is wrong with its fork.
    """

    writers: tuple[Writer, ...]
    logs: tuple[RankLog, ...]
    ranks: tuple[Stitched, ...]
    fork: Fork | None
    problem: str = ""


def open_run(contents: Contents) -> OpenRun:
    """Put what the files of a log hold in its place. No column is read for it but steps and times."""
    writers = writers_of(contents)
    logs = rank_logs(writers)
    fork, problem = _fork(writers)
    ranks = tuple(stitched(one, 0.0 if fork is None else fork.step + 1) for one in logs)
    return OpenRun(writers, logs, ranks, fork, problem)


def _fork(writers: tuple[Writer, ...]) -> tuple[Fork | None, str]:
    """Where the run begins: what the first start record with a fork says."""
    logged = next((writer.start.fork for writer in writers if writer.start.fork is not None), None)
    fork = fork_of(logged)
    if logged is None or fork is not None:
        return fork, ""
    return None, "its fork names no run and step, so only its own rows are shown"


def fork_of(logged: Any) -> Fork | None:
    """The ``fork`` of a start record; None if it names no run and step."""
    if not isinstance(logged, dict) or not isinstance(logged.get("run"), str) or not logged["run"]:
        return None
    last = step(logged.get("step"))
    return None if last is None else Fork(RunId(logged["run"]), last)
