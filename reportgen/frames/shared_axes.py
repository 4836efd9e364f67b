"""What follows from steps and times alone, found once: the metrics of a run mostly have the same ones."""

import hashlib
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from reportgen.frames.levels import TILE_ENTRIES, Points, level_spans
from reportgen.frames.log_level import log_starts
from reportgen.frames.preview import Places, preview_places
from reportgen.model import Numbers


@dataclass(slots=True)
class SharedAxes:
    """Of the last points that were asked about."""

    _points: Points | None = None
    _leaves: list[bytes] = field(default_factory=list)
    _spans: dict[int, list[dict[str, list[float]]]] = field(default_factory=dict)
    _log_starts: NDArray[np.int64] | None = None
    _places: dict[int, Places] = field(default_factory=dict)

    def leaves(self, points: Points) -> list[bytes]:
        """The hash of steps and times for each `TILE_ENTRIES` points."""
        self._turn_to(points)
        self._leaves = self._leaves or hashed(b"", [points.step, points.time], len(points))
        return self._leaves

    def spans(self, points: Points, bucket: int) -> list[dict[str, list[float]]]:
        """As `level_spans`."""
        if points.x is not None:
            return level_spans(points, bucket)
        self._turn_to(points)
        if bucket not in self._spans:
            self._spans[bucket] = level_spans(points, bucket)
        return self._spans[bucket]

    def log_starts(self, points: Points) -> NDArray[np.int64]:
        """As `log_level.log_starts`."""
        if points.x is not None:
            return log_starts(points)
        self._turn_to(points)
        if self._log_starts is None:
            self._log_starts = log_starts(points)
        return self._log_starts

    def preview_places(self, points: Points, entries: int) -> Places:
        """As `preview.preview_places`."""
        self._turn_to(points)
        if entries not in self._places:
            self._places[entries] = preview_places(points, entries)
        return self._places[entries]

    def _turn_to(self, points: Points) -> None:
        if self._points is None or not same_axes(self._points, points):
            self._points, self._leaves, self._spans, self._log_starts = points, [], {}, None
            self._places = {}


def same_axes(one: Points, other: Points) -> bool:
    """Whether two curves have the same steps and times, to the bit, and the same clock."""
    return one.start == other.start and _same(one.step, other.step) and _same(one.time, other.time)


def hashed(head: bytes, columns: list[NDArray[np.generic]] | list[Numbers], count: int) -> list[bytes]:
    """One hash of some columns for each `TILE_ENTRIES` of their so many points."""
    leaves = []
    for start in range(0, count, TILE_ENTRIES):
        digest = hashlib.sha256(head)
        for column in columns:
            digest.update(np.ascontiguousarray(column[..., start : start + TILE_ENTRIES]).data)
        leaves.append(digest.digest())
    return leaves


def _same(one: Numbers, other: Numbers) -> bool:
    if len(one) != len(other):
        return False
    here, there = one.__array_interface__, other.__array_interface__
    if (here["data"], here["strides"]) == (there["data"], there["strides"]):  # the same place in memory
        return True
    return np.array_equal(one.view(np.int64), other.view(np.int64))
