"""What a person logs, made into what JSON holds: the slow path of `Run.log`, and the path of config and summary.

Nested mappings become dotted keys in rows. NaN and infinities become strings, scalars of array libraries numbers, small
arrays lists and larger ones histograms, sets lists; what nothing fits becomes text, with a warning.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
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
"""Levels of nesting that are kept; for what is deeper, or inside itself, stands `LEFT_OUT`."""
MOST_CONTAINERS, MOST_MAPPINGS = 100_000, 10_000
"""Lists and mappings in a value, and mappings in a row: twice the same list, twice inside another one, and so on, would
fill any memory."""
LEFT_OUT = "…"
LONGEST_TEXT = 2**20
"""Characters of a text; the rest is cut off."""
LONGEST_STAND_IN = 1000
"""Characters of the text that stands for a value that JSON cannot hold."""
SMALLEST_INTEGER, LARGEST_INTEGER = -(2**63), 2**64 - 1


class Trail:
    """Where in a value the cleaner is: the containers around it, and how many more it may enter."""

    __slots__ = ("around", "room")

    def __init__(self, room: int = MOST_CONTAINERS) -> None:
        self.around: list[int] = []
        self.room = room

    def enter(self, container: object) -> bool:
        """Go into a container. False, and stay out, if it is around already, too deep or one too many."""
        if len(self.around) >= DEEPEST or id(container) in self.around or self.room <= 0:
            return False
        self.room -= 1
        self.around.append(id(container))
        return True


class Cleaner:
    """Makes plain JSON values of what one run logs; media go to its store."""

    def __init__(self, store: MediaStore, troubles: Troubles) -> None:
        self._store = store
        self._troubles = troubles

    def row(self, data: Mapping[Any, object]) -> dict[str, object]:
        """The flat row of a mapping."""
        flat: dict[str, object] = {}
        self._flatten("", data, flat, Trail(MOST_MAPPINGS))
        return flat

    def tree(self, value: object) -> object:
        """The value with its nesting; arrays of any size become lists."""
        return self._plain(value, Trail(), nested=True)

    def _flatten(self, prefix: str, data: Mapping[Any, Any], flat: dict[str, object], trail: Trail) -> None:
        for key, value in data.items():
            name = prefix + (key if type(key) is str and key.isascii() else self._name(key))
            kind = type(value)
            if value is None or kind is bool or (kind is float and value - value == 0):  # the common ones first
                flat[name] = value
                continue
            with self._troubles.guard(f"value:{name}", f"cannot log {name!r}; it is written as null"):
                try:
                    self._add(name, value, flat, trail)
                except Exception:
                    flat.setdefault(name, None)
                    raise

    def _add(self, name: str, value: object, flat: dict[str, object], trail: Trail) -> None:
        inner = mapping_of(value)
        if inner is None:
            flat[name] = self._plain(value, Trail(), nested=False)
        elif trail.enter(value):
            try:
                self._flatten(f"{name}.", inner, flat, trail)
            finally:
                trail.around.pop()
        else:
            flat[name] = self._left_out()

    def _name(self, key: object) -> str:
        try:
            return self._text(key)
        except Exception as error:  # noqa: BLE001 # of somebody's __str__
            kind = type(key).__name__
            self._troubles.report(f"key:{kind}", f"a {kind} that is a key has no text", error)
            return f"<{kind}>"

    def _plain(self, value: object, trail: Trail, *, nested: bool) -> object:
        if value is None or isinstance(value, (bool, int, float, str)):
            return self._text(value) if isinstance(value, str) else number(value)
        if isinstance(value, Media):
            return self._media(value, trail)
        if is_array(value):
            return self._array(value, trail, nested=nested)
        inner = mapping_of(value)
        if inner is not None or is_list(value):
            return self._container(value, inner, trail, nested=nested)
        return self._rare(value, trail, nested=nested)

    def _container(self, value: Any, inner: Mapping[Any, object] | None, trail: Trail, *, nested: bool) -> object:
        if not trail.enter(value):
            return self._left_out()
        plain: object
        if inner is None:
            plain = [self._plain(part, trail, nested=nested) for part in islice(_ordered(value), len(value))]
        else:
            plain = {self._name(key): self._plain(part, trail, nested=True) for key, part in inner.items()}
        trail.around.pop()
        return plain

    def _left_out(self) -> str:
        what = f"is inside itself, deeper than {DEEPEST} levels or in too many parts"
        self._troubles.tell("nesting", f"a value {what}; the rest is written as {LEFT_OUT}")
        return LEFT_OUT

    def _text(self, value: object) -> str:
        whole = value if isinstance(value, bytes) else str.__str__(value) if isinstance(value, str) else str(value)
        if len(whole) > LONGEST_TEXT:
            self._troubles.tell("long", f"a text of {len(whole):,} characters is cut to {LONGEST_TEXT:,}")
            whole = whole[:LONGEST_TEXT]
        return text(whole)

    def _array(self, value: object, trail: Trail, *, nested: bool) -> object:
        size = size_of(value)
        if size == 1:
            return self._plain(scalar_of(value), trail, nested=nested)
        if nested or size <= LARGEST_LIST:
            return self._plain(list_of(value), trail, nested=True)
        from reportgen.logger.media.histogram import Histogram

        return Histogram(value).stored(self._store, self.tree)

    def _media(self, media: Media, trail: Trail) -> object:
        """A medium in its file. One in a list or a table that cannot be kept costs itself and not the others."""
        plain: object = None
        if not trail.around:
            plain = media.stored(self._store, self.tree)
        else:
            kind = type(media).__name__
            with self._troubles.guard(f"medium:{kind}", f"a medium of the type {kind} is left out; it is null"):
                plain = media.stored(self._store, self.tree)
        for remark in media.remarks:
            self._troubles.report(f"remark:{remark}", "something about a medium is wrong", remark)
        return plain

    def _rare(self, value: Any, trail: Trail, *, nested: bool) -> object:
        """Types that are met now and then."""
        from reportgen.logger.media.bare import medium_of

        media = medium_of(value)
        if media is not None:
            return self._media(media, trail)
        if isinstance(value, type) or (callable(value) and hasattr(value, "__qualname__")):
            return f"{value.__module__}.{value.__qualname__}"
        if hasattr(type(value), "__members__"):  # an enum
            return self._plain(value.value, trail, nested=nested)
        if hasattr(value, "isoformat") or isinstance(value, os.PathLike):
            return self._text(value.isoformat() if hasattr(value, "isoformat") else os.fspath(value))
        if hasattr(value, "__float__"):
            return number(_float(value))
        return self._as_text(value)

    def _as_text(self, value: object) -> str:
        kind = type(value).__name__
        stand_in = text(value[:LONGEST_STAND_IN] if isinstance(value, (bytes, bytearray)) else value)[:LONGEST_STAND_IN]
        self._troubles.tell(f"type:{kind}", f"a {kind} is no JSON value; it is written as text")
        return stand_in


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


def is_list(value: object) -> bool:
    """Whether the value is a sequence or a set of values."""
    return isinstance(value, (Sequence, AbstractSet)) and not isinstance(value, (bytes, bytearray, memoryview))


def text(value: object) -> str:
    """The value as text that UTF-8 can hold."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    plain = str.__str__(value) if isinstance(value, str) else str(value)  # an enum of strings is its value
    return plain if plain.isascii() else plain.encode("utf-8", "replace").decode()


def number(value: float | None) -> object:
    """The number as JSON has it: NaN and infinities as strings, integers beyond 64 bits as floats."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        value = int.__index__(value)  # a plain one, whatever a subclass makes of its methods
        if SMALLEST_INTEGER <= value <= LARGEST_INTEGER:
            return value
        try:
            return float(value)
        except OverflowError:
            return INFINITY if value > 0 else NEGATIVE_INFINITY
    value = float.__float__(value)
    if isfinite(value):
        return value
    return NAN if isnan(value) else INFINITY if value > 0 else NEGATIVE_INFINITY


def _float(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:  # a fraction of huge integers
        return float("inf") if value > 0 else float("-inf")


def _ordered(values: Iterable[object]) -> Iterable[object]:
    """The values in an order that does not change from run to run."""
    if not isinstance(values, AbstractSet):
        return values
    try:
        return sorted(values)
    except Exception:  # noqa: BLE001 # of whatever compares itself
        return sorted(values, key=str)
