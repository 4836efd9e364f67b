"""The curves of runs as datasets: overviews, and the finer levels that long ones lead to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from reportgen.document import DataRef, Dataset
from reportgen.frames import Level, axis_of_run, deeper_levels, overview_curve, placed, x_column
from reportgen.model import Numbers, Run, Series
from reportgen.site.data_files import DataFiles
from reportgen.site.links import Links, slugs


@dataclass(slots=True)
class CurveData:
    """Writes the finer levels of curves, each once.

    Attributes:
        links: keys of datasets.
        data: where to write.
        tiles: (run id, whether of the system, metric, metric that it goes along) -> the tile index of a long curve.
        slugs: of the metrics of the run that was last written; its id, and whether they are those of the system.
    """

    links: Links
    data: DataFiles
    tiles: dict[tuple[str, bool, str, str], DataRef] = field(default_factory=dict)
    slugs: tuple[str, bool, Mapping[str, str]] = ("", False, MappingProxyType({}))

    def of(self, run: Run, number: int, metric: str, axis: str = "", *, system: bool = False) -> dict[str, Any]:
        """The ``Curve`` of types.ts of a metric of a run, along another metric if one is named.

        The column ``x`` belongs to the metric that the run itself wants it drawn over, and is in its finer levels too.
        Along any other, and where points are left out or change places, a curve of its own is needed.
        """
        points = (run.system if system else run.series)[metric]
        own = "" if system else axis_of_run(run, metric)
        beside = placed(points, x_column(run, own, points)) if own else None
        column = beside.x if beside is not None and beside.points is points else None
        curve = self._curve(points, (run, number), ("", system), column)
        if axis == own and column is not None:
            return curve
        curve.pop("x", None)
        there = placed(points, x_column(run, axis, points)) if axis else None
        if there is not None:
            curve["over"] = self._curve(there.points, (run, number), (axis, system), there.x)
        return curve

    def _curve(
        self, points: Series, run: tuple[Run, int], along: tuple[str, bool], x: Numbers | None
    ) -> dict[str, Any]:
        curve = dict(overview_curve(points, *run, x))
        if curve["bucket"] == 1:
            return curve
        axis, system = along
        place = (str(run[0].id), system, points.metric, axis)
        if place not in self.tiles:
            key = self._key(run[0], points.metric, axis, system=system)
            levels = [self._level(level, key) for level in deeper_levels(points, *run, x)]
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
