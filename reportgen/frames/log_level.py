"""A level for logarithmic x axes: its entries are evenly spaced in the logarithm of their place, not in rows."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from reportgen.frames.folding import counted, greatest, least, mean_of
from reportgen.frames.levels import Curve, Points, axes_at
from reportgen.model import Numbers

LOG_ENTRIES = 1024
"""Along each axis, from the first place above 0 to the last; where points are farther apart, they are entries."""


def log_curve(points: Points, starts: NDArray[np.int64]) -> Curve:
    """The whole of some points for logarithmic x, whichever the axis, in entries that begin at `log_starts`."""
    ends = np.append(starts[1:], len(points)) - 1
    curve: Curve = {"bucket": int((ends - starts).max()) + 1}
    curve |= {"ends": ends.astype(np.float64), **axes_at(points, ends)}
    low, high = points.extremes or (points.values, points.values)
    curve |= {"min": least(low, starts), "max": greatest(high, starts)}
    if points.extremes is None:
        curve |= {"last": points.values[ends], "mean": mean_of(points.values, starts)}
    else:
        curve["last"] = mean_of(points.values, starts)
    bad = counted(points.values if points.bad is None else points.bad, starts)
    return curve | ({"bad": bad} if bad else {})


def log_starts(points: Points) -> NDArray[np.int64]:
    """The first point of each entry."""
    return np.unique(np.concatenate([np.zeros(1, dtype=np.int64), *_edges(points)]))


def _edges(points: Points) -> Iterator[NDArray[np.int64]]:
    """For each axis the rows that an entry begins with."""
    axes = [points.step, points.time - points.start, *([] if points.x is None else [points.x])]
    for axis in axes:
        edges = _axis_edges(axis)
        if edges is not None:
            yield edges


def _axis_edges(axis: Numbers) -> NDArray[np.int64] | None:
    """None for an axis without any place above 0."""
    if not (axis[1:] >= axis[:-1]).all() or not np.isfinite(axis[-1]):
        # An axis that goes back has no order to cut it in: what has come farthest so far stands for it.
        axis = np.maximum.accumulate(np.where(np.isfinite(axis), axis, -np.inf))
    first = int(np.searchsorted(axis, 0.0, side="right"))
    if first == len(axis):
        return None
    places = np.exp(np.linspace(np.log(axis[first]), np.log(axis[-1]), LOG_ENTRIES, endpoint=False))
    edges: NDArray[np.int64] = np.searchsorted(axis, places)
    return np.minimum(edges, len(axis) - 1)
