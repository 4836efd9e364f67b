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

MOST_ROWS = 200
MOST_COLUMNS = 50
MOST_PARTS = 200
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
        content = _content(medium.content(path)) if isinstance(path, str) and medium.published(path) else None
        if content is None:
            return None
        columns = columns or content[0]
        rows += content[1]
    return columns, rows


def _content(content: Any) -> tuple[list[str], list[list[Any]]] | None:
    if not isinstance(content, Mapping):
        return None
    columns, data = content.get("columns"), content.get("data")
    if not isinstance(columns, list) or not isinstance(data, list):
        return None
    return [str(column)[:LONGEST_TEXT] for column in columns], [row for row in data if isinstance(row, list)]


def media_table(medium: LoggedMedium, columns: list[str], rows: list[list[Any]]) -> MediaTable:
    """The first rows and columns of a table, each cell checked."""
    shown = [
        tuple(
            _cell(cell, medium, f"{columns[place]} in row {number}") for place, cell in enumerate(row[: len(columns)])
        )
        for number, row in enumerate((row[:MOST_COLUMNS] for row in rows[:MOST_ROWS]), start=1)
    ]
    return MediaTable(tuple(columns[:MOST_COLUMNS]), tuple(shown))


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
