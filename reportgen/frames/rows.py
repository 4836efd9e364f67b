"""The rows of a run, put together again from its metrics: points of one moment are one row.

Rows stand in the order of their steps; those of one step in the order of their attempts, then of their times. Nothing
is left out: what a later attempt has replaced is there and marked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reportgen.model import Attempt, Numbers, Run, Series
from reportgen.schema import STEP, TIMESTAMP

if TYPE_CHECKING:
    import pandas as pd

ATTEMPT = "attempt"
"""The column that says which attempt of the run logged a row."""
Repeats = Literal["last", "all", "attempt"]
"""What becomes of a step that was logged several times, see `rows_frame`."""

Flags = NDArray[np.bool_]
Indices = NDArray[np.int64]


class Column(NamedTuple):
    """A metric in every row: its values, and whether each was logged; None where all of them were."""

    values: NDArray[Any]
    logged: Flags | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """All rows of a run.

    Attributes:
        steps: ascending, with repeats.
        times: seconds since the epoch, NaN where none was logged.
        attempts: which attempt logged each, from 1.
        overwritten: whether a later attempt has replaced it.
        columns: the metrics by name.
    """

    steps: Numbers
    times: Numbers
    attempts: Indices
    overwritten: Flags
    columns: Mapping[str, Column]

    def __len__(self) -> int:
        return len(self.steps)


class LoggedPoints(NamedTuple):
    """One metric as it was logged, with what `Rows` has beside the value."""

    steps: Numbers
    times: Numbers
    attempts: Indices
    overwritten: Flags
    values: Numbers


def rows_of_run(run: Run, metrics: Iterable[str] | None = None) -> Rows:
    """The rows of a run as far as some of its metrics are in them; by default all that have numbers."""
    names = sorted({*run.series, *run.overwritten}) if metrics is None else list(metrics)
    return rows_of_points({name: _points(run, name) for name in names})


def rows_of_points(points: Mapping[str, LoggedPoints]) -> Rows:
    """LoggedPoints of several metrics as rows: what has the same step, attempt and time was logged together."""
    moments: list[_Moments] = []
    found: list[tuple[str, Numbers, int]] = []
    for name, logged in points.items():
        own = _moments(logged)
        place = next((index for index, known in enumerate(moments) if known.same(own)), len(moments))
        if place == len(moments):
            moments.append(own)
        found.append((name, logged[-1], place))
    rows, at = _united(moments)
    columns = {}
    for name, values, place in found:
        if len(values) == len(rows.steps):
            column = np.empty_like(values)
            column[at[place]] = values
            columns[name] = Column(column)
        else:
            column, known = np.full(len(rows.steps), np.nan), np.zeros(len(rows.steps), dtype=np.bool_)
            column[at[place]], known[at[place]] = values, True
            columns[name] = Column(column, known)
    return Rows(rows.steps, rows.times, rows.attempts, rows.overwritten, columns)


def with_metrics(rows: Rows, metrics: Iterable[str]) -> Rows:
    """The rows in which at least one of some metrics was logged, and of the metrics only those."""
    columns = {name: rows.columns[name] for name in metrics if name in rows.columns}
    if any(column.logged is None for column in columns.values()):
        return replace(rows, columns=columns)
    some = np.zeros(len(rows), dtype=np.bool_)
    for column in columns.values():
        some |= True if column.logged is None else column.logged
    kept = {
        name: Column(values[some], None if logged is None or logged[some].all() else logged[some])
        for name, (values, logged) in columns.items()
    }
    return Rows(rows.steps[some], rows.times[some], rows.attempts[some], rows.overwritten[some], kept)


def rows_frame(rows: Rows, repeats: Repeats = "last") -> "pd.DataFrame":
    """Rows as a data frame with ``_step``, ``_timestamp`` and a column for each metric; NaN where nothing was logged.

    Args:
        rows: of one run.
        repeats: ``last`` gives one row for each step, in which the last value of each metric counts, and leaves out
            what a later attempt has replaced: what charts show. ``all`` gives every row that was logged. ``attempt``
            gives every row too, with the column ``attempt``.
    """
    import pandas as pd

    steps: Any = rows.steps
    times, columns = rows.times, {name: values for name, (values, _) in rows.columns.items()}
    if repeats == "last":
        kept = np.flatnonzero(~rows.overwritten)
        first = np.flatnonzero(np.diff(rows.steps[kept], prepend=np.nan) != 0)
        steps, times = rows.steps[kept][first], _last(times, ~np.isnan(times), kept, first)
        columns = {name: _last(values, rows.columns[name].logged, kept, first) for name, values in columns.items()}
    if len(steps) and np.array_equal(steps, np.rint(steps)) and np.abs(steps).max() < 2**53:
        steps = steps.astype(np.int64)
    beside = {ATTEMPT: rows.attempts} if repeats == "attempt" else {}
    names = [STEP, TIMESTAMP, *beside, *columns]
    frame = pd.DataFrame(dict(enumerate((steps, times, *beside.values(), *columns.values()))))
    frame.columns = pd.Index(names, dtype=object)
    return frame


def _last(values: Numbers, logged: Flags | None, kept: Indices, first: Indices) -> Numbers:
    """The last value logged in each group of rows; groups begin at some places of the rows that are kept."""
    if not len(first):
        return values[:0]
    if logged is None or len(first) == len(kept):
        ends: Numbers = values[kept[np.append(first[1:], len(kept)) - 1]]
        return ends
    place = np.maximum.reduceat(np.where(logged[kept], np.arange(len(kept)), -1), first)
    found: Numbers = np.where(place >= 0, values[kept[place]], np.nan)
    return found


def _points(run: Run, metric: str) -> LoggedPoints:
    parts: list[LoggedPoints] = []
    tails = run.overwritten.get(metric, ())
    rank = tails[0].rank if tails else ""
    if metric in run.series:
        shown = run.series[metric]
        parts.append(_part(shown, attempts_of(shown.steps, shown.times, run.attempts), overwritten=False))
        rank = next(iter(run.by_rank[metric])) if metric in run.by_rank else run.ranks[0].name if run.ranks else ""
    parts += [
        _part(tail.points, np.full(len(tail.points), tail.attempt), overwritten=True)
        for tail in tails
        if tail.rank == rank
    ]
    return LoggedPoints(
        *(np.concatenate(columns) if len(columns) > 1 else columns[0] for columns in zip(*parts, strict=True))
    )


def _part(points: Series, attempts: Indices, *, overwritten: bool) -> LoggedPoints:
    return LoggedPoints(points.steps, points.times, attempts, np.full(len(points), overwritten), points.values)


def attempts_of(steps: Numbers, times: Numbers, attempts: Iterable[Attempt]) -> Indices:
    """Which attempt logged each point that is shown: the last that had begun then; without a time, at that step."""
    first, *later = attempts if (attempts := tuple(attempts)) else (Attempt(1),)
    number = np.full(len(steps), first.number, dtype=np.int64)
    for attempt in later:
        timed = np.isfinite(times) & np.isfinite(attempt.started)
        number[np.where(timed, times >= attempt.started, steps >= attempt.first_step)] = attempt.number
    return number


@dataclass(frozen=True, slots=True, eq=False)
class _Moments:
    """When points were logged. ``again`` counts the points of one metric at one moment, which are rows of their own."""

    steps: Numbers
    times: Numbers
    attempts: Indices
    overwritten: Flags
    again: Indices

    def same(self, other: "_Moments") -> bool:
        return all(
            mine is its or np.array_equal(mine, its, equal_nan=True)
            for mine, its in (
                (self.steps, other.steps),
                (self.times, other.times),
                (self.attempts, other.attempts),
                (self.overwritten, other.overwritten),
            )
        )

    def order(self) -> Indices:
        if (np.diff(self.steps) > 0).all():
            return np.arange(len(self.steps))
        return np.lexsort((self.again, self.overwritten, _sortable(self.times), self.attempts, self.steps))

    def at(self, places: Indices) -> "_Moments":
        return _Moments(
            self.steps[places],
            self.times[places],
            self.attempts[places],
            self.overwritten[places],
            self.again[places],
        )

    def differ(self) -> Flags:
        """Whether each, in their order, is another than the one before."""
        changed = np.zeros(max(len(self.steps) - 1, 0), dtype=np.bool_)
        for column in (self.steps, _sortable(self.times), self.attempts, self.overwritten, self.again):
            changed |= column[1:] != column[:-1]
        return np.append(np.ones(min(len(self.steps), 1), dtype=np.bool_), changed)


def _moments(points: LoggedPoints) -> _Moments:
    zeros = np.zeros(len(points.steps), dtype=np.int64)
    moments = _Moments(*points[:4], zeros)
    if (np.diff(points.steps) > 0).all():
        return moments
    order = moments.order()  # stable, so that equal moments stay in the order logged
    new = moments.at(order).differ()
    place = np.arange(len(order))
    zeros[order] = place - np.maximum.accumulate(np.where(new, place, 0))
    return moments


def _united(moments: list[_Moments]) -> tuple[_Moments, list[Indices]]:
    """All moments, each once, in order; and where those of each part are."""
    if not moments:
        none = np.empty(0)
        return _Moments(none, none, none.astype(np.int64), none.astype(np.bool_), none.astype(np.int64)), []
    every = _Moments(
        np.concatenate([one.steps for one in moments]),
        np.concatenate([one.times for one in moments]),
        np.concatenate([one.attempts for one in moments]),
        np.concatenate([one.overwritten for one in moments]),
        np.concatenate([one.again for one in moments]),
    )
    order = every.order()
    ordered = every.at(order)
    new = ordered.differ()
    rows = np.empty(len(order), dtype=np.int64)
    rows[order] = np.cumsum(new) - 1
    ends = np.cumsum([len(one.steps) for one in moments])[:-1]
    return ordered.at(np.flatnonzero(new)), np.split(rows, ends)


def _sortable(times: Numbers) -> Numbers:
    """Times with every NaN equal, before all others."""
    return np.where(np.isnan(times), -np.inf, times)
