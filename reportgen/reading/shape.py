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
        self.decode_lines: Callable[[bytes], list[Any]] = msgspec.json.Decoder(row).decode_lines
        self.plain = {key: attrgetter(field) for field, (key, plain) in zip(names, shape, strict=True) if plain}
        self.loose = {key: attrgetter(field) for field, (key, plain) in zip(names, shape, strict=True) if not plain}


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
