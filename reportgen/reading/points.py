"""The points of a run, read when they are asked for, and the lazy fields of a `Run` that they are behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from reportgen.lazy import LazyMapping
from reportgen.model import Series, Tail
from reportgen.reading.facts import Points
from reportgen.reading.forks import Link, line_points
from reportgen.reading.open_run import OpenRun
from reportgen.reading.stitching import points_of


@dataclass(frozen=True, slots=True)
class RunPoints:
    """Reads points. Small, so that it can be sent to another process.

    Attributes:
        line: the runs that this one comes from, the first one first, and itself at the end.
    """

    line: tuple[Link, ...]

    def series(self, metric: str) -> Series:
        """A metric as the first rank that has it logged it."""
        if len(self.line) > 1:
            return next(iter(line_points(self.line, metric).values()))
        return self.line[-1].content.ask(partial(_first, metric=metric, system=False))

    def system(self, metric: str) -> Series:
        """A system metric as the first rank that has it logged it."""
        return self.line[-1].content.ask(partial(_first, metric=metric, system=True))

    def of_rank(self, metric: str, system: bool, rank: str) -> Series:  # noqa: FBT001 (bound by a partial)
        """A metric as a rank logged it."""
        if len(self.line) > 1 and not system:
            return line_points(self.line, metric)[rank]
        return self.line[-1].content.ask(
            lambda run: points_of([one for one in run.ranks if one.rank.name == rank], metric, system=system)[rank]
        )

    def overwritten(self, metric: str) -> tuple[Tail, ...]:
        """What later attempts have replaced."""
        return self.line[-1].content.ask(lambda run: tuple(tail for one in run.ranks for tail in one.tails(metric)))


@dataclass(frozen=True, slots=True)
class ByRank:
    """Gives the points of a metric by rank."""

    points: RunPoints
    names: Points
    system: bool

    def __call__(self, metric: str) -> Mapping[str, Series]:
        """The points by the names of the ranks, each read when it is asked for."""
        return LazyMapping(self.names.ranks(metric, ""), partial(self.points.of_rank, metric, self.system))


def _first(run: OpenRun, *, metric: str, system: bool) -> Series:
    for one in run.ranks:
        found = one.system(metric) if system else one.shown(metric)
        if found is not None:
            return found
    raise KeyError(metric)
