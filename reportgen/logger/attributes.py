"""Mappings whose keys are attributes too: ``run.config.lr`` is ``run.config["lr"]``."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Attributes(Mapping[str, "Any"]):
    """A mapping that can be read and set by item and by attribute.

    A key that is also the name of a method, such as ``items``, is reached by item only. Subclasses keep their own
    state in ``__slots__`` whose names begin with an underscore, set through `_keep`.
    """

    __slots__ = ()

    @abstractmethod
    def __setitem__(self, key: str, value: object) -> None: ...

    @abstractmethod
    def as_dict(self) -> dict[str, Any]:
        """A copy as plain dictionaries."""

    def _keep(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)  # copy and pickle ask for such names before there is a state
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"no key {name!r}") from None

    def __setattr__(self, name: str, value: object) -> None:
        self[name] = value

    def __delitem__(self, key: str) -> None:
        raise TypeError(f"{key!r} cannot be deleted: what was decided stays on record")

    def __delattr__(self, name: str) -> None:
        try:
            del self[name]
        except KeyError:
            raise AttributeError(f"no key {name!r}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.as_dict())

    def __len__(self) -> int:
        return len(self.as_dict())

    def __repr__(self) -> str:
        return repr(self.as_dict())


class Static(Attributes):
    """Values that can only be read, such as ``run.config_static``."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._keep("_values", dict(values))

    def __getitem__(self, key: str) -> Any:
        value = self._values[key]
        return Static(value) if isinstance(value, dict) else value

    def __setitem__(self, key: str, value: object) -> None:
        raise AttributeError(f"config_static cannot be changed; set run.config[{key!r}]")

    def as_dict(self) -> dict[str, Any]:
        """A copy as plain dictionaries."""
        return {
            key: Static(value).as_dict() if isinstance(value, dict) else value for key, value in self._values.items()
        }
