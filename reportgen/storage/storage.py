"""What the rest of the program sees of a place with files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol


class Storage(Protocol):
    """Files by name: relative, parts joined by slashes, never leading out. Safe to hand to another process."""

    def __hash__(self) -> int:
        """The same place has the same hash."""
        ...

    def read(self, name: str) -> bytes | memoryview:
        """The content of a file, mapped into memory where it is large and that is possible.

        Raises:
            OSError: there is no such file, or it cannot be read.
        """
        ...

    def write(self, name: str, data: bytes) -> None:
        """Write a file whole or not at all: a reader never sees half of it, also when two write at once.

        Raises:
            OSError: it cannot be written.
        """
        ...

    def place(self, source: Path, name: str) -> int:
        """Put a file of this machine there, without copying it where that can be; give back its size in bytes.

        Raises:
            OSError: it cannot be read or written.
        """
        ...

    def delete(self, name: str) -> None:
        """Delete a file; it is fine if there is none."""
        ...

    def sizes(self, folder: str = "") -> Iterator[tuple[str, int]]:
        """The name and size in bytes of every file below a folder; none if there is no such folder."""
        ...
