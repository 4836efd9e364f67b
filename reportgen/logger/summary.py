"""The summary of a run: one value for each key, the last one logged unless it was set by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from reportgen.logger.attributes import Attributes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Write = Callable[[Mapping[object, object]], Mapping[str, object]]
"""Writes values to the run log and returns them flat and clean."""
Remove = Callable[[Iterable[str]], None]
"""Writes to the run log that keys are gone."""


class Summary(Attributes):
    """Values by key. Nested mappings become dotted keys, which can be reached step by step as well.

    A key that was deleted stays away, also when it is logged again, until it is set by hand: the reader of the run log
    cannot know which came first.
    """

    __slots__ = ("_logged", "_remove", "_removed", "_set", "_write")

    def __init__(
        self,
        logged: dict[str, Any],
        write: Write,
        remove: Remove,
        by_hand: Mapping[str, Any] | None = None,
        removed: Iterable[str] = (),
    ) -> None:
        self._keep("_logged", logged)
        self._keep("_set", dict(by_hand or {}))
        self._keep("_removed", set(removed))
        self._keep("_write", write)
        self._keep("_remove", remove)

    def __getitem__(self, key: str) -> Any:
        if key in self._set:
            return self._set[key]
        if key in self._logged and key not in self._removed:
            return self._logged[key]
        return _part(self, f"{key}.")

    def __setitem__(self, key: str, value: object) -> None:
        self.update({key: value})

    def __delitem__(self, key: str) -> None:
        gone = [name for name in self.as_dict() if name == key or name.startswith(f"{key}.")]
        if not gone:
            raise KeyError(key)
        for name in gone:
            self._set.pop(name, None)
        self._removed.update(gone)
        self._remove(gone)

    def update(self, values: Mapping[Any, object] | None = None, /, **more: object) -> None:
        """Set several values by hand."""
        flat = self._write({**(values or {}), **more})
        self._removed.difference_update(flat)
        self._set.update(flat)

    def as_dict(self) -> dict[str, Any]:
        """A copy as a plain dictionary with dotted keys."""
        values = {**self._logged, **self._set}
        return {key: value for key, value in values.items() if key in self._set or key not in self._removed}


class SummaryPart(Attributes):
    """The values of a summary below one key."""

    __slots__ = ("_prefix", "_whole")

    def __init__(self, whole: Summary, prefix: str) -> None:
        self._keep("_whole", whole)
        self._keep("_prefix", prefix)

    def __getitem__(self, key: str) -> Any:
        return self._whole[f"{self._prefix}{key}"]

    def __setitem__(self, key: str, value: object) -> None:
        self.update({key: value})

    def __delitem__(self, key: str) -> None:
        del self._whole[f"{self._prefix}{key}"]

    def update(self, values: Mapping[Any, object] | None = None, /, **more: object) -> None:
        """Set several values by hand."""
        self._whole.update({f"{self._prefix}{key}": value for key, value in {**(values or {}), **more}.items()})

    def as_dict(self) -> dict[str, Any]:
        """A copy as a plain dictionary with dotted keys."""
        cut, values = len(self._prefix), self._whole.as_dict()
        return {key[cut:]: value for key, value in values.items() if key.startswith(self._prefix)}


def _part(whole: Summary, prefix: str) -> SummaryPart:
    part = SummaryPart(whole, prefix)
    if not part:
        raise KeyError(prefix[:-1])
    return part
