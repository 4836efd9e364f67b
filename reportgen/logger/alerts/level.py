"""One alert: its fields in the run log, and its text for a chat."""

from __future__ import annotations

import time
from enum import Enum

from reportgen.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import timedelta

WAIT_SECONDS = 60.0
"""Between two posts of one title, unless the alert says otherwise."""


class AlertLevel(Enum):
    """How much an alert matters."""

    INFO = "INFO"
    WARN = "WARN"
    ERROR = "ERROR"


def alert_fields(title: str, text: str, level: str | AlertLevel | None) -> dict[str, str | float]:
    """The fields of the record."""
    name = level.value if isinstance(level, AlertLevel) else str(level or AlertLevel.INFO.value).upper()
    if name not in AlertLevel.__members__:
        remedy = f"Use one of {', '.join(AlertLevel.__members__)}."
        raise UsageError(f"unknown level {level!r}", where="alert", remedy=remedy)
    return {"time": time.time(), "title": str(title), "text": str(text), "level": name}


def seconds_of(duration: float | timedelta | None) -> float:
    """A duration in seconds."""
    if duration is None:
        return WAIT_SECONDS
    seconds = getattr(duration, "total_seconds", None)
    try:
        return float(seconds() if seconds else duration)  # type: ignore[arg-type]  # a timedelta has it
    except (TypeError, ValueError):
        remedy = "Give seconds or a timedelta."
        raise UsageError(f"wait_duration is {duration!r}", where="alert", remedy=remedy) from None


def message(fields: dict[str, str | float], run: str) -> str:
    """The alert as a message of a chat. What Slack would read as markup is escaped."""
    text = f"\n{fields['text']}" if fields["text"] else ""
    plain = f"{fields['level']}: {fields['title']}{text}\n{run}"
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
