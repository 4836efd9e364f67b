"""The last rows of a file of metrics, whatever its size and whatever is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import SEEK_END

from reportgen.schema import STEP

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, BinaryIO

FIRST_WINDOW = 16 * 2**10
"""Bytes from the end that are looked at first; more when no step is in them."""
LAST_WINDOW = 8 * 2**20
"""Bytes that are looked at at once in the end. A line that is longer may be missed."""
BLOCK = 64 * 2**10
LARGEST_STEP = 2**63 - 1

Numbered = tuple[int, "dict[str, Any]"]
"""A row and its step."""


def _find_decoder() -> Callable[[bytes], Any]:
    try:
        from orjson import loads
    except ImportError:
        from json import loads as loads_with_standard_library

        return loads_with_standard_library
    return loads


_decode = _find_decoder()


def parsed(line: bytes) -> dict[str, Any] | None:
    """The object in a line; None if there is none, as in a line that was torn."""
    try:
        found = _decode(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def last_step(path: str, until: int | None = None) -> int | None:
    """The highest step near the end of a file; None if it has no row.

    Args:
        path: the file.
        until: rows of later steps do not count.
    """
    try:
        with open(path, "rb") as file:
            return _last_step(file, until)
    except OSError:
        return None


def last_rows(path: str, size: int, until: int | None = None) -> list[Numbered]:
    """The rows in the last bytes of a file, in their order, as far as they have a step.

    Args:
        path: the file.
        size: how many bytes.
        until: rows of later steps do not count, and the bytes end where they begin.
    """
    try:
        with open(path, "rb") as file:
            end = _end(file, until)
            return _until(_window(file, max(0, end - size), end), until)
    except OSError:
        return []


def _last_step(file: BinaryIO, until: int | None) -> int | None:
    end = _end(file, until)
    for start, stop in _windows(end):
        rows = _until(_window(file, start, stop), until)
        if start == 0 and stop < end and not any(STEP in row for _, row in rows):
            return _counted(file, end)  # a large file of another program, whose lines name no steps
        if rows:
            return max(step for step, _ in rows)
    return None


def _windows(end: int) -> Iterator[tuple[int, int]]:
    """Parts of a file to look at: from the end and larger each time, then back to its beginning and overlapping."""
    size = FIRST_WINDOW
    while size < LAST_WINDOW:
        yield max(0, end - size), end
        if size >= end:
            return
        size *= 8
    while end > 0:
        yield max(0, end - 2 * LAST_WINDOW), end
        end = end - LAST_WINDOW if end > 2 * LAST_WINDOW else 0


def _until(rows: Iterator[Numbered], until: int | None) -> list[Numbered]:
    return [row for row in rows if until is None or row[0] <= until]


def _window(file: BinaryIO, start: int, end: int) -> Iterator[Numbered]:
    """The rows between two places.

    A line that begins before the first is left out, and so are lines without a step before the first one that has one,
    unless the window begins with the file.
    """
    file.seek(max(0, start - 1))
    lines = file.read(end - max(0, start - 1)).split(b"\n")
    step = -1 if start == 0 else None
    for line in lines if start == 0 else lines[1:]:
        row = parsed(line)
        if row is None:
            continue
        named = step_of(row)
        if named is None and step is not None:
            named = step + 1
        if named is not None:
            yield named, row
            step = named


def step_of(row: dict[str, Any]) -> int | None:
    """The step that a row names."""
    step = row.get(STEP)
    if isinstance(step, float) and step.is_integer():
        step = int(step)
    return step if type(step) is int and abs(step) < LARGEST_STEP else None


def _counted(file: BinaryIO, end: int) -> int | None:
    """The step of the last line of a file whose lines name none."""
    file.seek(0)
    lines, left = 0, end
    while left > 0 and (block := file.read(min(BLOCK, left))):
        lines += block.count(b"\n")
        left -= len(block)
    return lines - 1 if lines else None


def _end(file: BinaryIO, until: int | None) -> int:
    """Where the rows up to a step end: found by halving, for steps go up. Without a step, the end of the file."""
    high = file.seek(0, SEEK_END)
    if until is None:
        return high
    low, end = 0, high
    while high - low > BLOCK:
        middle = (low + high) // 2
        found = _next_row(file, middle, end)
        if found is None:
            return end  # no line names a step here
        low, high = (middle, high) if found[0] <= until else (low, middle)
    return min(end, high + BLOCK)


def _next_row(file: BinaryIO, start: int, end: int) -> Numbered | None:
    for size in (BLOCK, LAST_WINDOW):
        found = next(_window(file, start, min(end, start + size)), None)
        if found or start + size >= end:
            return found
    return None
