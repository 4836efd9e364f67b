"""The head of a run: everything that was read of its log except sealed blocks, which it names."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from reportgen.model import ConsoleChunk
from reportgen.reading.console import ConsoleText
from reportgen.reading.rows import BadLines, Block, Column, MemoryBlock, Rows
from reportgen.reading.store.arrays import DamagedError, Parts, PartsFile, PartsWriter
from reportgen.reading.store.segments import Cells, StoredBlock, packed_cells, unpacked_cells
from reportgen.reading.stream import Content, FileState, Records

FORMAT = b"reportgen run 2\n"
"""First line of a head; another one means another format, and the log is read again."""

States = Mapping[str, FileState]
"""File name -> what its final lines hold."""

Bad = tuple[int, tuple[int, ...]]
Sealed = tuple[str, int, int, int]
"""Name of a segment, how many rows and bytes it has, and the checksum of its head."""


class _Rows(msgspec.Struct, tag="rows", array_like=True):
    """`Rows`; a column is the numbers of its parts."""

    sealed: list[Sealed]
    steps: int
    times: int
    columns: dict[str, tuple[int | None, int]]
    media: Cells
    metrics: tuple[str, ...]
    texts: dict[str, tuple[int, Any]]
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
    files: dict[str, tuple[int, str, _Rows | _Console | _Records]]
    parts: Parts


_decode = msgspec.msgpack.Decoder(_Head).decode


def packed_head(states: States) -> bytes:
    """The file that holds what is known of a run.

    Raises:
        OverflowError: the log holds an integer that msgpack cannot hold.
        TypeError: a sealed block is not in the store.
    """
    parts = PartsWriter()
    files = {
        name: (state.consumed, state.digest, _stored(state.content, parts)) for name, state in sorted(states.items())
    }
    return parts.file(FORMAT, _Head(files, parts.parts), whole=True)


def unpacked_head(data: bytes | memoryview, opened: Callable[[Sealed], Block]) -> States:
    """What is known of a run.

    Args:
        data: the file.
        opened: a segment that it names.

    Raises:
        DamagedError: it is not what was written.
    """
    file = PartsFile(data, FORMAT, whole=True)
    try:
        head = _decode(file.head)
        arrays = [file.array(part) for part in head.parts]
        return {
            name: FileState(consumed, digest, _restored(content, arrays, opened))
            for name, (consumed, digest, content) in head.files.items()
        }
    except (msgspec.MsgspecError, LookupError) as error:
        raise DamagedError("not the head of a run") from error


def sealed_in(states: States) -> Iterator[StoredBlock]:
    """The segments that belong to what is known of a run."""
    for state in states.values():
        if isinstance(state.content, Rows):
            yield from (block for block in state.content.sealed if isinstance(block, StoredBlock))


def _stored(content: Content, parts: PartsWriter) -> _Rows | _Console | _Records:
    bad: Bad = (content.bad.count, content.bad.first)
    if isinstance(content, Records):
        return _Records(list(content.records), content.lines, bad)
    if isinstance(content, ConsoleText):
        return _Console([(chunk.time, chunk.stream, chunk.text) for chunk in content.chunks], content.lines, bad)
    last = content.last
    return _Rows(
        sealed=[_name(block) for block in content.sealed],
        steps=parts.add(last.steps),
        times=parts.add(last.times),
        columns={
            metric: (None if column.rows is None else parts.add(column.rows), parts.add(column.values))
            for metric, column in last.columns.items()
        },
        media=packed_cells(last.media),
        metrics=content.metrics,
        texts=dict(content.texts),
        lines=content.lines,
        bad=bad,
        named_step=content.named_step,
        unnamed=content.unnamed,
        stepped=content.stepped,
    )


def _name(block: Block) -> Sealed:
    if not isinstance(block, StoredBlock):
        raise TypeError("a sealed block that is not in the store")
    return block.name, block.count, block.size, block.checksum


def _restored(stored: _Rows | _Console | _Records, arrays: list[Any], opened: Callable[[Sealed], Block]) -> Content:
    bad = BadLines(*stored.bad)
    if isinstance(stored, _Records):
        return Records(tuple(stored.records), stored.lines, bad)
    if isinstance(stored, _Console):
        return ConsoleText(tuple(ConsoleChunk(*chunk) for chunk in stored.chunks), stored.lines, bad)
    columns = {
        metric: Column(None if rows is None else arrays[rows], arrays[values])
        for metric, (rows, values) in stored.columns.items()
    }
    return Rows(
        sealed=tuple(opened(sealed) for sealed in stored.sealed),
        last=MemoryBlock(arrays[stored.steps], arrays[stored.times], columns, unpacked_cells(stored.media)),
        metrics=stored.metrics,
        texts=stored.texts,
        lines=stored.lines,
        bad=bad,
        named_step=stored.named_step,
        unnamed=stored.unnamed,
        stepped=stored.stepped,
    )
