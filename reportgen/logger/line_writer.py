"""Appends lines to one file of a run log: one ``write(2)`` with O_APPEND each, so a killed process loses none."""

from __future__ import annotations

import os
import threading
from errno import EINVAL
from os import write

from reportgen.logger.troubles import Troubles

BACKLOG_LIMIT = 16 * 2**20
"""Bytes that wait in memory while the disk refuses them."""


class LineWriter:
    """One file that grows by whole lines. Safe from several threads.

    The file is made at the first line. When the disk refuses a line it waits in memory, and is written before the next
    one as soon as writing works again; beyond `BACKLOG_LIMIT` lines are lost and counted in `lost`.
    """

    def __init__(self, path: str, troubles: Troubles) -> None:
        self.path = path
        self.lock = threading.RLock()  # re-entrant: a signal handler may log while its own thread is in here
        self.lost = 0
        self._troubles = troubles
        self._descriptor = -1
        self._backlog = b""
        self._dirty = False

    @property
    def waiting(self) -> int:
        """Bytes that wait in memory."""
        return len(self._backlog)

    def append(self, line: bytes) -> None:
        """Write a line that ends in a newline (or several)."""
        with self.lock:
            self.put(line)

    def put(self, line: bytes) -> None:
        """As `append`, for those who hold the lock."""
        self._dirty = True
        if self._backlog or self._descriptor < 0:
            self._wait(line)
            self.flush()
            return
        try:
            written = write(self._descriptor, line)
        except OSError as error:
            self._wait(line)
            self._refused(error)
        else:
            if written != len(line):
                self._backlog = line[written:]

    def flush(self) -> None:
        """Write what is waiting."""
        with self.lock:
            try:
                if self._descriptor < 0:
                    self._descriptor = self._open()
                while self._backlog:
                    self._backlog = self._backlog[os.write(self._descriptor, self._backlog) :]
            except OSError as error:
                self._refused(error)

    def sync(self) -> None:
        """Write what is waiting and ask the disk to keep it. Called off the hot path."""
        if self._backlog:
            self.flush()
        if not self._dirty or self._descriptor < 0:
            return
        self._dirty = False
        try:
            os.fsync(self._descriptor)
            if os.fstat(self._descriptor).st_nlink == 0:
                self._begin_again()
        except OSError as error:
            if error.errno != EINVAL:  # some file systems cannot sync, and that is no trouble of the run
                self._refused(error)

    def close(self) -> None:
        """Write what is waiting, sync and let go of the file; say what was lost."""
        self.sync()
        with self.lock:
            lost = self.lost + self._backlog.count(b"\n")
            self._backlog = b""
            if self._descriptor >= 0:
                os.close(self._descriptor)
                self._descriptor = -1
        if lost:
            self._troubles.tell(f"lost:{self.path}", f"{lost} lines of {self.path} could not be written and are lost")

    def _begin_again(self) -> None:
        with self.lock:
            os.close(self._descriptor)
            self._descriptor = -1
        self._troubles.tell(f"deleted:{self.path}", f"{self.path} was deleted; what follows goes to a new file")

    def _open(self) -> int:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        try:
            return os.open(self.path, flags, 0o666)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(self.path), exist_ok=True)
            return os.open(self.path, flags, 0o666)

    def _wait(self, line: bytes) -> None:
        if len(self._backlog) + len(line) > BACKLOG_LIMIT:
            self.lost += line.count(b"\n")
        else:
            self._backlog += line

    def _refused(self, error: OSError) -> None:
        message = f"cannot write {self.path}; what is logged waits in memory until it works"
        self._troubles.report(f"write:{error.errno}", message, error)
