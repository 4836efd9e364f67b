"""Columns folded: each so many values become one. What is not finite is left out, and counted."""

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from reportgen.model import Numbers

Edges = NDArray[np.int64]
"""Where each part begins, rising from 0, for parts that are not equally long."""

_Number = TypeVar("_Number", np.float64, np.int64)

_LARGEST = np.finfo(np.float64).max


class Folded(NamedTuple):
    """A column folded in every way: as `least`, `greatest`, `mean_of` and `counted`."""

    least: Numbers
    greatest: Numbers
    mean: Numbers
    bad: list[list[int]]


def folded(values: Numbers, parts: int | Edges) -> Folded:
    """A column folded in every way at once.

    Args:
        values: at least one.
        parts: as in `least`.
    """
    low, high = _folded(np.minimum, values, parts), _folded(np.maximum, values, parts)
    # NaN and the infinities show in one of these, which are shorter than the values.
    if np.isfinite(low).all() and np.isfinite(high).all():
        return Folded(low, high, _mean(values, _sizes(len(values), parts), parts), [])
    return Folded(least(values, parts), greatest(values, parts), mean_of(values, parts), counted(values, parts))


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
    return _mean(values, count, parts)


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


def _mean(values: Numbers, count: NDArray[np.int64], parts: int | Edges) -> Numbers:
    """The mean of each part, of which so many count; those that do not are 0."""
    with np.errstate(all="ignore"):
        mean: Numbers = _folded(np.add, values, parts) / count
        if np.isinf(mean).any():
            # Dividing first keeps the mean of the largest floats finite.
            most = int(count.max())
            mean = np.clip(_folded(np.add, values / most, parts) * (most / count), -_LARGEST, _LARGEST)
    return mean


def _folded(operation: np.ufunc, values: NDArray[_Number], parts: int | Edges) -> NDArray[_Number]:
    edges = np.arange(0, len(values), parts) if isinstance(parts, int) else parts
    result: NDArray[_Number] = operation.reduceat(values, edges)
    return result


def _sizes(rows: int, parts: int | Edges) -> NDArray[np.int64]:
    if not isinstance(parts, int):
        return np.diff(parts, append=rows)
    sizes = np.full(-(-rows // parts), parts)
    sizes[-1] = rows - parts * (len(sizes) - 1)
    return sizes
