"""Columns of numbers made small for the browser: few digits, and evenly spaced ones as a rule instead of a list."""

from typing import Any

import numpy as np

from reportgen.model import Numbers

DIGITS = 6
"""Significant digits of what is drawn: far below a pixel at any zoom."""

_FAR = 1000
"""Numbers that lie so many times farther from zero than from each other need more digits."""
_LARGEST_EXACT = 22
"""10**22 is the largest power of ten that float64 holds exactly."""
_POWERS = np.array([10.0**exponent for exponent in range(_LARGEST_EXACT + 1)])


def rounded(values: Numbers) -> Numbers:
    """The values to `DIGITS` significant digits, as the floats that print that way; what is not finite becomes NaN."""
    finite = np.isfinite(values)
    magnitude = np.abs(values)
    magnitude[~finite | (magnitude == 0.0)] = 1.0
    shift = DIGITS - 1 - np.floor(np.log10(magnitude)).astype(np.int64)
    size = np.abs(shift)
    scale = _POWERS[np.minimum(size, _LARGEST_EXACT)]
    with np.errstate(all="ignore"):
        # Multiplying and dividing by an exact power of ten rounds once, so the result is the nearest float.
        result: Numbers = np.rint(values * scale) / scale
        large = shift < 0
        if large.any():
            result[large] = np.rint(values[large] / scale[large]) * scale[large]
    if size.max(initial=0) > _LARGEST_EXACT:
        extreme = size > _LARGEST_EXACT
        result[extreme] = [float(f"{value:.{DIGITS}g}") for value in values[extreme]]
    result[~finite] = np.nan
    return result


def compact(values: Numbers) -> Numbers | dict[str, Any]:
    """A ``Ramp`` of types.ts if the values are evenly spaced, else the values."""
    count = len(values)
    if count < 3:  # noqa: PLR2004  (two numbers are shorter than a rule)
        return values
    by = values[1] - values[0]
    if (
        not np.isfinite(by)
        or values[2] != values[0] + by * 2
        or not np.array_equal(values[0] + by * np.arange(count), values)
    ):
        return values
    return {"from": plain(values[0]), "by": plain(by), "n": count}


def places(values: Numbers) -> Numbers | dict[str, Any] | list[float]:
    """Finite numbers along an axis, exactly where `DIGITS` would not tell them apart, such as moments of one day."""
    short = compact(values)
    if isinstance(short, dict) or not len(values) or np.abs(values).max() <= _FAR * np.ptp(values):
        return short
    exact: list[float] = values.tolist()
    return exact


def plain(value: float) -> int | float:
    """A float as an int where it is one, which JSON writes shorter."""
    return int(value) if float(value).is_integer() else float(value)
