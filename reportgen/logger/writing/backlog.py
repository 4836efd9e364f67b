"""Lines that wait in memory while the disk refuses them."""

from __future__ import annotations

from collections import deque

LIMIT = 16 * 2**20
"""Bytes that wait. What comes on top is lost, and counted."""
BATCH = 2**18
"""Bytes after which a batch is written."""


class Backlog:
    """Lines of one file, the oldest first."""

    def __init__(self) -> None:
        self._lines: deque[bytes] = deque()
        self._size = 0
        self._begun = 0  # bytes of the oldest line that are on disk already
        self._lost = 0

    @property
    def size(self) -> int:
        """Bytes that wait."""
        return self._size - self._begun

    def __bool__(self) -> bool:
        return bool(self._lines)

    def add(self, line: bytes, begun: int = 0) -> None:
        """Take a line (or several together), of which so many bytes are on disk already, unless there is no room."""
        if begun:  # its rest belongs behind those bytes, however long it is
            self._begun = begun
        elif self._size + len(line) > LIMIT:
            self._lost += line.count(b"\n")
            return
        self._lines.append(line)
        self._size += len(line)

    def batch(self) -> bytes:
        """The bytes to write next."""
        parts, size = [], 0
        for line in self._lines:
            parts.append(line)
            size += len(line)
            if size >= BATCH:
                break
        return b"".join(parts)[self._begun :]

    def took(self, written: int) -> None:
        """Forget bytes that are on disk now."""
        done = self._begun + written
        while self._lines and done >= len(self._lines[0]):
            line = self._lines.popleft()
            done -= len(line)
            self._size -= len(line)
        self._begun = done

    def abandon(self) -> int:
        """Forget everything; return how many lines were lost, now and before."""
        lost = self._lost + sum(line.count(b"\n") for line in self._lines)
        self._lines.clear()
        self._size = self._begun = self._lost = 0
        return lost
