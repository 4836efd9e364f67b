"""Stitches the attempts of a rank: the rows of one replace those of earlier ones from the step on that it began with.

Nothing is lost: what is replaced is a `Tail`. The rule stands in docs/reference/run-log.md under *Attempts*.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.model import Attempt, Numbers, Rank, Series, Tail
from reportgen.reading.ranks import RankLog
from reportgen.reading.rows import Column, joined
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
    """A rank with its attempts put together, metric by metric, when it is asked for."""

    rank: Rank
    pieces: tuple[Piece, ...]

    @property
    def metrics(self) -> list[str]:
        """What it logged, shown or not, by name."""
        return sorted({metric for piece in self.pieces for metric in piece.writer.metrics.metrics})

    @property
    def system_metrics(self) -> list[str]:
        """The system metrics, by name."""
        return sorted({metric for piece in self.pieces for metric in piece.writer.system.metrics})

    def shown(self, metric: str) -> Series | None:
        """The points of a metric that are shown; None if there are none."""
        parts = (_parted(piece, column)[0] for piece, column in self._columns(metric))
        found = [part for part in parts if part is not None]
        return _series(metric, found) if found else None

    def last_value(self, metric: str) -> float | None:
        """The last value of a metric, where it can be told without reading the others: of a single attempt."""
        return self.pieces[0].writer.metrics.last_value(metric) if len(self.pieces) == 1 else None

    def tails(self, metric: str) -> Iterator[Tail]:
        """The points of a metric that later attempts have replaced."""
        for piece, column in self._columns(metric):
            lost = _parted(piece, column)[1]
            if lost is not None:
                yield Tail(self.rank.name, piece.attempt.number, _series(metric, [lost]))

    def system(self, metric: str) -> Series | None:
        """The samples of a system metric; those of later attempts count on, for each is of another time."""
        parts: list[_Points] = []
        before = 0
        for piece in self.pieces:
            rows = piece.writer.system
            if metric in rows.metrics:
                column = rows.column(metric)
                at: Any = slice(None) if column.rows is None else column.rows
                steps = rows.steps[at]
                parts.append((steps + before if before else steps, rows.times[at], column.values))
            before += len(rows)
        return _series(metric, parts) if parts else None

    def _columns(self, metric: str) -> Iterator[tuple[Piece, Column]]:
        for piece in self.pieces:
            if metric in piece.writer.metrics.metrics:
                yield piece, piece.writer.metrics.column(metric)


def stitched(log: RankLog, begin: float = 0.0) -> Stitched:
    """Put the attempts of a rank together. ``begin`` is the step of a first row that names none."""
    return _together(log.rank, _pieces(log, begin))


def at_moment(one: Stitched, moment: float) -> Stitched:
    """The rank as it was when only the attempts that had begun by a moment were there."""
    return _together(one.rank, _in_turn([piece for piece in one.pieces if not piece.attempt.started > moment]))


def _together(rank: Rank, pieces: tuple[Piece, ...]) -> Stitched:
    begins = min((piece.begins for piece in pieces), default=math.inf)
    return Stitched(replace(rank, first_step=math.nan if math.isinf(begins) else begins), pieces)


def points_of(ranks: Iterable[Stitched], metric: str, *, system: bool = False) -> dict[str, Series]:
    """The points of a metric (or system metric) that are shown, by the name of the rank, the main one first."""
    found = ((one.rank.name, one.system(metric) if system else one.shown(metric)) for one in ranks)
    return {name: points for name, points in found if points is not None}


def last_texts(ranks: Iterable[Stitched], shown: Mapping[str, Collection[str]]) -> dict[str, Any]:
    """The texts and lists that are the last thing shown under their key, by the first rank that has the key.

    Args:
        ranks: the main one first.
        shown: name of a rank -> the metrics with points that are shown.
    """
    texts: dict[str, Any] = {}
    taken: set[str] = set()
    for one in ranks:
        own = _last_texts(one.pieces)
        texts |= {key: text for key, text in own.items() if key not in taken}
        taken |= {*shown.get(one.rank.name, ()), *own}
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


def _series(metric: str, parts: list[_Points]) -> Series:
    return Series(metric, *(joined(column) for column in zip(*parts, strict=True)))


def _last_texts(pieces: Iterable[Piece]) -> dict[str, Any]:
    """The texts and lists that are the last thing shown under their key.

    Of each file only the last text of a key is known: if that was replaced, an earlier one is not brought back.
    """
    texts: dict[str, Any] = {}
    for piece in pieces:
        own = piece.writer.metrics.texts
        last = {key: row for key in (*texts, *own) if (row := _last_row(piece, key)) is not None}
        for key in last:
            texts.pop(key, None)
        for key, (row, text) in own.items():
            if piece.steps[row] < piece.until and row >= last.get(key, -1):
                texts[key] = text
    return texts


def _last_row(piece: Piece, key: str) -> int | None:
    """The last row that has a number under a key and is shown; None if there is none."""
    if key not in piece.writer.metrics.metrics:
        return None
    column = piece.writer.metrics.column(key)
    kept = piece.shown(slice(None) if column.rows is None else column.rows)
    places = np.arange(len(column.values)) if kept is None else np.flatnonzero(kept)
    if not len(places):
        return None
    return int(places[-1] if column.rows is None else column.rows[places[-1]])
