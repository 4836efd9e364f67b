"""Appends lines to one file of a run log: one ``write(2)`` with O_APPEND each, so a killed process loses none."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from errno import EBADF, EINVAL, ENOTSUP
from os import write
from time import monotonic

from reportgen.logger.troubles import Troubles
from reportgen.logger.writing.backlog import Backlog

RETRY_SECONDS = 0.5
"""Seconds between tries while the disk refuses: each costs a system call, and `put` is called at every step."""
BLOCK = 2**20
"""Bytes that are copied at a time when a deleted file is made again."""
NO_SYNC = (EINVAL, ENOTSUP)
"""What file systems say that cannot sync, which is no trouble of the run."""


class LineWriter:
    """One file that grows by whole lines. Safe from several threads, and from signal handlers that log.

    When the disk refuses a line it waits in memory (see `Backlog`), and is written before the next one as soon as
    writing works again. A line never begins in the middle of another one.
    """

    def __init__(self, path: str, troubles: Troubles) -> None:
        self.path = path
        self.lock = threading.RLock()  # re-entrant: a signal handler may log while its own thread is in here
        self._troubles = troubles
        self._descriptor = -1
        self._spare = -1
        self._backlog = Backlog()
        self._steady = False  # the file is open, nothing waits, and the last write is known to be whole
        self._torn = False  # the file may end in the middle of a line that nobody will finish
        self._interrupted = False  # a signal handler has logged within a write
        self._flushing = False
        self._retry_at = 0.0
        self._dirty = False
        self._syncing = False

    @property
    def waiting(self) -> int:
        """Bytes that wait in memory."""
        return self._backlog.size

    def reserve(self) -> None:
        """Take a descriptor for the file, which is made at the first line: by then there may be none left."""
        with suppress(OSError):  # there is none even now
            self._spare = os.open(os.devnull, os.O_RDONLY)

    def append(self, line: bytes) -> None:
        """Write a line that ends in a newline (or several)."""
        with self.lock:
            self.put(line)

    def put(self, line: bytes) -> None:
        """As `append`, for those who hold the lock."""
        if not self._steady:
            self._put_carefully(line)
            return
        self._steady = self._interrupted = False  # a signal handler may log, or raise, before all is known
        self._dirty = True
        try:
            written = write(self._descriptor, line)
        except OSError as error:
            self._backlog.add(line)
            self._refused(error)
            return
        if written == len(line) and not self._interrupted:
            self._steady = True
        else:
            self._end_line(line, written)

    def flush(self) -> None:
        """Write what is waiting; open the file."""
        refusal = None
        with self.lock:
            if self._flushing:  # this is a signal handler: the loop that it interrupts goes on with its line
                return
            self._flushing = True
            try:
                self._write_backlog()
            except OSError as error:
                refusal = error
            finally:
                self._flushing = False
        if refusal:  # told without the lock, because what is printed may be captured by another writer
            self._refused(refusal)

    def tend(self) -> None:
        """Write what waits, and make the file again where it was deleted. Called every second, off the hot path."""
        if self._backlog:
            self.flush()
        try:
            if self._descriptor >= 0 and os.fstat(self._descriptor).st_nlink == 0:
                self._make_again()
        except OSError as error:
            if error.errno != EBADF:  # closed meanwhile
                self._refused(error)

    def sync(self) -> None:
        """Ask the disk to keep what was written. May take as long as the disk likes; nobody waits for it meanwhile."""
        self._syncing = True  # before looking at the descriptor, which `close` leaves alone from here on
        try:
            if self._dirty and self._descriptor >= 0:
                self._dirty = False
                os.fsync(self._descriptor)
        except OSError as error:
            if error.errno not in NO_SYNC:
                self._troubles.tell("sync", f"the disk does not say that it keeps {self.path} ({error.strerror})")
        finally:
            self._syncing = False

    def close(self) -> None:
        """Write what is waiting and let go of the file. What still cannot be written is lost, and counted."""
        try:
            self.tend()
        finally:
            with self.lock:
                self._troubles.lose(f"lines of {os.path.basename(self.path)}", self._backlog.abandon())
                descriptor, self._descriptor = self._descriptor, -1
                self._steady = False
            self._release()
            if descriptor >= 0 and not self._syncing:  # closing a file on a network disk would wait for the same
                os.close(descriptor)

    def _end_line(self, line: bytes, written: int) -> None:
        """After a write that took only a part, or within which a signal handler has logged."""
        if written < len(line):  # what comes after a handler's line begins again
            self._backlog.add(line, begun=0 if self._interrupted else written)
        self._interrupted = False
        self.flush()

    def _put_carefully(self, line: bytes) -> None:
        if self._descriptor >= 0 and not self._backlog:
            # A signal handler logs within a write of its own thread, or has ended one by raising.
            self._torn, self._interrupted = self._ends_torn(), True
        self._dirty = True
        self._backlog.add(line)
        if self._troubles.strict or monotonic() >= self._retry_at:
            self.flush()

    def _write_backlog(self) -> None:
        self._steady = False
        if self._descriptor < 0:
            self._descriptor = self._open()
        while self._backlog:
            if self._torn:
                self._torn = write(self._descriptor, b"\n") == 0
            else:
                self._backlog.took(write(self._descriptor, self._backlog.batch()))
        self._retry_at = 0.0
        self._steady = True

    def _make_again(self) -> None:
        """Copy the deleted file, which lives while it is open, to where it was, and go on there."""
        with self.lock:
            old = self._descriptor
            if old < 0 or os.fstat(old).st_nlink:
                return
            new = self._open()
            there = os.fstat(new).st_size
            try:
                if _ends_alike(old, new, there):  # nothing yet, or what was copied back from elsewhere
                    _copy(old, new, there)
            except OSError:
                os.ftruncate(new, there)
                os.close(new)
                raise
            self._descriptor = new
            self._torn = self._ends_torn()
            os.close(old)
        self._troubles.tell("deleted", f"{self.path} was deleted; it is made again, but not the files that were saved")

    def _ends_torn(self) -> bool:
        """Whether the file ends in the middle of a line, as far as can be seen."""
        try:
            size = os.fstat(self._descriptor).st_size
            return size > 0 and os.pread(self._descriptor, 1, size - 1) != b"\n"
        except (AttributeError, OSError):  # Windows has no pread
            return True

    def _open(self) -> int:
        self._release()
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
        try:
            return os.open(self.path, flags, 0o666)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(self.path), exist_ok=True)
            return os.open(self.path, flags, 0o666)

    def _release(self) -> None:
        spare, self._spare = self._spare, -1
        if spare >= 0:
            os.close(spare)

    def _refused(self, error: OSError) -> None:
        self._retry_at = monotonic() + RETRY_SECONDS
        self._troubles.refused(self.path, error)


def _ends_alike(old: int, new: int, size: int) -> bool:
    """Whether the new file, which has so many bytes, holds what the old one begins with, as far as its end tells."""
    start = max(0, size - BLOCK)
    return os.pread(new, BLOCK, start) == os.pread(old, size - start, start)


def _copy(source: int, target: int, start: int) -> None:
    """Append what a file holds from a position on."""
    while block := os.pread(source, BLOCK, start):
        start += len(block)
        while block:
            block = block[os.write(target, block) :]
