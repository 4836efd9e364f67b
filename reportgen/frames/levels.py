"""Curves reduced for drawing, losing nothing that could be seen: a bucket keeps its minimum, maximum, mean and last.

The overview of a series longer than `RAW_ROWS` has at most `OVERVIEW_ENTRIES` entries, and finer levels follow, each
`FAN_OUT` times finer, down to the raw points. Everything is a pure function of the points: same log, same bytes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from reportgen.frames.ramp import compact, places, rounded
from reportgen.model import Numbers, Run, Series

_Number = TypeVar("_Number", np.float64, np.int64)

OVERVIEW_ENTRIES = 512
COLUMNS = 4
RAW_ROWS = COLUMNS * OVERVIEW_ENTRIES
"""A series this short is its own overview: an entry has four numbers, so that reducing it would save no bytes."""
FEW_RUNS = 64
LEAST_ENTRIES = 64
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


def overview_entries(runs: int) -> int:
    """Entries of each curve in the overview of a metric: the more runs there are, the less room has each."""
    entries = OVERVIEW_ENTRIES
    while runs > FEW_RUNS and entries > LEAST_ENTRIES:
        runs, entries = -(-runs // 2), entries // 2
    return entries


def overview_bucket(rows: int, entries: int = OVERVIEW_ENTRIES) -> int:
    """Raw points per entry of an overview: the smallest power of two that makes it short enough."""
    if rows <= COLUMNS * entries:
        return 1
    bucket = 1
    while -(-rows // bucket) > entries:
        bucket *= 2
    return bucket


def overview_curve(
    series: Series, run: Run, number: int, x: Numbers | None = None, *, entries: int = OVERVIEW_ENTRIES
) -> Curve:
    """The whole series in few entries.

    Args:
        series: the points.
        run: who logged them.
        number: the index of the run in its project.
        x: where the points stand on another metric, if they are drawn over one; not decreasing.
        entries: at most so many, as `overview_entries` says; a series of up to four times as many points is kept raw.
    """
    bucket = overview_bucket(len(series), entries)
    level = _level(series, run, bucket, x)
    return level.curve(slice(None), number, len(series))


def deeper_levels(series: Series, run: Run, number: int, x: Numbers | None = None) -> Iterator[Level]:
    """The finer levels of the same, coarse to raw; none when the overview is the raw series."""
    bucket = overview_bucket(len(series))
    while bucket > 1:
        bucket = max(1, bucket // FAN_OUT)
        yield Level(bucket, -(-len(series) // bucket), _tiles(_level(series, run, bucket, x), number, len(series)))


def _tiles(level: "_Entries", number: int, rows: int) -> Iterator[Tile]:
    entries = len(level.step)
    for first in range(0, entries, TILE_ENTRIES):
        after = min(first + TILE_ENTRIES, entries)
        yield Tile(first, after - 1, level.curve(slice(first, after), number, rows))


@dataclass(frozen=True, slots=True, eq=False)
class _Entries:
    """One level of a series, whole.

    Attributes:
        x: of the last point of each entry, on another metric.
        drawn: the rows last, min, max, mean; only last with bucket 1.
        bad: values of each entry that are not finite; None if there are none at all.
    """

    bucket: int
    step: Numbers
    time: Numbers
    x: Numbers | None
    drawn: Numbers
    bad: NDArray[np.int64] | None

    def curve(self, part: slice, number: int, rows: int) -> Curve:
        curve: Curve = {"run": number, "rows": rows, "bucket": self.bucket}
        curve |= {"step": compact(self.step[part]), "time": compact(self.time[part])}
        if self.x is not None:
            curve["x"] = places(self.x[part])
        curve |= dict(zip(("last", "min", "max", "mean"), self.drawn[:, part], strict=False))
        bad = self.bad[part] if self.bad is not None else ()
        if np.any(bad):
            curve["bad"] = [[int(entry), int(bad[entry])] for entry in np.flatnonzero(bad)]
        return curve


def _level(series: Series, run: Run, bucket: int, x: Numbers | None) -> _Entries:
    ends = np.minimum(np.arange(bucket - 1, len(series) - 1 + bucket, bucket), len(series) - 1)
    time = np.round(series.times[ends] - origin(series, run), 3)
    x = None if x is None else x[ends]
    values, finite = series.values, np.isfinite(series.values)
    clean = bool(finite.all())
    bad = None if clean else folded((~finite).astype(np.int64), bucket, np.add, 0)
    if bucket == 1:
        return _Entries(bucket, series.steps, time, x, rounded(values[np.newaxis]), bad)
    low = folded(values if clean else np.where(finite, values, np.inf), bucket, np.minimum, np.inf)
    high = folded(values if clean else np.where(finite, values, -np.inf), bucket, np.maximum, -np.inf)
    count = np.full(len(ends), bucket)
    count[-1] -= -len(series) % bucket
    if bad is not None:
        count -= bad
    with np.errstate(all="ignore"):
        # Dividing first keeps the mean of the largest floats finite.
        share = (values if clean else np.where(finite, values, 0.0)) / bucket
        mean = folded(share, bucket, np.add, 0.0) * (bucket / count)
    drawn = rounded(np.stack((values[ends], low, high, mean)))
    return _Entries(bucket, series.steps[ends], time, x, drawn, bad)


def folded(
    values: NDArray[_Number], bucket: int, operation: Callable[..., NDArray[_Number]], fill: float
) -> NDArray[_Number]:
    """Each bucket as one number, by folding in halves: a bucket is a power of two long, and this is fast."""
    missing = -len(values) % bucket
    folded = np.append(values, np.full(missing, fill, dtype=values.dtype)) if missing else values
    while bucket > 1:
        folded = operation(folded[::2], folded[1::2])
        bucket //= 2
    return folded


def origin(series: Series, run: Run) -> float:
    """When the clock of a curve starts: with the run, or with the first point that has a time."""
    if not np.isnan(run.started):
        return run.started
    known = series.times[~np.isnan(series.times)]
    return float(known[0]) if len(known) else 0.0
