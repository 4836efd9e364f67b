"""Curves reduced for drawing, losing nothing that could be seen: an entry keeps its minimum, maximum, mean and last.

The overview of a series longer than `RAW_ROWS` has at most `OVERVIEW_ENTRIES` entries. Finer levels have 1, 8, 64, …
raw points an entry, whatever the length, in tiles of `TILE_ENTRIES`: what is appended changes the last tile of each
level and no other. Everything is a pure function of the points: same log, same bytes.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.frames.digits import plain
from reportgen.frames.folding import counted, folded, greatest, least, mean_of
from reportgen.model import Numbers, Run, Series

OVERVIEW_ENTRIES = 512
COLUMNS = 4
RAW_ROWS = COLUMNS * OVERVIEW_ENTRIES
"""A series this short is its own overview: an entry has four numbers, so that reducing it would save no bytes."""
FEW_RUNS = 64
LEAST_ENTRIES = 64
TILE_ENTRIES = 4096
FAN_OUT = 8
MILLISECONDS = 3

Curve = dict[str, Any]
"""A ``Curve`` of types.ts without ``deeper``; its columns are float64 arrays, NaN for a gap."""


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """What a curve is made of, in its order; columns of equal length.

    Attributes:
        step: of each point.
        time: in seconds; NaN for none.
        values: what is drawn as a line.
        x: places on another metric, not decreasing; None to draw over the step alone.
        start: when the clock of the curve starts, in the seconds of `time`.
        extremes: the least and the greatest at each point, where `values` are means of ranks.
        bad: with these, how many NaN, inf and -inf stand at each point: three rows.
    """

    step: Numbers
    time: Numbers
    values: Numbers
    x: Numbers | None = None
    start: float = 0.0
    extremes: tuple[Numbers, Numbers] | None = None
    bad: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        return len(self.values)


def points_of(series: Series, run: Run, x: Numbers | None = None) -> Points:
    """The points of a series, in the seconds of the run's clock."""
    return Points(series.steps, series.times, series.values, x, origin(series, run))


def overview_entries(runs: int) -> int:
    """Entries of each curve in the overview of a metric: the more runs there are, the less room each has."""
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


def overview_curve(points: Points, number: int, entries: int = OVERVIEW_ENTRIES) -> Curve:
    """The whole of the points in few entries.

    Args:
        points: all of them.
        number: the index of the run in its project.
        entries: at most so many, as `overview_entries` says; up to four times as many points are kept raw.
    """
    bucket = overview_bucket(len(points), entries)
    return {"run": number, "rows": len(points), **_entries(points, bucket, 0, len(points))}


def level_buckets(rows: int) -> list[int]:
    """Raw points an entry of the levels below the overview, coarse to raw; none when the overview is raw itself.

    The coarsest is one tile.
    """
    buckets: list[int] = []
    bucket = 1
    while bucket < overview_bucket(rows):
        buckets.insert(0, bucket)
        bucket *= FAN_OUT
    return buckets


def tile_starts(rows: int, bucket: int) -> range:
    """The first entry of each tile of a level."""
    return range(0, -(-rows // bucket), TILE_ENTRIES)


def tile_of(points: Points, bucket: int, first: int) -> Curve:
    """The tile of a level that begins with an entry: a curve that does not say whose it is, nor how long the whole."""
    return _entries(points, bucket, *tile_rows(len(points), bucket, first))


def tile_last(rows: int, bucket: int, first: int) -> int:
    """The last entry of a tile."""
    return min(first + TILE_ENTRIES, -(-rows // bucket)) - 1


def tile_rows(rows: int, bucket: int, first: int) -> tuple[int, int]:
    """The first raw point of a tile, and the one after its last."""
    return first * bucket, min((first + TILE_ENTRIES) * bucket, rows)


def level_spans(points: Points, bucket: int) -> list[dict[str, list[float]]]:
    """Where the entries of each tile of a level lie on ``step``, ``time`` and ``x``: the least and the greatest place.

    An axis on which a tile has no place is left out.
    """
    ends = _ends(bucket, 0, len(points))
    axes = {"step": points.step, "time": points.time} | ({} if points.x is None else {"x": points.x})
    spans: list[dict[str, list[float]]] = [{} for _ in tile_starts(len(points), bucket)]
    for name, axis in axes.items():
        low, high = _tile_extremes(axis[ends])
        if name == "time":
            low, high = (np.round(column - points.start, MILLISECONDS) for column in (low, high))
        for span, pair in zip(spans, zip(low, high, strict=True), strict=True):
            if np.isfinite(pair[0]):
                span[name] = [plain(end) for end in pair]
    return spans


def _tile_extremes(places: Numbers) -> tuple[Numbers, Numbers]:
    """The least and the greatest place of each tile."""
    if np.isfinite(places[[0, -1]]).all() and (places[1:] >= places[:-1]).all():
        firsts = np.arange(0, len(places), TILE_ENTRIES)
        return places[firsts], places[np.minimum(firsts + TILE_ENTRIES, len(places)) - 1]
    return least(places, TILE_ENTRIES), greatest(places, TILE_ENTRIES)


def _ends(bucket: int, start: int, end: int) -> NDArray[np.int64] | slice:
    """The last raw point of each entry."""
    if bucket == 1:
        return slice(start, end)
    ends: NDArray[np.int64] = np.minimum(np.arange(start + bucket, end + bucket, bucket), end) - 1
    return ends


def _entries(points: Points, bucket: int, start: int, end: int) -> Curve:
    """The entries of some of the points, from the first one of an entry."""
    part = slice(start, end)
    ends = _ends(bucket, start, end)
    curve: Curve = {"bucket": bucket} | axes_at(points, ends)
    if points.extremes is not None:
        low, high = (column[part] for column in points.extremes)
        last = points.values[part] if bucket == 1 else mean_of(points.values[part], bucket)
        curve |= {"last": last, "min": least(low, bucket), "max": greatest(high, bucket)}
    elif bucket == 1:
        curve["last"] = points.values[part]
    else:
        low, high, mean, bad = folded(points.values[part], bucket)
        curve |= {"last": points.values[ends], "min": low, "max": high, "mean": mean}
        return curve | ({"bad": bad} if bad else {})
    bad = counted(points.values[part] if points.bad is None else points.bad[:, part], bucket)
    return curve | ({"bad": bad} if bad else {})


def axes_at(points: Points, ends: NDArray[np.int64] | slice) -> Curve:
    """The columns of a curve along its axes."""
    curve: Curve = {"step": points.step[ends]}
    curve["time"] = np.round(points.time[ends] - points.start, MILLISECONDS)
    if points.x is not None:
        curve["x"] = points.x[ends]
    return curve


def origin(series: Series, run: Run) -> float:
    """When the clock of a curve starts: with the run, or with the first point that has a time."""
    if not np.isnan(run.started):
        return run.started
    known = series.times[~np.isnan(series.times)]
    return float(known[0]) if len(known) else 0.0
