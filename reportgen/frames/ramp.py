"""Columns of numbers made small for the browser: few digits, and evenly spaced ones as a rule instead of a list."""

from typing import Any

import numpy as np

from reportgen.model import Numbers

DIGITS = 6
"""Significant digits of what is drawn: far below a pixel at any zoom."""

_LARGEST_EXACT = 22
"""10**22 is the largest power of ten that float64 holds exactly."""
_POWERS = np.array([10.0**exponent for exponent in range(_LARGEST_EXACT + 1)])


def rounded(values: Numbers) -> Numbers:
    """The values to `DIGITS` significant digits, as the floats that print that way; what is not finite becomes NaN."""
    with np.errstate(all="ignore"):
        exponent = np.floor(np.log10(np.abs(values)))
        shift = np.nan_to_num(DIGITS - 1 - exponent, nan=0.0, posinf=0.0, neginf=0.0).astype(np.int64)
        scale = _POWERS[np.minimum(np.abs(shift), _LARGEST_EXACT)]
        # Multiplying and dividing by an exact power of ten rounds once, so the result is the nearest float.
        result: Numbers = np.where(shift >= 0, np.rint(values * scale) / scale, np.rint(values / scale) * scale)
    extreme = np.abs(shift) > _LARGEST_EXACT
    if extreme.any():
        result[extreme] = [float(f"{value:.{DIGITS}g}") for value in values[extreme]]
    result[~np.isfinite(values)] = np.nan
    return result


def compact(values: Numbers) -> Numbers | dict[str, Any]:
    """A ``Ramp`` of types.ts if the values are evenly spaced, else the values."""
    count = len(values)
    if count < 3 or not np.isfinite(values).all():  # noqa: PLR2004  (two numbers are shorter than a rule)
        return values
    by = values[1] - values[0]
    if not np.array_equal(values[0] + by * np.arange(count), values):
        return values
    return {"from": plain(values[0]), "by": plain(by), "n": count}


def plain(value: float) -> int | float:
    """A float as an int where it is one, which JSON writes shorter."""
    return int(value) if float(value).is_integer() else float(value)
