"""Puts the rows of the run that a run was forked from before its own.

A run's own log is read and cached by itself; what it takes from another is added here, project by project.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from reportgen import schema
from reportgen.model import Fork, Problem, Rank, Run, RunId, Series
from reportgen.reading.stitching import first_of, joined, told_apart
from reportgen.reading.summary import derived_summary
from reportgen.reading.writers import step


@dataclass(frozen=True, slots=True, eq=False)
class OwnRun:
    """A run as its own log tells of it.

    Attributes:
        given: what its summary holds besides what is derived from the rows.
        where: its folder as a `Problem` names it.
    """

    run: Run
    given: Mapping[str, Any] = field(default_factory=dict)
    where: str = ""


def fork_of(logged: Any) -> Fork | None:
    """The ``fork`` of a start record; None if it names no run and step."""
    if not isinstance(logged, dict) or not isinstance(logged.get("run"), str) or not logged["run"]:
        return None
    last = step(logged.get("step"))
    return None if last is None else Fork(RunId(logged["run"]), last)


def with_forks(runs: Iterable[OwnRun]) -> list[Run]:
    """The runs of a project, each that is a fork with the rows of its parent before its own."""
    own = {str(one.run.id): one for one in runs}
    done: dict[str, Run] = {}
    for name in own:
        line = _line(name, own, done)
        end = own[line[-1]].run.fork if line else None
        # Runs that are forks of each other have no beginning: each stands alone.
        circle = line[line.index(end.run) :] if end is not None and end.run in line else []
        for known in reversed(line):
            done[known] = _alone(own[known], "is a fork of it") if known in circle else _forked(own[known], done)
    return [done[name] for name in own]


def _line(name: str, own: Mapping[str, OwnRun], done: Mapping[str, Run]) -> list[str]:
    """A run and its ancestors, the oldest last; up to one that is done or missing, or comes a second time."""
    line: dict[str, None] = {}
    while name in own and name not in done and name not in line:
        line[name] = None
        fork = own[name].run.fork
        if fork is None:
            break
        name = fork.run
    return list(line)


def _alone(one: OwnRun, why: str) -> Run:
    """A fork without its parent's rows, and the reason."""
    fork = one.run.fork
    origin = f"run {fork.run[:200]} at step {fork.step:g}" if fork else ""
    problem = Problem(
        f"{one.where}/{schema.RUN_FILE}", f"forked from {origin}, which {why}: only its own rows are shown"
    )
    return replace(one.run, problems=(*one.run.problems, problem))


def _forked(one: OwnRun, done: Mapping[str, Run]) -> Run:
    run, fork = one.run, one.run.fork
    if fork is None:
        return run
    parent = done.get(fork.run)
    if parent is None:
        return _alone(one, "is not in this project")
    by_rank = _joined_ranks(run, parent, fork)
    series = first_of(by_rank)
    definitions = {known.name: known for known in (*parent.definitions, *run.definitions)}
    return replace(
        run,
        series=series,
        by_rank=told_apart(by_rank, _main(run.ranks)),
        definitions=tuple(definitions.values()),
        summary=derived_summary(series, definitions) | dict(one.given),
    )


def _joined_ranks(run: Run, parent: Run, fork: Fork) -> dict[str, dict[str, Series]]:
    """The points of each metric and rank, those of the parent before those of the run."""
    names = {rank.name: rank.name for rank in parent.ranks}
    if run.ranks and parent.ranks:
        names[parent.ranks[0].name] = run.ranks[0].name  # the main one, whatever it is called
    begins = {rank.name: rank.first_step for rank in run.ranks}
    points_of = _by_rank(run)
    for metric, of_ranks in _by_rank(parent).items():
        for name, points in of_ranks.items():
            here = names.get(name, name)
            before = _until(points, fork.step, begins.get(here, math.nan))
            if len(before):
                own = points_of.setdefault(metric, {})
                own[here] = _after(before, own.get(here))
    order = list(dict.fromkeys((*(rank.name for rank in run.ranks), *names.values())))
    return {
        metric: {name: points_of[metric][name] for name in order if name in points_of[metric]}
        for metric in sorted(points_of)
    }


def _main(ranks: tuple[Rank, ...]) -> str:
    return ranks[0].name if ranks else ""


def _by_rank(run: Run) -> dict[str, dict[str, Series]]:
    main = _main(run.ranks)
    return {metric: dict(run.by_rank.get(metric, {main: points})) for metric, points in run.series.items()}


def _until(points: Series, last: float, begin: float) -> Series:
    """The points up to a step and before those that begin anew."""
    kept = points.steps <= last
    if not math.isnan(begin):
        kept &= points.steps < begin
    return Series(points.metric, points.steps[kept], points.times[kept], points.values[kept])


def _after(before: Series, own: Series | None) -> Series:
    parts = [before] if own is None else [before, own]
    columns = ((part.steps, part.times, part.values) for part in parts)
    return Series(before.metric, *map(joined, zip(*columns, strict=True)))
