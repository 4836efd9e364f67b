"""What a run is and where it lies, as its properties."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.logger.attributes import Static
from reportgen.logger.config import Config
from reportgen.logger.recorder import Recorder
from reportgen.schema import UPDATE

TYPE_CHECKING = False


class Identity(Recorder):
    """The properties of a run that its settings decide.

    Attributes:
        start_time: when it began, in seconds since the epoch.
    """

    config: Config
    start_time: float

    @property
    def entity(self) -> str:
        """Whose run it is; empty unless it was given."""
        return str(self.settings.entity)

    @property
    def path(self) -> str:
        """``entity/project/id``, or ``project/id`` without an entity."""
        return "/".join(part for part in (self.entity, self.project, self.id) if part)

    @property
    def sync_dir(self) -> str:
        """The run folder. Files to show with the run belong into `Run.dir`, which is below it."""
        return self.folder

    @property
    def config_static(self) -> Static:
        """The configuration as it is now, for reading only."""
        return Static(self.config.as_dict())

    @property
    def offline(self) -> bool:
        """Whether the run was asked to stay offline. All runs do; this one said so."""
        return self.settings.offline

    @property
    def sweep_id(self) -> str | None:
        """The sweep that the run belongs to, from ``REPORTGEN_SWEEP_ID``."""
        return self.settings.sweep_id or None

    @property
    def url(self) -> str | None:
        """None: there is no server that would have a page of the run."""
        return None

    @property
    def project_url(self) -> str | None:
        """None, as `url`."""
        return None

    @property
    def sweep_url(self) -> str | None:
        """None, as `url`."""
        return None

    def pin_config_keys(self, keys: Iterable[str] = ()) -> None:
        """Show some keys of the configuration first on the page of the run, in this order.

        Args:
            keys: top-level keys; they replace those that were pinned before.
        """
        names = [keys] if isinstance(keys, str) else [str(key) for key in keys]
        self._record(UPDATE, {"pinned_config": names})

    def _label(self, *_: object, **__: object) -> None:
        """Frameworks say by this which of them logs. It is in their run's configuration anyway."""
