"""Which artifact this is: its name, version, project, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.errors import UsageError
from reportgen.logger.artifacts.contents import Contents
from reportgen.logger.artifacts.manifest import Manifest
from reportgen.logger.settings import safe_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from reportgen.logger.artifacts.collection import Version
    from reportgen.logger.artifacts.store import ArtifactStore

PENDING, COMMITTED, DELETED = "PENDING", "COMMITTED", "DELETED"


class Identity(Contents):
    """The part of an artifact that says which one it is: a draft with a name, or a version in a store."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__()
        self._name = name
        self._type = kind
        self._store: ArtifactStore | None = None
        self._version: Version | None = None

    @property
    def type(self) -> str:
        """What it is: ``dataset``, ``model``."""
        return self._type

    @property
    def name(self) -> str:
        """The name; once logged with the version: ``digits-net:v3``."""
        return f"{self._name}:{self.version}" if self.version else self._name

    @property
    def collection_name(self) -> str:
        """The name without a version."""
        return self._name

    @property
    def version(self) -> str:
        """``v3``; empty while it is a draft."""
        return self._version.name if self._version else ""

    @property
    def state(self) -> str:
        """``PENDING`` as a draft, ``COMMITTED`` once logged, ``DELETED``."""
        if self._version is None:
            return PENDING
        return DELETED if self._version.record.get("deleted") else COMMITTED

    @property
    def project(self) -> str:
        """The project it belongs to; empty while it is a draft."""
        return self._store.project if self._store else ""

    @property
    def entity(self) -> str:
        """Always empty: here there are only projects."""
        return ""

    @property
    def qualified_name(self) -> str:
        """``digits/digits-net:v3``."""
        return f"{self.project}/{self.name}" if self.project else self.name

    @property
    def id(self) -> str | None:
        """What identifies this version; None while it is a draft."""
        return self.qualified_name if self._version else None

    @property
    def commit_hash(self) -> str:
        """The digest, under another of wandb's names."""
        return self.digest

    @property
    def created_at(self) -> str | None:
        """When it was logged, as ISO 8601 in UTC; None while it is a draft."""
        return self._time("time")

    @property
    def updated_at(self) -> str | None:
        """When it was logged: here a later change of an alias is no update."""
        return self._time("time")

    @property
    def history_step(self) -> int | None:
        """The step of the run when it was logged."""
        step = self._record().get("step")
        return step if isinstance(step, int) else None

    @property
    def is_link(self) -> bool:
        """Whether this is a version of another artifact, linked under this name."""
        return bool(self._record().get("source"))

    @property
    def source_project(self) -> str:
        """The project that a linked version comes from; else its own."""
        return str(self._source().get("project", self.project))

    @property
    def source_name(self) -> str:
        """The name of what a linked version links to: ``digits-net:v3``; else its own."""
        source = self._source()
        return f"{source.get('name')}:{source.get('version')}" if source else self.name

    @property
    def source_version(self) -> str:
        """The version of what a linked version links to; else its own."""
        return str(self._source().get("version", self.version))

    @property
    def source_qualified_name(self) -> str:
        """``digits/digits-net:v3`` of what a linked version links to; else its own."""
        return f"{self.source_project}/{self.source_name}"

    def is_draft(self) -> bool:
        """Whether it was not logged yet."""
        return self._version is None

    def __repr__(self) -> str:
        return f"<artifact {self.qualified_name} ({self.type})>"

    @property
    def stored(self) -> tuple[ArtifactStore, Version] | None:
        """Where it is; None while it is a draft."""
        return (self._store, self._version) if self._store and self._version else None

    def _record(self) -> Mapping[str, Any]:
        return self._version.record if self._version else {}

    def _source(self) -> Mapping[str, Any]:
        source = self._record().get("source")
        return source if isinstance(source, dict) else {}

    def _time(self, field: str) -> str | None:
        seconds = self._record().get(field)
        if not isinstance(seconds, (int, float)):
            return None
        from datetime import UTC, datetime

        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")

    def _require_draft(self) -> None:
        if self._version is not None:
            what = f"{self.name} was logged, and its files stay as they are"
            raise UsageError(what, where="Artifact", remedy="Change artifact.new_draft() and log that.")

    def _load_manifest(self) -> Manifest:
        if self._store is None or self._version is None:
            return Manifest()
        store = self._store
        source = self._source().get("project")
        if isinstance(source, str):
            from reportgen.logger.artifacts.store import ArtifactStore

            store = ArtifactStore(store.root, safe_name(source))
        return store.manifest(self._version.digest)
