"""A copy on this machine of files that are elsewhere, which fetches only what has changed.

What a local file is a copy of is written into the time of its last change: the seconds are those of the original, and
the fraction is a hash of its version. So there is no list that could be lost or be wrong, and each file is right or not
by itself: a build may be killed at any moment, and several may do this at the same time.
"""

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.storage.folder import Folder
from reportgen.storage.url import StoredFile, UrlStorage

AT_ONCE = 32
"""Files that are fetched at the same time: their time is spent on waiting."""
STEPS, STEP_NS = 10**7, 100
"""The values that the fraction of a second can have, in steps that every file system keeps."""
BILLION = 10**9

WantedContent = Callable[[str, int], bool]
"""Whether the content of a file is wanted, by its name and size; of others there is a file of that size, without it."""


TellProgress = Callable[[int, int], object]
"""Hears how many files are done, and how many there are."""


def everything(_name: str, _size: int) -> bool:
    """Want all of it."""
    return True


def nobody(_done: int, _total: int) -> None:
    """Hear nothing."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """Files elsewhere, and their copies here.

    Attributes:
        source: where they are.
        folder: where the copies go.
        wants: whether the content of a file is wanted; a function of a module.
        apart: folders, with a slash, that belong to one side only: neither fetched nor deleted.
    """

    source: UrlStorage
    folder: Path
    wants: WantedContent = everything
    apart: tuple[str, ...] = ()

    def update(self, progress: TellProgress = nobody) -> "Update":
        """Make the copies what the originals are now.

        Args:
            progress: hears of each file that was fetched.

        Raises:
            OSError: the source cannot be listed. A single file that cannot be had is a trouble of the `Update`.
        """
        there = [file for file in self.source.files() if not file.name.startswith(self.apart or ("\0",))]
        update = self.take(there, progress)
        names = {file.name for file in there}
        for name in [name for name, _ in Folder(self.folder).sizes() if name not in names]:
            if not name.startswith(self.apart or ("\0",)):
                Folder(self.folder).delete(name)
                update.removed += 1
        return update

    def take(self, files: Sequence[StoredFile], progress: TellProgress = nobody) -> "Update":
        """Fetch those of these files that are not here as they are there."""
        update = Update(files=len(files))
        wanted = [file for file in files if self._is_due(file, update)]
        if wanted:
            with ThreadPoolExecutor(min(AT_ONCE, len(wanted))) as threads:
                for done, (size, trouble) in enumerate(threads.map(self._fetched, wanted), 1):
                    progress(done, len(wanted))
                    update.bytes += size
                    update.fetched += not trouble
                    update.troubles += [trouble] if trouble else []
        return update

    def bring(self, folder: str, files: Sequence[StoredFile]) -> None:
        """Make the copy of one folder what its files are.

        Raises:
            OSError: one of them cannot be had.
        """
        names = {file.name for file in files}
        for name in [name for name, _ in Folder(self.folder).sizes(folder) if name not in names]:
            Folder(self.folder).delete(name)
        if troubles := self.take(files).troubles:
            raise OSError(errno.EIO, troubles[0])

    def _is_due(self, file: StoredFile, update: "Update") -> bool:
        if not is_contained(file.name):
            update.troubles.append(f"{self.source.url}/{file.name}: this name is no path below a folder")
            return False
        path, stamp = self.folder / file.name, self._stamp(file)
        try:
            found = path.lstat()
            if found.st_size != file.size or not file.version:
                return True
            if found.st_mtime_ns != stamp:
                if not file.md5 or not self.wants(file.name, file.size) or md5_of(path) != file.md5:
                    return True
                os.utime(path, ns=(stamp, stamp))  # brought there from here, or restored without its times
        except OSError:
            return True
        return False

    def _stamp(self, file: StoredFile) -> int:
        state = f"{file.version} {self.wants(file.name, file.size)}".encode()
        digest = hashlib.sha256(state, usedforsecurity=False).digest()
        return file.modified * BILLION + int.from_bytes(digest[:8], "big") % STEPS * STEP_NS

    def _fetched(self, file: StoredFile) -> tuple[int, str]:
        """Fetch a file; give back how many bytes came, and what went wrong."""
        path = self.folder / file.name
        part = path.with_name(f".{secrets.token_hex(8)}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            size = self._filled(part, path, file)
            os.utime(part, ns=(self._stamp(file), self._stamp(file)))
            part.replace(path)
        except (OSError, ValueError) as error:  # the latter of names that no file can have
            part.unlink(missing_ok=True)
            return 0, f"{self.source.url}/{file.name}: cannot be fetched: {getattr(error, 'strerror', '') or error}"
        return size, ""

    def _filled(self, part: Path, path: Path, file: StoredFile) -> int:
        if not self.wants(file.name, file.size):
            with part.open("wb") as empty:
                empty.truncate(file.size)
            return 0
        known = path.stat().st_size if file.md5 and path.is_file() else 0
        if 0 < known < file.size:
            # Logs grow. That the beginning is what it was is proven by the hash of the whole, which the store lists.
            shutil.copyfile(path, part)
            more = self.source.read_from(file.name, known)
            with part.open("ab") as grown:
                grown.write(more)
            if md5_of(part) == file.md5:
                return len(more)
        self.source.fetch(file.name, part)
        return file.size


@dataclass(slots=True)
class Update:
    """What it took to bring a mirror up to date: files that there are, those that were fetched, their bytes."""

    files: int = 0
    fetched: int = 0
    removed: int = 0
    bytes: int = 0
    troubles: list[str] = field(default_factory=list)

    def add(self, more: "Update") -> None:
        """Count what came later of the same files."""
        self.fetched += more.fetched
        self.bytes += more.bytes
        self.troubles += more.troubles


def is_contained(name: str) -> bool:
    """Whether a name leads to a place below the folder that it is relative to, on every system."""
    parts = name.split("/")
    return not ({"", ".", ".."} & set(parts)) and "\0" not in name and "\\" not in name and ":" not in parts[0]


def md5_of(path: Path) -> str:
    """The MD5 of a file, which is what stores list."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def all_files(folder: Path) -> Iterator[tuple[str, int]]:
    """Every file below a folder with its size, but those that are still being written."""
    return ((name, size) for name, size in Folder(folder).sizes() if not name.endswith(".part"))
