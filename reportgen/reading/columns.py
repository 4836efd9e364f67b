"""The fast parse: blocks of JSON lines into columns of numbers. architecture.md, section 5, says what it may cost."""

import re
from typing import Any

import msgspec
import numpy as np

from reportgen import schema
from reportgen.model import Numbers
from reportgen.reading.cells import Cells
from reportgen.reading.lines import parse_line
from reportgen.reading.rows import NO_NUMBERS, SEGMENT_ROWS, Column, Indices, MediaCell, MemoryBlock, Rows, Seal, joined
from reportgen.reading.shape import Shape, learn, shape_decoder

_SAMPLE_LINES = 8
"""How many lines at the start of a block show its shape; the last one is looked at too (final test metrics)."""
_MOST_SURPRISES = 4
"""How often the shape may be learned anew within a block before it is read carefully instead."""
_AT_ROW = re.compile(r"at `\$\[(\d+)\]")

_Chunk = tuple[Indices | None, int, Numbers]
"""Rows, or None for consecutive rows from the index beside it, and their values."""


class RowsReader:
    """Reads a stream of rows block by block, going on from what was read before (which stays as it is).

    Args:
        known: what was read before.
        seal: takes the rows that cannot change any more out of memory; without it they stay there.
    """

    def __init__(self, known: Rows, seal: Seal | None = None) -> None:
        self._stepped, self._seal = known.stepped, seal
        self._sealed, self._before = list(known.sealed), sum(block.count for block in known.sealed)
        self._metrics = dict.fromkeys(known.metrics)
        self._shape: Shape = tuple((key, True) for key in (schema.STEP, schema.TIMESTAMP, *known.metrics))
        self._lines, self._bad = known.lines, known.bad
        self._named_step, self._unnamed = known.named_step, known.unnamed
        self._texts = dict(known.texts)
        self._begin(known.last)

    def _begin(self, last: MemoryBlock) -> None:
        """Go on from a block that still grows; rows are counted from its first."""
        self._count = last.count
        self._steps: list[Numbers] = [last.steps]
        self._chunks: dict[str, list[_Chunk]] = {schema.TIMESTAMP: [(None, 0, last.times)]}
        self._chunks |= {key: [(column.rows, 0, column.values)] for key, column in last.columns.items()}
        self._media = {(cell.row, cell.key): cell.values for cell in last.media}

    def add(self, block: bytes) -> None:
        """Read a block of whole lines."""
        cells = self._fast_cells(block) or self._careful_cells(block)
        cells.close()
        if not cells.count:
            return
        rows, consecutive = self._row_of_each_line(cells)
        for key, (lines, values) in cells.numbers.items():
            if lines is None and consecutive:
                chunk: _Chunk = (None, int(rows[0]), values)
            else:
                chunk = (rows if lines is None else rows[lines], 0, values)
            self._chunks.setdefault(key, []).append(chunk)
            self._metrics[key] = None
        for key, (line, text) in cells.texts.items():
            self._texts[key] = (self._before + int(rows[line]), text)
        for line, key, media in cells.media:
            self._media[int(rows[line]), key] = media
        if self._seal and self._count > SEGMENT_ROWS:
            self._seal_all(self._seal)

    def result(self) -> Rows:
        """All that was read so far."""
        self._metrics.pop(schema.TIMESTAMP, None)
        return Rows(
            sealed=tuple(self._sealed),
            last=self._open_rows(),
            metrics=tuple(self._metrics),
            texts=dict(sorted(self._texts.items())),
            lines=self._lines,
            bad=self._bad,
            named_step=self._named_step,
            unnamed=self._unnamed,
            stepped=self._stepped,
        )

    def _open_rows(self) -> MemoryBlock:
        columns = {key: self._column(chunks) for key, chunks in self._chunks.items()}
        times = columns.pop(schema.TIMESTAMP)
        return MemoryBlock(
            steps=joined(self._steps),
            times=joined([self._spread(times)]),
            columns=columns,
            media=tuple(MediaCell(row, key, values) for (row, key), values in sorted(self._media.items(), key=_place)),
        )

    def _seal_all(self, seal: Seal) -> None:
        """Seal all whole blocks. The last row is not among them: the next line may be part of it."""
        rows, first = self._open_rows(), 0
        while rows.count - first > SEGMENT_ROWS:
            self._sealed.append(seal(_cut(rows, first, first + SEGMENT_ROWS)))
            first += SEGMENT_ROWS
        self._before += first
        self._begin(_cut(rows, first, rows.count))

    def _fast_cells(self, block: bytes) -> Cells | None:
        """The cells of a block whose lines all fit one shape; None if they do not."""
        lines = _objects(block)
        if not lines:
            return None
        if not self._lines:
            head = block.split(b"\n", _SAMPLE_LINES)[:_SAMPLE_LINES]
            last = block[block.rfind(b"\n", 0, -1) + 1 :]
            self._shape = learn(self._shape, filter(None, map(parse_line, (*head, last))))
        for _ in range(_MOST_SURPRISES):
            decoder = shape_decoder(self._shape)
            try:
                cells = decoder.cells(block, lines) if decoder else None
            except msgspec.ValidationError as error:
                if self._learn_from(block, str(error)):
                    continue
                return None
            except (ValueError, RecursionError):
                return None
            if cells:
                self._lines += cells.count
            return cells
        return None

    def _learn_from(self, block: bytes, message: str) -> bool:
        """Learn the shape of the row that did not fit; whether that taught anything."""
        found = _AT_ROW.search(message)
        at = int(found[1]) if found else 0
        lines = block.split(b"\n", at + 1) if found else []
        row = parse_line(lines[at]) if at < len(lines) else None  # a line of several objects has more rows than lines
        shape = learn(self._shape, [row] if row else [])
        surprised, self._shape = shape != self._shape, shape
        return surprised

    def _careful_cells(self, block: bytes) -> Cells:
        """The cells of any block, each line on its own."""
        bad: list[int] = []
        cells = Cells(0)
        for number, line in enumerate(block.split(b"\n")[:-1], start=self._lines + 1):
            if not line.strip():
                continue
            row = parse_line(line)
            if row is None:
                bad.append(number)
                continue
            for key, value in row.items():
                cells.cell(cells.count, key, value)
            if cells.count < _SAMPLE_LINES:
                self._shape = learn(self._shape, [row])
            cells.count += 1
        self._lines += block.count(b"\n")
        self._bad = self._bad.and_then(bad)
        return cells

    def _row_of_each_line(self, cells: Cells) -> tuple[Indices, bool]:
        """The row that each line belongs to, and whether every line begins a row of its own."""
        lines = np.arange(cells.count)
        steps, given = np.zeros(cells.count), np.zeros(cells.count, dtype=bool)
        where, values = cells.numbers.pop(schema.STEP, (lines[:0], NO_NUMBERS))
        if self._stepped:
            finite = np.isfinite(values)
            where, values = (lines if where is None else where)[finite], values[finite]
            steps[where], given[where] = values, True
        last_step = self._named_step + self._unnamed
        # Counting on from the last line that named its step, not from the line before: the sums of fractions differ.
        anchor = np.maximum.accumulate(np.where(given, lines, -1))
        named, unnamed = np.append(steps, self._named_step)[anchor], lines - anchor + (anchor < 0) * self._unnamed
        steps = named + unnamed
        begins = ~given
        begins[1:] |= steps[1:] != steps[:-1]
        begins[0] |= self._count == 0 or steps[0] != last_step
        rows = self._count - 1 + np.cumsum(begins)
        self._steps.append(steps[begins])
        self._count, self._named_step, self._unnamed = int(rows[-1]) + 1, float(named[-1]), int(unnamed[-1])
        return rows, bool(begins.all())

    def _column(self, chunks: list[_Chunk]) -> Column:
        values = joined([values for _, _, values in chunks])
        if all(rows is None for rows, _, _ in chunks) and len(values) == self._count:
            return Column(None, values)
        rows = joined(
            [np.arange(first, first + len(values)) if rows is None else rows for rows, first, values in chunks]
        )
        last = np.append(rows[1:] != rows[:-1], True)[: len(rows)]
        if not last.all():
            rows, values = rows[last], values[last]
        return Column(None if len(rows) == self._count else joined([rows]), joined([values]))

    def _spread(self, times: Column) -> Numbers:
        spread = np.full(self._count, np.nan)
        spread[slice(None) if times.rows is None else times.rows] = times.values
        spread[np.isinf(spread)] = np.nan
        return spread


def _place(medium: tuple[tuple[int, str], Any]) -> tuple[int, str]:
    return medium[0]


def _objects(block: bytes) -> int:
    """How many lines there are, if each is an object from brace to brace, else 0: msgspec cares not where lines end."""
    text = np.frombuffer(block, np.uint8)  # three times as fast as bytes.count
    ends = np.flatnonzero(text == ord("\n"))
    begins = text[np.append(0, ends[:-1] + 1)] == ord("{")
    return len(ends) if begins.all() and (text[ends - 1] == ord("}")).all() else 0


def _cut(rows: MemoryBlock, first: int, end: int) -> MemoryBlock:
    """Some consecutive rows, as a block of their own."""
    columns: dict[str, Column] = {}
    for metric, column in rows.columns.items():
        if column.rows is None:
            columns[metric] = Column(None, column.values[first:end])
            continue
        begin, stop = np.searchsorted(column.rows, (first, end))
        if begin < stop:
            every = stop - begin == end - first
            at = None if every else column.rows[begin:stop] - first
            columns[metric] = Column(at, column.values[begin:stop])
    media = (MediaCell(cell.row - first, cell.key, cell.values) for cell in rows.media if first <= cell.row < end)
    return MemoryBlock(rows.steps[first:end], rows.times[first:end], columns, tuple(media))
