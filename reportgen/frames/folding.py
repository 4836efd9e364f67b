"""Columns folded: each so many values become one. What is not finite is left out, and counted."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from reportgen.model import Numbers

Edges = NDArray[np.int64]
"""Where each part begins, rising from 0, for parts that are not equally long."""

_Number = TypeVar("_Number", np.float64, np.int64)

_LARGEST = np.finfo(np.float64).max
_WIDE = 32
"""Numpy folds rows that are at least so long faster than halves."""


def least(values: Numbers, parts: int | Edges) -> Numbers:
    """The least finite value of each part; NaN without any.

    Args:
        values: at least one.
        parts: so many values each, a power of two, or where they begin.
    """
    return _extreme(np.minimum, values, parts, np.inf)


def greatest(values: Numbers, parts: int | Edges) -> Numbers:
    """The greatest finite value of each part; NaN without any."""
    return _extreme(np.maximum, values, parts, -np.inf)


def mean_of(values: Numbers, parts: int | Edges) -> Numbers:
    """The mean of the finite values of each part; NaN without any."""
    finite = np.isfinite(values)
    if finite.all():
        count = _sizes(len(values), parts)
    else:
        values = np.where(finite, values, 0.0)
        count = _folded(np.add, finite.astype(np.int64), parts)
    with np.errstate(all="ignore"):
        mean: Numbers = _folded(np.add, values, parts) / count
        if np.isinf(mean).any():
            # Dividing first keeps the mean of the largest floats finite.
            most = int(count.max())
            mean = np.clip(_folded(np.add, values / most, parts) * (most / count), -_LARGEST, _LARGEST)
    return mean


def counted(values: Numbers | NDArray[np.int64], parts: int | Edges) -> list[list[int]]:
    """``bad`` of types.ts: the parts with what is not finite, and how many NaN, inf and -inf each has.

    Args:
        values: a column, or three rows of such counts.
        parts: as in `least`.
    """
    if values.ndim == 1:
        if np.isfinite(values).all():
            return []
        values = np.stack((np.isnan(values), values == np.inf, values == -np.inf)).astype(np.int64)
    counts = np.stack([_folded(np.add, kind, parts) for kind in values])
    found = np.flatnonzero(counts.any(axis=0))
    listed: list[list[int]] = np.vstack((found, counts[:, found])).T.tolist()
    return listed


def _extreme(operation: np.ufunc, values: Numbers, parts: int | Edges, nothing: float) -> Numbers:
    if isinstance(parts, int) and parts == 1:
        return values
    finite = np.isfinite(values)
    if finite.all():
        return _folded(operation, values, parts)
    found = _folded(operation, np.where(finite, values, nothing), parts)
    return np.where(found == nothing, np.nan, found)


def _folded(operation: np.ufunc, values: NDArray[_Number], parts: int | Edges) -> NDArray[_Number]:
    if not isinstance(parts, int):
        folded: NDArray[_Number] = operation.reduceat(values, parts)
        return folded
    whole = len(values) // parts * parts
    folded, rest = values[:whole], values[whole:]
    if parts >= _WIDE:
        folded = operation.reduce(folded.reshape(-1, parts), axis=1)
    else:
        for _ in range(parts.bit_length() - 1):
            folded = operation(folded[::2], folded[1::2])
    return np.append(folded, operation.reduce(rest)) if len(rest) else folded


def _sizes(rows: int, parts: int | Edges) -> NDArray[np.int64]:
    edges = np.arange(0, rows, parts) if isinstance(parts, int) else parts
    return np.diff(edges, append=rows)
