"""The boxes that MP4 and M4A files are made of: how long they play and how big the picture is."""

from __future__ import annotations

from collections.abc import Iterator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

BOX_HEADER, LONG_BOX_HEADER = 8, 16
MOST_BOXES = 1000
"""Boxes looked at in one place, so that a hostile file ends."""
LARGEST_HEADER = 1 << 16
"""Bytes read of a box that is not descended into."""


def duration(file: BinaryIO) -> float | None:
    """Seconds that the file plays; None when it does not say."""
    header = next(_find(file, (b"moov", b"mvhd"), 0, None), b"")
    wide = header[:1] == b"\1"
    rate = int.from_bytes(header[20:24] if wide else header[12:16], "big")
    length = int.from_bytes(header[24:32] if wide else header[16:20], "big")
    return length / rate if rate else None


def picture_size(file: BinaryIO) -> tuple[int, int] | None:
    """Width and height of the first track with a picture."""
    for header in _find(file, (b"moov", b"trak", b"tkhd"), 0, None):
        start = 88 if header[:1] == b"\1" else 76
        width, height = (int.from_bytes(header[at : at + 2], "big") for at in (start, start + 4))
        if width and height:
            return width, height
    return None


def _find(file: BinaryIO, path: tuple[bytes, ...], start: int, end: int | None) -> Iterator[bytes]:
    """Contents of the boxes under a path of kinds."""
    for _ in range(MOST_BOXES):
        file.seek(start)
        head = file.read(BOX_HEADER)
        if len(head) < BOX_HEADER or (end is not None and start >= end):
            return
        size, kind, inside = int.from_bytes(head[:4], "big"), head[4:], start + BOX_HEADER
        if size == 1:
            size, inside = int.from_bytes(file.read(8), "big"), start + LONG_BOX_HEADER
        stop = start + size if size else None  # 0: to the end of the file
        if kind == path[0]:
            if len(path) > 1:
                yield from _find(file, path[1:], inside, stop)
            else:
                file.seek(inside)
                yield file.read(min(LARGEST_HEADER, size or LARGEST_HEADER))
        if stop is None or stop < inside:
            return
        start = stop
