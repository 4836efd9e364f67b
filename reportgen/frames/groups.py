"""What several runs of a group say together: a center line, and a band that tells how far they are apart.

Runs are aligned on the steps that any of them has. Between two of its points a run counts with the line between them,
beyond its ends not at all. More than `MOST_PLACES` steps are folded into cells of neighbouring ones: there a run counts
with the mean of its own points in the cell, and the band from the least to the greatest keeps their extremes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportgen.frames.aggregate import student_t
from reportgen.frames.aligned import line_at, rising, union
from reportgen.model import Numbers, Series

CENTERS = ("mean", "median")
BANDS = ("std", "sem", "minmax", "ci95", "none")
"""Sample standard deviation, standard error of the mean and 95 % confidence interval of the mean (Student's t), each to
both sides of the mean; from the least to the greatest; no band."""
MOST_PLACES = 4096
_AT_ONCE = 1 << 20
"""Numbers held at once, whatever the size of the group."""
_LARGEST = float(np.finfo(np.float64).max)
_MANY = 64
_STUDENT = np.array([0.0, 0.0, *(student_t(count) for count in range(2, _MANY))])
"""By count; a run alone has no interval. From `_MANY` on it is that of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Statistic:
    """One of `CENTERS`, and one of `BANDS`."""

    center: str = "mean"
    band: str = "std"


MEAN_AND_DEVIATION = Statistic()


@dataclass(frozen=True, slots=True, eq=False)
class GroupBand:
    """Columns of equal length, an entry for each step, or for each cell of ``bucket`` steps, whose last is its place.

    Attributes:
        places: steps, rising.
        center: NaN where no run counts; so are low and high.
        low: lower edge of the band; the center without a band.
        high: upper edge.
        count: runs that count.
        bad: values that are NaN or infinite; they are left out.
        bucket: steps an entry stands for, a power of two.
    """

    places: Numbers
    center: Numbers
    low: Numbers
    high: Numbers
    count: NDArray[np.int64]
    bad: NDArray[np.int64]
    bucket: int


def group_band(members: Sequence[Series], statistic: Statistic = MEAN_AND_DEVIATION) -> GroupBand:
    """The band of the runs of a group: one metric of each. Their order does not matter."""
    steps = union([series.steps for series in members])
    bucket = 1
    while -(-len(steps) // bucket) > MOST_PLACES:
        bucket *= 2
    places = steps[np.minimum(np.arange(bucket - 1, len(steps) - 1 + bucket, bucket), len(steps) - 1)]
    bad = np.zeros(len(places), dtype=np.int64)
    tracks = [track for series in members if (track := _track(series, steps, bucket, bad)) is not None]
    columns = np.full((3, len(places)), np.nan)
    count = np.zeros(len(places), dtype=np.int64)
    chunk = max(1, _AT_ONCE // max(1, len(tracks)))
    for first in range(0, len(places) if tracks else 0, chunk):
        part = slice(first, min(first + chunk, len(places)))
        # An axis of columns (mean, least, greatest), then of places, then of runs.
        values = np.stack([track.columns(places, part) for track in tracks], axis=-1)
        columns[:, part], count[part] = _statistics(values, statistic)
    center, low, high = columns
    return GroupBand(places, center, low, high, count, bad, bucket)


@dataclass(frozen=True, slots=True, eq=False)
class _Track:
    """The numbers of a run: its points, and what they come to in each cell that has any (mean, least, greatest)."""

    at: Numbers
    values: Numbers
    cells: NDArray[np.int64]
    own: Numbers

    def columns(self, places: Numbers, part: slice) -> Numbers:
        """Mean, least and greatest in each cell of a part; NaN where the run does not count."""
        found = np.full((3, part.stop - part.start), np.nan)
        first, after = max(part.start, int(self.cells[0])), min(part.stop, int(self.cells[-1]) + 1)
        if first < after:
            found[:, first - part.start : after - part.start] = line_at(places[first:after], self.at, self.values)
        here = slice(*np.searchsorted(self.cells, (part.start, part.stop)))
        found[:, self.cells[here] - part.start] = self.own[:, here]
        return found


def _track(series: Series, steps: Numbers, bucket: int, bad: NDArray[np.int64]) -> _Track | None:
    """The numbers of a run; None if it has none. Counts in ``bad`` what is no number."""
    at, values = rising(series.steps, series.values)
    cell = np.searchsorted(steps, at) // bucket
    finite = np.isfinite(values)
    np.add.at(bad, cell[~finite], 1)
    at, values, cell = at[finite], values[finite], cell[finite]
    if not len(at):
        return None
    cells, starts, sizes = np.unique(cell, return_index=True, return_counts=True)
    # Dividing first keeps the mean of the largest floats finite.
    mean = np.add.reduceat(values / np.repeat(sizes, sizes), starts)
    low, high = np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)
    return _Track(at, values, cells, np.stack((np.clip(mean, low, high), low, high)))


def _statistics(values: Numbers, statistic: Statistic) -> tuple[Numbers, NDArray[np.int64]]:
    """Center, low and high at each place, and how many runs count there."""
    # In order of size the order of the runs is forgotten: a sum of floats depends on it. NaN goes to the end.
    ranked = np.sort(values[0], axis=1)
    counts = np.isfinite(ranked).sum(axis=1)
    mean, deviation = _moments(ranked, counts)
    some = np.maximum(counts, 1)
    center = mean if statistic.center == "mean" else _medians(ranked, some)
    if statistic.band == "none":
        return np.stack((center, center, center)), counts
    if statistic.band == "minmax":
        return np.stack((center, np.fmin.reduce(values[1], axis=1), np.fmax.reduce(values[2], axis=1))), counts
    factor = {"std": 1.0, "sem": 1 / np.sqrt(some), "ci95": _STUDENT[np.minimum(counts, _MANY - 1)] / np.sqrt(some)}
    with np.errstate(over="ignore"):
        half = deviation * factor[statistic.band]
        low, high = np.maximum(mean - half, -_LARGEST), np.minimum(mean + half, _LARGEST)
    return np.stack((center, low, high)), counts


def _moments(ranked: Numbers, counts: NDArray[np.int64]) -> tuple[Numbers, Numbers]:
    """Mean and sample standard deviation of each row; one number has a deviation of 0, none has NaN."""
    some = np.maximum(counts, 1)[:, np.newaxis]
    known = np.arange(ranked.shape[1]) < counts[:, np.newaxis]
    low, high = ranked[:, 0], _taken(ranked, np.maximum(counts, 1) - 1)
    mean = np.clip(np.where(known, ranked / some, 0.0).sum(axis=1), low, high)
    # Squares of very large and very small numbers are no numbers any more; a power of two loses nothing.
    largest = np.fmax(np.abs(low), np.abs(high))
    unit = np.select([largest > 1e150, largest < 1e-150], [2.0**-540, 2.0**540], 1.0)[:, np.newaxis]  # noqa: PLR2004
    away = np.where(known, ranked * unit - mean[:, np.newaxis] * unit, 0.0)
    with np.errstate(over="ignore"):
        deviation = np.sqrt((away**2).sum(axis=1) / np.maximum(counts - 1, 1)) / unit[:, 0]
    return np.where(counts > 0, mean, np.nan), np.where(counts > 0, deviation, np.nan)


def _medians(ranked: Numbers, counts: NDArray[np.int64]) -> Numbers:
    """The middle one of the first ``counts`` of each row, or halfway between the middle two."""
    low, high = _taken(ranked, (counts - 1) // 2), _taken(ranked, counts // 2)
    return np.where(low == high, low, low / 2 + high / 2)


def _taken(ranked: Numbers, places: NDArray[np.int64]) -> Numbers:
    """One number of each row."""
    taken: Numbers = np.take_along_axis(ranked, places[:, np.newaxis], axis=1)[:, 0]
    return taken
