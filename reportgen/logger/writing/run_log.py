"""The files of one run log, as `reportgen.schema` names them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from itertools import count

from reportgen.logger.troubles import Troubles
from reportgen.logger.writing.encoding import encode_line
from reportgen.logger.writing.line_writer import LineWriter
from reportgen.schema import STREAMS

LINES_FILE = ".jsonl"
DIGITS = 9
"""Of the largest number of an attempt."""

Writer = tuple[str, int]
"""The name of a writer, "" for the main process, and the number of its attempt."""


class RunLog:
    """Writers for the streams of a run folder.

    Each writer of a run appends to files of its own, ``<stream>[.<writer>][.<attempt>].jsonl``: the plain names are
    those of the first attempt of the main process. A name is taken by making the file of the state, which fails where
    it is there already: no lock is needed, and network file systems do it too.

    Args:
        folder: the run folder; made if it is missing.
        troubles: hears what goes wrong.
        claims: names to take, as pairs of writer and attempt, the first free one is taken.

    Attributes:
        writer: who writes: "" for the main process, ``rank3``, or the name of another.
        attempt: which life of that writer this is, from 1.
    """

    def __init__(self, folder: str, troubles: Troubles, claims: Iterable[Writer] | None = None) -> None:
        self.folder = folder
        self.writer, self.attempt = "", 1
        try:
            os.makedirs(folder, exist_ok=True)
            self.writer, self.attempt = _claimed(folder, claims or (("", number) for number in count(1)))
        except OSError as error:
            troubles.refused(folder, error)
        self.run, self.metrics, self.system, self.console = (
            LineWriter(os.path.join(folder, file_name(stream, self.writer, self.attempt)), troubles)
            for stream in STREAMS
        )

    def record(self, kind: str, fields: Mapping[str, object]) -> None:
        """Append a record to the state of the run. ``fields`` are clean already."""
        self.run.append(encode_line({"type": kind, **fields}))

    def tend(self) -> None:
        """Write what waits, and make files again that were deleted."""
        for writer in (self.run, self.metrics, self.system, self.console):
            writer.tend()

    def sync(self) -> None:
        """Ask the disk to keep what was written."""
        for writer in (self.run, self.metrics, self.system, self.console):
            writer.sync()

    def waiting(self) -> int:
        """Bytes that wait in memory because the disk refuses them."""
        return sum(writer.waiting for writer in (self.run, self.metrics, self.system, self.console))

    def close_streams(self) -> None:
        """Close all files but that of the state, which still takes the finish record."""
        for writer in (self.metrics, self.system, self.console):
            writer.close()


def file_name(stream: str, writer: str, attempt: int) -> str:
    """The name of a writer's file of a stream."""
    return f"{stream}{'.' if writer else ''}{writer}{f'.{attempt}' if attempt > 1 else ''}{LINES_FILE}"


def written_by(name: str) -> tuple[str, str, int] | None:
    """Stream, writer and attempt of a file of a run log; None for any other file."""
    if not name.endswith(LINES_FILE):
        return None
    stream, _, rest = name[: -len(LINES_FILE)].partition(".")
    if stream not in STREAMS:
        return None
    writer, dot, number = rest.rpartition(".")
    if not dot and is_number(rest):
        return stream, "", int(rest)
    return (stream, writer, int(number)) if dot and is_number(number) else (stream, rest, 1)


def writers_in(folder: str) -> frozenset[Writer]:
    """The writers and attempts whose files are in a run folder; none if it is no run folder."""
    try:
        names = os.listdir(folder)
    except OSError:
        return frozenset()
    return frozenset(found[1:] for name in names if (found := written_by(name)))


def is_number(text: str) -> bool:
    """Whether the text is the number of an attempt."""
    return text.isascii() and text.isdecimal() and len(text) <= DIGITS and int(text) > 0


def _claimed(folder: str, claims: Iterable[Writer]) -> Writer:
    for writer, attempt in claims:
        path = os.path.join(folder, file_name(STREAMS[0], writer, attempt))
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        except FileExistsError:
            continue
        return writer, attempt
    raise FileExistsError(f"every name of a writer in {folder} is taken")
