"""How numbers, times and other logged values are written for people: one home for every table, page and report."""

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

SHORT_TEXT = 80
"""Characters of a value in a table cell; the rest is in its full text."""

_BINARY_UNITS = ("kB", "MB", "GB", "TB", "PB")
_PLAIN_LIMIT = 1e6
_TINY = 1e-4
_YEARS = (-62135596800.0, 253402300799.0)
"""Seconds since the epoch that a calendar date can express."""


def format_number(value: float, digits: int = 4) -> str:
    """A number with so many significant digits: ``0.9812``, ``1284``, ``1.5e-5``, ``∞``, ``NaN``.

    Whole numbers below a million keep all their digits.
    """
    if isinstance(value, int) and abs(value) < 10**15:
        return str(int(value))
    value = _as_float(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    size = abs(value)
    if size >= _PLAIN_LIMIT or 0 < size < _TINY:
        return _short_exponent(f"{value:.{max(digits - 1, 0)}e}")
    if size >= 10**digits or value == int(value):
        return f"{value:.0f}"
    return _without_trailing_zeros(f"{value:.{digits}g}")


def format_scientific(value: float, digits: int = 3) -> str:
    """A number in powers of ten: ``1.5e-5``."""
    value = _as_float(value)
    return _short_exponent(f"{value:.{max(digits - 1, 0)}e}") if math.isfinite(value) else format_number(value)


def format_percent(value: float, digits: int = 1) -> str:
    """A share of one in percent: ``98.1 %``, with a space that does not break."""
    value = _as_float(value)
    return f"{value * 100:.{digits}f}\N{NO-BREAK SPACE}%" if math.isfinite(value) else format_number(value)


def format_decimals(value: float, digits: int = 2) -> str:
    """A number with a fixed count of decimals: ``0.98``."""
    value = _as_float(value)
    return f"{value:.{digits}f}" if math.isfinite(value) else format_number(value)


def format_duration(seconds: float) -> str:
    """A time span: ``340 ms``, ``12.3 s``, ``3 min 20 s``, ``2 h 5 min``, ``3 d 4 h``; empty when unknown."""
    seconds = _as_float(seconds)
    if not math.isfinite(seconds):
        return ""
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    if seconds < 1:
        return f"{sign}{seconds * 1000:.0f} ms"
    if seconds < 59.95:  # noqa: PLR2004 (one more would be printed as 60.0 s)
        return f"{sign}{_without_trailing_zeros(f'{seconds:.1f}')} s"
    whole = round(seconds)
    for large, small, size, part in (("min", "s", 60, 1), ("h", "min", 3600, 60), ("d", "h", 86400, 3600)):
        if large == "d" or whole < size * (60 if large == "min" else 24):
            rest = whole % size // part
            return f"{sign}{whole // size} {large}" + (f" {rest} {small}" if rest else "")
    return ""


def format_time(seconds: float) -> str:
    """A moment, from seconds since the epoch: ``2026-03-01 14:05`` in UTC; empty when unknown."""
    seconds = _as_float(seconds)
    if not _YEARS[0] <= seconds <= _YEARS[1]:
        return ""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")


def format_size(size: float) -> str:
    """A size in bytes: ``812 B``, ``1.4 MB`` (powers of 1000)."""
    value = _as_float(size)
    if not math.isfinite(value):
        return ""
    if value < 1000:  # noqa: PLR2004
        return f"{value:.0f} B"
    for unit in _BINARY_UNITS:
        value /= 1000
        if value < 999.5 or unit == _BINARY_UNITS[-1]:  # noqa: PLR2004 (more would be printed as 1000)
            return f"{value:.1f} {unit}" if value < 10 else f"{value:.0f} {unit}"  # noqa: PLR2004
    return ""


def full_text(value: Any) -> str:
    """A logged value in full: text as it is, numbers exactly, the rest as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, int | float):
        return repr(value) if math.isfinite(_as_float(value)) else format_number(value)
    return json.dumps(_plain(value), ensure_ascii=False)


def short_text(value: Any) -> str:
    """A logged value as it stands in a table: numbers rounded, long text cut with an ellipsis."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return format_number(value)
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        text = ", ".join(value)
    else:
        text = full_text(value)
    text = " ".join(text.split())
    return text if len(text) <= SHORT_TEXT else text[: SHORT_TEXT - 1] + "…"


def _plain(value: Any) -> Any:
    """The value with everything that JSON cannot say turned into text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, int | float) and not math.isfinite(_as_float(value)):
        return format_number(value)
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _as_float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _without_trailing_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def _short_exponent(text: str) -> str:
    """``1.500e-05`` becomes ``1.5e-5``."""
    mantissa, exponent = text.split("e")
    return f"{_without_trailing_zeros(mantissa)}e{int(exponent)}"
