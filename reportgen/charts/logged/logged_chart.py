"""What a run logged to be drawn, and what a drawing of it consists of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.charts.run_values import as_number, nearest
from reportgen.charts.specification import Author, Rows
from reportgen.errors import BlockError
from reportgen.numbers import format_number, short_text

HEIGHT = 300


@dataclass(frozen=True, slots=True)
class LoggedChart:
    """A table, and what a specification makes of its columns.

    Attributes:
        spec: name of the specification.
        title: text above it; may be empty.
        fields: what the specification calls a field -> column.
        strings: texts of the specification.
        columns: names of the columns.
        rows: the cells; a row may be shorter than `columns`.
    """

    spec: str
    title: str
    fields: Mapping[str, str]
    strings: Mapping[str, str]
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]

    def column(self, field: str) -> str:
        """The column of a field; BlockError when none was named."""
        if field not in self.fields:
            raise BlockError(f"the chart {self.spec} needs a column for {field!r}", remedy="name it in `fields`")
        return self.fields[field]

    def values(self, field: str) -> list[Any]:
        """The cells of a field's column, None where there is none; BlockError when the table has no such column."""
        column = self.column(field)
        if column not in self.columns:
            raise BlockError(f"the table has no column {column!r}", remedy=nearest(column, list(self.columns)))
        place = list(self.columns).index(column)
        return [row[place] if place < len(row) else None for row in self.rows]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart over named data, not yet made."""

    author: Author
    data: Mapping[str, Rows]
    title: str
    summary: str
    height: int = HEIGHT
    notes: tuple[str, ...] = ()


def text(value: Any) -> str:
    """A cell as a name on an axis or in a legend."""
    return "" if value is None else short_text(value)


def is_numeric(values: Sequence[Any]) -> bool:
    """Whether a column is drawn over a scale of numbers: most of what is in it are numbers."""
    there = [value for value in values if value is not None]
    return 2 * sum(as_number(value) is not None for value in there) >= len(there)


def place_of(value: Any, *, numeric: bool) -> float | str | None:
    """Where a cell stands on an axis of numbers or of names; None when it has no place there."""
    if numeric:
        return as_number(value)
    return None if value is None else text(value)


def number_or_text(value: Any) -> str:
    """A cell as it stands in a tooltip."""
    number = as_number(value)
    return text(value) if number is None else format_number(value)


def nothing(logged: LoggedChart) -> BlockError:
    """The error for a table without a row that can be drawn."""
    return BlockError(f"the table of the chart {logged.spec} has no row that can be drawn")
