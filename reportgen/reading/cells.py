"""The cells of a block of rows, sorted by what they are: numbers, texts, media."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from reportgen import schema
from reportgen.model import Numbers
from reportgen.reading.rows import Indices


@dataclass(slots=True)
class Cells:
    """The cells of one block. Lines are counted from 0 within the block, good lines only.

    Attributes:
        numbers: key -> lines that have a number under it (None: all of them) and those numbers.
        texts: key -> (line, value) of the last string or list.
        media: (line, key, media values), in order.
        dotted: the keys that came out of nested objects.
    """

    count: int
    numbers: dict[str, tuple[Indices | None, Numbers]] = field(default_factory=dict)
    texts: dict[str, tuple[int, Any]] = field(default_factory=dict)
    media: list[tuple[int, str, tuple[dict[str, Any], ...]]] = field(default_factory=list)
    dotted: set[str] = field(default_factory=set)
    _loose: dict[str, tuple[list[int], list[float]]] = field(default_factory=dict)

    def plain(self, key: str, values: Numbers) -> None:
        """Take a whole column of numbers in which NaN marks a line without one."""
        gaps = np.isnan(values)
        if gaps.any():
            lines = np.flatnonzero(~gaps)
            if len(lines):
                self.numbers[key] = (lines, values[lines])
        else:
            self.numbers[key] = (None, values)

    def cell(self, line: int, key: str, value: Any) -> None:
        """Take one cell, whatever it holds. Lines must come in order for each key."""
        if type(value) is float:
            self._number(line, key, value)
        elif isinstance(value, int):
            self._number(line, key, _float(value))
        elif key in (schema.STEP, schema.TIMESTAMP):
            pass  # neither a step nor a time
        elif isinstance(value, str):
            if value in schema.NON_FINITE:
                self._number(line, key, schema.NON_FINITE[value])
            else:
                self.texts[key] = (line, value)
        elif isinstance(value, dict):
            self._object(line, key, value)
        elif isinstance(value, list):
            if value and all(is_media(item) for item in value):
                self.media.append((line, key, tuple(value)))
            else:
                self.texts[key] = (line, value)

    def _object(self, line: int, key: str, value: dict[str, Any]) -> None:
        if is_media(value):
            self.media.append((line, key, (value,)))
            return
        for dotted, leaf in flatten(value, key):
            self.dotted.add(dotted)
            if not isinstance(leaf, dict):
                self.cell(line, dotted, leaf)
            elif leaf:
                self.media.append((line, dotted, (leaf,)))

    def _number(self, line: int, key: str, value: float) -> None:
        lines, values = self._loose.setdefault(key, ([], []))
        if lines and lines[-1] == line:
            values[-1] = value
        else:
            lines.append(line)
            values.append(value)

    def close(self) -> None:
        """Turn the numbers that came cell by cell into columns, beside those that came whole."""
        for key, (lines, values) in self._loose.items():
            indices, numbers = np.array(lines, dtype=np.int64), np.array(values, dtype=np.float64)
            self.numbers[key] = (indices, numbers)
        self._loose.clear()


def is_media(value: Any) -> bool:
    """Whether a logged value is an image, histogram, table or other medium rather than plain data."""
    return isinstance(value, dict) and isinstance(value.get(schema.MEDIA_TYPE), str)


def flatten(value: Mapping[str, Any], prefix: str | None = None) -> Iterator[tuple[str, Any]]:
    """Yield (dotted key, leaf) of a nested dict, in order. A medium or an empty dict is a leaf.

    A stack instead of recursion: a hostile log nests deeper than Python calls.
    """
    stack = [(prefix, iter(value.items()))]
    while stack:
        path, items = stack[-1]
        for key, item in items:
            dotted = str(key) if path is None else f"{path}.{key}"
            if isinstance(item, dict) and item and not is_media(item):
                stack.append((dotted, iter(item.items())))
                break
            yield dotted, item
        else:
            stack.pop()


def _float(value: int) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")
