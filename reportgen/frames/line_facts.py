"""A line in a few numbers: what can be said of it to those who cannot see it."""

import math
from typing import NamedTuple

import numpy as np

from reportgen.model import Series


class LineFacts(NamedTuple):
    """How many points a line has, and of its finite values the last, the least and the greatest; NaN without any."""

    points: int
    last: float
    least: float
    greatest: float


def line_facts(series: Series) -> LineFacts:
    """The facts of some points."""
    values = series.values
    finite = values if np.isfinite(values).all() else values[np.isfinite(values)]
    if not finite.size:
        return LineFacts(len(values), math.nan, math.nan, math.nan)
    return LineFacts(len(values), float(finite[-1]), float(finite.min()), float(finite.max()))
