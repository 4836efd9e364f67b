"""What kind of picture some bytes are, and how big it is, by their first bytes only."""

from __future__ import annotations

from reportgen.logger.media.png import SIGNATURE

MARKER = 0xFF
BMP_HEADERS = (b"\x28\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0")
"""Lengths of the headers of BMP files, all of which have the size in the same place."""
HEAD = 1 << 20
"""Bytes of a file that are looked at: a JPEG may have large profiles before its size."""
START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers that carry the size."""


def picture_format(content: bytes) -> tuple[str, int, int] | None:
    """File ending, width and height of a PNG, JPEG, GIF, WebP or BMP; None for anything else or a broken header."""
    if content.startswith(SIGNATURE):
        ending, size = ".png", (_big(content, 16, 4), _big(content, 20, 4))
    elif content.startswith((b"GIF87a", b"GIF89a")):
        ending, size = ".gif", (_little(content, 6, 2), _little(content, 8, 2))
    elif content.startswith(b"\xff\xd8\xff"):
        ending, size = ".jpg", _jpeg_size(content)
    elif content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        ending, size = ".webp", _webp_size(content)
    elif content.startswith(b"BM") and content[14:18] in BMP_HEADERS:
        ending, size = ".bmp", (_little(content, 18, 4), abs(_signed(content, 22)))
    else:
        return None
    return (ending, *size) if all(size) else None


def is_grey_png(content: bytes) -> bool:
    """Whether a PNG has one byte of grey for each pixel."""
    return content.startswith(SIGNATURE) and content[24:26] == b"\x08\x00"


def _big(content: bytes, start: int, length: int) -> int:
    return int.from_bytes(content[start : start + length], "big")


def _little(content: bytes, start: int, length: int) -> int:
    return int.from_bytes(content[start : start + length], "little")


def _signed(content: bytes, start: int) -> int:
    return int.from_bytes(content[start : start + 4], "little", signed=True)


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """Walk over the segments to the start of the frame; (0, 0) when there is none."""
    place = 2
    while place + 9 <= len(content) and content[place] == MARKER:
        marker = content[place + 1]
        if marker in START_OF_FRAME:
            return _big(content, place + 7, 2), _big(content, place + 5, 2)
        place += 1 if marker == MARKER else 2 + _big(content, place + 2, 2)
    return 0, 0


def _webp_size(content: bytes) -> tuple[int, int]:
    """The size from the first chunk: lossy, lossless or extended."""
    kind = content[12:16]
    if kind == b"VP8 ":
        return _little(content, 26, 2) & 0x3FFF, _little(content, 28, 2) & 0x3FFF
    if kind == b"VP8L":
        bits = _little(content, 21, 4)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        return _little(content, 24, 3) + 1, _little(content, 27, 3) + 1
    return 0, 0
