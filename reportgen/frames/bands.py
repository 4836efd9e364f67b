"""What all ranks of a run logged of one metric as a band: the mean over ranks, between the least and the greatest."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reportgen.frames.aligned import line_at, rising, union
from reportgen.frames.levels import Points, origin
from reportgen.model import Numbers, Run, Series


def band_points(ranks: Sequence[Series], run: Run, *, along_time: bool = False) -> Points:
    """The band of some series: its values are the means; along time its steps are numbers of samples.

    Series are aligned at the steps that any rank has logged, or at times, for ranks that sample on their own. Between
    two of its points a rank counts with the line between them, beyond its ends not at all.

    Args:
        ranks: at least one series; the first lends the band its times.
        run: the run, for the start of its clock.
        along_time: align by time instead of step.
    """
    start = origin(ranks[0], run)
    axes = [series.times - start if along_time else series.steps for series in ranks]
    places = union(axes)
    if not len(places):  # none of the samples says when it was taken
        places = np.zeros(1)
    values = [series.values for series in ranks]
    mean, low, high = _band(places, axes, values)
    steps = np.arange(len(places), dtype=np.float64) if along_time else places
    times = places if along_time else _times(ranks[0], places, start)
    return Points(steps, times, mean, extremes=(low, high), bad=_bad(places, axes, values))


def _band(places: Numbers, axes: Sequence[Numbers], values: Sequence[Numbers]) -> tuple[Numbers, Numbers, Numbers]:
    """The mean, the least and the greatest at each place; NaN where no rank counts."""
    mean, count = np.zeros(len(places)), np.zeros(len(places), dtype=np.int64)
    low, high = np.full(len(places), np.inf), np.full(len(places), -np.inf)
    for axis, of_rank in zip(axes, values, strict=True):
        at, found = rising(axis, of_rank)
        finite = np.isfinite(found)
        if not finite.any():
            continue
        at, found = at[finite], found[finite]
        inside = (places >= at[0]) & (places <= at[-1])
        line = line_at(places[inside], at, found)
        count[inside] += 1
        # Dividing first keeps the mean of the largest floats finite.
        mean[inside] += line / count[inside] - mean[inside] / count[inside]
        low[inside], high[inside] = np.minimum(low[inside], line), np.maximum(high[inside], line)
    nobody = count == 0
    for column in (mean, low, high):
        column[nobody] = np.nan
    return mean, low, high


def _bad(places: Numbers, axes: Sequence[Numbers], values: Sequence[Numbers]) -> NDArray[np.int64]:
    """How many NaN, inf and -inf were logged at each place: three rows."""
    bad = np.zeros((3, len(places)), dtype=np.int64)
    for axis, of_rank in zip(axes, values, strict=True):
        at, found = rising(axis, of_rank)
        for row, kind in zip(bad, (np.isnan(found), found == np.inf, found == -np.inf), strict=True):
            np.add.at(row, np.searchsorted(places, at[kind]), 1)
    return bad


def _times(first: Series, places: Numbers, start: float) -> Numbers:
    """When the first rank came by these steps; NaN beyond its ends."""
    known = np.isfinite(first.times)
    at, times = rising(first.steps[known], first.times[known] - start)
    if not len(at):
        return np.full(len(places), np.nan)
    return np.interp(places, at, times, left=np.nan, right=np.nan)
