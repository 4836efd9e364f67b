"""What the artifacts of a project are, as plain frozen values. Made by `reading`, part of the `model.Workspace`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ArtifactRecord:
    """The run logged (``log``) or used (``use``) a version of an artifact.

    Attributes:
        size: in bytes, None when unknown.
        project: the project that the artifact belongs to; empty for the run's own.
    """

    action: str
    time: float
    type: str
    name: str
    version: str
    digest: str = ""
    size: int | None = None
    aliases: tuple[str, ...] = ()
    project: str = ""


@dataclass(frozen=True, slots=True)
class ArtifactKey:
    """Which version of which artifact."""

    project: str
    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.project}/{self.name}:{self.version}"


@dataclass(frozen=True, slots=True)
class ArtifactFile:
    """An entry: its path in the artifact, size in bytes (None if unknown), SHA-256, or the URI of a reference."""

    path: str
    size: int | None
    sha256: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ArtifactVersion:
    """A version of an artifact, as it stands after all changes of its aliases and texts.

    Attributes:
        key: which one.
        digest: SHA-256 of its list of files.
        size: bytes of all files.
        count: how many entries it has.
        time: when it was logged; NaN if that is unknown.
        run: project and id of the run that logged it; empty texts if that is unknown.
        source: the version that this one links to; None when it has contents of its own.
        files: its entries by path, the first of them where there are very many; None when the list is not here.
        deleted: no name leads to it any more.
        left_out: what was to go into it and could not be read when it was logged.
    """

    key: ArtifactKey
    type: str
    digest: str
    size: int | None
    count: int
    time: float
    run: tuple[str, str] = ("", "")
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    description: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    source: ArtifactKey | None = None
    files: tuple[ArtifactFile, ...] | None = None
    deleted: bool = False
    left_out: tuple[str, ...] = ()
