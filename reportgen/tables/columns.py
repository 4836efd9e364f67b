"""Which columns a runs table shows: the keys as people write them, and a sensible choice when they name none."""

import math
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from reportgen.document import Column
from reportgen.errors import BlockError
from reportgen.frames import RunColumns

DIFFERING_CONFIG = 5
SUMMARY = 5
"""Columns of each kind chosen for a table that names none."""


def resolve_column(key: str, columns: Iterable[Column]) -> Column:
    """The column that a person means by ``summary.val/acc``, ``val/acc`` or ``lr``; BlockError if there is none."""
    by_key = {column.key: column for column in columns}
    for candidate in (key, f"summary.{key}", f"config.{key}", f"system.{key}"):
        if candidate in by_key:
            return by_key[candidate]
    labels = {column.key.partition(".")[2] or column.key for column in by_key.values()}
    near = get_close_matches(key, [*labels, *by_key], n=3)
    remedy = (
        f"did you mean {' or '.join(repr(name) for name in near)}?" if near else "see the runs table for its columns"
    )
    raise BlockError(f"the runs have no column {key!r}", remedy=remedy)


def resolve_sort(keys: Sequence[str], columns: Sequence[Column]) -> tuple[str, ...]:
    """Sort keys with full column keys; a leading ``-`` means descending."""
    resolved = []
    for key in keys:
        sign = "-" if key.startswith("-") else ""
        resolved.append(sign + resolve_column(key.removeprefix("-"), columns).key)
    return tuple(resolved)


def chosen_columns(values: RunColumns, known: Sequence[Column], rows: Sequence[int]) -> tuple[Column, ...]:
    """The name, what differs in the configuration of the runs at these places, and the first numbers of the summary."""
    config = [column for column in known if column.group == "config" and _differs(values[column.key], rows)]
    summary = [column for column in known if column.group == "summary" and column.type == "number"]
    name = [column for column in known if column.key == "name"]
    return (*name, *config[:DIFFERING_CONFIG], *summary[:SUMMARY])


def is_missing(value: Any) -> bool:
    """Whether a cell holds nothing: None, or NaN, which stands for it among numbers."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def _differs(values: Sequence[Any], rows: Sequence[int]) -> bool:
    return len({repr(values[row]) for row in rows}) > 1
