"""Statistics over a handful of runs, each with what it means written down."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.model import Numbers
from reportgen.numbers import format_number

# Two-sided 97.5 % points of Student's t by degrees of freedom; beyond the table the normal one is close enough.
_STUDENT = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
    *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086),
    *(2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
)
_NORMAL = 1.96


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its 95 % confidence interval by Student's t; of a single number the interval is that number."""

    count: int
    mean: float
    low: float
    high: float

    def text(self) -> str:
        """``0.971 ± 0.004 (n = 3)``."""
        spread = f" ± {format_number(self.high - self.mean, 2)}" if self.count > 1 else ""
        return f"{format_number(self.mean)}{spread} (n = {self.count})"


def student_t(count: int) -> float:
    """How many standard errors of a mean of so many numbers, at least two, a 95 % confidence interval reaches."""
    return _STUDENT[count - 2] if count - 2 < len(_STUDENT) else _NORMAL


def mean_interval(values: Sequence[float]) -> Interval:
    """The mean of these numbers and how sure it is."""
    count, mean = len(values), float(np.mean(values))
    if count == 1:
        return Interval(1, mean, mean, mean)
    half = student_t(count) * float(np.std(values, ddof=1)) / math.sqrt(count)
    return Interval(count, mean, mean - half, mean + half)


@dataclass(frozen=True, slots=True)
class Quartiles:
    """A box: quartiles, whiskers at the last values within 1.5 box lengths, and the values beyond them."""

    low: float
    first: float
    median: float
    third: float
    high: float
    outliers: tuple[float, ...]


def quartiles(values: Sequence[float]) -> Quartiles:
    """Tukey's box of these numbers."""
    first, median, third = (float(value) for value in np.quantile(values, (0.25, 0.5, 0.75)))
    reach = 1.5 * (third - first)
    inside = [value for value in values if first - reach <= value <= third + reach]
    outside = tuple(value for value in values if not first - reach <= value <= third + reach)
    return Quartiles(min(inside), first, median, third, max(inside), outside)


def rank_correlation(left: Sequence[float], right: Sequence[float]) -> float:
    """Spearman's: how well the order of the one tells that of the other, from -1 to 1; NaN where one has no order."""
    ranks = np.array([_ranks(left), _ranks(right)])
    ranks -= ranks.mean(axis=1, keepdims=True)
    spread = math.sqrt(float((ranks[0] ** 2).sum() * (ranks[1] ** 2).sum()))
    return float((ranks[0] * ranks[1]).sum()) / spread if spread else math.nan


def _ranks(values: Sequence[float]) -> Numbers:
    """The place of each in the order of all; equals share the mean of theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    shared: Numbers = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return shared
