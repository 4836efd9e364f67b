"""The long curves of a long run, made ahead by several workers: one would take as long as all others together."""

from dataclasses import dataclass, field

from reportgen.frames import LineFacts
from reportgen.model import Run
from reportgen.site.data_files import encode_script
from reportgen.site.level_data import TileFile, TileKey
from reportgen.site.run_curves import Name, RunCurves, RunDataPlan, names_of

MANY_POINTS = 4_000_000
"""Points of a run from which on it is worth making its curves in parts."""
PARTS = 16
"""Parts that a run is made in, at most."""


@dataclass(frozen=True, slots=True)
class PartWork:
    """Some curves of a run to be made."""

    run: Run
    number: int
    names: tuple[Name, ...]


@dataclass(slots=True)
class CurvesAhead:
    """Curves of a run that are made already.

    Attributes:
        drawn: each as in the run's own dataset and as in the overview, encoded, and what its line shows.
        files: what was written for them, with sizes.
        tiles: those among it.
    """

    drawn: dict[Name, tuple[bytes, bytes, LineFacts]] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    tiles: dict[TileKey, TileFile] = field(default_factory=dict)

    def add(self, other: "CurvesAhead") -> None:
        """Take in what another worker made."""
        self.drawn |= other.drawn
        self.files |= other.files
        self.tiles |= other.tiles


def parts_of(run: Run, number: int) -> list[PartWork]:
    """The parts to make ahead; none of a run that is made soon enough."""
    names = names_of(run)
    if run.rows * len(names) < MANY_POINTS:
        return []
    size = -(-len(names) // PARTS)
    return [PartWork(run, number, tuple(names[first : first + size])) for first in range(0, len(names), size)]


def curves_ahead(plan: RunDataPlan, work: PartWork) -> CurvesAhead:
    """Make the long curves of a part; short ones lead to the dataset of their run, which is still to come."""
    curves = RunCurves.of(plan, work.run, work.number)
    drawn = {}
    for name in work.names:
        if curves.is_long(name):
            own = curves.own(name)
            drawn[name] = encode_script(own), curves.share(name, own), curves.facts(name)
    return CurvesAhead(drawn, curves.made.data.files.written, curves.made.levels.tiles)
