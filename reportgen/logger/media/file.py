"""Media that are one file, such as a sound: what it holds is found at once, and written when it is logged."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection

from reportgen.errors import UsageError
from reportgen.logger.media.store import Clean, Media, MediaStore
from reportgen.schema import MEDIA_TYPE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self


class Held:
    """What a medium holds until it is logged.

    Attributes:
        ending: of the file's name, with its dot.
        content: the bytes, or the path of a file that is copied when the medium is logged.
        fields: what the row says beside path, digest and size.
    """

    def __init__(self, ending: str, content: bytes | str, **fields: object) -> None:
        self.ending = ending
        self.content = content
        self.fields = {name: value for name, value in fields.items() if value is not None}
        self._kept: dict[str, object] | None = None

    def keep(self, store: MediaStore, folder: str) -> dict[str, object]:
        """Write it, unless it is there; a picture that is logged a hundred times is hashed once."""
        if isinstance(self.content, str):
            return store.copy(folder, self.ending, self.content)
        if self._kept is None or not store.has(self._kept):
            self._kept = store.write(folder, self.ending, self.content)
        return self._kept


class FileMedia(Media):
    """A medium that is one file.

    Whatever cannot be one is reported when it is logged: nothing raises into training.
    """

    TYPE: str
    FOLDER: str

    def __init__(self, caption: object, hold: Callable[[], Held]) -> None:
        self.caption = None if caption is None else str(caption)
        self._held: Held | None = None
        self._trouble: Exception | None = None
        try:
            self._held = hold()
        except Exception as error:  # noqa: BLE001 # nothing raises into training; `stored` reports it
            self._trouble = error

    @classmethod
    def _of(cls, caption: object, hold: Callable[[], Held]) -> Self:
        medium = cls.__new__(cls)
        FileMedia.__init__(medium, caption, hold)
        return medium

    def stored(self, store: MediaStore, clean: Clean) -> dict[str, Any] | list[Any]:
        """Write the file and return the value of the row."""
        if self._held is None:
            raise self._trouble or UsageError("this medium holds nothing", where=f"reportgen.{type(self).__name__}")
        file = self._held.keep(store, self.FOLDER)
        caption = {} if self.caption is None else {"caption": clean(self.caption)}
        return {MEDIA_TYPE: self.TYPE, **file, **caption, **self._held.fields}


def path_of(source: object) -> str | None:
    """The absolute path that a string or a path names, if it is one; the current folder may change before logging."""
    return os.path.abspath(os.fspath(source)) if isinstance(source, (str, os.PathLike)) else None


def head_of(path: str, length: int) -> bytes:
    """The first bytes of a file. Raises OSError when there is none."""
    with open(path, "rb") as file:
        return file.read(length)


def bytes_of(source: Any) -> bytes | None:
    """The bytes of a bytes-like or a file object, from its beginning; None for anything else."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source)
    if not hasattr(source, "read"):
        return None
    if hasattr(source, "seek"):
        source.seek(0)
    content = source.read()
    return content.encode() if isinstance(content, str) else bytes(content)


def ending_of(name: object, endings: Collection[str]) -> str | None:
    """Which of some file formats a name ends in; the longest, in any case of letters."""
    text = os.fspath(name).lower() if isinstance(name, (str, os.PathLike)) else ""
    text = text if isinstance(text, str) else ""
    found = [ending for ending in endings if text.endswith(f".{ending}")]
    return max(found, key=len) if found else None


def model_of(source: object, file_type: str | None, endings: Collection[str], where: str) -> Held:
    """A path or file object in one of some formats, which only its name tells, as it is.

    A file object without a name needs its ``file_type``.
    """
    path = path_of(source)
    name = path or getattr(source, "name", None)
    ending = ending_of(f".{file_type}", endings) if file_type else ending_of(name, endings)
    if ending is None:
        remedy = f"Give a file that ends in one of {', '.join(sorted(endings))}, or a file object with file_type=."
        what = f"a {type(source).__name__} with the name {name!r} has no known format"
        raise UsageError(what, where=where, remedy=remedy)
    if path is not None:
        head_of(path, 1)  # raises when it cannot be read
        return Held(f".{ending}", path, format=ending)
    content = bytes_of(source)
    if content is None:
        raise UsageError(f"a {type(source).__name__} is no file", where=where)
    return Held(f".{ending}", content, format=ending)
