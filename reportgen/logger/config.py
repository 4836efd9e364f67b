"""The configuration of a run: what was decided before training."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reportgen.errors import UsageError
from reportgen.logger.attributes import Attributes
from reportgen.logger.values import mapping_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Changed = Callable[[str], None]
"""Called with the top-level key that changed."""


class Config(Attributes):
    """Settings by name, nested as given. Every change is written to the run log.

    A mapping set over a mapping is merged into it, as the reader of the run log does.
    """

    __slots__ = ("_changed", "_values")

    def __init__(self, values: dict[str, Any], changed: Changed) -> None:
        self._keep("_values", values)
        self._keep("_changed", changed)

    def __getitem__(self, key: str) -> Any:
        value = self._values[str(key)]
        if isinstance(value, dict):
            changed = self._changed
            return Config(value, lambda _: changed(key))
        return value

    def __setitem__(self, key: str, value: object) -> None:
        merge(self._values, {key: value})
        self._changed(str(key))

    def update(self, values: object = None, /, *, allow_val_change: bool = True, **more: object) -> None:
        """Set several values, given as a mapping, an argparse namespace, a dataclass or keywords.

        Args:
            values: what to set.
            allow_val_change: taken for scripts written for wandb; values may always change.
            more: further values by keyword.
        """
        del allow_val_change
        for key, value in {**settings_of(values), **more}.items():
            self[key] = value

    def setdefaults(self, values: object) -> None:
        """Set the values whose keys are not there yet."""
        self.update({key: value for key, value in settings_of(values).items() if str(key) not in self._values})

    def as_dict(self) -> dict[str, Any]:
        """A copy as plain dictionaries."""
        copy: dict[str, Any] = {}
        merge(copy, self._values)
        return copy


def settings_of(values: object) -> Mapping[Any, Any]:
    """The values of a mapping, a namespace or a dataclass."""
    if values is None:
        return {}
    found = mapping_of(values)
    if found is None:
        remedy = "Give a dict, an argparse namespace or a dataclass."
        raise UsageError(f"a {type(values).__name__} is no configuration", where="config", remedy=remedy)
    return found


def merge(target: dict[str, Any], source: Mapping[Any, Any]) -> None:
    """Set the values of ``source`` in ``target``, mappings key by key; nothing of ``source`` is shared."""
    for key, value in source.items():
        inner = mapping_of(value)
        if inner is None:
            target[str(key)] = value
            continue
        place = target.get(str(key))
        if not isinstance(place, dict):
            place = target[str(key)] = {}
        merge(place, inner)
