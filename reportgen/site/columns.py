"""Columns of numbers as they stand in datasets: a rule where they are evenly spaced, else packed, else a list.

What is drawn may be off by a millionth of the range of its column: far below a pixel at any zoom. Whole numbers are
exact, and those near zero have at least six digits of their own, for a logarithmic axis.
"""

import base64
import math
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from reportgen.frames import rounded

SHORTEST_RAMP = 3
SHORTEST_PACKED = 32
"""A shorter list is as small, and can be read."""
NEAR = 5e-7
"""How far a packed number may be off, as part of the range of its column."""
FEW_DIGITS = 1e4
LARGEST_SHORT = 10.0
LARGEST_EXACT = 2**53
WHOLE_SINGLE = 2**24
"""Up to here every whole number is a float of 32 bits."""
HALF_STEP = 2.0**-24
"""How far a float of 32 bits may be off, as part of its size."""

_SMALLEST_SINGLE = float(np.finfo(np.float32).tiny)
_LARGEST_SINGLE = float(np.finfo(np.float32).max)


def column_of(values: NDArray[np.float64]) -> Any:
    """The ``Numbers`` of types.ts for a column, as `orjson` takes them; NaN and the infinities are gaps."""
    if values.dtype.kind not in "fiu":
        return list(values.tolist())
    values = values.astype(np.float64, copy=False)
    return ramp(values) or packed(values) or listed(values)


def ramp(values: NDArray[np.float64]) -> dict[str, float] | None:
    """The column as a start, a distance and a length, if its values are evenly spaced; the last may be anywhere.

    The last entry of a reduced curve stands for fewer points than the others.
    """
    size = len(values)
    if size < SHORTEST_RAMP:
        return None
    first, last = float(values[0]), float(values[-1])
    even = size - 1 if size > SHORTEST_RAMP else size
    by = (float(values[even - 1]) - first) / (even - 1)
    # Most columns are values and not steps: three points tell them apart. NaN is near nothing.
    near = abs(by) * 1e-6 if math.isfinite(by) else math.nan
    if not abs(float(values[1]) - first - by) <= near or not abs(float(values[2]) - first - 2 * by) <= near:
        return None
    off = float(np.abs(values[:even] - (first + by * np.arange(even))).max())
    if not math.isfinite(last) or not off <= near or (off and np.array_equal(values, np.rint(values))):
        return None
    rule = {"from": _number(first), "by": _number(by), "n": size}
    return rule if abs(last - first - by * (size - 1)) <= near else rule | {"to": _number(last)}


def packed(values: NDArray[np.float64]) -> dict[str, str] | None:
    """The column in the bytes of its floats, of 32 bits where those are exact enough, in Base64; None for a list.

    First come the lowest bytes of all, then the next: the high bytes are much alike, which whoever compresses gains by.
    """
    if len(values) < SHORTEST_PACKED or _has_few_digits(values):
        return None
    known = values
    if not (math.isfinite(float(values.min())) and math.isfinite(float(values.max()))):
        values = np.where(np.isfinite(values), values, np.nan)
        known = values[~np.isnan(values)]
    name = "f4" if not len(known) or _fits_single(known) else "f8"
    planes = values.astype(f"<{name}").view(np.uint8).reshape(len(values), -1).T
    return {name: base64.b64encode(planes.tobytes()).decode("ascii")}


def listed(values: NDArray[np.float64]) -> Any:
    """The column with as few digits as can be seen, as JSON; null for NaN and the infinities."""
    values = rounded(values)
    # A whole number is shorter without its point.
    if np.array_equal(values, np.rint(values)) and np.abs(values).max(initial=0) < LARGEST_EXACT:
        values = values.astype(np.int64)
    return orjson.Fragment(orjson.dumps(np.ascontiguousarray(values), option=orjson.OPT_SERIALIZE_NUMPY))


def _fits_single(known: NDArray[np.float64]) -> bool:
    """Whether floats of 32 bits are near enough to finite values, and equal where those are whole."""
    low, high = float(known.min()), float(known.max())
    size = max(-low, high)
    if size < WHOLE_SINGLE and size * HALF_STEP <= NEAR * (high - low) and _has_no_tiny(known, low, high):
        return True
    return size <= _LARGEST_SINGLE and np.array_equal(known.astype(np.float32), known)


def _has_no_tiny(known: NDArray[np.float64], low: float, high: float) -> bool:
    """Whether none is so near zero that 32 bits hold fewer digits of it."""
    if low >= _SMALLEST_SINGLE or high <= -_SMALLEST_SINGLE:
        return True
    return not ((np.abs(known) < _SMALLEST_SINGLE) & (known != 0)).any()


def _has_few_digits(values: NDArray[np.float64]) -> bool:
    """Whether all are short fractions, like an accuracy of 0.953: as a list they are compressed best."""
    first = float(values[0])
    if not abs(first) < LARGEST_SHORT or round(first * FEW_DIGITS) / FEW_DIGITS != first:  # as most are
        return False
    short = np.rint(values * FEW_DIGITS) / FEW_DIGITS == values
    return bool(short.all() and (np.abs(values) < LARGEST_SHORT).all())


def _number(value: float) -> float:
    return int(value) if value.is_integer() and abs(value) < LARGEST_EXACT else value
