"""What a run logged and used besides rows: versions of artifacts."""

from dataclasses import dataclass

from reportgen.artifacts import ArtifactFile
from reportgen.document.text import Link


@dataclass(frozen=True, slots=True)
class ArtifactItem:
    """A version of an artifact as a run's page shows it.

    Attributes:
        id: its anchor.
        project: named where it is another one than the run's.
        description: HTML that was made safe already.
        metadata: (key, short text, full text).
        files: its entries, or the first of them.
        count: how many entries there are; None if that is unknown.
        logged_by: the run that logged it; None if that is the run of the page or unknown.
        used_by: the runs that used it, without the run of the page.
        linked_as: names that it was linked under.
        links_to: what it is a link to; empty for a version with contents of its own.
        note: what a reader has to know about it.
    """

    id: str
    name: str
    version: str
    type: str
    project: str = ""
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    size: int | None = None
    digest: str = ""
    description: str = ""
    metadata: tuple[tuple[str, str, str], ...] = ()
    files: tuple[ArtifactFile, ...] = ()
    count: int | None = None
    logged_by: Link | None = None
    used_by: tuple[Link, ...] = ()
    linked_as: tuple[str, ...] = ()
    links_to: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ArtifactList:
    """The artifacts that a run logged, or those that it used."""

    id: str
    title: str
    artifacts: tuple[ArtifactItem, ...]
    note: str = ""
