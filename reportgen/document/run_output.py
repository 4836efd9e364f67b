"""What a run left behind: console output, files and changed code."""

from dataclasses import dataclass

from reportgen.document.dataset import Dataset


@dataclass(frozen=True, slots=True)
class ConsolePart:
    """Some lines of a console that follow each other, and the number of the first, counted from 0."""

    first: int
    lines: int
    data: Dataset


@dataclass(frozen=True, slots=True)
class Console:
    """Console output.

    Attributes:
        lines: how many there are.
        tail: the end of it as plain text.
        parts: all of it.
        at_end: whether one looks at the end first: where a run stands, or why it failed.
    """

    id: str
    lines: int
    tail: str
    parts: tuple[ConsolePart, ...] = ()
    at_end: bool = False


@dataclass(frozen=True, slots=True)
class FilePreview:
    """How a file is shown: as ``image``, from its copy in the site, or as ``text``, ``json`` or ``table`` from data."""

    kind: str
    data: Dataset | None = None


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A saved file.

    Attributes:
        path: its name.
        size: in bytes.
        sha256: in hex; empty if unknown.
        uri: its copy in the site; empty if it is not published.
        preview: None if it can only be fetched.
    """

    path: str
    size: int
    sha256: str = ""
    uri: str = ""
    preview: FilePreview | None = None


@dataclass(frozen=True, slots=True)
class FileList:
    """Files of a run."""

    id: str
    files: tuple[FileEntry, ...]


@dataclass(frozen=True, slots=True)
class PatchSpan:
    """A piece of a line: its text, the short class that Pygments gives such code, and whether only it has changed."""

    text: str
    token: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class PatchLine:
    """A line of a patch.

    Attributes:
        kind: ``add``, ``remove``, ``context`` or ``hunk``.
        old: its number before; 0 for none.
        new: its number after.
        text: as it is in the patch.
        spans: the same text in pieces; none where there is nothing to tell apart.
    """

    kind: str
    old: int
    new: int
    text: str
    spans: tuple[PatchSpan, ...] = ()


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
