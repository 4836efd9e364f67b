"""The contents of a project's artifacts: files named after their SHA-256, so that equal ones are kept once."""

from __future__ import annotations

import os
from contextlib import suppress

from reportgen.errors import ArtifactError
from reportgen.logger.artifacts.exclusive import unfinished_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

BLOCK = 1 << 20
"""Bytes of a file that are in memory at a time."""
HEX_DIGITS = 64
READ_ONLY = 0o444
CLONE = 0x40049409
"""Linux's FICLONE: the new file shares the blocks of the old one until either changes (btrfs, XFS)."""


def is_digest(text: object) -> bool:
    """Whether this is a SHA-256 in lower-case hex, and so a safe file name."""
    return isinstance(text, str) and len(text) == HEX_DIGITS and not set(text) - set("0123456789abcdef")


def hash_file(path: str) -> tuple[str, int]:
    """SHA-256 and size of a file."""
    from hashlib import file_digest

    with open(path, "rb") as file:
        return file_digest(file, "sha256").hexdigest(), file.tell()


class ObjectStore:
    """The contents below one folder."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def path(self, digest: str) -> str:
        """Where the content of this digest is, or would be."""
        return os.path.join(self.folder, digest[:2], digest)

    def holds(self, digest: str, size: int) -> bool:
        """Whether the content is there, in full length: a power cut may leave a file empty."""
        try:
            return os.path.getsize(self.path(digest)) == size
        except OSError:
            return False

    def put_file(self, source: str, digest: str, size: int) -> tuple[str, int]:
        """Keep a copy of a file whose digest was just taken; returns that of the copy.

        It differs only if the file has changed since: then the copy is what counts.
        """
        if self.holds(digest, size):
            return digest, size
        unfinished = unfinished_name(self.path(digest))
        os.makedirs(os.path.dirname(unfinished), exist_ok=True)
        try:
            digest, size = copy_hashed(source, unfinished)
            self._finish(unfinished, digest)
        finally:
            if os.path.exists(unfinished):
                os.unlink(unfinished)
        return digest, size

    def take(self, source: str, digest: str, size: int) -> bool:
        """Keep a file by moving it here, which is only for files that are nobody's; whether that could be done."""
        if self.holds(digest, size):
            return True
        try:
            self._finish(source, digest)
        except OSError:  # on another disk: it has to be copied
            return False
        return True

    def put_bytes(self, content: bytes) -> str:
        """Keep some bytes; returns their digest."""
        from hashlib import sha256

        digest = sha256(content).hexdigest()
        if not self.holds(digest, len(content)):
            unfinished = unfinished_name(self.path(digest))
            os.makedirs(os.path.dirname(unfinished), exist_ok=True)
            try:
                with open(unfinished, "xb") as file:
                    file.write(content)
                self._finish(unfinished, digest)
            finally:
                if os.path.exists(unfinished):
                    os.unlink(unfinished)
        return digest

    def read(self, digest: str) -> bytes:
        """The content of this digest, checked.

        Raises:
            ArtifactError: it is missing or damaged.
        """
        from hashlib import sha256

        try:
            with open(self.path(digest), "rb") as file:
                content = file.read()
        except OSError as error:
            raise missing(self.path(digest)) from error
        if sha256(content).hexdigest() != digest:
            raise damaged(self.path(digest))
        return content

    def _finish(self, unfinished: str, digest: str) -> None:
        with suppress(OSError):  # some file systems know no modes
            os.chmod(unfinished, READ_ONLY)
        target = self.path(digest)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.replace(unfinished, target)


def copy_hashed(source: str, target: str) -> tuple[str, int]:
    """Copy a file to a new one, sharing its blocks where the file system can; SHA-256 and size of the copy."""
    with open(source, "rb") as original, open(target, "xb") as copy:
        shared = _clone(original, copy)
        if not shared:
            return _pour(original, copy)
    return hash_file(target)


def _pour(original: BinaryIO, copy: BinaryIO) -> tuple[str, int]:
    from hashlib import sha256

    digest, size = sha256(), 0
    while block := original.read(BLOCK):
        digest.update(block)
        copy.write(block)
        size += len(block)
    return digest.hexdigest(), size


def _clone(original: BinaryIO, copy: BinaryIO) -> bool:
    try:
        from fcntl import ioctl

        ioctl(copy.fileno(), CLONE, original.fileno())
    except (ImportError, OSError):
        return False
    return True


def missing(path: str) -> ArtifactError:
    """The error for a content that is not there."""
    remedy = "Copy the project's _artifacts folder as a whole, or log the artifact again."
    return ArtifactError("this content of an artifact is missing", where=path, remedy=remedy)


def damaged(path: str) -> ArtifactError:
    """The error for a content that does not have the digest it should have."""
    what = "this content of an artifact is damaged: it does not have the SHA-256 that was logged"
    return ArtifactError(what, where=path, remedy="Delete the file and log the artifact again.")
