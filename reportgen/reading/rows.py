"""Logged rows as columns, in a form that grows: what was read of a metrics or system stream so far.

Rows come in blocks. Those of a sealed block never change, so that it can lie in the cache and be read column by column;
only the last block, which still grows, is always in memory.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from reportgen.lazy import LazyMapping
from reportgen.model import Numbers

Indices = NDArray[np.int64]

SEGMENT_ROWS = 1 << 16
"""Rows of a sealed block: what bounds the memory that reading a log needs."""
MOST_PROBLEMS = 20
"""Problems of one kind that a file is reported with; the rest is counted."""
NO_NUMBERS: Numbers = np.empty(0)
NO_NUMBERS.flags.writeable = False

_Scalar = TypeVar("_Scalar", bound=np.generic)


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


class Block(Protocol):
    """Consecutive rows. Its columns and media count them from 0."""

    @property
    def count(self) -> int:
        """How many rows."""
        ...

    @property
    def steps(self) -> Numbers:
        """The step of each row."""
        ...

    @property
    def times(self) -> Numbers:
        """The wall time of each row, NaN where none was logged."""
        ...

    @property
    def metrics(self) -> Collection[str]:
        """The metrics with a number in one of the rows."""
        ...

    def column(self, metric: str) -> Column:
        """One of them."""
        ...

    @property
    def media(self) -> Sequence[MediaCell]:
        """By row, then key."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class MemoryBlock:
    """A `Block` in memory."""

    steps: Numbers = field(default_factory=lambda: NO_NUMBERS)
    times: Numbers = field(default_factory=lambda: NO_NUMBERS)
    columns: Mapping[str, Column] = field(default_factory=dict)
    media: tuple[MediaCell, ...] = ()

    @property
    def count(self) -> int:
        """As `Block.count`."""
        return len(self.steps)

    @property
    def metrics(self) -> Collection[str]:
        """As `Block.metrics`."""
        return self.columns.keys()

    def column(self, metric: str) -> Column:
        """As `Block.column`."""
        return self.columns[metric]


Seal = Callable[[MemoryBlock], Block]
"""Puts a block that will not change any more where it takes no memory, and gives back what reads it from there."""


@dataclass(frozen=True, slots=True)
class BadLines:
    """Lines that hold no JSON object: how many, and the numbers of the first few, counted from 1."""

    count: int = 0
    first: tuple[int, ...] = ()

    def and_then(self, numbers: list[int]) -> "BadLines":
        """These and more that follow them."""
        return BadLines(self.count + len(numbers), (*self.first, *numbers)[:MOST_PROBLEMS])


NO_BAD_LINES = BadLines()


@dataclass(frozen=True, eq=False)
class Rows:
    """What a stream of rows holds.

    Attributes:
        sealed: the blocks of the first rows, each of `SEGMENT_ROWS`.
        last: the rows after them.
        metrics: in order of first appearance.
        texts: key -> (row, value) of the last string or list that was logged under it.
        lines: lines read, blank and bad ones included.
        named_step: the last step that a line named, from which lines without one count on; -1 before the first.
        unnamed: how many lines without a step followed it.
        stepped: whether lines name their step; the samples of a system stream are counted instead.
    """

    sealed: tuple[Block, ...] = ()
    last: MemoryBlock = field(default_factory=MemoryBlock)
    metrics: tuple[str, ...] = ()
    texts: Mapping[str, tuple[int, Any]] = field(default_factory=dict)
    lines: int = 0
    bad: BadLines = NO_BAD_LINES
    named_step: float = -1.0
    unnamed: int = 0
    stepped: bool = True

    def __len__(self) -> int:
        return sum(block.count for block in self.sealed) + self.last.count

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks, in order."""
        return (*self.sealed, self.last)

    @cached_property
    def steps(self) -> Numbers:
        """The step of each row; consecutive lines of one step are one row, in which later values won."""
        return joined([block.steps for block in self.blocks])

    @cached_property
    def times(self) -> Numbers:
        """The wall time of each row, NaN where none was logged."""
        return joined([block.times for block in self.blocks])

    @property
    def columns(self) -> Mapping[str, Column]:
        """Each metric as one column over all rows, put together when it is asked for."""
        return LazyMapping(self.metrics, self.column)

    def column(self, metric: str) -> Column:
        """One of them."""
        if not self.sealed:
            return self.last.column(metric)
        parts: list[tuple[int, Column]] = []
        first = 0
        for block in self.blocks:
            if metric in block.metrics:
                parts.append((first, block.column(metric)))
            first += block.count
        values = joined([column.values for _, column in parts])
        if len(values) == first:
            return Column(None, values)
        rows = [
            first + (np.arange(len(column.values)) if column.rows is None else column.rows) for first, column in parts
        ]
        return Column(joined(rows), values)

    def last_value(self, metric: str) -> float | None:
        """The last value of a metric, for which one block is enough; None if it has none."""
        for block in reversed(self.blocks):
            if metric in block.metrics:
                values = block.column(metric).values
                if len(values):
                    return float(values[-1])
        return None

    def media(self) -> Iterator[tuple[int, MediaCell]]:
        """The cells with media, each with its row among all."""
        first = 0
        for block in self.blocks:
            for cell in block.media:
                yield first + cell.row, cell
            first += block.count


def joined(arrays: Sequence[NDArray[_Scalar]]) -> NDArray[_Scalar]:
    """Columns one after the other, as one that no later stage can spoil for another."""
    column = arrays[0].view() if len(arrays) == 1 else np.concatenate(arrays)
    column.flags.writeable = False
    return column
