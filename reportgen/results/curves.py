"""Drawn curves as rows: for sites without exact histories. Numbers are as exact as what is drawn."""

import base64
import math
from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

import numpy as np
import orjson

from reportgen.errors import ResultsError
from reportgen.frames import LoggedPoints, Rows, attempts_of, rows_of_points
from reportgen.model import Numbers, Run
from reportgen.results import shapes

LONGEST_RAMP = 1 << 24
INFINITIES = ((2, math.inf), (3, -math.inf))
"""Place in an entry of ``bad`` -> what it counts."""
_Shape = TypeVar("_Shape")


class Fetch(Protocol):
    """Gives the payload of the dataset at a url."""

    def __call__(self, url: str, shape: type[_Shape], /) -> _Shape:
        """The payload, which has to have the shape."""
        ...


def rows_of_curves(run: Run, curves: shapes.RunCurves, metrics: Iterable[str], fetch: Fetch) -> Rows:
    """The rows that the curves of a run show, and those that later attempts have replaced.

    Raises:
        ResultsError: the data are not what they should be.
    """
    replaced = fetch(curves.overwritten.url, shapes.RankCurves).curves if curves.overwritten else {}
    points = {}
    for name in metrics:
        parts = list(_shown(run, curves.curves[name], fetch)) if name in curves.curves else []
        parts += _replaced(run, replaced.get(name, []))
        points[name] = LoggedPoints(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
    return rows_of_points(points)


def _shown(run: Run, curve: shapes.Curve, fetch: Fetch) -> Iterator[LoggedPoints]:
    for piece in _pieces(curve, fetch):
        steps, times, values = _columns(run, piece)
        attempts = attempts_of(steps, times, run.attempts)
        yield LoggedPoints(steps, times, attempts, np.zeros(len(steps), np.bool_), values)


def _pieces(curve: shapes.Curve, fetch: Fetch) -> Iterator[shapes.Curve]:
    """The raw points of a curve in their order; the curve as it is where it leads to none."""
    deeper = curve.deeper if curve.bucket != 1 else None
    if deeper is not None and deeper.url:
        deeper = fetch(deeper.url, shapes.Deeper)
    raw = next((level for level in deeper.levels if level.bucket == 1), None) if deeper else None
    if raw is None:
        yield curve
        return
    for tile in raw.tiles:
        whole = fetch(tile.data.url, shapes.RunCurves).curves if tile.metric else {}
        if tile.metric and tile.metric not in whole:
            raise ResultsError(f"the points of {tile.metric} are not where they should be", where=tile.data.url)
        yield whole[tile.metric] if tile.metric else fetch(tile.data.url, shapes.Curve)


def _replaced(run: Run, curves: list[shapes.RankCurve]) -> Iterator[LoggedPoints]:
    for one in curves:
        if one.rank == curves[0].rank:
            steps, times, values = _columns(run, one.curve)
            yield LoggedPoints(steps, times, np.full(len(steps), one.attempt), np.ones(len(steps), np.bool_), values)


def _columns(run: Run, curve: shapes.Curve) -> tuple[Numbers, Numbers, Numbers]:
    steps, times, values = numbers_of(curve.step), numbers_of(curve.time), numbers_of(curve.last)
    if not len(steps) == len(times) == len(values):
        raise ResultsError("the columns of a curve are not equally long", where=f"run {run.project}/{run.id}")
    for bad in curve.bad if curve.bucket == 1 else ():
        for place, value in INFINITIES:
            if len(bad) > place and bad[place] and 0 <= bad[0] < len(values):
                values[bad[0]] = value
    return steps, times + run.started, values


def numbers_of(column: shapes.Numbers) -> Numbers:
    """A column of numbers, NaN for gaps.

    Raises:
        ResultsError: it is damaged, or a rule that makes more of it than any curve has.
    """
    if not isinstance(column, shapes.Compact):
        return np.array(column, dtype=np.float64)
    if column.f4 or column.f8:
        return _unpacked(column.f4, "<f4") if column.f4 else _unpacked(column.f8, "<f8")
    if not 0 <= column.n <= LONGEST_RAMP:
        raise ResultsError(f"a column of {column.n} numbers is not read")
    numbers = column.start + column.by * np.arange(column.n, dtype=np.float64)
    if column.to is not None:
        numbers[-1:] = column.to
    return numbers


def _unpacked(planes: str, kind: str) -> Numbers:
    """Packed floats, the lowest bytes of all first. Those of 32 bits become the shortest decimals they can be."""
    try:
        planar = np.frombuffer(base64.b64decode(planes, validate=True), np.uint8)
        numbers = planar.reshape(np.dtype(kind).itemsize, -1).T.copy().view(kind).ravel()
    except ValueError as error:  # binascii.Error is one
        raise ResultsError("a packed column is damaged") from error
    if kind == "<f8":
        return numbers
    return np.array(orjson.loads(orjson.dumps(numbers, option=orjson.OPT_SERIALIZE_NUMPY)), dtype=np.float64)
