"""Metrics that are drawn over another one, such as a loss over the epoch: over which, and where their points are."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from reportgen.model import Numbers, Run, Series, Tail


def axis_of_run(run: Run, metric: str) -> str:
    """The metric that a run wants another one drawn over; empty for the step.

    That is also what is left when the run has not logged it, or when a glob asks for a metric over itself.
    """
    name = run.definition(metric).step_metric
    return name if name != metric and name in run.series else ""


def axis_of_runs(runs: Iterable[Run], metric: str) -> str:
    """The metric that several runs are drawn over together: the one that most of them define, or else the oldest.

    It is the step when most of the runs could not be drawn over it.
    """
    logged = [run for run in runs if metric in run.series]
    names = Counter(name for run in logged if run.definitions and (name := axis_of_run(run, metric)))
    if not names:
        return ""
    name, _ = names.most_common(1)[0]
    return name if 2 * sum(name in run.series for run in logged) >= len(logged) else ""


def x_column(run: Run, name: str, points: Series, *, rank: str = "") -> Numbers | None:
    """Where points of a run stand on another metric: NaN for one that has no place. None for a run without that metric.

    A point has the value logged in its step, else the last one before it, or with ``step_sync: false`` none. Of several
    in a step the last counts.

    Args:
        run: the run.
        name: of the other metric.
        points: of one rank.
        rank: its name; it goes by the values that it logged itself, if it has.
    """
    axis = run.by_rank.get(name, {}).get(rank) or run.series.get(name)
    return None if axis is None else _values_at(points, axis, sync=_sync(run, points.metric, name))


def tail_column(run: Run, name: str, tail: Tail) -> Numbers | None:
    """The same for points that a later attempt has replaced, by what their own attempt had logged."""
    axis = run.by_rank.get(name, {}).get(tail.rank) or run.series.get(name)
    gone = [other.points for other in run.overwritten.get(name, ()) if _same_life(other, tail)]
    begin = np.min(tail.points.steps, initial=np.inf)
    kept = [] if axis is None else [_part(axis, axis.steps < begin)]
    parts = [part for part in (*kept, *gone) if len(part)]
    if not parts:
        return None
    columns = ((part.steps, part.times, part.values) for part in parts)
    known = Series(name, *(np.concatenate(column) for column in zip(*columns, strict=True)))
    return _values_at(tail.points, known, sync=_sync(run, tail.points.metric, name))


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Points that have a place on another metric, in its order, and that place.

    Attributes:
        points: the series itself if all its points have one and never go back.
        x: as long as the points; finite, not decreasing.
    """

    points: Series
    x: Numbers


def placed(points: Series, x: Numbers | None) -> Placed | None:
    """The points that have a place, those of the same place as they were logged; None if there are none."""
    known = np.isfinite(x) if x is not None else np.zeros(0, dtype=np.bool_)
    if x is None or not known.any():
        return None
    if known.all() and not (x[1:] < x[:-1]).any():
        return Placed(points, x)
    order = np.flatnonzero(known)
    order = order[np.argsort(x[order], kind="stable")]
    return Placed(Series(points.metric, points.steps[order], points.times[order], points.values[order]), x[order])


def _same_life(one: Tail, other: Tail) -> bool:
    return (one.rank, one.attempt) == (other.rank, other.attempt)


def _sync(run: Run, metric: str, name: str) -> bool:
    definition = run.definition(metric)
    return definition.step_sync or definition.step_metric != name


def _part(points: Series, kept: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> Series:
    return Series(points.metric, points.steps[kept], points.times[kept], points.values[kept])


def _values_at(points: Series, axis: Series, *, sync: bool) -> Numbers:
    if not len(axis):
        return np.full(len(points), np.nan)
    at, wanted = _moments(axis, points)
    order = np.argsort(at, kind="stable")
    at, values = at[order], axis.values[order]
    place = np.searchsorted(at, wanted, side="right") - 1
    known = place >= 0
    if not sync:
        known &= at[place] == wanted
    found: Numbers = np.where(known, values[place], np.nan)
    found[~np.isfinite(found)] = np.nan
    return found


def _moments(axis: Series, points: Series) -> tuple[Numbers, Numbers]:
    """When both were logged: steps, or where they go back and begin again, what counts through all the rounds."""
    steps = np.concatenate((axis.steps, points.steps))
    times = np.concatenate((axis.times, points.times))
    goes_back = any((one.steps[1:] < one.steps[:-1]).any() for one in (axis, points))
    if not goes_back or np.isnan(times).any():
        return axis.steps, points.steps
    logged = np.argsort(times, kind="stable")
    rounds = np.zeros(len(steps), dtype=np.int64)
    rounds[logged[1:]] = np.cumsum(steps[logged[1:]] < steps[logged[:-1]])
    order = np.lexsort((steps, rounds))
    changed = (steps[order][1:] != steps[order][:-1]) | (rounds[order][1:] != rounds[order][:-1])
    moments = np.zeros(len(steps))
    moments[order[1:]] = np.cumsum(changed)
    return moments[: len(axis)], moments[len(axis) :]
