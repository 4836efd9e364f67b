"""What a run's log holds, read when somebody asks for it: what is behind the lazy fields of a `Run`.

The columns come from the store. What the store has lost is read again from the log, as far as it was read before.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from reportgen.errors import ProjectError
from reportgen.model import ConsoleChunk, Media
from reportgen.reading.console import interleaved
from reportgen.reading.discover import RunFolder, stream_file
from reportgen.reading.media import MediaFiles, run_files, run_media
from reportgen.reading.open_run import Contents, OpenRun, open_run
from reportgen.reading.store import DamagedError, RunStore
from reportgen.reading.stream import FileRead, Seen, read_file, read_tail

KEPT = 8
"""Runs that stay open in a process: the last ones, for a fork needs those that it comes from."""

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class LogContent:
    """The log of one run, as it was read. Small, so that it can be sent to another process, which opens it there.

    Attributes:
        folder: where the log is.
        store: where its columns are; None when they could not be stored.
        seen: which bytes of each file were read.
        held: the columns themselves, when they could not be stored.
    """

    folder: RunFolder
    store: RunStore | None
    seen: tuple[Seen, ...]
    held: Contents | None = field(default=None, compare=False)

    def ask(self, question: Callable[[OpenRun], _Found]) -> _Found:
        """What a question to the opened log gives.

        Raises:
            ProjectError: neither the store nor the log itself has what was read before.
        """
        try:
            return question(_opened(self))
        except DamagedError:
            _again(self)
            return question(_opened(self))

    def console(self) -> tuple[ConsoleChunk, ...]:
        """What all writers have printed."""
        return self.ask(lambda run: interleaved(writer.console for writer in run.writers))

    def media(self) -> tuple[Media, ...]:
        """The media that are shown."""
        return self._media(shown=True)

    def overwritten_media(self) -> tuple[Media, ...]:
        """The media of rows that later attempts have replaced."""
        return self._media(shown=False)

    def _media(self, *, shown: bool) -> tuple[Media, ...]:
        files = MediaFiles(self.folder.path, {file.path for file in run_files(self.folder.path)})
        found = self.ask(lambda run: list(run_media(run.ranks, files)))
        return tuple(medium for piece, medium, _ in found if (medium.step < piece.until) is shown)


@lru_cache(maxsize=KEPT)
def _opened(content: LogContent) -> OpenRun:
    """The log, from the store or from memory.

    Raises:
        DamagedError: the store has it no more.
    """
    if content.held is not None:
        return open_run(content.held)
    if (content.folder, content.seen) in _REREAD:
        return _REREAD[content.folder, content.seen]
    states = content.store.load() if content.store else {}
    found: list[tuple[str, FileRead]] = []
    for seen in content.seen:
        file = stream_file(content.folder, seen.name)
        try:
            read = read_tail(file, states[seen.name], seen) if seen.name in states else None
        except OSError as error:
            raise DamagedError("the log cannot be read") from error
        if read is None:
            raise DamagedError("the store knows another log")
        found.append((seen.name, read))
    return open_run([(stream_file(content.folder, name), read.content()) for name, read in found])


_REREAD: dict[tuple[RunFolder, tuple[Seen, ...]], OpenRun] = {}
"""The last log that had to be read again. It is opened from memory, whatever the store can do."""


def _again(content: LogContent) -> None:
    """Read a log again, as far as it was read before, and store it."""
    found: list[FileRead] = []
    files = [stream_file(content.folder, seen.name) for seen in content.seen]
    for file, seen in zip(files, content.seen, strict=True):
        try:
            read = read_file(file, None, content.store.seal if content.store else None, seen.consumed + seen.tail)
        except OSError as error:
            raise _changed(content, file.path.name) from error
        if read.seen(seen.name) != seen:
            raise _changed(content, file.path.name)
        found.append(read)
    if content.store:
        content.store.keep({seen.name: read.state for seen, read in zip(content.seen, found, strict=True)})
    _REREAD.clear()
    _REREAD[content.folder, content.seen] = open_run(
        [(file, read.content()) for file, read in zip(files, found, strict=True)]
    )
    _opened.cache_clear()


def _changed(content: LogContent, name: str) -> ProjectError:
    return ProjectError(
        "the log was rewritten while it was being read",
        where=f"{content.folder.where}/{name}",
        remedy="Build again when nobody changes it.",
    )
