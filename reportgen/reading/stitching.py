"""Stitches the attempts of a rank: the rows of one replace those of earlier ones from the step on that it began with.

Nothing is lost: what is replaced is a `Tail`. The rule stands in docs/reference/run-log.md under *Attempts*.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.model import Attempt, Numbers, Rank, Series, Tail
from reportgen.reading.ranks import RankLog
from reportgen.reading.rows import Column
from reportgen.reading.writers import Start, Writer

_Points = tuple[Numbers, Numbers, Numbers]
"""Steps, times and values of equal length."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One attempt in its place.

    Attributes:
        steps: of its rows, those without a step of their own counted on from what came before.
        begins: the step from which on it replaces what came before; infinite if it replaces nothing.
        until: the step from which on a later attempt replaces it; infinite if none does.
    """

    attempt: Attempt
    writer: Writer
    steps: Numbers
    begins: float
    until: float = math.inf

    def shown(self, at: Any = slice(None)) -> NDArray[np.bool_] | None:
        """Which of its rows (those at some places) are shown; None for all of them."""
        if math.isinf(self.until):
            return None
        kept: NDArray[np.bool_] = self.steps[at] < self.until
        return None if kept.all() else kept


@dataclass(frozen=True, slots=True, eq=False)
class Stitched:
    """A rank with its attempts put together.

    Attributes:
        series: metric -> points that are shown.
        tails: metric -> points that were replaced.
        texts: the texts and lists that are the last thing shown under their key.
    """

    rank: Rank
    pieces: tuple[Piece, ...]
    series: Mapping[str, Series] = field(default_factory=dict)
    tails: Mapping[str, tuple[Tail, ...]] = field(default_factory=dict)
    system: Mapping[str, Series] = field(default_factory=dict)
    texts: Mapping[str, Any] = field(default_factory=dict)


def stitched(log: RankLog, begin: float = 0.0) -> Stitched:
    """Put the attempts of a rank together. ``begin`` is the step of a first row that names none."""
    return _together(log.rank, _pieces(log, begin))


def at_moment(one: Stitched, moment: float) -> Stitched:
    """The rank as it was when only the attempts that had begun by a moment were there."""
    return _together(one.rank, _in_turn([piece for piece in one.pieces if not piece.attempt.started > moment]))


def _together(rank: Rank, pieces: tuple[Piece, ...]) -> Stitched:
    shown: dict[str, list[_Points]] = {}
    tails: dict[str, list[Tail]] = {}
    for piece in pieces:
        for metric, column in piece.writer.metrics.columns.items():
            kept, lost = _parted(piece, column)
            if kept is not None:
                shown.setdefault(metric, []).append(kept)
            if lost is not None:
                tail = Tail(rank.name, piece.attempt.number, _series(metric, [lost]))
                tails.setdefault(metric, []).append(tail)
    begins = min((piece.begins for piece in pieces), default=math.inf)
    return Stitched(
        rank=replace(rank, first_step=math.nan if math.isinf(begins) else begins),
        pieces=pieces,
        series={metric: _series(metric, shown[metric]) for metric in sorted(shown)},
        tails={metric: tuple(tails[metric]) for metric in sorted(tails)},
        system=_system(piece.writer for piece in pieces),
        texts=_last_texts(pieces),
    )


def by_rank(ranks: Iterable[Stitched], *, system: bool = False) -> dict[str, dict[str, Series]]:
    """The points of each metric (or system metric) that are shown, by the name of the rank, the main one first."""
    found: dict[str, dict[str, Series]] = {}
    for one in ranks:
        for metric, points in (one.system if system else one.series).items():
            found.setdefault(metric, {})[one.rank.name] = points
    return {metric: found[metric] for metric in sorted(found)}


def told_apart(points: Mapping[str, Mapping[str, Series]], main: str) -> dict[str, Mapping[str, Series]]:
    """The metrics that several ranks logged, or another one than the main one."""
    return {metric: of_ranks for metric, of_ranks in points.items() if list(of_ranks) != [main]}


def first_of(points: Mapping[str, Mapping[str, Series]]) -> dict[str, Series]:
    """Each metric as the first rank that has it logged it."""
    return {metric: next(iter(of_ranks.values())) for metric, of_ranks in points.items()}


def overwritten(ranks: Iterable[Stitched]) -> dict[str, tuple[Tail, ...]]:
    """What later attempts have replaced, by metric."""
    found: dict[str, tuple[Tail, ...]] = {}
    for one in ranks:
        for metric, tails in one.tails.items():
            found[metric] = (*found.get(metric, ()), *tails)
    return dict(sorted(found.items()))


def last_texts(ranks: Iterable[Stitched]) -> dict[str, Any]:
    """The texts and lists that are the last thing shown under their key, by the first rank that has the key."""
    texts: dict[str, Any] = {}
    taken: set[str] = set()
    for one in ranks:
        texts |= {key: text for key, text in one.texts.items() if key not in taken}
        taken |= {*one.series, *one.texts}
    return texts


def _pieces(log: RankLog, begin: float) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for attempt, writer in log.attempts:
        piece = _piece(attempt, writer, begin)
        begin = _next_step(piece, begin)
        pieces.append(piece)
    return _in_turn(pieces)


def _in_turn(pieces: list[Piece]) -> tuple[Piece, ...]:
    """The pieces, each up to where a later one replaces it."""
    until = math.inf
    for place in range(len(pieces) - 1, -1, -1):
        pieces[place] = replace(pieces[place], until=until)
        until = min(until, pieces[place].begins)
    return tuple(pieces)


def _piece(attempt: Attempt, writer: Writer, begin: float) -> Piece:
    start, steps = writer.start, writer.metrics.steps
    named = _goes_on_from(start)
    # What came after the step that it went back to: the next step would leave fractions of it.
    begins = math.inf if start.rewind is None else math.nextafter(start.rewind, math.inf)
    if writer.counts_on:
        steps = steps + (begin if named is None else named)
    if not len(steps):
        return Piece(attempt, writer, steps, begins)
    placed = replace(attempt, first_step=float(steps[0]), last_step=float(steps[-1]))
    begins = min(begins, float(steps[0]), math.inf if start.starting_step is None else start.starting_step)
    return Piece(placed, writer, steps, begins)


def _next_step(piece: Piece, begin: float) -> float:
    if len(piece.steps):
        return float(piece.steps[-1]) + 1
    named = _goes_on_from(piece.writer.start)
    return begin if named is None else named


def _goes_on_from(start: Start) -> float | None:
    """The step that an attempt says it goes on from."""
    return start.starting_step if start.rewind is None else start.rewind + 1


def _parted(piece: Piece, column: Column) -> tuple[_Points | None, _Points | None]:
    """The points of a metric that are shown, and those that were replaced; None for no points."""
    at: Any = slice(None) if column.rows is None else column.rows
    points = (piece.steps[at], piece.writer.metrics.times[at], column.values)
    kept = piece.shown(at)
    if kept is None:
        return points, None
    steps, times, values = points
    lost = (steps[~kept], times[~kept], values[~kept])
    return (steps[kept], times[kept], values[kept]) if kept.any() else None, lost


def _system(writers: Iterable[Writer]) -> dict[str, Series]:
    """The system metrics; samples of later attempts count on, for each is of another time."""
    parts: dict[str, list[_Points]] = {}
    before = 0
    for writer in writers:
        rows = writer.system
        steps = rows.steps + before if before else rows.steps
        for key, column in rows.columns.items():
            at: Any = slice(None) if column.rows is None else column.rows
            parts.setdefault(key, []).append((steps[at], rows.times[at], column.values))
        before += len(rows)
    return {metric: _series(metric, parts[metric]) for metric in sorted(parts)}


def _series(metric: str, parts: list[_Points]) -> Series:
    return Series(metric, *map(joined, zip(*parts, strict=True)))


def joined(arrays: Iterable[Numbers]) -> Numbers:
    """Columns one after the other, as one that cannot be written."""
    first, *more = arrays
    column = np.concatenate((first, *more)) if more else first.view()
    column.flags.writeable = False
    return column


def _last_texts(pieces: Iterable[Piece]) -> dict[str, Any]:
    """The texts and lists that are the last thing shown under their key.

    Of each file only the last text of a key is known: if that was replaced, an earlier one is not brought back.
    """
    texts: dict[str, Any] = {}
    for piece in pieces:
        last = dict(_last_rows(piece))
        for key in last:
            texts.pop(key, None)
        for key, (row, text) in piece.writer.metrics.texts.items():
            if piece.steps[row] < piece.until and row >= last.get(key, -1):
                texts[key] = text
    return texts


def _last_rows(piece: Piece) -> Iterator[tuple[str, int]]:
    """Each metric with a shown number, and the last row that has one."""
    for key, column in piece.writer.metrics.columns.items():
        at: Any = slice(None) if column.rows is None else column.rows
        kept = piece.shown(at)
        if kept is None:
            yield key, len(piece.steps) - 1 if column.rows is None else int(column.rows[-1])
        elif kept.any():
            place = int(np.flatnonzero(kept)[-1])
            yield key, place if column.rows is None else int(column.rows[place])
