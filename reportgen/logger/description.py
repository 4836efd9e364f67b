"""What people say about a run: its name, tags, notes, group and job type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reportgen.logger.recorder import Recorder
from reportgen.logger.settings import tag_list
from reportgen.schema import UPDATE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Description(Recorder):
    """The descriptive fields of a run. What may change is written to the run log when it does."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self._fields: dict[str, Any] = dict(fields)

    def _set_field(self, field: str, value: object) -> None:
        self._fields[field] = value
        self._record(UPDATE, {field: value})

    @property
    def name(self) -> str:
        """What people call the run; its id unless a name was given."""
        return str(self._fields["name"])

    @name.setter
    def name(self, name: str) -> None:
        self._set_field("name", str(name))

    @property
    def tags(self) -> tuple[str, ...]:
        """Words to find the run by."""
        return tuple(self._fields.get("tags", ()))

    @tags.setter
    def tags(self, tags: Iterable[str]) -> None:
        self._set_field("tags", list(tag_list(tags)))

    @property
    def notes(self) -> str:
        """Markdown about the run."""
        return str(self._fields.get("notes", ""))

    @notes.setter
    def notes(self, notes: str) -> None:
        self._set_field("notes", str(notes))

    @property
    def group(self) -> str:
        """Name shared by the runs that belong together."""
        return str(self._fields.get("group", ""))

    @property
    def job_type(self) -> str:
        """What the run does in its group: train, eval."""
        return str(self._fields.get("job_type", ""))
