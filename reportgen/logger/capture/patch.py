"""A patch of limited size that ``git apply`` takes."""

from __future__ import annotations

import os
import stat
from hashlib import sha1

from reportgen.logger.redact.names import is_secret_name

PROGRAM_ENDINGS = (".py", ".pyx", ".ipynb")
"""A program may have a secret's name, such as ``password_reset.py``; what stands in it is masked line by line."""
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

LARGE_FILE_POINTERS = tuple(b"@@\n%bversion https://git-lfs.github.com/spec/" % sign for sign in (b" ", b"+", b"-"))
"""A change of what stands for a file whose content is elsewhere: applied, it would replace that content by itself."""

PLAIN_BYTES = frozenset(range(0x20, 0x7F)) - frozenset(b'"\\')
"""Bytes of a path that need no quoting in a patch."""


class Patch:
    """Sections of a patch, one a file, and the names of what did not fit in.

    Attributes:
        sections: path and content of each.
        left_out: paths with the reason.
        gaps: what could not be found out, so that there may be more changes.
    """

    def __init__(self) -> None:
        self.sections: list[tuple[str, bytes]] = []
        self.left_out: list[str] = []
        self.gaps: list[str] = []
        self._size = 0

    @property
    def content(self) -> bytes:
        """The patch so far."""
        return b"".join(section for _, section in self.sections)

    @property
    def dirty(self) -> bool | None:
        """Whether anything differs; None when that is not known."""
        return True if self.sections or self.left_out else None if self.gaps else False

    def add(self, path: str, section: bytes) -> None:
        """Add the section of one file if it fits."""
        if len(section) > MOST_FILE_BYTES:
            self.left_out.append(f"{path} (too large)")
        elif self._size + len(section) > MOST_TOTAL_BYTES:
            self.left_out.append(f"{path} (patch is full)")
        elif any(pointer in section for pointer in LARGE_FILE_POINTERS):
            self.left_out.append(f"{path} (kept by git-lfs)")
        else:
            self.sections.append((path, section))
            self._size += len(section)

    def extend(self, other: Patch) -> None:
        """Add all of another patch, as far as it fits."""
        for path, section in other.sections:
            self.add(path, section)
        self.left_out += [entry for entry in other.left_out if entry not in self.left_out]
        self.gaps += [entry for entry in other.gaps if entry not in self.gaps]

    def add_diff(self, diff: bytes, paths: list[str], *, complete: bool) -> None:
        """Add what git printed for these paths, in git's order. The last section of an incomplete one is torn."""
        mark = b"\ndiff --git "  # a line of a file's content never begins like this: it has a sign before it
        sections = [b"diff --git " + part + b"\n" for part in (b"\n" + diff.removesuffix(b"\n")).split(mark)[1:]]
        if not complete:
            sections = sections[:-1]
            self.left_out += [f"{path} (git diff failed or took too long)" for path in paths[len(sections) :]]
        for place, section in enumerate(sections):
            head = section.partition(b"\n")[0].decode("utf-8", "replace")
            self.add(paths[place] if len(paths) == len(sections) or not complete else head, section)


def add_new_files(patch: Patch, top: str, prefix: str, untracked: list[str]) -> None:
    """Add untracked source files to a patch as new files.

    Args:
        patch: takes them.
        top: folder of the work tree.
        prefix: stands before each path in the patch.
        untracked: paths below the folder; those of repositories inside end in a slash.
    """
    added = 0
    for path in untracked:
        full, name = os.path.join(top, path), prefix + path
        if path.endswith("/"):
            patch.left_out.append(f"{name} (a repository of its own)")
        elif not is_source(path):
            continue
        elif is_secret_name(os.path.splitext(os.path.basename(path))[0]) and not path.endswith(PROGRAM_ENDINGS):
            patch.left_out.append(f"{name} (may hold a secret)")
        elif added >= MOST_NEW_FILES:
            patch.left_out.append(f"{name} (too many files)")
        elif _size(full) > MOST_FILE_BYTES:
            patch.left_out.append(f"{name} (too large)")
        else:
            section = _new_file(full, name)
            if section:
                patch.add(name, section)
                added += 1


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
    try:
        status = os.lstat(full)
        if stat.S_ISLNK(status.st_mode):
            mode, content = b"120000", os.fsencode(os.readlink(full))
        elif stat.S_ISREG(status.st_mode):  # reading from a pipe would wait for ever
            mode = b"100755" if status.st_mode & stat.S_IXUSR else b"100644"
            with open(full, "rb") as file:
                content = file.read(MOST_FILE_BYTES + 1)
        else:
            return b""
    except OSError:
        return b""
    if b"\0" in content:
        return b""
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
