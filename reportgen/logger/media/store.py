"""Where media go: files below ``files/media/`` named after their content, so equal media are kept once."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable

from reportgen.schema import MEDIA_FOLDER

NAME_LENGTH = 16
"""Hex digits of the SHA-256 in a file name."""
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
        path = f"{MEDIA_FOLDER}/{kind}/{digest[:NAME_LENGTH]}{ending}"
        target = os.path.join(self.folder, path)
        if not os.path.exists(target):
            os.makedirs(os.path.dirname(target), exist_ok=True)
            unfinished = f"{target}.{os.urandom(4).hex()}.part"
            try:
                with open(unfinished, "xb") as file:
                    file.write(content)
                os.replace(unfinished, target)
            except OSError:
                if os.path.exists(unfinished):
                    os.unlink(unfinished)
                raise
        return {"path": path, "sha256": digest, "size": len(content)}


class Media(ABC):
    """A value of a row that is more than a number or a text."""

    @abstractmethod
    def stored(self, store: MediaStore, clean: Clean) -> dict[str, object]:
        """Keep the content in the store, and return what stands in the row: a dict with ``_type``."""
