"""The summary of a run: one value for each key, the last one logged unless it was set by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reportgen.logger.attributes import Attributes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Write = Callable[[Mapping[object, object]], Mapping[str, object]]
"""Writes values to the run log and returns them flat and clean."""


class Summary(Attributes):
    """Values by key. Nested mappings become dotted keys."""

    __slots__ = ("_logged", "_set", "_write")

    def __init__(self, logged: dict[str, Any], write: Write) -> None:
        self._keep("_logged", logged)
        self._keep("_set", {})
        self._keep("_write", write)

    def __getitem__(self, key: str) -> Any:
        return self._set[key] if key in self._set else self._logged[key]

    def __setitem__(self, key: str, value: object) -> None:
        self.update({key: value})

    def update(self, values: Mapping[Any, object] | None = None, /, **more: object) -> None:
        """Set several values by hand."""
        self._set.update(self._write({**(values or {}), **more}))

    def as_dict(self) -> dict[str, Any]:
        """A copy as a plain dictionary."""
        return {**self._logged, **self._set}
