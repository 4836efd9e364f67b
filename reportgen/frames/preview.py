"""Previews of curves: what a workspace of many runs draws before anybody looks closely, in a few bytes a run."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reportgen.frames.folding import greatest, least
from reportgen.frames.levels import FEW_RUNS, Points
from reportgen.model import Numbers

MANY_RUNS = 128
FEW_ENTRIES, LEAST_ENTRIES = 32, 16
STEPS = 254
"""Levels are from 0 to here, finer than the pixels of a panel; the one above says that there is none."""
NONE = 255
TINY = 1e-300
"""A smaller range has no room for as many levels."""


class Preview(NamedTuple):
    """A curve in few entries: at which level, from the least to the greatest value, each has its extremes.

    Attributes:
        rows: raw points in all.
        first: the least step.
        last: the greatest.
        low: the least finite value; NaN without any.
        high: the greatest.
        levels: a byte for the least of each entry, then for the greatest, then for where its last point lies between
            `first` and `last`; `NONE` without a finite value.
    """

    rows: int
    first: float
    last: float
    low: float
    high: float
    levels: bytes


def preview_entries(runs: int) -> int:
    """Entries of each preview; 0 where there are so few runs that all is shown at once."""
    if runs <= FEW_RUNS:
        return 0
    return FEW_ENTRIES if runs <= MANY_RUNS else LEAST_ENTRIES


class Places(NamedTuple):
    """Where the entries of a preview lie: what follows from the steps alone.

    Attributes:
        edges: the first point of each entry.
        first: the least step.
        last: the greatest.
        levels: where between them the last point of each entry lies.
    """

    edges: NDArray[np.int64]
    first: float
    last: float
    levels: bytes


def preview_places(points: Points, entries: int) -> Places:
    """The places of at most so many entries of some points, at least one."""
    bucket = 1 << max(0, math.ceil(math.log2(len(points) / entries)))
    edges = np.arange(0, len(points), bucket)
    ends = np.minimum(edges + bucket, len(points)) - 1
    first, last = float(points.step.min()), float(points.step.max())
    return Places(edges, first, last, _levels(points.step[ends], first, last).tobytes().ljust(entries, bytes([NONE])))


def preview_of(points: Points, places: Places) -> Preview:
    """A curve over its steps as a preview; extremes are never cut off, only moved by less than a pixel."""
    edges = places.edges
    ends = np.empty((2, len(edges)))
    np.minimum.reduceat(points.values, edges, out=ends[0])
    np.maximum.reduceat(points.values, edges, out=ends[1])
    low, high = float(ends[0].min()), float(ends[1].max())
    if not math.isfinite(high - low):
        ends = np.stack((least(points.values, edges), greatest(points.values, edges)))
        known = ends[np.isfinite(ends)]
        low, high = (float(known.min()), float(known.max())) if len(known) else (math.nan, math.nan)
    levels = np.full((2, len(places.levels)), NONE, np.uint8)
    levels[:, : len(edges)] = _levels(ends, low, high)
    return Preview(len(points), places.first, places.last, low, high, levels.tobytes() + places.levels)


def _levels(values: Numbers, low: float, high: float) -> NDArray[np.uint8]:
    """The nearest level of each value."""
    if TINY < high - low < math.inf and np.isfinite(values).all():
        return ((values - low) * (STEPS / (high - low)) + 0.5).astype(np.uint8)
    size = high / 2 - low / 2  # halves, for the whole may be more than floats hold
    part = (values / 2 - low / 2) / size if size else np.where(np.isfinite(values), 0.0, np.nan)
    return np.where(np.isfinite(part), np.rint(part * STEPS), NONE).astype(np.uint8)
