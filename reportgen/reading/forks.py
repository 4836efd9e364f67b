"""Puts the rows of the run that a run was forked from before its own.

A run's own log is read and kept by itself. What it takes from another is added here whenever it is asked for, metric by
metric, along the line of runs that it comes from.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from reportgen.model import Fork, Rank, Series
from reportgen.reading.content import LogContent
from reportgen.reading.open_run import OpenRun
from reportgen.reading.rows import joined
from reportgen.reading.stitching import Stitched, at_moment, points_of

Points = Mapping[str, Mapping[str, Series]]
"""Metric -> name of rank -> points."""


@dataclass(frozen=True, slots=True)
class Link:
    """A run of a line: its log, when it began, and the step of the one before it in the line that it began at."""

    content: LogContent
    started: float
    fork: Fork | None


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What a run of a line shows, and what of that it took from its parent, under the names of its own ranks."""

    points: Points
    ranks: tuple[Rank, ...]
    inherited: Points = field(default_factory=dict)


def line_points(line: Sequence[Link], metric: str) -> Mapping[str, Series]:
    """What the last run of a line shows of a metric, by rank."""
    known: Known | None = None
    before: Link | None = None
    for link in line:
        known = next_known(before, known, link, (metric,))
        before = link
    return known.points.get(metric, {}) if known else {}


def next_known(before: Link | None, known: Known | None, link: Link, metrics: Collection[str] | None = None) -> Known:
    """What a run of a line shows.

    Args:
        before: the run before it in the line; None for the first.
        known: what that one shows.
        link: the run.
        metrics: those that matter; None for all.
    """
    if before is None or known is None or link.fork is None:
        return link.content.ask(lambda run: Known(_own(run.ranks, metrics), _ranks(run)))
    fork = link.fork
    given = before.content.ask(lambda run: _points_at(run, known, link.started, metrics))
    return link.content.ask(lambda run: _forked(run, known, _up_to(given, fork), metrics))


def _forked(run: OpenRun, parent: Known, given: Points, metrics: Collection[str] | None) -> Known:
    ranks = _ranks(run)
    names = {rank.name: rank.name for rank in parent.ranks}
    if ranks and parent.ranks:
        names[parent.ranks[0].name] = ranks[0].name  # the main one, whatever it is called
    inherited = {
        metric: {names.get(name, name): points for name, points in of_ranks.items()}
        for metric, of_ranks in given.items()
    }
    return Known(_joined(inherited, _own(run.ranks, metrics), ranks), ranks, inherited)


def _up_to(given: Points, fork: Fork) -> Points:
    """Points up to and with the step of a fork."""
    found: dict[str, dict[str, Series]] = {}
    for metric, of_ranks in given.items():
        for name, points in of_ranks.items():
            before = _part(points, points.steps <= fork.step)
            if len(before):
                found.setdefault(metric, {})[name] = before
    return found


def _points_at(run: OpenRun, known: Known, moment: float, metrics: Collection[str] | None) -> Points:
    """What a parent showed when a fork was made: later attempts may have replaced some of it since."""
    pieces = [piece for one in run.ranks for piece in one.pieces]
    if not any(piece.attempt.started > moment for piece in pieces):
        return known.points
    ranks = [at_moment(one, moment) for one in run.ranks]
    return _joined(known.inherited, _own(ranks, metrics), tuple(one.rank for one in ranks))


def _own(ranks: Iterable[Stitched], metrics: Collection[str] | None) -> Points:
    ranks = tuple(ranks)
    wanted = {metric for one in ranks for metric in one.metrics} if metrics is None else metrics
    found = {metric: points_of(ranks, metric) for metric in sorted(wanted)}
    return {metric: points for metric, points in found.items() if points}


def _ranks(run: OpenRun) -> tuple[Rank, ...]:
    return tuple(one.rank for one in run.ranks)


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


def _part(points: Series, kept: NDArray[np.bool_]) -> Series:
    return Series(points.metric, points.steps[kept], points.times[kept], points.values[kept])


def _after(before: Series, own: Series | None) -> Series:
    parts = [before] if own is None else [before, own]
    columns = ((part.steps, part.times, part.values) for part in parts)
    return Series(before.metric, *(joined(column) for column in zip(*columns, strict=True)))
