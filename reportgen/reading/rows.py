"""Logged rows as columns, in a form that grows: what was read of a metrics or system stream so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.model import Numbers

Indices = NDArray[np.int64]

MOST_PROBLEMS = 20
"""Problems of one kind that a file is reported with; the rest is counted."""
NO_NUMBERS: Numbers = np.empty(0)
NO_NUMBERS.flags.writeable = False


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The values of one metric and the rows that have one, in ascending order; ``rows`` is None when every row has."""

    rows: Indices | None
    values: Numbers


@dataclass(frozen=True, slots=True)
class MediaCell:
    """What was logged as media under one key in one row."""

    row: int
    key: str
    values: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class BadLines:
    """Lines that hold no JSON object: how many, and the numbers of the first few, counted from 1."""

    count: int = 0
    first: tuple[int, ...] = ()

    def and_then(self, numbers: list[int]) -> "BadLines":
        """These and more that follow them."""
        return BadLines(self.count + len(numbers), (*self.first, *numbers)[:MOST_PROBLEMS])


NO_BAD_LINES = BadLines()


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What a stream of rows holds.

    Attributes:
        steps: step of each row; consecutive lines of one step are one row, in which later values won.
        times: wall time of each row, NaN where none was logged.
        columns: the metrics, in order of first appearance.
        media: by row, then key.
        texts: key -> (row, value) of the last string or list that was logged under it.
        lines: lines read, blank and bad ones included.
        named_step: the last step that a line named, from which lines without one count on; -1 before the first.
        unnamed: how many lines without a step followed it.
        stepped: whether lines name their step; the samples of a system stream are counted instead.
    """

    steps: Numbers = field(default_factory=lambda: NO_NUMBERS)
    times: Numbers = field(default_factory=lambda: NO_NUMBERS)
    columns: Mapping[str, Column] = field(default_factory=dict)
    texts: Mapping[str, tuple[int, Any]] = field(default_factory=dict)
    media: tuple[MediaCell, ...] = ()
    lines: int = 0
    bad: BadLines = NO_BAD_LINES
    named_step: float = -1.0
    unnamed: int = 0
    stepped: bool = True

    def __len__(self) -> int:
        return len(self.steps)
