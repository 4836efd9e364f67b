"""Numbers with as few digits as can be seen."""

import numpy as np

from reportgen.model import Numbers

DIGITS = 6
"""What is drawn is off by a millionth of the range of its column at most: far below a pixel at any zoom."""
EXACT_BELOW = 2.0**53
"""Whole numbers up to here are floats, and stay as they are."""

_LARGEST_EXACT = 22
"""10**22 is the largest power of ten that float64 holds exactly."""
_POWERS = np.array([10.0**exponent for exponent in range(_LARGEST_EXACT + 1)])


def rounded(values: Numbers) -> Numbers:
    """The values with few digits, as the floats that print that way; what is not finite becomes NaN.

    None is farther off than a millionth of the range of all, and those near zero keep six digits of their own, for a
    logarithmic axis. Whole numbers are exact.
    """
    finite = np.isfinite(values)
    known = values if finite.all() else values[finite]
    values = values if len(known) == len(values) else np.where(finite, values, np.nan)
    if not len(known):
        return values
    low, high = float(known.min()), float(known.max())
    grid = 2 * 10.0**-DIGITS * (high - low)
    exponent = int(np.floor(np.log10(grid))) if 0 < grid < np.inf else -_LARGEST_EXACT - 1
    # Beyond these there is nothing to round, or no exact power of ten to do it with.
    if abs(exponent) > _LARGEST_EXACT or max(-low, high) >= EXACT_BELOW * 10.0**exponent:
        return values
    # Multiplying and dividing by an exact power of ten rounds once, so the result is the nearest float.
    power = _POWERS[abs(exponent)]
    result: Numbers = np.rint(values * power) / power if exponent <= 0 else np.rint(values / power) * power
    small = np.abs(values) < 10.0 ** (exponent + DIGITS - 1)
    if small.any():
        result[small] = significant(values[small])
    if exponent > 0:
        whole = (values == np.rint(values)) & (np.abs(values) < EXACT_BELOW)
        result[whole] = values[whole]
    return result


def significant(values: Numbers) -> Numbers:
    """Finite values to `DIGITS` significant digits."""
    magnitude = np.abs(values)
    magnitude[magnitude == 0.0] = 1.0
    shift = DIGITS - 1 - np.floor(np.log10(magnitude)).astype(np.int64)
    size = np.abs(shift)
    scale = _POWERS[np.minimum(size, _LARGEST_EXACT)]
    with np.errstate(all="ignore"):
        result: Numbers = np.where(shift < 0, np.rint(values / scale) * scale, np.rint(values * scale) / scale)
    if size.max(initial=0) > _LARGEST_EXACT:
        extreme = size > _LARGEST_EXACT
        result[extreme] = [float(f"{value:.{DIGITS}g}") for value in values[extreme]]
    return result


def plain(value: float) -> int | float:
    """A float as an int where it is one, which JSON writes shorter."""
    return int(value) if float(value).is_integer() else float(value)
