"""The runs table: what the browser needs to draw it, and its first rows as text for those without."""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.document import Cell, Column, Table
from reportgen.frames import RunColumns, run_columns, table_columns
from reportgen.model import Project, Run
from reportgen.numbers import format_duration, format_number, format_time, full_text, short_text
from reportgen.tables.columns import chosen_columns, is_missing, resolve_column, resolve_sort

TEXT_ROWS = 50
TEXT_COLUMNS = 40


def _no_link(_run: Run) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class RunsTableOptions:
    """How a runs table looks at first.

    Attributes:
        id: of the element.
        columns: column keys (``config.lr``, or ``lr`` where that is clear); empty: a choice of the most telling.
        every_column: show all columns instead of that choice.
        sort: column keys, ``-`` before one for descending.
        limit: rows at most, after sorting; 0 for all.
        group: column to group by.
        url: whether the browser keeps the table's state in the URL (the runs page does).
        link: uri of a run's page, for the cell with its name.
    """

    id: str
    title: str = ""
    columns: tuple[str, ...] = ()
    every_column: bool = False
    sort: tuple[str, ...] = ()
    limit: int = 0
    group: str = ""
    caption: str = ""
    url: bool = False
    link: Callable[[Run], str] = _no_link


def runs_table(project: Project, runs: Sequence[Run], options: RunsTableOptions) -> Table:
    """A table of these runs of the project.

    Raises:
        BlockError: a column, sort or group key names no column of the runs.
    """
    values, known, places = _columns(project)
    rows = [places[run.id] for run in runs]
    if options.columns:
        columns = tuple(resolve_column(key, known) for key in options.columns)
    else:
        columns = tuple(known) if options.every_column else chosen_columns(values, known, rows)
    sort = resolve_sort(options.sort, known)
    ordered = sorted_rows(rows, values, sort)
    if options.limit:
        ordered = ordered[: options.limit]
    shown = columns[:TEXT_COLUMNS]
    browser: dict[str, Any] = {"project": project.name, "runs": _ids(project, ordered), "url": options.url}
    if not options.every_column:
        browser["columns"] = [column.key for column in columns]
    if sort:
        browser["sort"] = list(sort)
    if options.group:
        browser["group"] = resolve_column(options.group, known).key
    cells = tuple(_row(project.runs[row], row, values, shown, options.link) for row in ordered[:TEXT_ROWS])
    return Table(options.id, options.title, shown, cells, len(ordered), browser, options.caption)


def sorted_rows(rows: Sequence[int], values: RunColumns, sort: Sequence[str]) -> list[int]:
    """Places of runs, ordered by some columns; runs without a value come last in either direction."""
    ordered = list(rows)
    for key in reversed(sort):
        column = values[key.removeprefix("-")]
        present = [row for row in ordered if not is_missing(column[row])]
        absent = [row for row in ordered if is_missing(column[row])]
        present.sort(key=lambda row: _order(column[row]), reverse=key.startswith("-"))
        ordered = present + absent
    return ordered


@functools.lru_cache(maxsize=1)
def _columns(project: Project) -> tuple[RunColumns, tuple[Column, ...], Mapping[str, int]]:
    """The columns of a project and the places of its runs, kept while its tables are made: a report may hold many."""
    values = run_columns(project)
    return values, table_columns(values), {run.id: place for place, run in enumerate(project.runs)}


def _ids(project: Project, rows: Sequence[int]) -> list[str] | None:
    """The ids for the browser; None when it is every run of the project."""
    return None if len(rows) == len(project.runs) else [project.runs[row].id for row in rows]


def _order(value: Any) -> tuple[int, float, str]:
    """Numbers by size, then everything else by its text."""
    if isinstance(value, int | float):
        return (0, float(value), "")
    return (1, 0.0, full_text(value).casefold())


def _row(
    run: Run, row: int, values: RunColumns, columns: Sequence[Column], link: Callable[[Run], str]
) -> tuple[Cell, ...]:
    uris = {"name": link(run)}
    return tuple(_cell(values[column.key][row], column.type, uris.get(column.key, "")) for column in columns)


def _cell(value: Any, kind: str, uri: str) -> Cell:
    if is_missing(value):
        return Cell("", uri=uri)
    if kind == "time":
        return Cell(format_time(value), f"{format_time(value)} UTC", uri)
    if kind == "duration":
        return Cell(format_duration(value), f"{format_number(value, 9)} s", uri)
    return Cell(short_text(value), full_text(value), uri)
