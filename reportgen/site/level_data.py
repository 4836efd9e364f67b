"""The finer levels of curves as datasets: a tile is encoded once, and again only when its points are others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from reportgen.document import DataRef, Dataset
from reportgen.frames import (
    OVERVIEW_ENTRIES,
    Fingerprints,
    Points,
    SharedAxes,
    level_buckets,
    log_curve,
    overview_curve,
    tile_last,
    tile_of,
    tile_starts,
)
from reportgen.site.data_files import DataFiles


class TileKey(NamedTuple):
    """A tile: the key of its curve, raw points an entry, and its first entry."""

    curve: str
    bucket: int
    first: int


class TileFile(NamedTuple):
    """What a tile was made of, as a fingerprint, and its file with its size in bytes."""

    fingerprint: str
    url: str
    size: int


@lru_cache(maxsize=1)
def _last_axes() -> SharedAxes:
    """One for a process: the parts of a long run come to it one after the other."""
    return SharedAxes()


@dataclass(slots=True)
class LevelData:
    """Writes the finer levels of curves, each once.

    Attributes:
        data: where to write.
        known: the tiles of the last build.
        tiles: those of this one.
        written: key of a curve -> the fields ``deeper`` and ``log`` that lead to its levels.
        axes: what the curves have in common.
    """

    data: DataFiles
    known: Mapping[TileKey, TileFile] = field(default_factory=dict)
    tiles: dict[TileKey, TileFile] = field(default_factory=dict)
    written: dict[str, dict[str, Any]] = field(default_factory=dict)
    axes: SharedAxes = field(default_factory=_last_axes)

    def curve(self, points: Points, number: int, key: str, entries: int = OVERVIEW_ENTRIES) -> dict[str, Any]:
        """A curve in at most so many entries, with its levels if it has more points."""
        curve = overview_curve(points, number, entries)
        return curve if curve["bucket"] == 1 else curve | self._levels(points, key)

    def _levels(self, points: Points, key: str) -> dict[str, Any]:
        if key not in self.written:
            prints = Fingerprints(points, self.axes)
            levels = []
            for bucket in level_buckets(len(points)):
                starts, spans = tile_starts(len(points), bucket), self.axes.spans(points, bucket)
                tiles = [self._tile(points, prints, TileKey(key, bucket, first)) for first in starts]
                levels.append({"bucket": bucket, "tiles": [tile | at for tile, at in zip(tiles, spans, strict=True)]})
            log = log_curve(points, self.axes.log_starts(points))
            self.written[key] = {
                "deeper": reference(self.data.write(Dataset(f"{key}/tiles", {"levels": levels}))),
                "log": reference(self.data.write(Dataset(f"{key}/log", log))),
            }
        return self.written[key]

    def _tile(self, points: Points, prints: Fingerprints, place: TileKey) -> dict[str, Any]:
        key = f"{place.curve}/{place.bucket}-{place.first}"
        fingerprint = prints.of(place.bucket, place.first)
        known = self.known.get(place)
        if known is None or known.fingerprint != fingerprint or not self.data.keep(known.url, known.size):
            tile = tile_of(points, place.bucket, place.first)
            ref = self.data.write(Dataset(key, tile))
            known = TileFile(fingerprint, ref.url, self.data.size(ref.url))
        self.tiles[place] = known
        last = tile_last(len(points), place.bucket, place.first)
        return {"first": place.first, "last": last, "data": reference(DataRef(key, known.url))}


def reference(ref: DataRef) -> dict[str, str]:
    """The ``DataRef`` of types.ts."""
    return {"key": ref.key, "url": ref.url}
