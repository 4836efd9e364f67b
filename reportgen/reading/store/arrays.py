"""Files of the store: a head in msgpack, and after it columns of raw numbers and other bytes, each with a checksum."""

import struct
import zlib
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

_ALIGN = 8
_FRAME = struct.Struct("<IQ")
"""Checksum of all that follows it (up to the end of the head, or of the file), and length of the head."""

INDICES, NUMBERS, BYTES = 0, 1, 2
"""What a part holds."""
_TYPES = (np.dtype(np.int64), np.dtype(np.float64), np.dtype(np.uint8))

Parts = list[tuple[int, int, int, int]]
"""Of each part where it begins after the head, how many items it has, what they are, and the checksum."""

encode = msgspec.msgpack.Encoder().encode


class DamagedError(ValueError):
    """A file of the store is not what was written: what it held is read again from the log."""


class PartsWriter:
    """The parts of a file being written, one after the other."""

    def __init__(self) -> None:
        self._data: list[bytes] = []
        self._size = 0
        self.parts: Parts = []

    def add(self, array: NDArray[Any]) -> int:
        """Append numbers and return the number of the part."""
        return self._add(array.tobytes(), len(array), INDICES if array.dtype == np.int64 else NUMBERS)

    def add_bytes(self, data: bytes) -> int:
        """Append bytes and return the number of the part."""
        return self._add(data, len(data), BYTES)

    def _add(self, data: bytes, length: int, kind: int) -> int:
        self.parts.append((self._size, length, kind, zlib.crc32(data)))
        padding = bytes(-len(data) % _ALIGN)  # numpy is faster on aligned numbers
        self._data += (data, padding)
        self._size += len(data) + len(padding)
        return len(self.parts) - 1

    def file(self, form: bytes, head: msgspec.Struct, *, whole: bool) -> bytes:
        """The bytes of the file.

        Args:
            form: its first line, which names the format.
            head: made after all parts were added, as it holds ``parts``.
            whole: whether the checksum of the head goes over the parts too.
        """
        packed = encode(head)
        padding = bytes(-(len(form) + _FRAME.size + len(packed)) % _ALIGN)
        checked = b"".join((_FRAME.pack(0, len(packed))[4:], packed, padding, *(self._data if whole else ())))
        rest = () if whole else self._data
        return b"".join((form, struct.pack("<I", zlib.crc32(checked)), checked, *rest))


class PartsFile:
    """A file of the store that was read, perhaps mapped into memory.

    Args:
        data: all of it.
        form: its first line.
        whole: as for `PartsWriter.file`.

    Raises:
        DamagedError: it has another format, or its head is not what was written.
    """

    def __init__(self, data: bytes | memoryview, form: bytes, *, whole: bool) -> None:
        view = memoryview(data)
        start = len(form) + _FRAME.size
        if len(view) < start or view[: len(form)] != form:
            raise DamagedError("another format")
        checksum, length = _FRAME.unpack_from(view, len(form))
        self._base = start + length + -(start + length) % _ALIGN
        if self._base > len(view):
            raise DamagedError("truncated")
        if zlib.crc32(view[len(form) + 4 : None if whole else self._base]) != checksum:
            raise DamagedError("the checksum of the head is another one")
        self.head, self.checksum = view[start : start + length], checksum
        self._view, self._checked = view, whole

    def array(self, part: tuple[int, int, int, int]) -> NDArray[Any]:
        """The numbers or bytes of a part, read-only and where they lie.

        Raises:
            DamagedError: they are not what was written.
        """
        offset, length, kind, checksum = part
        try:
            array = np.frombuffer(self._view, _TYPES[kind], length, self._base + offset)
        except (ValueError, IndexError) as error:
            raise DamagedError("truncated") from error
        if not self._checked and zlib.crc32(array.data) != checksum:
            raise DamagedError("the checksum of a column is another one")
        array.flags.writeable = False
        return array
