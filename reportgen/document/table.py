"""What is sorted and filtered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``key`` is a column name of the runs frame; ``group`` its first header level."""

    key: str
    label: str
    group: str
    type: str
    """``number``, ``string``, ``boolean``, ``time``, ``duration``, ``list`` or ``state``"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as text, the full value for hover, and a link for the run's name."""

    text: str
    full: str = ""
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A runs table. The browser draws it from the project's runs dataset; ``rows`` is what is readable without it.

    Attributes:
        options: a ``TableOptions`` of types.ts: project, run ids, column keys, sort.
        rows: the first rows, at most 50.
        total: how many rows there are in all.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    options: Mapping[str, Any] = field(default_factory=dict)
    caption: str = ""
