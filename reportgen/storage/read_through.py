"""Files elsewhere, of which what was read stays here: for processes that have no disk in common."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportgen.storage.folder import Folder
from reportgen.storage.mirror import Mirror
from reportgen.storage.url import UrlStorage


@dataclass(frozen=True, slots=True)
class ReadThrough:
    """A `Storage` at a URL whose files are mapped into memory like those of this machine.

    Attributes:
        source: where the files are.
        folder: where the copies go of those that were read.
    """

    source: UrlStorage
    folder: Path

    def read(self, name: str) -> bytes | memoryview:
        """As `Storage.read`: one question whether the copy is what the file is now, and the file if it is not."""
        update = Mirror(self.source, self.folder).take([self.source.file(name)])
        if update.troubles:
            return self.source.read(name)
        return Folder(self.folder).read(name)

    def write(self, name: str, data: bytes) -> None:
        """As `Storage.write`."""
        self.source.write(name, data)

    def place(self, source: Path, name: str) -> int:
        """As `Storage.place`."""
        return self.source.place(source, name)

    def delete(self, name: str) -> None:
        """As `Storage.delete`."""
        self.source.delete(name)

    def sizes(self, folder: str = "") -> Iterator[tuple[str, int]]:
        """As `Storage.sizes`."""
        return self.source.sizes(folder)
