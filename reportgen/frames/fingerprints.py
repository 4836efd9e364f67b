"""Fingerprints of tiles, by which a build knows those of the last one again without encoding them."""

import hashlib
import struct
from functools import cached_property

from reportgen.frames.levels import TILE_ENTRIES, Points, tile_rows

_FORMAT = b"tile 2"
"""Changes when the same points make another tile."""


class Fingerprints:
    """Of all tiles of some points. Every point is hashed once: a coarser tile is known by the raw ones below it."""

    def __init__(self, points: Points) -> None:
        self._points = points

    def of(self, bucket: int, first: int) -> str:
        """The fingerprint of a tile of a level, by its first entry."""
        start, end = tile_rows(len(self._points), bucket, first)
        leaves = self._leaves[start // TILE_ENTRIES : -(-end // TILE_ENTRIES)]
        return hashlib.sha256(b"".join((_FORMAT, struct.pack("<q", bucket), *leaves))).hexdigest()

    @cached_property
    def _leaves(self) -> list[bytes]:
        points = self._points
        columns = [points.step, points.time, points.values, points.x, points.bad, *(points.extremes or ())]
        head = struct.pack("<d", points.start) + bytes(column is not None for column in columns)
        leaves = []
        for start in range(0, len(points), TILE_ENTRIES):
            digest = hashlib.sha256(head)
            for column in columns:
                if column is not None:
                    digest.update(column[..., start : start + TILE_ENTRIES].tobytes())
            leaves.append(digest.digest())
        return leaves
