"""One value to JSON bytes: with orjson when it is installed, else with the standard library."""

from __future__ import annotations

from collections.abc import Callable


def _find_encoder() -> Callable[[object], bytes]:
    try:
        from orjson import dumps
    except ImportError:
        from json import JSONEncoder

        encode_text = JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode

        def encode_with_standard_library(value: object) -> bytes:
            return encode_text(value).encode()

        return encode_with_standard_library
    return dumps


encode: Callable[[object], bytes] = _find_encoder()
"""JSON of plain values as UTF-8 without line ends. Raises TypeError or ValueError for what JSON cannot hold, except
that orjson writes NaN and infinities as null: check for them first."""


def encode_line(value: object) -> bytes:
    """A line of a run log."""
    return encode(value) + b"\n"
