"""What all ranks of a run logged of one metric as a band: the mean over ranks, between the least and the greatest."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportgen.frames.levels import Curve, folded, origin, overview_bucket
from reportgen.frames.ramp import compact, rounded
from reportgen.model import Numbers, Run, Series

_MILLISECONDS = 3


@dataclass(frozen=True, slots=True, eq=False)
class _Band:
    """Columns of equal length, one entry for each place that any rank logged at; ``bad`` counts what is no number."""

    places: Numbers
    mean: Numbers
    low: Numbers
    high: Numbers
    bad: NDArray[np.int64]


def band_curve(ranks: Sequence[Series], run: Run, number: int, *, along_time: bool = False) -> Curve:
    """The band of some series: a ``Curve`` of types.ts whose ``last`` is the mean; it has ``min`` and ``max`` always.

    Series are aligned at the steps that any rank has logged, or at times, for ranks that sample on their own. Between
    two of its points a rank counts with the line between them, beyond its ends not at all.

    Args:
        ranks: at least one series; the first lends the band its times.
        run: the run, for the start of its clock.
        number: its index in the project.
        along_time: align by time instead of step.
    """
    start = origin(ranks[0], run)
    axes = [series.times - start if along_time else series.steps for series in ranks]
    band = _band(axes, [series.values for series in ranks])
    bucket = overview_bucket(len(band.places))
    ends = np.minimum(np.arange(bucket - 1, len(band.places) - 1 + bucket, bucket), len(band.places) - 1)
    places = band.places[ends]
    times = places if along_time else _times(ranks[0], places, start)
    drawn = rounded(np.stack([_reduced(band, bucket, name) for name in ("mean", "low", "high")]))
    curve: Curve = {
        "run": number,
        "rows": len(band.places),
        "bucket": bucket,
        "step": compact(ends.astype(np.float64) if along_time else places),
        "time": compact(np.round(times, _MILLISECONDS)),
        **dict(zip(("last", "min", "max"), drawn, strict=True)),
    }
    bad = folded(band.bad, bucket, np.add, 0)
    if bad.any():
        curve["bad"] = [[int(entry), int(bad[entry])] for entry in np.flatnonzero(bad)]
    return curve


def _band(axes: Sequence[Numbers], values: Sequence[Numbers]) -> _Band:
    places = np.unique(np.concatenate(axes))
    places = places[np.isfinite(places)]
    if not len(places):  # none of the samples says when it was taken
        places = np.zeros(1)
    mean, count = np.zeros(len(places)), np.zeros(len(places), dtype=np.int64)
    low, high = np.full(len(places), np.inf), np.full(len(places), -np.inf)
    bad = np.zeros(len(places), dtype=np.int64)
    for axis, of_rank in zip(axes, values, strict=True):
        at, found = _rising(axis, of_rank)
        finite = np.isfinite(found)
        np.add.at(bad, np.searchsorted(places, at[~finite]), 1)
        if not finite.any():
            continue
        at, found = at[finite], found[finite]
        inside = (places >= at[0]) & (places <= at[-1])
        line = _interpolated(places[inside], at, found)
        count[inside] += 1
        # Dividing first keeps the mean of the largest floats finite.
        mean[inside] += line / count[inside] - mean[inside] / count[inside]
        low[inside], high[inside] = np.minimum(low[inside], line), np.maximum(high[inside], line)
    nobody = count == 0
    for column in (mean, low, high):
        column[nobody] = np.nan
    return _Band(places, mean, low, high, bad)


def _rising(axis: Numbers, values: Numbers) -> tuple[Numbers, Numbers]:
    """The points in rising order, the last one logged at each place."""
    known = np.isfinite(axis)
    axis, values = axis[known], values[known]
    order = np.argsort(axis, kind="stable")
    axis, values = axis[order], values[order]
    last = np.append(axis[1:] != axis[:-1], True)[: len(axis)]
    return axis[last], values[last]


def _interpolated(places: Numbers, at: Numbers, values: Numbers) -> Numbers:
    with np.errstate(all="ignore"):  # the difference of the largest floats
        line = np.interp(places, at, values)
    # Exactly what was logged where it was logged, whatever interpolation makes of extremes.
    where = np.minimum(np.searchsorted(at, places), len(at) - 1)
    result: Numbers = np.where((at[where] == places) | ~np.isfinite(line), values[where], line)
    return result


def _times(first: Series, places: Numbers, start: float) -> Numbers:
    """When the first rank came by these steps; NaN beyond its ends."""
    known = np.isfinite(first.times)
    at, times = _rising(first.steps[known], first.times[known] - start)
    if not len(at):
        return np.full(len(places), np.nan)
    return np.interp(places, at, times, left=np.nan, right=np.nan)


def _reduced(band: _Band, bucket: int, name: str) -> Numbers:
    """One column at a bucket: the mean of means, the least of the least, the greatest of all; NaN for a gap."""
    gaps = np.isnan(band.mean)
    if name == "mean":
        count = folded((~gaps).astype(np.int64), bucket, np.add, 0)
        shares = folded(np.where(gaps, 0.0, band.mean) / bucket, bucket, np.add, 0.0)
        with np.errstate(all="ignore"):
            return np.where(count > 0, shares * (bucket / count), np.nan)
    least = name == "low"
    fill = np.inf if least else -np.inf
    column = np.where(gaps, fill, band.low if least else band.high)
    result = folded(column, bucket, np.minimum if least else np.maximum, fill)
    return np.where(np.isfinite(result), result, np.nan)
