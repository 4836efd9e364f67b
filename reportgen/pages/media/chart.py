"""Logged charts: a table, drawn by the specification that the run named."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reportgen.charts.logged import LoggedChart, logged_chart
from reportgen.errors import BlockError
from reportgen.pages.media.logged_medium import LONGEST_TEXT, LoggedMedium, Shown, evenly
from reportgen.pages.media.table import media_table, table_content

SPECS = "specs"
"""Folder of the project with specifications of its own."""
MOST_ROWS = 10_000


def shown_chart(medium: LoggedMedium) -> Shown | None:
    """The chart; its table when it cannot be drawn, with the reason; None when there is no table."""
    given = medium.value.get("table")
    table: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    path = table.get("path")
    behind = replace(medium, value=table, path=path if isinstance(path, str) else "")
    content = table_content(behind) if behind.published(behind.path) else None
    if content is None:
        return None
    columns, rows = content
    drawn = evenly(rows, MOST_ROWS)
    notes = _row_notes(medium, len(drawn), len(rows))
    logged = LoggedChart(
        spec=medium.text("spec"),
        title=medium.text("title"),
        fields=_texts(medium.value.get("fields")),
        strings=_texts(medium.value.get("strings")),
        columns=columns,
        rows=drawn,
    )
    file = behind.file()
    folder = medium.context.workspace.folder / SPECS
    try:
        chart, more = logged_chart(logged, medium.id, medium.context.cache, folder)
    except BlockError as error:
        reason = ". ".join(part[0].upper() + part[1:] for part in (error.what, error.remedy) if part)
        return Shown(media_table(behind, columns, rows), notes=(*notes, f"{reason}."), file=file)
    split = media_table(behind, columns, rows) if medium.value.get("split_table") is True else None
    return Shown(chart, notes=(*notes, *more), file=file, table=split)


def _row_notes(medium: LoggedMedium, drawn: int, kept: int) -> tuple[str, ...]:
    logged = medium.value.get("rows")
    total = max(kept, logged) if isinstance(logged, int) and not isinstance(logged, bool) else kept
    return (f"{drawn:,} of {total:,} rows are drawn, evenly spaced.",) if drawn < total else ()


def _texts(value: Any) -> dict[str, str]:
    named = value.items() if isinstance(value, Mapping) else ()
    return {str(name): text[:LONGEST_TEXT] for name, text in named if isinstance(text, str)}
