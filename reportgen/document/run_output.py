"""What a run left behind: console output, files and changed code."""

from dataclasses import dataclass

from reportgen.document.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Console:
    """Console output. ``tail`` is the end of it as plain text; ``data`` the dataset with all of it."""

    id: str
    lines: int
    tail: str
    data: Dataset | None = None


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A saved file: its name, size in bytes, SHA-256 and its copy in the site (empty: not published)."""

    path: str
    size: int
    sha256: str = ""
    uri: str = ""


@dataclass(frozen=True, slots=True)
class FileList:
    """Files of a run."""

    id: str
    files: tuple[FileEntry, ...]


@dataclass(frozen=True, slots=True)
class PatchLine:
    """A line of a patch: ``kind`` is ``add``, ``remove``, ``context`` or ``hunk``; 0 for no line number."""

    kind: str
    old: int
    new: int
    text: str


@dataclass(frozen=True, slots=True)
class PatchFile:
    """One file of a patch, with how many lines it adds and removes."""

    path: str
    added: int
    removed: int
    lines: tuple[PatchLine, ...]


@dataclass(frozen=True, slots=True)
class Patch:
    """Uncommitted changes of a run's code, and the commands that bring the code back."""

    id: str
    recipe: str
    files: tuple[PatchFile, ...]
    download: str = ""
