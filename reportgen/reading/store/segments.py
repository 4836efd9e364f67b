"""Segments: files with the rows of a sealed block, named after their content. Once written they never change."""

import hashlib
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any

import msgspec

from reportgen.model import Numbers
from reportgen.reading.rows import Column, MediaCell, MemoryBlock
from reportgen.reading.store.arrays import DamagedError, Parts, PartsFile, PartsWriter, encode
from reportgen.storage import Storage

FORMAT = b"reportgen segment 1\n"
"""First line of a segment; another one means another format, and the log is read again."""

Cells = list[tuple[int, str, list[dict[str, Any]]]]


class SegmentHead(msgspec.Struct, array_like=True):
    """Where the columns are: the numbers of their parts. ``media`` is None without any."""

    count: int
    steps: int
    times: int
    columns: dict[str, tuple[int | None, int]]
    media: int | None
    parts: Parts


_decode_head = msgspec.msgpack.Decoder(SegmentHead).decode
_decode_cells = msgspec.msgpack.Decoder(Cells).decode


def packed_segment(block: MemoryBlock) -> bytes:
    """The file of a block: the same bytes wherever a build has stopped while it read these rows.

    Raises:
        OverflowError: media hold an integer that msgpack cannot hold.
    """
    parts = PartsWriter()
    head = SegmentHead(block.count, *_packed(block, parts), parts.parts)
    return parts.file(FORMAT, head, whole=False)


def _packed(block: MemoryBlock, parts: PartsWriter) -> tuple[int, int, dict[str, tuple[int | None, int]], int | None]:
    steps, times = parts.add(block.steps), parts.add(block.times)
    columns = {
        metric: (None if column.rows is None else parts.add(column.rows), parts.add(column.values))
        for metric, column in sorted(block.columns.items())
    }
    return steps, times, columns, parts.add_bytes(encode(packed_cells(block.media))) if block.media else None


def packed_cells(media: Sequence[MediaCell]) -> Cells:
    """Media as msgpack can hold them."""
    return [(cell.row, cell.key, list(cell.values)) for cell in media]


def unpacked_cells(cells: Cells) -> tuple[MediaCell, ...]:
    """What `packed_cells` packed."""
    return tuple(MediaCell(row, key, tuple(values)) for row, key, values in cells)


def segment_name(data: bytes) -> str:
    """What a segment is called: its content."""
    return f"{hashlib.sha256(data, usedforsecurity=False).hexdigest()[:32]}.segment"


class StoredBlock:
    """A `Block` in the store. The file is opened when the first column is asked for.

    Args:
        storage: where it is.
        name: of the file, there.
        count: how many rows it has.
        size: bytes of the file.
        checksum: of its head, which has those of all columns: another segment under this name is noticed.
    """

    def __init__(self, storage: Storage, name: str, count: int, size: int, checksum: int) -> None:
        self._storage = storage
        self.name, self.count, self.size, self.checksum = name, count, size, checksum

    @cached_property
    def _file(self) -> tuple[PartsFile, SegmentHead]:
        try:
            file = PartsFile(self._storage.read(self.name), FORMAT, whole=False)
            head = _decode_head(file.head)
        except (OSError, msgspec.MsgspecError) as error:
            raise DamagedError(f"a segment cannot be read: {error}") from error
        if file.checksum != self.checksum:
            raise DamagedError("another segment")
        return file, head

    def _part(self, number: int) -> Any:
        file, head = self._file
        try:
            return file.array(head.parts[number])
        except IndexError as error:
            raise DamagedError("truncated") from error

    @property
    def steps(self) -> Numbers:
        """As `Block.steps`."""
        return self._part(self._file[1].steps)  # type: ignore[no-any-return]

    @property
    def times(self) -> Numbers:
        """As `Block.times`."""
        return self._part(self._file[1].times)  # type: ignore[no-any-return]

    @property
    def metrics(self) -> Collection[str]:
        """As `Block.metrics`."""
        return self._file[1].columns.keys()

    def column(self, metric: str) -> Column:
        """As `Block.column`."""
        rows, values = self._file[1].columns[metric]
        return Column(None if rows is None else self._part(rows), self._part(values))

    @property
    def media(self) -> Sequence[MediaCell]:
        """As `Block.media`."""
        place = self._file[1].media
        if place is None:
            return ()
        try:
            return unpacked_cells(_decode_cells(self._part(place).data))
        except msgspec.MsgspecError as error:
            raise DamagedError("not the media of a segment") from error
