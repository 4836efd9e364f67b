"""Which runs logged and used which versions of artifacts: the ways from run to run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from reportgen import schema
from reportgen.artifacts import ArtifactKey, ArtifactRecord, ArtifactVersion
from reportgen.model import Run, Workspace

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Lineage:
    """The artifacts of a workspace and the runs around them. A link counts as what it links to.

    Attributes:
        versions: every version that is in the workspace.
        loggers: version -> the runs that logged it, oldest first.
        users: version -> the runs that used it, oldest first.
        links: version -> the names that it was linked under.
        logged: run -> the versions that it logged.
        used: run -> the versions that it used.
    """

    versions: Mapping[ArtifactKey, ArtifactVersion]
    loggers: Mapping[ArtifactKey, tuple[Run, ...]]
    users: Mapping[ArtifactKey, tuple[Run, ...]]
    links: Mapping[ArtifactKey, tuple[str, ...]]
    logged: Mapping[Run, tuple[ArtifactKey, ...]] = field(default_factory=dict)
    used: Mapping[Run, tuple[ArtifactKey, ...]] = field(default_factory=dict)

    def key(self, run: Run, record: ArtifactRecord) -> ArtifactKey:
        """The version that a record of a run means."""
        return self.source(ArtifactKey(record.project or run.project, record.name, record.version))

    def source(self, key: ArtifactKey) -> ArtifactKey:
        """What a version links to; itself if it is no link."""
        version = self.versions.get(key)
        return version.source if version is not None and version.source is not None else key


@lru_cache(maxsize=1)
def lineage_of(workspace: Workspace) -> Lineage:
    """The lineage of a workspace, worked out once for all its pages."""
    versions = {version.key: version for version in workspace.artifacts}
    links: dict[ArtifactKey, list[str]] = {}
    for version in workspace.artifacts:
        if version.source is not None and not version.deleted:
            links.setdefault(version.source, []).append(str(version.key))
    known = Lineage(versions, {}, {}, {key: tuple(names) for key, names in links.items()})
    loggers: dict[ArtifactKey, dict[Run, None]] = {}
    users: dict[ArtifactKey, dict[Run, None]] = {}
    logged: dict[Run, dict[ArtifactKey, None]] = {}
    used: dict[Run, dict[ArtifactKey, None]] = {}
    log = schema.ARTIFACT_ACTIONS[0]
    for run in (run for project in workspace.projects for run in project.runs):
        for record in run.artifact_records:
            members, keys = (loggers, logged) if record.action == log else (users, used)
            key = known.key(run, record)
            members.setdefault(key, {})[run] = None
            keys.setdefault(run, {})[key] = None
    return Lineage(versions, _lists(loggers), _lists(users), known.links, _lists(logged), _lists(used))


def _lists(found: Mapping[_Key, Mapping[_Value, None]]) -> dict[_Key, tuple[_Value, ...]]:
    return {key: tuple(members) for key, members in found.items()}
