"""The configuration of a run: what was decided before training."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reportgen.logger.attributes import Attributes
from reportgen.logger.config_source import entries, settings_of
from reportgen.logger.values import mapping_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

Write = Callable[[dict[str, "Any"]], None]
"""Writes changed values to the run log, nested as they are in the configuration."""
Change = Callable[[dict["Any", "Any"], "bool | None"], None]
"""Sets values of a part; the second argument as ``allow_val_change`` of `Config.update`."""
Tell = Callable[[str], None]
"""Hears the name of a value that becomes another one. Raises when strict."""


class Config(Attributes):
    """Settings by name, nested as given. Every change is written to the run log.

    A mapping set over a mapping is merged into it, as the reader of the run log does. A value that had another one
    before is changed all the same, but `tell` hears of it unless changes are allowed.
    """

    __slots__ = ("_tell", "_values", "_write")

    def __init__(self, values: dict[str, Any], write: Write, tell: Tell | None = None) -> None:
        self._keep("_values", values)
        self._keep("_write", write)
        self._keep("_tell", tell)

    def __getitem__(self, key: str) -> Any:
        value = self._values[str(key)]
        if isinstance(value, dict):
            return Nested(value, lambda changes, allow: self.update({key: changes}, allow))
        return value

    def __reduce__(self) -> tuple[Callable[..., Config], tuple[dict[str, Any]]]:
        """Copied or sent elsewhere, it is a configuration of no run."""
        return _of_no_run, (self.as_dict(),)

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
            for name in changed(self._values, changes):
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


class Nested(dict[str, "Any"]):
    """A dictionary inside of a configuration: what is set in it, by item or by attribute, is set there.

    It is a dictionary, so that whatever takes one takes it, and a copy: what is deleted in it stays in the
    configuration, as what was decided stays on record.
    """

    __slots__ = ("_change", "_values")

    def __init__(self, values: dict[str, Any], change: Change) -> None:
        object.__setattr__(self, "_values", values)
        object.__setattr__(self, "_change", change)
        self._read()

    def _read(self) -> None:
        for key, value in self._values.items():
            super().__setitem__(key, Nested(value, self._within(key)) if isinstance(value, dict) else value)

    def _within(self, key: str) -> Change:
        return lambda changes, allow: self._change({key: changes}, allow)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"no key {name!r}") from None

    def __missing__(self, key: object) -> Any:
        """Numbers as keys are texts once they are logged."""
        if isinstance(key, str) or str(key) not in self:
            raise KeyError(key)
        return self[str(key)]

    def __setattr__(self, name: str, value: object) -> None:
        self[name] = value

    def __setitem__(self, key: str, value: object) -> None:
        self.update({key: value})

    def __ior__(self, values: Any) -> Self:  # type: ignore[override,misc]  # whatever `update` takes
        self.update(values)
        return self

    def __reduce__(self) -> tuple[type[dict[str, Any]], tuple[dict[str, Any]]]:
        """Copied or sent elsewhere, it is a plain dictionary."""
        return dict, (self.as_dict(),)

    def update(self, values: object = None, /, allow_val_change: bool | None = None, **more: object) -> None:  # noqa: FBT001 # as that of `Config`
        """Set several values, as `Config.update` does."""
        self._change({**dict(entries(settings_of(values))), **more}, allow_val_change)
        self._read()

    def setdefault(self, key: str, default: object = None, /) -> Any:
        """The value of a key, which is set where it is missing."""
        if key not in self:
            self[key] = default
        return self[key]

    def setdefaults(self, values: object) -> None:
        """Set the values whose keys are not there yet."""
        self.update({key: value for key, value in entries(settings_of(values)) if str(key) not in self})

    def as_dict(self) -> dict[str, Any]:
        """A copy as plain dictionaries."""
        return {key: value.as_dict() if isinstance(value, Nested) else value for key, value in self.items()}


def _of_no_run(values: dict[str, Any]) -> Config:
    return Config(values, lambda _: None)


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
