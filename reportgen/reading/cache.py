"""What was read of each run log, kept so that the next build parses only what was appended.

One file a run below the cache folder, known by content: for every file of the log, how many bytes were read and their
hash. Columns lie in it as raw numbers, everything else in a msgpack head. It may be deleted, truncated
or scribbled over at any time: what does not check out is read again from the log. Files are replaced as a whole, so
that builds at the same time, or a build that is killed, never leave half of one.
"""

import hashlib
import os
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from reportgen.model import ConsoleChunk
from reportgen.reading.console import ConsoleText
from reportgen.reading.discover import RunFolder
from reportgen.reading.rows import BadLines, Column, MediaCell, Rows
from reportgen.reading.stream import Content, FileState, Records

FORMAT = b"reportgen cache 1\n"
"""First line of a cache file; another one means another format, and the log is read again."""

States = Mapping[str, FileState]
"""File name -> what its final lines hold."""

_ALIGN = 8
_FRAME = struct.Struct("<IQ")
"""Checksum of all that follows it, and length of the head."""

Bad = tuple[int, tuple[int, ...]]


class _Rows(msgspec.Struct, tag="rows", array_like=True):
    """`Rows`; a column is the numbers of its arrays."""

    steps: int
    times: int
    columns: dict[str, tuple[int | None, int]]
    texts: dict[str, tuple[int, Any]]
    media: list[tuple[int, str, list[dict[str, Any]]]]
    lines: int
    bad: Bad
    named_step: float
    unnamed: int
    stepped: bool


class _Console(msgspec.Struct, tag="console", array_like=True):
    chunks: list[tuple[float, str, str]]
    lines: int
    bad: Bad


class _Records(msgspec.Struct, tag="records", array_like=True):
    records: list[dict[str, Any]]
    lines: int
    bad: Bad


class _Head(msgspec.Struct, array_like=True):
    """All but the numbers: the files, and where each array begins, how long it is and whether it holds indices."""

    files: dict[str, tuple[int, str, _Rows | _Console | _Records]]
    arrays: list[tuple[int, int, bool]]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Head).decode


def cache_file(cache_folder: Path, folder: RunFolder) -> Path:
    """Where what is known of a run is kept. The name is a hash, for run folders may have any name."""
    name = hashlib.sha256(os.fsencode(folder.path.absolute())).hexdigest()[:32]
    return cache_folder / "runs" / name[:2] / f"{name}.columns"


def load_states(path: Path) -> States:
    """What is known of a run; nothing if that cannot be read or is damaged."""
    try:
        return _unpacked(path.read_bytes())
    except (OSError, ValueError, LookupError, struct.error, msgspec.MsgspecError):
        return {}


def store_states(path: Path, states: States) -> bool:
    """Keep what is known of a run; whether that worked. A folder that cannot be written is no error."""
    try:
        data = _packed(states)
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".tmp", delete=False) as file:
            temporary = Path(file.name)
            try:
                file.write(data)
                file.close()
                temporary.replace(path)
            except BaseException:
                temporary.unlink()
                raise
    except (OSError, ValueError, TypeError, OverflowError):  # beyond OSError: integers that msgpack cannot hold
        return False
    return True


class _Arrays:
    """The arrays of a cache file being written, one after the other."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.places: list[tuple[int, int, bool]] = []
        self.size = 0

    def add(self, array: NDArray[Any]) -> int:
        """Append an array and return its number."""
        self.places.append((self.size, len(array), array.dtype == np.int64))
        self.parts.append(array.tobytes())
        self.size += array.nbytes
        return len(self.places) - 1


def _packed(states: States) -> bytes:
    arrays = _Arrays()
    files = {
        name: (state.consumed, state.digest, _stored(state.content, arrays)) for name, state in sorted(states.items())
    }
    head = _encode(_Head(files, arrays.places))
    padding = bytes(-(len(FORMAT) + _FRAME.size + len(head)) % _ALIGN)  # numpy is faster on aligned numbers
    body = _FRAME.pack(0, len(head))[4:] + head + padding + b"".join(arrays.parts)
    return FORMAT + struct.pack("<I", zlib.crc32(body)) + body


def _unpacked(data: bytes) -> States:
    if not data.startswith(FORMAT):
        raise ValueError("another format")
    checksum, length = _FRAME.unpack_from(data, len(FORMAT))
    if zlib.crc32(memoryview(data)[len(FORMAT) + 4 :]) != checksum:
        raise ValueError("damaged")
    start = len(FORMAT) + _FRAME.size
    head = _decode(memoryview(data)[start : start + length])
    base = start + length + -(start + length) % _ALIGN
    arrays: list[NDArray[Any]] = [
        np.frombuffer(data, np.int64 if indices else np.float64, count, base + offset)
        for offset, count, indices in head.arrays
    ]
    return {
        name: FileState(consumed, digest, _restored(content, arrays))
        for name, (consumed, digest, content) in head.files.items()
    }


def _stored(content: Content, arrays: _Arrays) -> _Rows | _Console | _Records:
    bad: Bad = (content.bad.count, content.bad.first)
    if isinstance(content, Records):
        return _Records(list(content.records), content.lines, bad)
    if isinstance(content, ConsoleText):
        return _Console([(chunk.time, chunk.stream, chunk.text) for chunk in content.chunks], content.lines, bad)
    return _Rows(
        steps=arrays.add(content.steps),
        times=arrays.add(content.times),
        columns={
            key: (None if column.rows is None else arrays.add(column.rows), arrays.add(column.values))
            for key, column in content.columns.items()
        },
        texts=dict(content.texts),
        media=[(cell.row, cell.key, list(cell.values)) for cell in content.media],
        lines=content.lines,
        bad=bad,
        named_step=content.named_step,
        unnamed=content.unnamed,
        stepped=content.stepped,
    )


def _restored(stored: _Rows | _Console | _Records, arrays: list[NDArray[Any]]) -> Content:
    bad = BadLines(*stored.bad)
    if isinstance(stored, _Records):
        return Records(tuple(stored.records), stored.lines, bad)
    if isinstance(stored, _Console):
        return ConsoleText(tuple(ConsoleChunk(*chunk) for chunk in stored.chunks), stored.lines, bad)
    return Rows(
        steps=arrays[stored.steps],
        times=arrays[stored.times],
        columns={
            key: Column(None if rows is None else arrays[rows], arrays[values])
            for key, (rows, values) in stored.columns.items()
        },
        texts=stored.texts,
        media=tuple(MediaCell(row, key, tuple(values)) for row, key, values in stored.media),
        lines=stored.lines,
        bad=bad,
        named_step=stored.named_step,
        unnamed=stored.unnamed,
        stepped=stored.stepped,
    )
