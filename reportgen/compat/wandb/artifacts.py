"""The artifacts of a folder of projects as wandb's Api gives them: the logger's own, found without a run."""

from contextlib import suppress
from pathlib import Path

from reportgen.errors import ArtifactError, UsageError
from reportgen.logger.artifacts.artifact import Artifact
from reportgen.logger.artifacts.names import ArtifactName, parse_name, safe_artifact_name
from reportgen.logger.artifacts.store import ArtifactStore, find_version
from reportgen.logger.settings import safe_name
from reportgen.model import Run

LOGGED, USED = "log", "use"


def find_artifact(folder: Path, name: str, project: str, kind: str | None = None) -> Artifact:
    """The version that a name leads to.

    Args:
        folder: holds the projects.
        name: ``[[entity/]project/]name[:version or alias]``.
        project: what it belongs to when it names no project.
        kind: the type that it has to be of.

    Raises:
        ArtifactError: there is none.
        UsageError: it is of another type.
    """
    wanted = parse_name(name, project)
    found = _bound(folder, wanted)
    if kind is not None and found.type != kind:
        raise UsageError(
            f"{found.name} is of type {found.type!r}, not {kind!r}",
            where="Api.artifact",
            remedy=f"Ask for type={found.type!r}, or leave the type out.",
        )
    return found


def versions_of(folder: Path, name: str, project: str) -> list[Artifact]:
    """All versions of an artifact, the newest first."""
    wanted = parse_name(name, project)
    store = ArtifactStore(str(folder), wanted.project)
    found = store.collection(wanted.name).versions()
    return [Artifact(wanted.name, "").bind(store, version) for version in reversed(found)]


def artifacts_of(run: Run, action: str) -> list[Artifact]:
    """The versions that a run logged or used, in the order of its log, each once. Deleted ones are left out."""
    project = run.folder.parent
    names = dict.fromkeys(
        (safe_name(record.project) or project.name, safe_artifact_name(record.name), record.version)
        for record in run.artifact_records
        if record.action == action
    )
    found = []
    for name in names:
        with suppress(ArtifactError):
            found.append(_bound(project.parent, ArtifactName(*name)))
    return found


def _bound(folder: Path, name: ArtifactName) -> Artifact:
    store, version = find_version(str(folder), name)
    return Artifact(name.name, "").bind(store, version)
