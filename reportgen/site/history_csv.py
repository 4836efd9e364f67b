"""The rows of a run as CSV: ``_step``, ``_timestamp``, a column for each metric, and every number exactly.

An empty cell is what was not logged; ``NaN``, ``Infinity`` and ``-Infinity`` are what was. Where a run has several
attempts, ``_attempt`` and ``_overwritten`` (0 or 1) follow the time.
"""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from reportgen import schema
from reportgen.frames import Column, Rows
from reportgen.site.csv_cells import END, csv_line, unguarded

RESERVED = [schema.STEP, schema.TIMESTAMP]
BESIDE = ["_attempt", "_overwritten"]
NAME = re.compile(r'"((?:[^"]|"")*)"(?:,|$)')
CHUNK = 1 << 15
"""Rows that are text, or Python's numbers, at the same time."""
CHUNK_BYTES = 1 << 22
LARGEST_EXACT = 2**53
NAN, INFINITY, NEGATIVE = (word.encode() for word in schema.NON_FINITE)


def has_attempts(rows: Rows) -> bool:
    """Whether the columns of attempts are needed, be it to tell them from metrics of these names."""
    logged = bool(rows.overwritten.any() or (rows.attempts != 1).any())
    return logged or not set(BESIDE).isdisjoint(rows.columns)


def csv_of_rows(rows: Rows) -> bytes:
    """A file with a header line and a line for each row."""
    parts = [csv_line(header_of(rows))]
    columns = columns_of_rows(rows)
    for first in range(0, len(rows), CHUNK):
        part = slice(first, first + CHUNK)
        cells = [_cells(values[part], None if logged is None else logged[part]) for values, logged in columns]
        parts += [END.join(map(b",".join, zip(*cells, strict=True))), END]
    return b"".join(parts)


def header_of(rows: Rows) -> list[str]:
    """The names of the columns."""
    return [*RESERVED, *(BESIDE if has_attempts(rows) else ()), *rows.columns]


def columns_of_rows(rows: Rows) -> list[Column]:
    """The columns in the order of the header. Steps are whole numbers where all of them are."""
    known = ~np.isnan(rows.times)
    columns = [Column(whole(rows.steps)), Column(rows.times, None if known.all() else known)]
    if has_attempts(rows):
        columns += [Column(rows.attempts), Column(rows.overwritten.astype(np.int64))]
    return columns + list(rows.columns.values())


def rows_of_csv(data: bytes) -> Rows:
    """What `csv_of_rows` was given.

    Raises:
        ValueError: this is no such file.
    """
    end = data.rfind(b'"') + 1  # names are in quotes, numbers never
    names = [unguarded(name.replace('""', '"')) for name in NAME.findall(data[:end].decode("utf-8"))]
    if len(names) < len(RESERVED) or data[end : end + len(END)] != END:
        raise ValueError("it has no header")
    parts: list[list[Column]] = [[] for _ in names]
    for chunk in _chunks(data, end + len(END)):
        cells = _parsed(chunk)
        if len(cells) % len(names):
            raise ValueError("a line has too many or too few cells")
        for place, found in enumerate(parts):
            found.append(_column(cells[place :: len(names)]))
    return rows_of_columns(names, [_joined(found) for found in parts])


def rows_of_columns(names: list[str], columns: list[Column]) -> Rows:
    """Rows from the columns of a file, by their places.

    Raises:
        ValueError: the columns are not those of a history.
    """
    if names[:2] != RESERVED:
        raise ValueError("it does not begin with _step and _timestamp")
    first = 4 if names[2:4] == BESIDE else 2
    steps, times = columns[0].values, columns[1].values
    attempts, overwritten = np.ones(len(steps), dtype=np.int64), np.zeros(len(steps), dtype=np.bool_)
    if first > len(RESERVED):
        if not np.isfinite(columns[2].values).all():
            raise ValueError("an attempt has no number")
        attempts, overwritten = columns[2].values.astype(np.int64), columns[3].values == 1
    return Rows(steps, times, attempts, overwritten, dict(zip(names[first:], columns[first:], strict=True)))


def whole(steps: NDArray[np.float64]) -> NDArray[Any]:
    """Steps as whole numbers, if they all are."""
    if np.array_equal(steps, np.rint(steps)) and np.abs(steps).max(initial=0) < LARGEST_EXACT:
        return steps.astype(np.int64)
    return steps


def _cells(values: NDArray[Any], logged: NDArray[np.bool_] | None) -> list[bytes]:
    """Numbers as text: the shortest that reads the same."""
    text = orjson.dumps(np.ascontiguousarray(values), option=orjson.OPT_SERIALIZE_NUMPY)
    cells = text[1:-1].split(b",")
    for place in np.flatnonzero(~np.isfinite(values)).tolist():
        cells[place] = NAN if np.isnan(values[place]) else INFINITY if values[place] > 0 else NEGATIVE
    if logged is not None:
        for place in np.flatnonzero(~logged).tolist():
            cells[place] = b""
    return cells


def _chunks(data: bytes, first: int) -> Iterator[bytes]:
    """The lines from a place on, many at a time, the last one's end left out."""
    while first < len(data):
        after = data.find(END, first + CHUNK_BYTES)
        after = after if after >= 0 else len(data) - len(END)
        yield data[first:after]
        first = after + len(END)


def _parsed(chunk: bytes) -> list[Any]:
    """Cells as numbers, None where nothing is, and the text of what is not finite."""
    text = b"," + chunk.replace(END, b",") + b","
    if b"N" in text or b"I" in text:
        text = text.replace(NAN, b'"NaN"').replace(NEGATIVE, b'"-inf"').replace(INFINITY, b'"inf"')
    while b",," in text:
        text = text.replace(b",,", b",null,")
    cells = orjson.loads(b"[" + text[1:-1] + b"]")
    return list(cells)


def _column(cells: list[Any]) -> Column:
    """Cells as a column.

    Raises:
        ValueError: a cell is no number.
    """
    try:
        values = np.array(cells, dtype=np.float64)
    except (TypeError, OverflowError) as error:
        raise ValueError("a cell is no number") from error
    if values.ndim != 1:
        raise ValueError("a cell is no number")
    logged = np.fromiter((cell is not None for cell in cells), np.bool_, len(cells)) if None in cells else None
    return Column(values, logged)


def _joined(parts: list[Column]) -> Column:
    values = np.concatenate([part.values for part in parts]) if parts else np.empty(0)
    if all(part.logged is None for part in parts):
        return Column(values)
    logged = [np.ones(len(part.values), np.bool_) if part.logged is None else part.logged for part in parts]
    return Column(values, np.concatenate(logged))
