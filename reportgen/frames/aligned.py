"""Several series on common places, to be compared: between two of its points a series is the line between them."""

from collections.abc import Sequence

import numpy as np

from reportgen.model import Numbers


def union(axes: Sequence[Numbers]) -> Numbers:
    """Every place that any of these axes has, rising, each once; what is no number is no place."""
    places = np.unique(np.concatenate(axes)) if axes else np.zeros(0)
    return places[np.isfinite(places)]


def rising(axis: Numbers, values: Numbers) -> tuple[Numbers, Numbers]:
    """The points in rising order, the last one logged at each place."""
    known = np.isfinite(axis)
    axis, values = axis[known], values[known]
    order = np.argsort(axis, kind="stable")
    axis, values = axis[order], values[order]
    last = np.append(axis[1:] != axis[:-1], True)[: len(axis)]
    return axis[last], values[last]


def line_at(places: Numbers, at: Numbers, values: Numbers) -> Numbers:
    """Where the line through rising points is at some places; beyond its ends it goes on level."""
    with np.errstate(all="ignore"):  # the difference of the largest floats
        line = np.interp(places, at, values)
    # Exactly what was logged where it was logged, whatever interpolation makes of extremes.
    where = np.minimum(np.searchsorted(at, places), len(at) - 1)
    result: Numbers = np.where((at[where] == places) | ~np.isfinite(line), values[where], line)
    return result
