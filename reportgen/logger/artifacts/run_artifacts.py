"""The artifacts of a run, as its methods: `Run.log_artifact`, `Run.use_artifact` and their kin."""

from __future__ import annotations

import os
from collections.abc import Iterable

from reportgen.errors import UsageError
from reportgen.logger.recorder import Recorder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportgen.logger.artifacts.artifact import Artifact

MODEL = "model"
REGISTRY = "model-registry"
"""The project that `Run.link_model` links to. It holds no runs."""


class RunArtifacts(Recorder):
    """Logs, uses and links artifacts."""

    def log_artifact(
        self,
        artifact_or_path: Artifact | str | os.PathLike[str],
        name: str | None = None,
        type: str | None = None,  # noqa: A002 # wandb's name
        aliases: str | Iterable[str] | None = None,
        tags: str | Iterable[str] | None = None,
    ) -> Artifact:
        """Log an artifact: keep its contents in the project and make a version of it.

        Content that equals an earlier version makes no new one; the aliases move to the version that is there.

        Args:
            artifact_or_path: an `Artifact`, a file, a folder or a URI.
            name: what it is called; by default ``run-<id>-<name of the file>``. An `Artifact` has its own name.
            type: what it is, such as ``dataset``; by default ``unspecified``. An `Artifact` has its own type.
            aliases: words that lead to this version; ``latest`` always does.
            tags: words to find it by.

        Returns:
            The artifact; still a draft if it could not be logged.
        """
        from reportgen.logger.artifacts.artifact import Artifact

        artifact = artifact_or_path if isinstance(artifact_or_path, Artifact) else None
        with self._troubles.guard(f"log_artifact:{artifact_or_path}", f"cannot log the artifact {artifact_or_path}"):
            from reportgen.logger.artifacts.names import alias_list
            from reportgen.logger.artifacts.records import artifact_of, log
            from reportgen.logger.settings import tag_list

            artifact = artifact_of(self, artifact_or_path, name, type)
            if self._may_log(artifact):
                log(self, artifact, alias_list(aliases), tag_list(tags or ()))
        return artifact or Artifact(name or str(artifact_or_path), type or "")

    def use_artifact(
        self,
        artifact_or_name: Artifact | str,
        type: str | None = None,  # noqa: A002 # wandb's name
        aliases: str | Iterable[str] | None = None,
        use_as: str | None = None,
    ) -> Artifact:
        """Use an artifact: find the version, and record that this run builds on it.

        Args:
            artifact_or_name: ``name:alias``, ``project/name:v3`` or an `Artifact`; a draft is logged first. Without an
                alias the latest version is meant. Projects are those in the same folder; an entity is ignored.
            type: what it has to be.
            aliases: words that lead to this version from now on.
            use_as: has no meaning here.

        Returns:
            The artifact.

        Raises:
            ArtifactError: there is none of this name. The script cannot go on without it, so this is raised although
                the run is not strict.
            UsageError: it is of another type.
        """
        del use_as
        from reportgen.logger.artifacts.artifact import Artifact
        from reportgen.logger.artifacts.names import alias_list
        from reportgen.logger.artifacts.records import find, use

        if self._active:
            return use(self, artifact_or_name, type, alias_list(aliases))
        found = artifact_or_name
        return found if isinstance(found, Artifact) else find(self, found)

    def link_artifact(
        self, artifact: Artifact, target_path: str, aliases: str | Iterable[str] | None = None
    ) -> Artifact | None:
        """Give a version a further name, such as one in a registry. Its contents stay where they are.

        Args:
            artifact: a version; a draft is logged first.
            target_path: ``[project/]name``. The project need not have runs: ``model-registry/digits-net``.
            aliases: words that lead to it there; ``latest`` always does.

        Returns:
            The linked version; None if it could not be linked.
        """
        with self._troubles.guard(f"link:{target_path}", f"cannot link an artifact as {target_path}"):
            from reportgen.logger.artifacts.records import link, log

            if self._may_log(artifact):
                if artifact.is_draft():
                    log(self, artifact, (), ())
                return link(artifact, target_path, aliases)
        return None

    def upsert_artifact(
        self,
        artifact_or_path: Artifact | str | os.PathLike[str],
        name: str | None = None,
        type: str | None = None,  # noqa: A002 # wandb's name
        aliases: str | Iterable[str] | None = None,
        distributed_id: str | None = None,
    ) -> Artifact:
        """Contribute files to a version that several processes write and one of them ends with `finish_artifact`.

        Args:
            artifact_or_path: an `Artifact`, a file, a folder or a URI.
            name: as for `log_artifact`; the same in all processes.
            type: as for `log_artifact`.
            aliases: go to `finish_artifact`.
            distributed_id: what the processes have in common; by default the group of the run.

        Returns:
            The artifact, still a draft.
        """
        del aliases
        return self._distribute(artifact_or_path, name, type, distributed_id)

    def finish_artifact(
        self,
        artifact_or_path: Artifact | str | os.PathLike[str],
        name: str | None = None,
        type: str | None = None,  # noqa: A002 # wandb's name
        aliases: str | Iterable[str] | None = None,
        distributed_id: str | None = None,
    ) -> Artifact:
        """Make one version of what `upsert_artifact` has collected from all processes, and of these files.

        Args:
            artifact_or_path: an `Artifact`, a file, a folder or a URI.
            name: as for `log_artifact`.
            type: as for `log_artifact`.
            aliases: words that lead to the version.
            distributed_id: as for `upsert_artifact`.

        Returns:
            The artifact.
        """
        return self._distribute(artifact_or_path, name, type, distributed_id, finish=(aliases,))

    def log_model(
        self,
        path: str | os.PathLike[str],
        name: str | None = None,
        aliases: str | Iterable[str] | None = None,
    ) -> Artifact:
        """Log a model: an artifact of the type ``model``.

        Args:
            path: a file, a folder or a URI.
            name: what it is called; by default ``run-<id>-<name of the file>``.
            aliases: words that lead to this version.

        Returns:
            The artifact.
        """
        return self.log_artifact(path, name, MODEL, aliases)

    def use_model(self, name: str) -> str:
        """Use a model: like `use_artifact` and a download in one.

        Args:
            name: ``name:alias`` or ``project/name:v3``.

        Returns:
            The path of the file; of the folder if the model has more than one.

        Raises:
            ArtifactError: there is none of this name, or its contents are missing or damaged.
            UsageError: it is no model.
        """
        artifact = self.use_artifact(name)
        if MODEL not in artifact.type.lower():
            what = f"{artifact.name} is of type {artifact.type!r}, no model"
            raise UsageError(what, where="use_model", remedy="use_artifact takes any type.")
        return artifact.file() if artifact.file_count == 1 else artifact.download()

    def link_model(
        self,
        path: str | os.PathLike[str],
        registered_model_name: str,
        name: str | None = None,
        aliases: str | Iterable[str] | None = None,
    ) -> Artifact | None:
        """Log a model and link it into the registry, the project ``model-registry``.

        Args:
            path: a file, a folder or a URI.
            registered_model_name: what it is called in the registry.
            name: what it is called in the project; by default ``run-<id>-<name of the file>``.
            aliases: words that lead to it in the registry.

        Returns:
            The linked version; None if it could not be linked.
        """
        artifact = self.log_model(path, name)
        if artifact.is_draft():
            return None
        return self.link_artifact(artifact, f"{REGISTRY}/{registered_model_name}", aliases)

    def _distribute(
        self,
        given: Artifact | str | os.PathLike[str],
        name: str | None,
        kind: str | None,
        distributed_id: str | None,
        finish: tuple[str | Iterable[str] | None] | None = None,
    ) -> Artifact:
        from reportgen.logger.artifacts.artifact import Artifact

        artifact = given if isinstance(given, Artifact) else None
        with self._troubles.guard(f"distributed_artifact:{given}", f"cannot log the artifact {given}"):
            from reportgen.logger.artifacts.distributed import contribute, gather
            from reportgen.logger.artifacts.names import alias_list
            from reportgen.logger.artifacts.records import artifact_of, log
            from reportgen.logger.artifacts.surroundings import store_of

            key = distributed_id or str(getattr(self, "group", ""))
            if not key:
                remedy = "Give the run a group, or pass distributed_id."
                raise UsageError("nothing says which processes belong together", where="upsert_artifact", remedy=remedy)
            artifact = artifact_of(self, given, name, kind)
            if self._may_log(artifact):
                store = store_of(self.folder, self.project)
                if finish is None:
                    contribute(store, artifact, key)
                else:
                    gather(store, artifact, key)
                    log(self, artifact, alias_list(finish[0]), ())
        return artifact or Artifact(name or str(given), kind or "")

    def _may_log(self, artifact: Artifact) -> bool:
        if not self._active and not self.disabled:
            self._troubles.tell("inactive:artifact", f"{artifact.name} is not logged: the run is not going on here")
        return self._active
