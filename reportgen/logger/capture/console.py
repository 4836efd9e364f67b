"""Console output: what the process prints goes where it went before, and into the run log."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable

from reportgen.logger.redact.masking import masked_text
from reportgen.logger.values import text
from reportgen.logger.writing.encoding import encode_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

STREAMS = ("stdout", "stderr")
INTERVAL = 0.2
"""Seconds between writes: what is printed in between is written together."""
LARGEST_CHUNK = 8192
"""Characters that are written without waiting for the interval."""


class ConsoleCapture:
    """Wraps the ``write`` of stdout and stderr while it is active.

    The streams themselves stay: loggers and libraries that hold on to them are captured too, and ``isatty``, ``buffer``
    and the rest are untouched. Printing never fails or waits because of the capture.

    Args:
        append: writes lines to the console file.
        redact: mask secrets in the run log.
    """

    def __init__(self, append: Callable[[bytes], None], *, redact: bool = True) -> None:
        self._append = append
        self._redact = redact
        self._lock = threading.RLock()  # re-entrant: a signal handler may print in the middle of a flush
        self._waiting: list[tuple[float, str, str]] = []
        self._characters = 0
        self._last_write = 0.0
        self._writing = False
        self._active = False
        self._wrapped: list[tuple[Any, object, Callable[[str], Any]]] = []

    def start(self) -> None:
        """Begin to capture. A stream that is missing or does not let itself be wrapped is left alone."""
        self._active = True
        for name in STREAMS:
            stream = getattr(sys, name)
            if stream is None or any(stream is wrapped for wrapped, _, _ in self._wrapped):
                continue
            try:
                before = vars(stream).get("write")
                write = self._tee(name, stream.write)
                stream.write = write
            except (AttributeError, TypeError):
                continue
            self._wrapped.append((stream, before, write))

    def pump(self) -> None:
        """Write what has been waiting for longer than the interval."""
        if self._waiting and time.monotonic() - self._last_write >= INTERVAL:
            self._flush()

    def note(self, printed: str) -> None:
        """Record what is about to be printed to stderr when nothing captures any more."""
        if self._active:
            self._record("stderr", printed)

    def stop(self) -> None:
        """Write the rest and give the streams back, unless somebody else has wrapped them since."""
        self._flush()
        self._active = False
        for stream, before, write in self._wrapped:
            if vars(stream).get("write") is not write:
                continue
            if before is None:
                del stream.write
            else:
                stream.write = before
        self._wrapped.clear()

    def detach(self) -> None:
        """In a forked child: print only. Takes no lock, which another thread of the parent may hold for ever."""
        self._active = False

    def _tee(self, name: str, write: Callable[[str], Any]) -> Callable[[str], Any]:
        def write_and_record(printed: str) -> Any:
            try:
                return write(printed)
            finally:
                if self._active and isinstance(printed, str) and printed:
                    self._record(name, printed)

        return write_and_record

    def _record(self, name: str, printed: str) -> None:
        with self._lock:
            self._waiting.append((time.time(), name, printed))
            self._characters += len(printed)
            if self._writing:
                return
            due = "\n" in printed and time.monotonic() - self._last_write >= INTERVAL
            if due or self._characters >= LARGEST_CHUNK:
                self._flush()

    def _flush(self) -> None:
        with self._lock:
            waiting, self._waiting, self._characters = self._waiting, [], 0
            if not waiting:
                return
            self._writing = True
            try:
                self._append(b"".join(encode_line(record) for record in records(waiting, redact=self._redact)))
            except (OSError, TypeError, ValueError):
                return  # the writer has told about it; printing goes on
            finally:
                self._writing = False
                self._last_write = time.monotonic()


def records(printed: list[tuple[float, str, str]], *, redact: bool) -> list[dict[str, object]]:
    """Console records: consecutive output of one stream is one record, with the time of its first part.

    The text is as it was printed, escape codes and carriage returns included; only secrets are masked.
    """
    joined: list[tuple[float, str, list[str]]] = []
    for when, name, part in printed:
        if not joined or joined[-1][1] != name:
            joined.append((when, name, []))
        joined[-1][2].append(part)
    mask = masked_text if redact else str
    return [
        {"time": round(when, 3), "stream": name, "text": mask(text("".join(parts)))} for when, name, parts in joined
    ]
