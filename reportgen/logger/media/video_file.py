"""What kind of video a file holds and how big its picture is, without decoding it."""

from __future__ import annotations

from reportgen.logger.media import iso_boxes
from reportgen.logger.media.picture_file import picture_format

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

HEAD = 1 << 16
DOCUMENT_TYPE = 100
"""Bytes at the beginning of a file in which it says that it is WebM and no other Matroska."""
EBML = b"\x1a\x45\xdf\xa3"
NO_FILM = (b"avif", b"avis", b"heic", b"mif1", b"M4A ", b"M4B ")
"""What files made of the same boxes as MP4 call themselves, if they are pictures or sounds."""
VIDEO_TRACK = b"\xe0"
"""The element of a WebM file that has the size of the picture."""
PIXEL_WIDTH, PIXEL_HEIGHT = 0xB0, 0xBA


def video_format(file: BinaryIO) -> tuple[str, int | None, int | None] | None:
    """File ending, and width and height if they are known, of a GIF, MP4, WebM or Ogg file; None for anything else."""
    file.seek(0)
    head = file.read(HEAD)
    found = picture_format(head)
    if found and found[0] == ".gif":
        return found
    if head[4:8] == b"ftyp" and head[8:12] not in NO_FILM:
        return (".mp4", *(iso_boxes.picture_size(file) or (None, None)))
    if head.startswith(EBML) and b"webm" in head[:DOCUMENT_TYPE]:
        return (".webm", *(_webm_size(head) or (None, None)))
    return (".ogg", None, None) if head.startswith(b"OggS") else None


def _webm_size(head: bytes) -> tuple[int, int] | None:
    """Width and height out of the first element that has both."""
    start = head.find(VIDEO_TRACK)
    while start >= 0:
        length = head[start + 1] & 0x7F if start + 1 < len(head) else 0
        sizes = _numbers(head[start + 2 : start + 2 + length])
        if sizes.get(PIXEL_WIDTH) and sizes.get(PIXEL_HEIGHT):
            return sizes[PIXEL_WIDTH], sizes[PIXEL_HEIGHT]
        start = head.find(VIDEO_TRACK, start + 1)
    return None


def _numbers(content: bytes) -> dict[int, int]:
    """The elements of one byte of name and one of length, as far as they go."""
    found: dict[int, int] = {}
    start = 0
    while start + 2 <= len(content):
        name, length = content[start], content[start + 1]
        if length < 0x80:  # noqa: PLR2004 # a longer length, which no number needs
            break
        start += 2
        found[name] = int.from_bytes(content[start : start + (length & 0x7F)], "big")
        start += length & 0x7F
    return found
