"""Open data as JSON: what their files begin with, and values that JSON has no words for."""

import json
import math
from collections.abc import Mapping
from typing import Any

import orjson

from reportgen import schema

FORMAT = "reportgen-site"
VERSION = 1
"""Of all open data. A reader refuses a greater one."""
DEEPEST = 100


def coded(value: Any, depth: int = 0) -> Any:
    """A value as JSON can hold it, exactly: what is not finite becomes the word that the run log has for it."""
    if isinstance(value, float) and not math.isfinite(value):
        return schema.NAN if math.isnan(value) else schema.INFINITY if value > 0 else schema.NEGATIVE_INFINITY
    if isinstance(value, Mapping):
        return {str(key): coded(item, depth + 1) for key, item in value.items()} if depth < DEEPEST else str(value)
    if isinstance(value, list | tuple):
        return [coded(item, depth + 1) for item in value] if depth < DEEPEST else str(value)
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def json_bytes(value: Any) -> bytes:
    """A file of JSON."""
    try:
        return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:  # an integer beyond 64 bits, or half a surrogate pair
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace") + b"\n"
