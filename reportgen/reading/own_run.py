"""A run as its own log tells of it, and that as a `Run`."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from reportgen.lazy import LazyMapping, LazySequence, LoadedMapping
from reportgen.model import Problem, Run, RunFile, RunId
from reportgen.reading.content import LogContent
from reportgen.reading.discover import RunFolder, text_of
from reportgen.reading.facts import VERSION, Facts, Shown, packed_loader
from reportgen.reading.forks import Link
from reportgen.reading.points import ByRank, RunPoints
from reportgen.reading.records import RunRecord
from reportgen.reading.state import run_state
from reportgen.reading.summary import without
from reportgen.schema import RUNNING

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, eq=False)
class OwnRun:
    """A run as its own log tells of it.

    Attributes:
        folder: where it is.
        facts: what its log says.
        content: what its log holds.
        files: those below its ``files/``.
        problems: files of its log that cannot be read.
    """

    folder: RunFolder
    facts: Facts
    content: LogContent
    files: tuple[RunFile, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def id(self) -> str:
        """The name of its folder."""
        return text_of(self.folder.path.name)


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """What a run has from other runs.

    Attributes:
        line: those that it comes from and itself.
        digests: of the runs that it comes from.
        shown: what it shows with their rows; None when it shows its own alone.
        problems: what is wrong with where it comes from.
    """

    line: tuple[Link, ...]
    digests: tuple[str, ...] = ()
    shown: Shown | None = None
    problems: tuple[Problem, ...] = ()


def run_of(own: OwnRun, origin: Origin, now: float) -> Run:
    """A run as everything after this stage sees it.

    Args:
        own: what its own log tells.
        origin: what it has from others.
        now: wall time of the build, which its state depends on.
    """
    facts, content = own.facts, own.content
    shown = origin.shown or Shown(facts.series, facts.derived, facts.definitions)
    state = _state(facts, now)
    points = RunPoints(origin.line)
    problems = (
        *own.problems,
        *(problem for problem, unless_running in facts.problems if not unless_running or state != RUNNING),
        *origin.problems,
    )
    return Run(
        id=RunId(own.id),
        project=own.folder.project,
        folder=own.folder.path,
        name=facts.name or own.id,
        state=state,
        exit_code=facts.exit_code,
        started=facts.started,
        ended=facts.ended,
        tags=facts.tags,
        notes=facts.notes,
        group=facts.group,
        job_type=facts.job_type,
        config=facts.config,
        summary=without(shown.derived, facts.removed) | facts.given,
        series=_lazy(shown.series.names, points.series),
        by_rank=_lazy(tuple(shown.series.apart), ByRank(points, shown.series, system=False)),
        overwritten=_lazy(facts.overwritten, points.overwritten),
        overwritten_media=LazySequence(facts.overwritten_media, content.overwritten_media),
        system=_lazy(facts.system.names, points.system),
        system_by_rank=_lazy(tuple(facts.system.apart), ByRank(points, facts.system, system=True)),
        definitions=shown.definitions,
        media=LazySequence(facts.media, content.media),
        console=LazySequence(facts.console, content.console),
        files=own.files,
        environment=LoadedMapping(packed_loader(facts.environment)),
        attempts=facts.attempts,
        ranks=facts.ranks,
        fork=facts.fork,
        alerts=facts.alerts,
        artifact_records=facts.artifact_records,
        rows=facts.rows,
        problems=problems,
        digest=_digest(own, origin, state, problems),
    )


def _lazy(names: tuple[str, ...], load: Callable[[str], _Value]) -> Mapping[str, _Value]:
    """A mapping that holds on to nothing where there is nothing: runs are many."""
    return LazyMapping(names, load) if names else {}


def _state(facts: Facts, now: float) -> str:
    signs = facts.signs
    said = RunRecord(exit_code=facts.exit_code, environment=signs.process) if signs.recorded else None
    return run_state(said, signs.last, now, mute=signs.mute)


def _digest(own: OwnRun, origin: Origin, state: str, problems: Sequence[Problem]) -> str:
    """The hash of everything that the pages of a run show."""
    facts = own.facts
    said = (
        *(VERSION, own.folder.project, own.id, state, facts.seen, facts.looked),
        *([(file.path, file.size) for file in own.files], [str(problem) for problem in problems], origin.digests),
    )
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
