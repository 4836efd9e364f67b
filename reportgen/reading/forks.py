"""Puts the rows of the run that a run was forked from before its own.

A run's own log is read and cached by itself; what it takes from another is added here, project by project.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen import schema
from reportgen.model import Fork, Problem, Rank, Run, RunId, Series
from reportgen.reading.stitching import Stitched, at_moment, by_rank, first_of, joined, told_apart
from reportgen.reading.summary import derived_summary, without
from reportgen.reading.writers import step

Points = dict[str, dict[str, Series]]
"""Metric -> name of rank -> points."""


@dataclass(frozen=True, slots=True, eq=False)
class OwnRun:
    """A run as its own log tells of it.

    Attributes:
        given: what its summary holds besides what is derived from the rows.
        removed: what its summary does not hold, whatever the rows say.
        ranks: its rows, rank by rank.
        where: its folder as a `Problem` names it.
    """

    run: Run
    given: Mapping[str, Any] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    ranks: tuple[Stitched, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """A run as it is shown, and what it took from its parent, under the names of its own ranks."""

    own: OwnRun
    run: Run
    inherited: Points = field(default_factory=dict)


def fork_of(logged: Any) -> Fork | None:
    """The ``fork`` of a start record; None if it names no run and step."""
    if not isinstance(logged, dict) or not isinstance(logged.get("run"), str) or not logged["run"]:
        return None
    last = step(logged.get("step"))
    return None if last is None else Fork(RunId(logged["run"]), last)


def with_forks(runs: Iterable[OwnRun]) -> list[Run]:
    """The runs of a project, each that is a fork with the rows of its parent before its own."""
    own = {str(one.run.id): one for one in runs}
    done: dict[str, _Known] = {}
    for name in own:
        line = _line(name, own, done)
        end = own[line[-1]].run.fork if line else None
        # Runs that are forks of each other have no beginning: each stands alone.
        circle = line[line.index(end.run) :] if end is not None and end.run in line else []
        for known in reversed(line):
            done[known] = _alone(own[known], "is a fork of it") if known in circle else _forked(own[known], done)
    return [done[name].run for name in own]


def _line(name: str, own: Mapping[str, OwnRun], done: Mapping[str, _Known]) -> list[str]:
    """A run and its ancestors, the oldest last; up to one that is done or missing, or comes a second time."""
    line: dict[str, None] = {}
    while name in own and name not in done and name not in line:
        line[name] = None
        fork = own[name].run.fork
        if fork is None:
            break
        name = fork.run
    return list(line)


def _alone(one: OwnRun, why: str) -> _Known:
    """A fork without its parent's rows, and the reason."""
    fork = one.run.fork
    origin = f"run {fork.run[:200]} at step {fork.step:g}" if fork else ""
    what = f"forked from {origin}, which {why}: only its own rows are shown"
    problem = Problem(f"{one.where}/{schema.RUN_FILE}", what)
    return _Known(one, replace(one.run, problems=(*one.run.problems, problem)))


def _forked(one: OwnRun, done: Mapping[str, _Known]) -> _Known:
    run, fork = one.run, one.run.fork
    if fork is None:
        return _Known(one, run)
    parent = done.get(fork.run)
    if parent is None:
        return _alone(one, "is not in this project")
    inherited = _inherited(run, fork, parent)
    points = _joined(inherited, _points(run), run.ranks)
    series = first_of(points)
    told = {known.name for known in run.definitions}
    definitions = (*(known for known in parent.run.definitions if known.name not in told), *run.definitions)
    shown = replace(
        run,
        series=series,
        by_rank=told_apart(points, _main(run.ranks)),
        definitions=definitions,
        summary=without(derived_summary(series, definitions), one.removed) | dict(one.given),
    )
    return _Known(one, shown, inherited)


def _inherited(run: Run, fork: Fork, parent: _Known) -> Points:
    """The points of the parent up to the step of the fork, under the names of the run's own ranks."""
    names = {rank.name: rank.name for rank in parent.run.ranks}
    if run.ranks and parent.run.ranks:
        names[parent.run.ranks[0].name] = run.ranks[0].name  # the main one, whatever it is called
    inherited: Points = {}
    for metric, of_ranks in _points_at(parent, run.started).items():
        for name, points in of_ranks.items():
            before = _part(points, points.steps <= fork.step)
            if len(before):
                inherited.setdefault(metric, {})[names.get(name, name)] = before
    return inherited


def _points_at(parent: _Known, moment: float) -> Points:
    """What the parent showed when the fork was made: later attempts may have replaced some of it since."""
    pieces = [piece for one in parent.own.ranks for piece in one.pieces]
    if not any(piece.attempt.started > moment for piece in pieces):
        return _points(parent.run)
    ranks = [at_moment(one, moment) for one in parent.own.ranks]
    return _joined(parent.inherited, by_rank(ranks), tuple(one.rank for one in ranks))


def _joined(inherited: Points, own: Points, ranks: tuple[Rank, ...]) -> Points:
    """The points of each metric and rank, those that were inherited before those that are the run's own."""
    begins = {rank.name: rank.first_step for rank in ranks}
    joined_points = {metric: dict(of_ranks) for metric, of_ranks in own.items()}
    names = dict.fromkeys(rank.name for rank in ranks)
    for metric, of_ranks in inherited.items():
        for name, points in of_ranks.items():
            begin = begins.get(name, math.nan)
            before = points if math.isnan(begin) else _part(points, points.steps < begin)
            names[name] = None
            if len(before):
                known = joined_points.setdefault(metric, {})
                known[name] = _after(before, known.get(name))
    return {
        metric: {name: joined_points[metric][name] for name in names if name in joined_points[metric]}
        for metric in sorted(joined_points)
    }


def _main(ranks: tuple[Rank, ...]) -> str:
    return ranks[0].name if ranks else ""


def _points(run: Run) -> Points:
    main = _main(run.ranks)
    return {metric: dict(run.by_rank.get(metric, {main: points})) for metric, points in run.series.items()}


def _part(points: Series, kept: NDArray[np.bool_]) -> Series:
    return Series(points.metric, points.steps[kept], points.times[kept], points.values[kept])


def _after(before: Series, own: Series | None) -> Series:
    parts = [before] if own is None else [before, own]
    columns = ((part.steps, part.times, part.values) for part in parts)
    return Series(before.metric, *map(joined, zip(*columns, strict=True)))
