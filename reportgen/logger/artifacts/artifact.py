"""`Artifact`: a named, versioned set of files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reportgen.errors import UsageError
from reportgen.logger.artifacts.delivery import Delivery
from reportgen.logger.artifacts.names import safe_artifact_name
from reportgen.logger.artifacts.surroundings import guard

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import timedelta
    from typing import Any, Self

    from reportgen.logger.artifacts.collection import Version
    from reportgen.logger.artifacts.lineage import LineageRun
    from reportgen.logger.artifacts.store import ArtifactStore
    from reportgen.logger.artifacts.ttl import ArtifactTTL


class Artifact(Delivery):
    """A named set of files that runs log and use. What is logged becomes a version: ``v0``, ``v1``, and so on.

    Until it is logged it is a draft that files go into. Afterwards its files stay as they are; aliases, tags,
    description, metadata and ttl may still be set, and `save` writes them.

    Args:
        name: what it is called; characters that a folder name could trip over are replaced.
        type: what it is: ``dataset``, ``model``. All versions have the same.
        description: Markdown about it.
        metadata: values by name.
        incremental: the new version has the files of the latest one as well.
        use_as: has no meaning here.

    Attributes:
        description: Markdown about it.
        metadata: values by name.
        aliases: words that lead to this version.
        tags: words to find it by.
        ttl: how long it is wanted; recorded, and nothing is deleted by it.
        incremental: whether the new version has the files of the latest one as well.
        use_as: as given.
    """

    def __init__(  # noqa: PLR0913, PLR0917 # wandb's signature
        self,
        name: str,
        type: str,  # noqa: A002 # wandb's name
        description: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        incremental: bool = False,  # noqa: FBT001, FBT002
        use_as: str | None = None,
    ) -> None:
        super().__init__(safe_artifact_name(str(name)), str(type))
        self.description = description
        self.metadata: dict[str, Any] = dict(metadata or {})
        self.aliases: list[str] = []
        self.tags: list[str] = []
        self.ttl: timedelta | ArtifactTTL | None = None
        self.incremental = incremental
        self.use_as = use_as

    def finalize(self) -> None:
        """Does nothing: logging an artifact finalises it."""

    def wait(self, timeout: float | None = None) -> Self:
        """Return the artifact: what was logged is on disk already.

        Args:
            timeout: has no meaning here.
        """
        del timeout
        return self

    def save(self, project: str | None = None, settings: object = None) -> None:
        """Log a draft to the current run; of a logged artifact write what was changed.

        Args:
            project: has no meaning here: an artifact belongs to the project of its run.
            settings: has no meaning here.
        """
        del project, settings
        from reportgen.logger.artifacts.records import save

        with guard(f"artifact:{self._name}", f"cannot save the artifact {self._name}"):
            save(self)

    def new_draft(self) -> Artifact:
        """A draft with the files of this version, to add to, remove from and log as a further version."""
        draft = Artifact(self._name, self._type, self.description, self.metadata)
        draft.manifest.entries.update(self.manifest.entries)
        return draft

    def link(self, target_path: str, aliases: str | Iterable[str] | None = None) -> Artifact | None:
        """Give this version a further name, such as one in a registry, see `Run.link_artifact`.

        Args:
            target_path: ``[project/]name``.
            aliases: words that lead to it there.
        """
        from reportgen.logger.artifacts.records import link

        with guard(f"link:{target_path}", f"cannot link {self.name} as {target_path}"):
            return link(self, target_path, aliases)
        return None

    def unlink(self) -> None:
        """Take a linked version out of the name that it was linked under. What it links to stays."""
        with guard(f"unlink:{self.name}", f"cannot unlink {self.name}"):
            if not self.is_link:
                raise UsageError(f"{self.name} is no link", where="Artifact.unlink", remedy="Use delete().")
            self._change({"deleted": True})

    def delete(self, delete_aliases: bool = False) -> None:  # noqa: FBT001, FBT002
        """Delete the version: no name leads to it any more. Contents stay on disk, as other versions may share them.

        Args:
            delete_aliases: delete it although aliases other than ``latest`` lead to it.
        """
        with guard(f"delete:{self.name}", f"cannot delete {self.name}"):
            from reportgen.logger.artifacts.names import LATEST

            kept = [alias for alias in self.aliases if alias != LATEST]
            if kept and not delete_aliases:
                what = f"{self.name} is known as {', '.join(kept)}"
                raise UsageError(what, where="Artifact.delete", remedy="Pass delete_aliases=True.")
            self._change({"deleted": True})

    def logged_by(self) -> LineageRun | None:
        """The run that logged it; None while it is a draft."""
        run = self._record().get("run")
        if self._store is None or not isinstance(run, dict):
            return None
        from reportgen.logger.artifacts.lineage import LineageRun

        return LineageRun(self._store.root, str(run.get("project")), str(run.get("id")))

    def used_by(self) -> list[LineageRun]:
        """The runs that used it, as far as their logs lie in the same folder."""
        if self._store is None:
            return []
        from reportgen.logger.artifacts.lineage import users

        return users(self._store.root, self.project, self._name, self.version)

    def bind(self, store: ArtifactStore, version: Version) -> Self:
        """Become a version of a store: what `records` does when it logs or finds one."""
        record = version.record
        self._store, self._version, self._manifest = store, version, None
        self._type = str(record.get("type", ""))
        description, metadata, tags = (record.get(field) for field in ("description", "metadata", "tags"))
        self.description = description if isinstance(description, str) else None
        self.metadata = dict(metadata) if isinstance(metadata, dict) else {}
        self.tags = [str(tag) for tag in tags] if isinstance(tags, list) else []
        self.aliases = list(version.aliases)
        if isinstance(record.get("ttl"), (int, float)):
            from datetime import timedelta

            self.ttl = timedelta(seconds=record["ttl"])
        return self

    def _change(self, fields: Mapping[str, object]) -> None:
        if self._store is None or self._version is None:
            raise UsageError(f"{self.name} was not logged yet", where="Artifact")
        self._store.collection(self._name).change(self.version, fields)
        self._version.record.update(fields)
