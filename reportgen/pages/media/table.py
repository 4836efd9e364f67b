"""Logged tables; their cells may be images and other media."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reportgen import schema
from reportgen.document import Attachment, MediaTable
from reportgen.pages.media.histogram import shown_histogram
from reportgen.pages.media.logged_medium import LONGEST_TEXT, LoggedMedium, Shown, finite
from reportgen.pages.media.picture import shown_picture
from reportgen.pages.media.recording import shown_sound, shown_video

MOST_ROWS = 10_000
MOST_COLUMNS = 100
MOST_CELLS = 200_000
MOST_PARTS = 1000
"""Files that a table which grew is read from."""

IN_CELLS = {
    schema.IMAGE: shown_picture,
    schema.HISTOGRAM: shown_histogram,
    schema.AUDIO: shown_sound,
    schema.VIDEO: shown_video,
}
"""Kinds that are shown in a cell; of others, only what they are is said."""


def shown_table(medium: LoggedMedium) -> Shown | None:
    """The table; None when its file holds none."""
    content = table_content(medium)
    if content is None:
        return None
    columns, rows = content
    shown = media_table(medium, columns, rows)
    cut = len(shown.rows) < len(rows) or len(shown.columns) < len(columns)
    size = f"{len(rows):,} rows and {len(columns)} columns"
    notes = (f"The first {len(shown.rows)} rows and {len(shown.columns)} columns of {size} are shown.",) if cut else ()
    return Shown(shown, notes=notes, file=medium.file())


def table_content(medium: LoggedMedium) -> tuple[list[str], list[list[Any]]] | None:
    """Columns and rows of the medium's file, or of the value itself; None when there is no table.

    A table that grew has its rows in several files; when one of them is missing, there is no table.
    """
    parts = medium.value.get("parts")
    if not (medium.path and isinstance(parts, list) and parts):
        return _content(medium.content() if medium.path else medium.value)
    columns: list[str] = []
    rows: list[list[Any]] = []
    for path in parts[:MOST_PARTS]:
        content = _part(medium, path) if isinstance(path, str) else None
        if content is None:
            return None
        columns = columns or content[0]
        rows += content[1]
    return columns, rows


def _part(medium: LoggedMedium, path: str) -> tuple[list[str], list[list[Any]]] | None:
    """One file of a table that grew; it is read once for all steps."""
    if path not in medium.parts:
        medium.parts[path] = _content(medium.content(path)) if medium.published(path) else None
    found: tuple[list[str], list[list[Any]]] | None = medium.parts[path]
    return found


def _content(content: Any) -> tuple[list[str], list[list[Any]]] | None:
    if not isinstance(content, Mapping):
        return None
    columns, data = content.get("columns"), content.get("data")
    if not isinstance(columns, list) or not isinstance(data, list):
        return None
    return [str(column)[:LONGEST_TEXT] for column in columns], [row for row in data if isinstance(row, list)]


def media_table(medium: LoggedMedium, columns: list[str], rows: list[list[Any]]) -> MediaTable:
    """The first rows and columns of a table, each cell checked."""
    columns = columns[:MOST_COLUMNS]
    most = max(1, min(MOST_ROWS, MOST_CELLS // max(1, len(columns))))
    return MediaTable(
        tuple(columns),
        tuple(_row(medium, columns, row, number) for number, row in enumerate(rows[:most], start=1)),
    )


def _row(medium: LoggedMedium, columns: list[str], row: list[Any], number: int) -> tuple[Any, ...]:
    """A row, with None where it is too short."""
    cells = [*row[: len(columns)], *[None] * (len(columns) - len(row))]
    return tuple(_cell(cell, medium, f"{column} in row {number}") for column, cell in zip(columns, cells, strict=True))


def _cell(value: Any, medium: LoggedMedium, label: str) -> Any:
    if value is None or isinstance(value, bool) or finite(value) is not None:
        return value
    if isinstance(value, str):
        return value[:LONGEST_TEXT]
    if isinstance(value, Mapping) and isinstance(value.get(schema.MEDIA_TYPE), str):
        return _medium(value, medium, label)
    return json.dumps(value)[:LONGEST_TEXT]


def _medium(value: Mapping[str, Any], medium: LoggedMedium, label: str) -> Any:
    path, caption = value.get("path"), value.get("caption")
    named = caption[:LONGEST_TEXT] if isinstance(caption, str) and caption else label
    inner = replace(medium, value=value, path=path if isinstance(path, str) else "", label=named)
    shown = IN_CELLS[inner.kind](inner) if inner.kind in IN_CELLS else None
    return shown.content if shown else Attachment(inner.kind[:LONGEST_TEXT])
