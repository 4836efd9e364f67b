"""Where media go: files below ``files/media/`` named after their content, so equal media are kept once."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable

from reportgen.schema import MEDIA_FOLDER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, BinaryIO, Self

NAME_LENGTH = 16
"""Hex digits of the SHA-256 in a file name."""
CHUNK = 1 << 20
"""Bytes of a file that are in memory at a time."""
Clean = Callable[[object], object]
"""Makes a value plain JSON (`values.Cleaner.tree`)."""


class MediaStore:
    """Writes media of one run."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def write(self, kind: str, ending: str, content: bytes) -> dict[str, object]:
        """Keep the content; return the fields ``path`` (relative to the run folder), ``sha256`` and ``size``."""
        from hashlib import sha256  # loads OpenSSL: not before there is something to hash

        digest = sha256(content).hexdigest()
        file = self._file(kind, ending, digest, len(content))
        if not self.has(file):
            with Unfinished(self._target(file)) as unfinished:
                unfinished.file.write(content)
        return file

    def copy(self, kind: str, ending: str, source: str) -> dict[str, object]:
        """Keep a copy of a file, which is never in memory as a whole; return the same fields.

        A copy and no link: the script may write the file again.
        """
        with open(source, "rb") as original:
            known = self._file(kind, ending, *_pour(original, None))
            if self.has(known):
                return known
            original.seek(0)
            with Unfinished(self._target(known)) as unfinished:  # hashed again: it may have grown since
                file = self._file(kind, ending, *_pour(original, unfinished.file))
                unfinished.target = self._target(file)
        return file

    def has(self, file: dict[str, object]) -> bool:
        """Whether the file of some fields is there, whole."""
        try:
            return os.path.getsize(self._target(file)) == file["size"]
        except OSError:
            return False

    def _file(self, kind: str, ending: str, digest: str, size: int) -> dict[str, object]:
        return {"path": f"{MEDIA_FOLDER}/{kind}/{digest[:NAME_LENGTH]}{ending}", "sha256": digest, "size": size}

    def _target(self, file: dict[str, object]) -> str:
        return os.path.join(self.folder, str(file["path"]))


class Unfinished:
    """A ``with`` block that writes a file beside its target and moves it there at the end, or leaves nothing behind.

    Attributes:
        file: what to write to.
        target: where it goes; may change until the end.
    """

    def __init__(self, target: str) -> None:
        self.target = target

    def __enter__(self) -> Self:
        os.makedirs(os.path.dirname(self.target), exist_ok=True)
        self._path = f"{self.target}.{os.urandom(4).hex()}.part"
        self.file: BinaryIO = open(self._path, "xb")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            self.file.close()
            if kind is None:
                os.replace(self._path, self.target)
        finally:
            if os.path.exists(self._path):
                os.unlink(self._path)


def _pour(source: BinaryIO, sink: BinaryIO | None) -> tuple[str, int]:
    """Read to the end, and write it to the sink; returns the SHA-256 and the number of bytes."""
    from hashlib import sha256

    digest, size = sha256(), 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if sink is not None:
            sink.write(chunk)
    return digest.hexdigest(), size


class Media(ABC):
    """A value of a row that is more than a number or a text.

    Attributes:
        remarks: what is wrong with it but does not keep it from being logged; told when it is.
    """

    remarks: tuple[Exception, ...] = ()

    @abstractmethod
    def stored(self, store: MediaStore, clean: Clean) -> dict[str, Any] | list[Any]:
        """Keep the content in the store, and return what stands in the row: a dict with ``_type``, or several."""

    def remark(self, trouble: Exception) -> None:
        """Add something to tell."""
        self.remarks = (*self.remarks, trouble)
