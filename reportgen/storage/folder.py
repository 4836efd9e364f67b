"""Files below a folder of this machine."""

import mmap
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MAPPED_BYTES = 1 << 18
"""A file this large is mapped into memory instead of read."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A `Storage` on disk."""

    root: Path

    def read(self, name: str) -> bytes | memoryview:
        """As `Storage.read`."""
        with (self.root / name).open("rb") as file:
            if os.fstat(file.fileno()).st_size < MAPPED_BYTES:
                return file.read()
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))

    def write(self, name: str, data: bytes) -> None:
        """As `Storage.write`."""
        path = self.root / name
        temporary = path.with_name(f".{path.name[:40]}.{secrets.token_hex(6)}.part")
        try:
            try:
                temporary.write_bytes(data)
            except FileNotFoundError:  # looking for the folder each time would take as long as writing
                path.parent.mkdir(parents=True, exist_ok=True)
                temporary.write_bytes(data)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise

    def place(self, source: Path, name: str) -> int:
        """As `Storage.place`: a hard link, or a copy where there can be none."""
        target, wanted = self.root / name, source.stat()
        try:
            found = target.stat()
            if os.path.samestat(found, wanted) or _is_copy(found, wanted):
                return wanted.st_size
            target.unlink()
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
        try:
            target.hardlink_to(source)
        except OSError:
            shutil.copy2(source, target)
        return wanted.st_size

    def delete(self, name: str) -> None:
        """As `Storage.delete`."""
        path = self.root / name
        path.unlink(missing_ok=True)
        with suppress(OSError):  # a folder that is not empty stays
            for folder in list(path.parents)[: -len(self.root.parents) - 1]:
                folder.rmdir()

    def sizes(self, folder: str = "") -> Iterator[tuple[str, int]]:
        """As `Storage.sizes`."""
        top = os.fspath(self.root)
        for path, _, names in os.walk(os.path.join(top, folder) if folder else top):  # noqa: PTH118 (of 50,000 files)
            beside = os.path.relpath(path, top).replace(os.sep, "/")
            for name in names:
                found = os.stat(f"{path}/{name}")  # noqa: PTH116 (likewise)
                yield (name if beside == "." else f"{beside}/{name}"), found.st_size


def _is_copy(found: os.stat_result, wanted: os.stat_result) -> bool:
    """Whether a file is a copy that was made of another: `shutil.copy2` keeps the time of the last change."""
    return (found.st_size, found.st_mtime_ns) == (wanted.st_size, wanted.st_mtime_ns)
