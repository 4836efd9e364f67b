"""The files of a site while it is written over what an earlier build left: only what differs is touched."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from reportgen.storage import Storage


@dataclass
class SiteFiles:
    """Writes files of a site and remembers which they are. A worker has one of its own for each thing that it writes.

    Attributes:
        storage: the site.
        written: name -> size in bytes of what belongs to this build.
    """

    storage: Storage
    written: dict[str, int] = field(default_factory=dict)

    @cached_property
    def there(self) -> Mapping[str, int]:
        """Name -> size of what was there before: looked up when first asked for, for MkDocs may empty the folder."""
        return dict(self.storage.sizes())

    def put(self, name: str, data: bytes, *, hashed: bool = False) -> None:
        """Write a file, unless it is there. If its name holds a hash of its content, its size is proof enough."""
        self.written[name] = len(data)
        if self.there.get(name) == len(data) and (hashed or self._is(name, data)):
            return
        self.storage.write(name, data)

    def place(self, source: Path, name: str) -> None:
        """Put a copy of a file there."""
        self.written[name] = self.storage.place(source, name)

    def holds(self, files: Mapping[str, int]) -> bool:
        """Whether files that an earlier build wrote are still as it left them, as far as their sizes tell."""
        return all(self.there.get(name) == size for name, size in files.items())

    def keep(self, files: Mapping[str, int]) -> None:
        """Take files into this build that are there already, or that a worker has written."""
        self.written.update(files)

    def fresh(self) -> "SiteFiles":
        """The same site, with nothing written yet: for a part of the work whose files are to be known."""
        part = SiteFiles(self.storage)
        part.there = self.there
        return part

    def drop_rest(self) -> None:
        """Delete what no part of this build has written or kept."""
        for name in self.there.keys() - self.written.keys():
            self.storage.delete(name)

    def _is(self, name: str, data: bytes) -> bool:
        try:
            return self.storage.read(name) == data
        except OSError:
            return False
