"""Mappings and sequences that know what is in them, and read it when it is asked for. Nothing is kept."""

from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar, overload

Value_co = TypeVar("Value_co", covariant=True)


class LazyMapping(Mapping[str, Value_co], Generic[Value_co]):
    """A mapping whose values are loaded one by one, each time anew.

    It can be pickled when ``load`` can.

    Args:
        keys: in order.
        load: the value of one of them.
    """

    __slots__ = ("_keys", "_load")

    def __init__(self, keys: tuple[str, ...], load: Callable[[str], Value_co]) -> None:
        self._keys = _shared_keys(keys)
        self._load = load

    def __getitem__(self, key: str) -> Value_co:
        if key not in self._keys:
            raise KeyError(key)
        return self._load(key)

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def keys(self) -> KeysView[str]:
        """The keys, without loading anything."""
        return self._keys.keys()

    def __repr__(self) -> str:
        return f"LazyMapping({list(self._keys)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return LazyMapping, (tuple(self._keys), self._load)


@lru_cache(maxsize=256)
def _shared_keys(keys: tuple[str, ...]) -> dict[str, None]:
    """The keys as a dict that mappings with the same ones have in common; nobody changes it."""
    return dict.fromkeys(keys)


class LoadedMapping(Mapping[str, Any]):
    """A mapping that is loaded as a whole, each time anew.

    It can be pickled when ``load`` can.
    """

    __slots__ = ("_load",)

    def __init__(self, load: Callable[[], Mapping[str, Any]]) -> None:
        self._load = load

    def __getitem__(self, key: str) -> Any:
        return self._load()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._load())

    def __len__(self) -> int:
        return len(self._load())

    def keys(self) -> KeysView[str]:
        """The keys."""
        return self._load().keys()

    def items(self) -> ItemsView[str, Any]:
        """Keys and values, loaded once."""
        return self._load().items()

    def __repr__(self) -> str:
        return f"LoadedMapping({dict(self._load())})"

    def __reduce__(self) -> tuple[Any, ...]:
        return LoadedMapping, (self._load,)


class LazySequence(Sequence[Value_co], Generic[Value_co]):
    """A sequence whose items are loaded all at once, each time anew.

    It can be pickled when ``load`` can.

    Args:
        length: how many there are.
        load: gives all of them.
    """

    __slots__ = ("_length", "_load")

    def __init__(self, length: int, load: Callable[[], Sequence[Value_co]]) -> None:
        self._length = length
        self._load = load

    @overload
    def __getitem__(self, place: int) -> Value_co: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Value_co]: ...
    def __getitem__(self, place: int | slice) -> Value_co | Sequence[Value_co]:
        return self._load()[place]

    def __iter__(self) -> Iterator[Value_co]:
        return iter(self._load() if self._length else ())

    def __len__(self) -> int:
        return self._length

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment] # as any container that is equal to others by what it holds

    def __repr__(self) -> str:
        return f"LazySequence({self._length})"

    def __reduce__(self) -> tuple[Any, ...]:
        return LazySequence, (self._length, self._load)
