"""Values as cells of a CSV file (RFC 4180), exactly, and text that no spreadsheet takes for a formula.

Text always stands in quotes and numbers never do, so that a file tells ``"1"`` from ``1`` and an empty text from no
value. Text that a spreadsheet would compute gets an apostrophe before it; so does text that would look guarded already,
so that taking one apostrophe off always gives back the text.
"""

import math
from collections.abc import Iterable
from typing import Any

import orjson

from reportgen import schema

END = b"\r\n"
DANGEROUS = tuple("=+-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\uff20")
"""What formulas begin with, the full-width forms included."""
GUARD = "'"


def csv_line(values: Iterable[Any]) -> bytes:
    """A line of a file, its end included."""
    return b",".join(map(csv_cell, values)) + END


def csv_cell(value: Any) -> bytes:
    """A value as a cell: nothing for None, numbers as Python writes them, what is nested as JSON in text."""
    if value is None:
        return b""
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, int):
        return b"%d" % value
    if isinstance(value, float):
        return number_cell(value)
    return b'"' + guarded(_text(value)).replace('"', '""').encode("utf-8", "replace") + b'"'


def number_cell(value: float) -> bytes:
    """A number with as many digits as it takes to read the same one."""
    if math.isfinite(value):
        return repr(float(value)).encode()
    return (schema.NAN if math.isnan(value) else schema.INFINITY if value > 0 else schema.NEGATIVE_INFINITY).encode()


def guarded(text: str) -> str:
    """Text that a spreadsheet shows as it is."""
    return GUARD + text if text.lstrip(GUARD).startswith(DANGEROUS) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text.startswith(GUARD) and text.lstrip(GUARD).startswith(DANGEROUS) else text


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    try:
        return orjson.dumps(value, default=str).decode()
    except (TypeError, ValueError, RecursionError):
        return str(value)
