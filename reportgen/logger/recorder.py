"""What the parts of a run share: where it is, and how a record reaches its log."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping

from reportgen.logger.settings import Settings
from reportgen.logger.troubles import Troubles
from reportgen.logger.values import Cleaner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Recorder(ABC):
    """The ground under `Run`, whose parts are classes of one idea each: its description, its files, its artifacts.

    Attributes:
        id: name of the run's folder.
        project: name of the project's folder.
        folder: absolute path of the run folder.
        settings: what it was asked for, complete.
    """

    id: str
    project: str
    folder: str
    settings: Settings
    _troubles: Troubles
    _cleaner: Cleaner

    @property
    @abstractmethod
    def step(self) -> int:
        """The step of the next row."""

    @property
    @abstractmethod
    def disabled(self) -> bool:
        """Whether the run does nothing."""

    @property
    def troubles(self) -> Troubles:
        """Who hears of what goes wrong."""
        return self._troubles

    @property
    @abstractmethod
    def _active(self) -> bool:
        """Whether the run is going on in this process, so that what it is given is written."""

    @abstractmethod
    def log(self, data: Mapping[str, Any], step: int | None = None, commit: bool | None = None) -> None:  # noqa: FBT001 # wandb's signature
        """Log a row, see `Run.log`."""

    @abstractmethod
    def _record(self, kind: str, fields: Mapping[str, object]) -> None:
        """Write a record of one of `schema.RECORD_KINDS`, unless the run is not active. Raises only when strict."""

    def write_record(self, kind: str, fields: Mapping[str, object]) -> None:
        """As `_record`, for what works on a run from outside."""
        self._record(kind, fields)
