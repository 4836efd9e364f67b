"""JoinedTable: the rows of two tables side by side."""

from __future__ import annotations

import os
from collections.abc import Sequence
from json import loads

from reportgen.errors import UsageError
from reportgen.logger.media.store import Clean, Media, MediaStore
from reportgen.logger.media.table import Table
from reportgen.logger.media.table_file import write_table
from reportgen.logger.writing.encoding import encode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WHERE = "reportgen.JoinedTable"
SIDES = 2


class JoinedTable(Media):
    """Two tables joined by a column, logged as one table.

    Every row of both is there: one without a partner has empty cells. A key that occurs several times in both makes a
    row for each pair.

    Args:
        table1: a `Table`, or the path of a table file.
        table2: the same.
        join_key: the column that both have, or a list with the column of each.
    """

    def __init__(self, table1: object, table2: object, join_key: str | Sequence[str]) -> None:
        self._tables = (table1, table2)
        self._keys = [join_key] * SIDES if isinstance(join_key, str) else list(join_key)

    def stored(self, store: MediaStore, clean: Clean) -> dict[str, Any] | list[Any]:
        """Join the tables as they are now, write the file and return the value of the row."""
        if len(self._keys) != SIDES:
            raise UsageError(f"a join by {self._keys!r}", where=WHERE, remedy="Give a column, or one of each table.")
        columns, rows = join(*(_content(table, clean) for table in self._tables), *self._keys)
        return write_table(columns, rows, store, clean)


Content = tuple[list[str], list[list[object]]]
"""Columns and rows."""


def join(left: Content, right: Content, left_key: str, right_key: str) -> Content:
    """Columns and rows of an outer join: the key, then the other columns of both; equal names get a number."""
    (left_names, left_rows), (right_names, right_rows) = left, right
    at, other = _place(left_names, left_key), _place(right_names, right_key)
    partners: dict[bytes, list[list[Any]]] = {}
    for row in right_rows:
        partners.setdefault(encode(row[other]), []).append(row)
    met: set[bytes] = set()
    rows = []
    for row in left_rows:
        key = encode(row[at])
        met.add(key)
        rows += [
            [row[at], *_but(row, at), *_but(each, other)] for each in partners.get(key, [[None] * len(right_names)])
        ]
    alone = [None] * (len(left_names) - 1)
    rows += [[row[other], *alone, *_but(row, other)] for row in right_rows if encode(row[other]) not in met]
    names = [*_but(left_names, at)], [*_but(right_names, other)]
    both = set(names[0]) & set(names[1])
    numbered = [f"{name} ({side})" if name in both else name for side, part in enumerate(names, 1) for name in part]
    return [left_key, *numbered], rows


def _content(table: Any, clean: Clean) -> Any:
    """Columns and plain rows of a table or a table file."""
    if isinstance(table, Table):
        return [str(column) for column in table.columns], [clean(row) for row in table.data]
    if not isinstance(table, (str, os.PathLike)):
        raise UsageError(f"a {type(table).__name__} is no table", where=WHERE)
    with open(table, "rb") as file:
        content = loads(file.read())
    try:
        return [str(column) for column in content["columns"]], [list(row) for row in content["data"]]
    except (TypeError, KeyError) as error:
        raise UsageError(f"{table} is no table file", where=WHERE) from error


def _place(names: list[str], key: str) -> int:
    if key not in names:
        raise UsageError(f"there is no column {key!r}", where=WHERE, remedy=f"There are {', '.join(names)}.")
    return names.index(key)


def _but(row: list[Any], place: int) -> list[Any]:
    return [value for at, value in enumerate(row) if at != place]
