"""What a person logs, made into what JSON holds: the slow path of `Run.log`, and the path of config and summary.

Nested mappings become dotted keys in rows. NaN and infinities become strings, scalars of array libraries numbers, small
arrays lists and larger ones histograms, sets lists; what nothing fits becomes text, with a warning.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import isfinite, isnan

from reportgen.logger.arrays import is_array, list_of, scalar_of, size_of
from reportgen.logger.media.store import Media, MediaStore
from reportgen.logger.troubles import Troubles
from reportgen.schema import INFINITY, NAN, NEGATIVE_INFINITY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LARGEST_LIST = 32
"""Arrays with more numbers become histograms in rows."""
DEEPEST = 40
"""Levels of nesting that are kept; deeper values become text, so that a list inside itself ends."""
LONGEST_TEXT = 1000
"""Characters of the text that stands for a value that JSON cannot hold."""
SMALLEST_INTEGER, LARGEST_INTEGER = -(2**63), 2**64 - 1


class Cleaner:
    """Makes plain JSON values of what one run logs; media go to its store."""

    def __init__(self, store: MediaStore, troubles: Troubles) -> None:
        self._store = store
        self._troubles = troubles

    def row(self, data: Mapping[Any, object]) -> dict[str, object]:
        """The flat row of a mapping."""
        flat: dict[str, object] = {}
        self._flatten("", data, flat, 0)
        return flat

    def tree(self, value: object) -> object:
        """The value with its nesting; arrays of any size become lists."""
        return self._plain(value, 0, nested=True)

    def _flatten(self, prefix: str, data: Mapping[Any, Any], flat: dict[str, object], depth: int) -> None:
        for key, value in data.items():
            name = prefix + text(key)
            kind = type(value)
            if value is None or kind is bool or (kind is float and value - value == 0):  # the common ones first
                flat[name] = value
                continue
            inner = mapping_of(value)
            if inner is not None and depth < DEEPEST:
                self._flatten(f"{name}.", inner, flat, depth + 1)
            else:
                with self._troubles.guard(f"value:{name}", f"cannot log {name!r}; it is written as null"):
                    flat[name] = None
                    flat[name] = self._plain(value, 0, nested=False)

    def _plain(self, value: object, depth: int, *, nested: bool) -> object:
        if value is None or isinstance(value, (bool, int, float)):
            return value if value is None else number(value)
        if isinstance(value, str):
            return text(value)
        if isinstance(value, Media):
            return self._media(value, depth)
        if is_array(value):
            return self._array(value, depth, nested=nested)
        if depth >= DEEPEST:
            return self._as_text(value)
        return self._container(value, depth, nested=nested)

    def _container(self, value: object, depth: int, *, nested: bool) -> object:
        inner = mapping_of(value)
        if inner is not None:
            return {text(key): self._plain(part, depth + 1, nested=True) for key, part in inner.items()}
        if isinstance(value, (Sequence, AbstractSet)) and not isinstance(value, (bytes, bytearray, memoryview)):
            return [self._plain(part, depth + 1, nested=nested) for part in _ordered(value)]
        return self._rare(value, depth, nested=nested)

    def _array(self, value: object, depth: int, *, nested: bool) -> object:
        size = size_of(value)
        if size == 1:
            return self._plain(scalar_of(value), depth, nested=nested)
        if nested or size <= LARGEST_LIST:
            return self._plain(list_of(value), depth, nested=True)
        from reportgen.logger.media.histogram import Histogram

        return Histogram(value).stored(self._store, self.tree)

    def _media(self, media: Media, depth: int) -> object:
        """A medium in its file. One in a list or a table that cannot be kept costs itself and not the others."""
        plain: object = None
        if not depth:
            plain = media.stored(self._store, self.tree)
        else:
            kind = type(media).__name__
            with self._troubles.guard(f"medium:{kind}", f"a medium of the type {kind} is left out; it is null"):
                plain = media.stored(self._store, self.tree)
        for remark in media.remarks:
            self._troubles.report(f"remark:{remark}", "something about a medium is wrong", remark)
        return plain

    def _rare(self, value: Any, depth: int, *, nested: bool) -> object:
        """Types that are met now and then."""
        from reportgen.logger.media.bare import medium_of

        media = medium_of(value)
        if media is not None:
            return self._media(media, depth)
        if isinstance(value, type) or (callable(value) and hasattr(value, "__qualname__")):
            return f"{value.__module__}.{value.__qualname__}"
        if hasattr(type(value), "__members__"):  # an enum
            return self._plain(value.value, depth + 1, nested=nested)
        if hasattr(value, "isoformat") or isinstance(value, os.PathLike):
            return text(value.isoformat() if hasattr(value, "isoformat") else os.fspath(value))
        if hasattr(value, "__float__"):
            return number(float(value))
        return self._as_text(value)

    def _as_text(self, value: object) -> str:
        kind = type(value).__name__
        self._troubles.tell(f"type:{kind}", f"a {kind} is no JSON value; it is written as text")
        return text(value)[:LONGEST_TEXT]


def flattened(data: Mapping[Any, object], prefix: str = "") -> dict[str, object]:
    """The mapping with dotted keys, its values as they are."""
    flat: dict[str, object] = {}
    for key, value in data.items():
        name = f"{prefix}{key}"
        flat |= flattened(value, f"{name}.") if isinstance(value, Mapping) else {name: value}
    return flat


def mapping_of(value: object) -> Mapping[Any, object] | None:
    """The value as a mapping, if it is one: a mapping, an argparse namespace or an instance of a dataclass."""
    if isinstance(value, Mapping):
        return value
    kind = type(value)
    if kind.__name__ == "Namespace" and kind.__module__ == "argparse":
        return vars(value)
    fields = getattr(kind, "__dataclass_fields__", None)
    return None if fields is None else {name: getattr(value, name, None) for name in fields}


def text(value: object) -> str:
    """The value as text that UTF-8 can hold."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    plain = str.__str__(value) if isinstance(value, str) else str(value)  # an enum of strings is its value
    return plain if plain.isascii() else plain.encode("utf-8", "replace").decode()


def number(value: float) -> object:
    """The number as JSON has it: NaN and infinities as strings, integers beyond 64 bits as floats."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        if SMALLEST_INTEGER <= value <= LARGEST_INTEGER:
            return int(value)
        try:
            return float(value)
        except OverflowError:
            return INFINITY if value > 0 else NEGATIVE_INFINITY
    if isfinite(value):
        return float(value)
    return NAN if isnan(value) else INFINITY if value > 0 else NEGATIVE_INFINITY


def _ordered(values: Iterable[object]) -> Iterable[object]:
    """The values in an order that does not change from run to run."""
    if not isinstance(values, AbstractSet):
        return values
    try:
        return sorted(values)
    except TypeError:
        return sorted(values, key=str)
