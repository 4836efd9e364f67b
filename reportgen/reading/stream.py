"""One file of a run log: what was read of it before, what is new, and what is not there yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from reportgen.reading.columns import RowsReader
from reportgen.reading.console import ConsoleReader, ConsoleText
from reportgen.reading.discover import StreamFile
from reportgen.reading.lines import parse_line, whole_lines
from reportgen.reading.rows import NO_BAD_LINES, BadLines, Rows, Seal
from reportgen.storage.digest import FileDigest


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a run stream."""

    records: tuple[dict[str, Any], ...] = ()
    lines: int = 0
    bad: BadLines = NO_BAD_LINES


Content = Rows | ConsoleText | Records


@dataclass(frozen=True, slots=True, eq=False)
class FileState:
    """What the final lines of a file hold, and which bytes those are: how many, and their hash."""

    consumed: int
    digest: str
    content: Content


class Seen(NamedTuple):
    """Which bytes of a file were read: what a file that has not changed is known by.

    Attributes:
        consumed: bytes up to the end of the last line that is final.
        digest: their hash.
        tail: bytes after them.
        tail_digest: the hash of those.
    """

    name: str
    consumed: int
    digest: str
    tail: int = 0
    tail_digest: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class FileRead:
    """A file as it was read just now.

    Attributes:
        state: its final lines: what the cache keeps.
        tail: the bytes after the final newline.
        parsed: how many bytes were parsed rather than known.
    """

    state: FileState
    tail: bytes = b""
    parsed: int = 0

    def content(self) -> Content:
        """All that can be read: the last line, too, when only its newline is missing."""
        if not self.tail or self.is_cut():
            return self.state.content
        reader = _reader(self.state.content)
        reader.add(self.tail + b"\n")
        return reader.result()

    def seen(self, name: str) -> Seen:
        """Which bytes of the file of this name that were."""
        return Seen(name, self.state.consumed, self.state.digest, len(self.tail), tail_digest(self.tail))

    def is_cut(self) -> bool:
        """Whether the last line is torn: begun and not ended."""
        return bool(self.tail.strip()) and parse_line(self.tail) is None


class _Reader(Protocol):
    def add(self, block: bytes) -> None: ...
    def result(self) -> Content: ...


class RecordsReader:
    """Reads a run stream block by block, going on from what was read before."""

    def __init__(self, known: Records) -> None:
        self._records, self._lines, self._bad = list(known.records), known.lines, known.bad

    def add(self, block: bytes) -> None:
        """Read a block of whole lines."""
        bad: list[int] = []
        for line in block.split(b"\n")[:-1]:
            self._lines += 1
            if not line.strip():
                continue
            record = parse_line(line)
            if record is None:
                bad.append(self._lines)
            else:
                self._records.append(record)
        self._bad = self._bad.and_then(bad)

    def result(self) -> Records:
        """All that was read so far."""
        return Records(tuple(self._records), self._lines, self._bad)


EMPTY: dict[str, Callable[[], Content]] = {
    "run": Records,
    "metrics": Rows,
    "system": lambda: Rows(stepped=False),
    "console": ConsoleText,
}
"""Stream -> what a file of it holds before anything is read."""


def _reader(content: Content, seal: Seal | None = None) -> _Reader:
    if isinstance(content, Rows):
        return RowsReader(content, seal)
    return ConsoleReader(content) if isinstance(content, ConsoleText) else RecordsReader(content)


def read_file(
    file: StreamFile, known: FileState | None = None, seal: Seal | None = None, limit: int | None = None
) -> FileRead:
    """Read a file, parsing only what follows the bytes already known, if it still begins with those.

    Args:
        file: which one.
        known: what was read of it before.
        seal: takes rows that cannot change any more out of memory.
        limit: bytes from which on the file is not read.

    Raises:
        OSError: the file cannot be read at all.
    """
    with file.path.open("rb") as opened:
        digest = _begins_with(file.path, known) if known else None
        if known is None or digest is None:
            digest, known = FileDigest(), FileState(0, "", EMPTY[file.stream]())
        opened.seek(known.consumed)
        left = None if limit is None else limit - known.consumed
        return _read_on(whole_lines(opened, left), known, digest, seal)


def read_tail(file: StreamFile, known: FileState, seen: Seen) -> FileRead | None:
    """The file as it was read before, from what is known of its final lines; None if it is not the same any more.

    Raises:
        OSError: the file cannot be read at all.
    """
    if (known.consumed, known.digest) != (seen.consumed, seen.digest):
        return None
    if not seen.tail:
        return FileRead(known)
    with file.path.open("rb") as opened:
        opened.seek(seen.consumed)
        tail = opened.read(seen.tail)
    return FileRead(known, tail) if tail_digest(tail) == seen.tail_digest else None


def is_unchanged(file: StreamFile, seen: Seen) -> bool:
    """Whether a file holds exactly the bytes that were read before. Reads all of it, unless its size tells.

    Raises:
        OSError: the file cannot be read at all.
    """
    if file.size != seen.consumed + seen.tail:
        return False
    with file.path.open("rb") as opened:
        if not _begins_with(file.path, FileState(seen.consumed, seen.digest, Records())):
            return False
        opened.seek(seen.consumed)
        return tail_digest(opened.read(seen.tail + 1)) == seen.tail_digest


def tail_digest(tail: bytes) -> str:
    """The hash of what follows the last final line; empty for nothing, as there mostly is."""
    if not tail:
        return ""
    digest = FileDigest()
    digest.update(tail)
    return digest.hexdigest()


def _begins_with(path: Path, known: FileState) -> FileDigest | None:
    """The hash of the bytes that are known, if the file begins with them; None if it does not."""
    digest = FileDigest.of_file(path, known.consumed)
    same = digest is not None and (digest.hexdigest() if known.consumed else "") == known.digest
    return digest if same else None


def _read_on(blocks: Iterator[bytes], known: FileState, digest: FileDigest, seal: Seal | None) -> FileRead:
    reader: _Reader | None = None
    tail, parsed = b"", 0
    for block in blocks:
        if not block.endswith(b"\n"):
            tail = block
            break
        reader = reader or _reader(known.content, seal)
        reader.add(block)
        digest.update(block)
        parsed += len(block)
    if reader is None:
        return FileRead(known, tail)
    return FileRead(FileState(known.consumed + parsed, digest.hexdigest(), reader.result()), tail, parsed)
