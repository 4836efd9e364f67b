"""Curves reduced for drawing, losing nothing that could be seen: a bucket keeps its minimum, maximum, mean and last.

The overview of a series has at most `OVERVIEW_ENTRIES` entries. Where that is not all of it, finer levels follow, each
`FAN_OUT` times finer, down to the raw points. Everything is a pure function of the points: same log, same bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.frames.ramp import compact, rounded
from reportgen.model import Numbers, Run, Series

OVERVIEW_ENTRIES = 512
TILE_ENTRIES = 4096
FAN_OUT = 8

Curve = dict[str, Any]
"""A ``Curve`` of types.ts without ``deeper``; its columns are float64 arrays, NaN for a gap, or ramps."""


@dataclass(frozen=True, slots=True)
class Tile:
    """Part of a level: the indices of its first and last entry at that level, and its curve."""

    first: int
    last: int
    curve: Curve


@dataclass(frozen=True, slots=True)
class Level:
    """A curve at one fineness, ``bucket`` raw points an entry; tiles of at most `TILE_ENTRIES` entries, on demand."""

    bucket: int
    entries: int
    tiles: Iterator[Tile]


def overview_bucket(rows: int) -> int:
    """Raw points per entry of the overview: the smallest power of two that makes it short enough."""
    bucket = 1
    while -(-rows // bucket) > OVERVIEW_ENTRIES:
        bucket *= 2
    return bucket


def overview_curve(series: Series, run: Run, number: int) -> Curve:
    """The whole series in few entries. ``number`` is the index of the run in its project."""
    bucket = overview_bucket(len(series))
    level = _level(series, run, bucket)
    return level.curve(slice(None), number, len(series))


def deeper_levels(series: Series, run: Run, number: int) -> Iterator[Level]:
    """The finer levels, coarse to raw; none when the overview is the raw series."""
    bucket = overview_bucket(len(series))
    while bucket > 1:
        bucket = max(1, bucket // FAN_OUT)
        yield Level(bucket, -(-len(series) // bucket), _tiles(_level(series, run, bucket), number, len(series)))


def _tiles(level: "_Entries", number: int, rows: int) -> Iterator[Tile]:
    entries = len(level.step)
    for first in range(0, entries, TILE_ENTRIES):
        after = min(first + TILE_ENTRIES, entries)
        yield Tile(first, after - 1, level.curve(slice(first, after), number, rows))


@dataclass(frozen=True, slots=True, eq=False)
class _Entries:
    """One level of a series, whole. ``drawn`` has the rows last, min, max, mean; only last with bucket 1."""

    bucket: int
    step: Numbers
    time: Numbers
    drawn: Numbers
    bad: NDArray[np.int64]

    def curve(self, part: slice, number: int, rows: int) -> Curve:
        curve: Curve = {"run": number, "rows": rows, "bucket": self.bucket}
        curve |= {"step": compact(self.step[part]), "time": compact(self.time[part])}
        curve |= dict(zip(("last", "min", "max", "mean"), self.drawn[:, part], strict=False))
        bad = self.bad[part]
        if bad.any():
            curve["bad"] = [[int(entry), int(bad[entry])] for entry in np.flatnonzero(bad)]
        return curve


def _level(series: Series, run: Run, bucket: int) -> _Entries:
    ends = np.minimum(np.arange(bucket - 1, len(series) - 1 + bucket, bucket), len(series) - 1)
    values, finite = series.values, np.isfinite(series.values)
    last, bad = values[ends], ~finite
    time = np.round(series.times[ends] - _origin(series, run), 3)
    if bucket == 1:
        return _Entries(bucket, series.steps, time, rounded(last[np.newaxis]), bad.astype(np.int64))
    starts = np.arange(0, len(series), bucket)
    clean = bool(finite.all())
    low = values if clean else np.where(finite, values, np.inf)
    high = values if clean else np.where(finite, values, -np.inf)
    counts = np.add.reduceat(finite, starts, dtype=np.int64)
    with np.errstate(all="ignore"):
        total = np.add.reduceat(values if clean else np.where(finite, values, 0.0), starts)
        mean = np.where(counts, total / counts, np.nan)
    drawn = rounded(np.stack((last, np.minimum.reduceat(low, starts), np.maximum.reduceat(high, starts), mean)))
    return _Entries(bucket, series.steps[ends], time, drawn, np.add.reduceat(bad, starts, dtype=np.int64))


def _origin(series: Series, run: Run) -> float:
    """When the clock of a curve starts: with the run, or with the first point that has a time."""
    if not np.isnan(run.started):
        return run.started
    known = series.times[~np.isnan(series.times)]
    return float(known[0]) if len(known) else 0.0
