"""Pixels to PNG with nothing but zlib."""

from __future__ import annotations

import zlib
from struct import pack

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOUR_TYPES = {1: 0, 3: 2, 4: 6}
"""Channels -> colour type of the PNG header: grey, RGB, RGBA."""


def png(pixels: bytes, width: int, height: int, channels: int) -> bytes:
    """Encode rows of 8-bit pixels, top row first, 1, 3 or 4 bytes a pixel."""
    stride = width * channels
    rows = b"".join(b"\0" + pixels[start : start + stride] for start in range(0, stride * height, stride))
    header = pack(">IIBBBBB", width, height, 8, COLOUR_TYPES[channels], 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))
