"""Fingerprints of tiles, by which a build knows those of the last one again without encoding them."""

import hashlib
import struct
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reportgen.frames.levels import TILE_ENTRIES, Points, tile_rows
from reportgen.model import Numbers

_FORMAT = b"tile 3"
"""Changes when the same points make another tile."""


@dataclass(slots=True)
class SharedAxes:
    """The hashes of the steps and times of the last curve: the metrics of a run mostly have the same ones."""

    _axes: tuple[Numbers, Numbers] | None = None
    _leaves: list[bytes] = field(default_factory=list)

    def leaves(self, points: Points) -> list[bytes]:
        """One hash for each `TILE_ENTRIES` points."""
        axes = (points.step, points.time)
        if self._axes is None or not all(map(same_column, self._axes, axes)):
            self._axes, self._leaves = axes, _hashed(b"", axes, len(points))
        return self._leaves


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
        own = _hashed(head, [column for column in columns if column is not None], len(points))
        return [axes + leaf for axes, leaf in zip(self._axes.leaves(points), own, strict=True)]


def _hashed(head: bytes, columns: "list[NDArray[np.generic]] | tuple[Numbers, ...]", count: int) -> list[bytes]:
    leaves = []
    for start in range(0, count, TILE_ENTRIES):
        digest = hashlib.sha256(head)
        for column in columns:
            digest.update(np.ascontiguousarray(column[..., start : start + TILE_ENTRIES]).data)
        leaves.append(digest.digest())
    return leaves


def same_column(one: Numbers, other: Numbers) -> bool:
    """Whether two columns are the same to the bit."""
    if len(one) != len(other):
        return False
    here, there = one.__array_interface__, other.__array_interface__
    if (here["data"], here["strides"]) == (there["data"], there["strides"]):  # the same place in memory
        return True
    return np.array_equal(one.view(np.int64), other.view(np.int64))
