"""The curves of runs as datasets: overviews, and the finer levels that long ones lead to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from reportgen.document import DataRef, Dataset
from reportgen.frames import (
    OVERVIEW_ENTRIES,
    RAW_ROWS,
    Level,
    axis_of_run,
    deeper_levels,
    overview_curve,
    placed,
    x_column,
)
from reportgen.model import Numbers, Run, Series
from reportgen.site.data_files import DataFiles
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
    """Writes the finer levels of curves, each once.

    Attributes:
        links: keys of datasets.
        data: where to write.
        entries: of each curve in the overview of a metric, at most.
        wholes: (run id, whether of the system) -> the dataset of all curves of that run.
        tiles: (run id, whether of the system, metric, metric that it goes along) -> the tile index of a long curve.
        slugs: of the metrics of the run that was last written; its id, and whether they are those of the system.
    """

    links: Links
    data: DataFiles
    entries: int = OVERVIEW_ENTRIES
    wholes: dict[tuple[str, bool], DataRef] = field(default_factory=dict)
    tiles: dict[tuple[str, bool, str, str], DataRef] = field(default_factory=dict)
    slugs: tuple[str, bool, Mapping[str, str]] = ("", False, MappingProxyType({}))

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
        points = (run.system if owner.system else run.series)[metric]
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

    def _curve(self, points: Series, owner: _Owner, axis: str, x: Numbers | None) -> dict[str, Any]:
        run, whole = owner.run, owner.whole
        # The run's own dataset has the places on the metric that the run itself wants, and on no other.
        if len(points) > RAW_ROWS or (whole and axis in ("", axis_of_run(run, points.metric))):
            curve = dict(overview_curve(points, run, owner.number, x, entries=owner.entries))
        else:
            curve = dict(overview_curve(points, run, owner.number, x))
        if curve["bucket"] == 1:
            return curve
        if len(points) <= RAW_ROWS and whole:
            tile = {"first": 0, "last": len(points) - 1, "data": reference(whole), "metric": points.metric}
            return {**curve, "deeper": {"levels": [{"bucket": 1, "tiles": [tile]}]}}
        place = (str(run.id), owner.system, points.metric, axis)
        if place not in self.tiles:
            key = self._key(run, points.metric, axis, system=owner.system)
            levels = [self._level(level, key) for level in deeper_levels(points, run, owner.number, x)]
            self.tiles[place] = self.data.write(Dataset(f"{key}/tiles", {"levels": levels}))
        return {**curve, "deeper": reference(self.tiles[place])}

    def _level(self, level: Level, key: str) -> dict[str, Any]:
        tiles = []
        for tile in level.tiles:
            ref = self.data.write(Dataset(f"{key}/{level.bucket}-{tile.first}", tile.curve))
            tiles.append({"first": tile.first, "last": tile.last, "data": reference(ref)})
        return {"bucket": level.bucket, "tiles": tiles}

    def _key(self, run: Run, metric: str, axis: str, *, system: bool) -> str:
        if self.slugs[:2] != (run.id, system):
            self.slugs = (run.id, system, slugs(run.system if system else run.series))
        names = self.slugs[2]
        folder = self.links.run_key(run, "system", names[metric]) if system else self.links.run_key(run, names[metric])
        return f"{folder}/over-{names[axis]}" if axis else folder


def reference(ref: DataRef) -> dict[str, str]:
    """The ``DataRef`` of types.ts."""
    return {"key": ref.key, "url": ref.url}
