"""The curves of runs as datasets: overviews, and the finer levels that long ones lead to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from reportgen.document import DataRef
from reportgen.frames import (
    OVERVIEW_ENTRIES,
    RAW_ROWS,
    Points,
    axis_of_run,
    overview_curve,
    placed,
    points_of,
    x_column,
)
from reportgen.model import Numbers, Run, Series
from reportgen.site.data_files import DataFiles
from reportgen.site.encoded_axes import EncodedAxes
from reportgen.site.level_data import LevelData, TileFile, TileKey, reference
from reportgen.site.links import Links, slugs


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose curves are made: a run and its number, its system metrics or the others, and in how many entries.

    Attributes:
        whole: the dataset of all curves of the run, where a short one is raw; None to keep short ones raw here.
    """

    run: Run
    number: int
    system: bool
    entries: int = OVERVIEW_ENTRIES
    whole: DataRef | None = None


@dataclass(slots=True)
class CurveData:
    """Makes the curves of runs, and writes their finer levels, each once.

    Attributes:
        links: keys of datasets.
        data: where to write.
        entries: of each curve in the overview of a metric, at most.
        known: the tiles of the last build, as its `LevelData.tiles`.
        levels: writes the levels.
        wholes: (run id, whether of the system) -> the dataset of all curves of that run.
        slugs: of the metrics of the run that was last written; its id, and whether they are those of the system.
        kept: the run that was last asked for, and the points of its short curves and one long one: metric and whether
            of the system -> points. They are read from disk each time.
        axes: what the curves have in common.
    """

    links: Links
    data: DataFiles
    entries: int = OVERVIEW_ENTRIES
    known: Mapping[TileKey, TileFile] = field(default_factory=dict)
    levels: LevelData = field(init=False)
    wholes: dict[tuple[str, bool], DataRef] = field(default_factory=dict)
    slugs: tuple[str, bool, Mapping[str, str]] = ("", False, MappingProxyType({}))
    kept: tuple[Run | None, dict[tuple[str, bool], Series]] = field(default_factory=lambda: (None, {}))
    axes: EncodedAxes = field(default_factory=EncodedAxes)

    def __post_init__(self) -> None:
        self.levels = LevelData(self.data, self.known)

    def points(self, run: Run, metric: str, *, system: bool) -> Series:
        """The points of a metric of a run, or of its system."""
        if self.kept[0] is not run:
            self.kept = run, {}
        points, wanted = self.kept[1], (metric, system)
        if wanted not in points:
            last = next(reversed(points), wanted)
            if last in points and len(points[last]) > RAW_ROWS:
                del points[last]
            points[wanted] = (run.system if system else run.series)[metric]
        return points[wanted]

    def of(self, run: Run, number: int, metric: str, axis: str = "", *, system: bool = False) -> dict[str, Any]:
        """The ``Curve`` of types.ts of a metric of a run, along another metric if one is named.

        The column ``x`` belongs to the metric that the run itself wants it drawn over, and is in its finer levels too.
        Along any other, and where points are left out or change places, a curve of its own is needed.
        """
        return self._drawn(_Owner(run, number, system), metric, axis)

    def overview(self, run: Run, number: int, metric: str, axis: str = "", *, system: bool = False) -> dict[str, Any]:
        """The same for the overview of a metric: in `entries` entries, and from there down to the run's own dataset."""
        whole = self.wholes.get((str(run.id), system))
        return self._drawn(_Owner(run, number, system, self.entries, whole), metric, axis)

    def _drawn(self, owner: _Owner, metric: str, axis: str) -> dict[str, Any]:
        run = owner.run
        points = self.points(run, metric, system=owner.system)
        own = "" if owner.system else axis_of_run(run, metric)
        beside = placed(points, x_column(run, own, points)) if own else None
        column = beside.x if beside is not None and beside.points is points else None
        curve = self._curve(points, owner, "", column)
        if axis == own and column is not None:
            return curve
        curve.pop("x", None)
        there = placed(points, x_column(run, axis, points)) if axis else None
        if there is not None:
            curve["over"] = self._curve(there.points, owner, axis, there.x)
        return curve

    def beside(self, points: Series, run: tuple[Run, int], x: Numbers | None, key: str) -> dict[str, Any]:
        """A curve that stands beside the main one of a run: of a rank, or of an attempt.

        Args:
            points: what was logged.
            run: by whom, and its number.
            x: its places on the metric that it is drawn over; None for the step.
            key: of its levels.
        """
        there = placed(points, x)
        column = there.x if there is not None and there.points is points else None
        curve = self.levels.curve(points_of(points, run[0], column), run[1], key)
        if there is None or column is not None:
            return curve
        return curve | {"over": self.levels.curve(points_of(there.points, run[0], there.x), run[1], f"{key}/over")}

    def _curve(self, series: Series, owner: _Owner, axis: str, x: Numbers | None) -> dict[str, Any]:
        run, whole = owner.run, owner.whole
        points = points_of(series, run, x)
        if len(points) > RAW_ROWS:
            key = self._key(run, series.metric, axis, system=owner.system)
            return self.levels.curve(points, owner.number, key, owner.entries)
        # The run's own dataset has the places on the metric that the run itself wants, and on no other.
        if whole is None or axis not in ("", axis_of_run(run, series.metric)):
            curve = overview_curve(points, owner.number)
            return curve | self.axes.columns(points, curve)
        curve = overview_curve(points, owner.number, owner.entries)
        return self._leading_to(whole, series.metric, points, curve | self.axes.columns(points, curve))

    def _key(self, run: Run, metric: str, axis: str, *, system: bool) -> str:
        if self.slugs[:2] != (run.id, system):
            self.slugs = (run.id, system, slugs(run.system if system else run.series))
        names = self.slugs[2]
        folder = self.links.run_key(run, "system", names[metric]) if system else self.links.run_key(run, names[metric])
        return f"{folder}/over-{names[axis]}" if axis else folder

    def _leading_to(self, whole: DataRef, metric: str, points: Points, curve: dict[str, Any]) -> dict[str, Any]:
        """A short curve, reduced, whose one finer level is in the dataset of its run."""
        if curve["bucket"] == 1:
            return curve
        tile = {"first": 0, "last": len(points) - 1, "data": reference(whole), "metric": metric}
        return {**curve, "deeper": {"levels": [{"bucket": 1, "tiles": [tile | self.levels.axes.spans(points, 1)[0]]}]}}
