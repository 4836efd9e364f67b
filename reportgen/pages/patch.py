"""The uncommitted changes of a run: a unified diff, which may be anything at all, made a `Patch` of bounded size."""

import re
from dataclasses import dataclass, field

from reportgen.document import Patch, PatchFile, PatchLine
from reportgen.pages.patch_spans import dressed_files

PATCH_FILES = 100
PATCH_LINES = 3000
LINE_CHARACTERS = 500

_HUNK = re.compile(r"@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@")
_KINDS = {"+": "add", "-": "remove", " ": "context", "": "context"}


@dataclass(slots=True)
class _OpenFile:
    """A file of the patch while its lines are read."""

    path: str
    added: int = 0
    removed: int = 0
    hunks: int = 0
    lines: list[PatchLine] = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    """Where the reading of a diff stands: line numbers, and how many lines of the hunk are still to come."""

    files: list[_OpenFile] = field(default_factory=list)
    old: int = 0
    new: int = 0
    old_left: int = 0
    new_left: int = 0
    shown: int = 0
    hidden: int = 0

    def read_line(self, line: str) -> None:
        if (self.old_left > 0 or self.new_left > 0) and self._content(line):
            return
        if line.startswith("diff --git "):
            self.files.append(_OpenFile(_path(line.rpartition(" ")[2])))
        elif line.startswith("--- ") and (not self.files or self.files[-1].hunks):
            self.files.append(_OpenFile(_path(line[4:])))
        elif line.startswith("+++ ") and self.files and not self.files[-1].hunks:
            self.files[-1].path = _path(line[4:]) or self.files[-1].path
        elif match := _HUNK.match(line):
            self._hunk(match, line)
        elif line.startswith(("Binary files ", "GIT binary patch")) and self.files:
            self._show("hunk", 0, 0, "Binary file")

    def _hunk(self, match: re.Match[str], line: str) -> None:
        if not self.files:
            self.files.append(_OpenFile("?"))
        self.files[-1].hunks += 1
        self.old, self.new = int(match[1]), int(match[3])
        self.old_left, self.new_left = int(match[2] or 1), int(match[4] or 1)
        self._show("hunk", 0, 0, line)

    def _content(self, line: str) -> bool:
        """Take a line of the hunk; False when it cannot belong to one, which ends the hunk."""
        if line.startswith("\\"):
            return True
        kind = _KINDS.get(line[:1])
        if kind is None:
            self.old_left = self.new_left = 0
            return False
        file = self.files[-1]
        old = new = 0
        if kind != "add":
            old, self.old, self.old_left = self.old, self.old + 1, self.old_left - 1
        if kind != "remove":
            new, self.new, self.new_left = self.new, self.new + 1, self.new_left - 1
        file.added += kind == "add"
        file.removed += kind == "remove"
        self._show(kind, old, new, line[1:])
        return True

    def _show(self, kind: str, old: int, new: int, text: str) -> None:
        if self.shown >= PATCH_LINES or len(self.files) > PATCH_FILES:
            self.hidden += 1
            return
        self.shown += 1
        short = text if len(text) <= LINE_CHARACTERS else text[:LINE_CHARACTERS] + " …"
        self.files[-1].lines.append(PatchLine(kind, old, new, short.rstrip("\r")))


def parse_patch(text: str) -> tuple[tuple[PatchFile, ...], tuple[str, ...]]:
    """The files of a unified diff, and a note when there is too much of it to show all.

    Text that is no diff gives no files. Added and removed lines are counted in full.
    """
    reader = _Reader()
    for line in text.split("\n"):
        reader.read_line(line)
    files = [PatchFile(file.path, file.added, file.removed, tuple(file.lines)) for file in reader.files[:PATCH_FILES]]
    notes = []
    if len(reader.files) > PATCH_FILES:
        notes.append(f"{len(reader.files) - PATCH_FILES} more files are not shown; the patch file has them.")
    if reader.hidden:
        notes.append(f"{reader.hidden} more lines are not shown; the patch file has them.")
    return tuple(files), tuple(notes)


def patch_block(text: str, recipe: str, download: str) -> tuple[Patch, tuple[str, ...]]:
    """The block with a run's changes, and notes on what it leaves out."""
    files, notes = parse_patch(text)
    return Patch("patch", recipe, dressed_files(files), download), notes


def _path(word: str) -> str:
    """``b/src/train.py`` becomes ``src/train.py``; nothing for /dev/null."""
    path = word.partition("\t")[0].strip().strip('"')
    if path == "/dev/null":
        return ""
    return path[2:] if path[:2] in ("a/", "b/") else path
