"""Which columns a runs table shows: the keys as people write them, and a sensible choice when they name none."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

import pandas as pd

from reportgen.document import Column
from reportgen.errors import BlockError

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


def chosen_columns(frame: pd.DataFrame, columns: Sequence[Column]) -> tuple[Column, ...]:
    """The name, what differs in the configuration, and the first summary values with a number."""
    config = [column for column in columns if column.group == "config" and _differs(frame[column.key])]
    summary = [column for column in columns if column.group == "summary" and column.type == "number"]
    name = [column for column in columns if column.key == "name"]
    return (*name, *config[:DIFFERING_CONFIG], *summary[:SUMMARY])


def is_missing(value: Any) -> bool:
    """Whether a cell of the frame holds nothing: None, or NaN as pandas fills it in."""
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value)  # noqa: PLR0124 (NaN)


def _differs(values: "pd.Series[Any]") -> bool:
    return len({repr(value) for value in values}) > 1
