"""Fingerprints of tiles, by which a build knows those of the last one again without encoding them."""

import hashlib
import struct
from functools import cached_property

from reportgen.frames.levels import TILE_ENTRIES, Points, tile_rows
from reportgen.frames.shared_axes import SharedAxes, hashed

_FORMAT = b"tile 3"
"""Changes when the same points make another tile."""


class Fingerprints:
    """Of all tiles of some points. Every point is hashed once: a coarser tile is known by the raw ones below it."""

    def __init__(self, points: Points, axes: SharedAxes) -> None:
        self._points, self._axes = points, axes

    def of(self, bucket: int, first: int) -> str:
        """The fingerprint of a tile of a level, by its first entry."""
        start, end = tile_rows(len(self._points), bucket, first)
        leaves = self._leaves[start // TILE_ENTRIES : -(-end // TILE_ENTRIES)]
        return hashlib.sha256(b"".join((_FORMAT, struct.pack("<q", bucket), *leaves))).hexdigest()

    @cached_property
    def _leaves(self) -> list[bytes]:
        points = self._points
        columns = [points.values, points.x, points.bad, *(points.extremes or ())]
        head = struct.pack("<d", points.start) + bytes(column is not None for column in columns)
        own = hashed(head, [column for column in columns if column is not None], len(points))
        return [axes + leaf for axes, leaf in zip(self._axes.leaves(points), own, strict=True)]
