"""A patch of limited size that ``git apply`` takes."""

from __future__ import annotations

import os
from hashlib import sha1

from reportgen.logger.redact.names import is_secret_name

MOST_FILE_BYTES = 256 * 1024
MOST_TOTAL_BYTES = 2 * 1024 * 1024
MOST_NEW_FILES = 500
SOURCE_ENDINGS = (
    ".bash .bat .bib .c .cc .cfg .cmake .conf .cpp .css .cu .cuh .cxx .f90 .go .h .hpp .html .ini .ipynb "
    ".j2 .java .jl .js .json .jsx .kt .lua .m .md .mjs .mk .nim .patch .pl .proto .ps1 .py .pyi .pyx "
    ".r .rb .rs .rst .scala .sh .sql .swift .tex .toml .ts .tsx .txt .vue .yaml .yml .zig "
)
"""Endings of file names, each with a space behind it."""
SOURCE_NAMES = frozenset(
    {"Dockerfile", "Makefile", "Justfile", "Snakefile", "Procfile", ".gitignore", ".gitattributes"}
)

PLAIN_BYTES = frozenset(range(0x20, 0x7F)) - frozenset(b'"\\')
"""Bytes of a path that need no quoting in a patch."""


class Patch:
    """Sections of a patch, one a file, and the names of what did not fit in.

    Attributes:
        content: the patch so far.
        left_out: paths with the reason.
    """

    def __init__(self, content: bytes, left_out: list[str]) -> None:
        self.content = content
        self.left_out = left_out

    def add(self, path: str, section: bytes) -> None:
        """Add the section of one file if it fits."""
        if len(section) > MOST_FILE_BYTES:
            self.left_out.append(f"{path} (too large)")
        elif len(self.content) + len(section) > MOST_TOTAL_BYTES:
            self.left_out.append(f"{path} (patch is full)")
        else:
            self.content += section

    def with_sections(self, diff: bytes, paths: list[str]) -> Patch:
        """Add what git printed for these paths, in git's order."""
        mark = b"\ndiff --git "  # a line of a file's content never begins like this: it has a sign before it
        sections = [b"diff --git " + part + b"\n" for part in (b"\n" + diff.removesuffix(b"\n")).split(mark)[1:]]
        for place, section in enumerate(sections):
            head = section.partition(b"\n")[0].decode("utf-8", "replace")
            self.add(paths[place] if len(paths) == len(sections) else head, section)
        return self


def source_patch(top: str, untracked: list[str], *, start: Patch) -> Patch:
    """Add untracked source files to a patch as new files.

    Args:
        top: folder of the work tree.
        untracked: paths below it.
        start: the patch of the tracked files.
    """
    added = 0
    for path in untracked:
        if not is_source(path):
            continue
        full = os.path.join(top, path)
        if is_secret_name(os.path.basename(path)):
            start.left_out.append(f"{path} (may hold a secret)")
        elif added >= MOST_NEW_FILES:
            start.left_out.append(f"{path} (too many files)")
        elif _size(full) > MOST_FILE_BYTES:
            start.left_out.append(f"{path} (too large)")
        else:
            section = _new_file(full, path)
            if section:
                start.add(path, section)
                added += 1
    return start


def is_source(path: str) -> bool:
    """Whether an untracked file is taken for code, by its name."""
    name = os.path.basename(path)
    ending = os.path.splitext(name)[1].lower()
    return name in SOURCE_NAMES or bool(ending and f"{ending} " in SOURCE_ENDINGS)


def _size(path: str) -> int:
    try:
        return os.lstat(path).st_size
    except OSError:
        return 0


def _new_file(full: str, path: str) -> bytes:
    """The section that creates a text file; empty for what is no readable text file."""
    if os.path.islink(full) or not os.path.isfile(full):
        return b""
    try:
        with open(full, "rb") as file:
            content = file.read(MOST_FILE_BYTES + 1)
    except OSError:
        return b""
    if b"\0" in content:
        return b""
    mode = b"100755" if os.access(full, os.X_OK) else b"100644"
    blob = sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest().encode()
    old, new = quoted(f"a/{path}"), quoted(f"b/{path}")
    head = b"diff --git %b %b\nnew file mode %b\nindex %b..%b\n" % (old, new, mode, b"0" * 40, blob)
    if not content:
        return head
    lines = content.split(b"\n")
    ends = lines[-1] == b""
    lines = lines[:-1] if ends else lines
    tail = b"" if ends else b"\\ No newline at end of file\n"
    named = new + b"\t" if b" " in new and not new.startswith(b'"') else new
    start = b"--- /dev/null\n+++ %b\n@@ -0,0 +1,%d @@\n" % (named, len(lines))
    return head + start + b"".join(b"+" + line + b"\n" for line in lines) + tail


def quoted(path: str) -> bytes:
    """A path as git writes it in a patch: quoted when it has bytes that could be taken for something else."""
    raw = os.fsencode(path)
    if all(byte in PLAIN_BYTES for byte in raw):
        return raw
    return b'"' + b"".join(bytes([byte]) if byte in PLAIN_BYTES else b"\\%03o" % byte for byte in raw) + b'"'
