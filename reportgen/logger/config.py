"""The configuration of a run: what was decided before training."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reportgen.logger.attributes import Attributes
from reportgen.logger.config_source import entries, settings_of
from reportgen.logger.values import mapping_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Write = Callable[[dict[str, "Any"]], None]
"""Writes changed values to the run log, nested as they are in the configuration."""
Tell = Callable[[str], None]
"""Hears the name of a value that becomes another one. Raises when strict."""


class Config(Attributes):
    """Settings by name, nested as given. Every change is written to the run log.

    A mapping set over a mapping is merged into it, as the reader of the run log does. A value that had another one
    before is changed all the same, but `tell` hears of it unless changes are allowed.
    """

    __slots__ = ("_prefix", "_tell", "_values", "_write")

    def __init__(self, values: dict[str, Any], write: Write, tell: Tell | None = None, prefix: str = "") -> None:
        self._keep("_values", values)
        self._keep("_write", write)
        self._keep("_tell", tell)
        self._keep("_prefix", prefix)

    def __getitem__(self, key: str) -> Any:
        value = self._values[str(key)]
        if isinstance(value, dict):
            write = self._write
            return Config(value, lambda inner: write({str(key): inner}), self._tell, f"{self._prefix}{key}.")
        return value

    def __setitem__(self, key: str, value: object) -> None:
        self.update({key: value})

    def update(self, values: object = None, /, allow_val_change: bool | None = None, **more: object) -> None:  # noqa: FBT001 # wandb's signature
        """Set several values, given as a mapping, a namespace, a dataclass, the path of a YAML file or keywords.

        Args:
            values: what to set.
            allow_val_change: values may change without a word; by default as `init` was told.
            more: further values by keyword.
        """
        changes: dict[str, Any] = {}
        merge(changes, {**dict(entries(settings_of(values))), **more})
        if not changes:
            return
        if not allow_val_change and self._tell is not None:
            for name in changed(self._values, changes, self._prefix):
                self._tell(name)
        merge(self._values, changes)
        self._write(changes)

    def setdefaults(self, values: object) -> None:
        """Set the values whose keys are not there yet."""
        self.update({key: value for key, value in entries(settings_of(values)) if str(key) not in self._values})

    def persist(self) -> None:
        """Write all values once more, such as after a list in them was changed in place."""
        self._write(self.as_dict())

    def as_dict(self) -> dict[str, Any]:
        """A copy as plain dictionaries."""
        copy: dict[str, Any] = {}
        merge(copy, self._values)
        return copy


def changed(values: Mapping[str, Any], changes: Mapping[str, Any], prefix: str = "") -> list[str]:
    """The dotted names of the values that would become others."""
    found: list[str] = []
    for key, after in changes.items():
        if key not in values:
            continue
        before = values[key]
        if isinstance(before, dict) and isinstance(after, dict):
            found += changed(before, after, f"{prefix}{key}.")
        elif not _same(before, after):
            found.append(f"{prefix}{key}")
    return found


def _same(one: object, other: object) -> bool:
    if one is other:
        return True
    try:
        return bool(one == other) or (isinstance(one, (list, tuple)) and [*one] == [*other])  # type: ignore[misc]
    except Exception:  # noqa: BLE001 # arrays, for one, have no single answer
        return repr(one) == repr(other)


def merge(target: dict[str, Any], source: Mapping[Any, Any]) -> None:
    """Set the values of ``source`` in ``target``, mappings key by key; nothing of ``source`` is shared."""
    for key, value in entries(source):
        inner = mapping_of(value)
        if inner is None:
            target[str(key)] = value
            continue
        place = target.get(str(key))
        if not isinstance(place, dict):
            place = target[str(key)] = {}
        merge(place, inner)
