"""Bytes to lines to objects. A line that has its newline is final; one that has not may still be being written."""

import json
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

BLOCK_BYTES = 1 << 20
"""How much is read, and parsed, at a time."""

DEEPEST = 64
"""Levels of nesting that a logged value may have."""

_decode = msgspec.json.Decoder().decode


def whole_lines(file: BinaryIO, limit: int | None = None) -> Iterator[bytes]:
    """Yield the rest of a file in blocks that end with a newline; last, what follows the final newline, if anything.

    Args:
        file: at the beginning of a line.
        limit: bytes after which the file is taken to end.
    """
    parts: list[bytes] = []
    left = sys.maxsize if limit is None else limit
    while block := file.read(min(BLOCK_BYTES, left)):
        left -= len(block)
        cut = block.rfind(b"\n") + 1
        if not cut:
            parts.append(block)
            continue
        yield b"".join((*parts, block[:cut]))
        parts = [block[cut:]] if cut < len(block) else []
    if parts:
        yield b"".join(parts)


def parse_line(line: bytes) -> dict[str, Any] | None:
    """The JSON object that a line holds; None if it holds none.

    What strict JSON refuses but writers in other languages produce is taken: bare NaN and Infinity, numbers beyond
    float64, halves of surrogate pairs (they become question marks), a byte order mark.
    """
    value: Any
    try:
        value = _decode(line)
    except (ValueError, RecursionError):  # msgspec's errors and UnicodeDecodeError are ValueErrors
        try:
            value = json.loads(line.decode("utf-8-sig", "surrogatepass"))
            value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
        except (ValueError, RecursionError):
            return None
    return value if isinstance(value, dict) and not is_too_deep(value) else None


def is_too_deep(value: Any) -> bool:
    """Whether a value nests deeper than any program after this one should have to follow."""
    level = [value]
    for _ in range(DEEPEST):
        level = [
            item
            for outer in level
            if isinstance(outer, dict | list)
            for item in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(item, dict | list)
        ]
        if not level:
            return False
    return True
