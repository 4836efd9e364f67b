"""The shape of a stream's rows: which keys they have and which of those hold nothing but numbers.

Rows of a known shape are decoded into a msgspec Struct made for it, which is what makes reading fast: no dict is built,
and every column of plain numbers goes straight from attributes to numpy. Rows that do not fit are never bent to fit:
the block they stand in is decoded key by key instead.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any

import msgspec
import numpy as np

from reportgen.reading.cells import Cells
from reportgen.reading.lines import is_too_deep

MOST_KEYS = 2000
"""Beyond this the rows have no shape worth a Struct."""

Shape = tuple[tuple[str, bool], ...]
"""Keys in order, each with whether it is plain: only numbers were seen under it."""


class ShapeDecoder:
    """Decodes rows of one shape; a plain number that a row lacks is NaN, anything else None."""

    def __init__(self, shape: Shape) -> None:
        names = {f"f{number}": key for number, (key, _) in enumerate(shape)}
        fields: list[Any] = [
            (field, float, float("nan")) if plain else (field, Any, None)
            for field, (_, plain) in zip(names, shape, strict=True)
        ]
        row = msgspec.defstruct("Row", fields, rename=names, forbid_unknown_fields=True, gc=False)
        self._decode: Callable[[bytes], list[Any]] = msgspec.json.Decoder(row).decode_lines
        self._plain = {key: attrgetter(field) for field, (key, plain) in zip(names, shape, strict=True) if plain}
        self._loose = {key: attrgetter(field) for field, (key, plain) in zip(names, shape, strict=True) if not plain}

    def cells(self, block: bytes, lines: int) -> Cells | None:
        """The cells of a block of so many lines that hold one object each; None if a line holds anything else.

        None as well if two keys come to the same name once they are dotted.

        Raises:
            msgspec.ValidationError: a row does not fit the shape; the message names it.
        """
        rows = self._decode(block)
        if len(rows) != lines:
            return None
        cells = Cells(len(rows))
        for key, get in self._plain.items():
            cells.plain(key, np.fromiter(map(get, rows), np.float64, len(rows)))
        taken = {*self._plain, *self._loose}
        for key, get in self._loose.items():
            for line, value in enumerate(map(get, rows)):
                if isinstance(value, dict | list) and is_too_deep([value]):  # in its row
                    return None
                if value is not None:
                    cells.cell(line, key, value)
            if not cells.dotted.isdisjoint(taken):  # {"a.b": 1} and {"a": {"b": 1}}: the order of the lines decides
                return None
            taken |= cells.dotted
            cells.dotted.clear()
        return cells


@lru_cache(maxsize=256)
def shape_decoder(shape: Shape) -> ShapeDecoder | None:
    """The decoder of a shape, made once a process; None if its keys cannot be those of a Struct."""
    if not shape or len(shape) > MOST_KEYS:
        return None
    try:
        return ShapeDecoder(shape)
    except (ValueError, TypeError):
        return None


def learn(shape: Shape, rows: Iterable[Mapping[str, Any]]) -> Shape:
    """The shape that also fits these rows."""
    keys = dict(shape)
    for row in rows:
        for key, value in row.items():
            plain = type(value) is float or type(value) is int
            keys[key] = plain and keys.get(key, True)
    return tuple(keys.items())
