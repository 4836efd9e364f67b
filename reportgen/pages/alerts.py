"""The alerts of a run, the worst first."""

import math

from reportgen.document import Notice
from reportgen.model import Alert, Run
from reportgen.numbers import format_time, short_text
from reportgen.schema import ALERT_LEVELS

KINDS = dict(zip(ALERT_LEVELS, ("info", "warning", "error"), strict=True))
"""Level of an alert -> kind of its notice."""
MOST_ALERTS = 20
"""Alerts of one level that are shown, the latest ones."""


def alert_notices(run: Run) -> tuple[Notice, ...]:
    """A notice for each level that has alerts, the latest alert first."""
    notices = []
    for level in reversed(ALERT_LEVELS):
        alerts = [alert for alert in reversed(run.alerts) if alert.level == level]
        lines = [_line(alert) for alert in alerts[:MOST_ALERTS]]
        if len(alerts) > MOST_ALERTS:
            lines.append(f"and {len(alerts) - MOST_ALERTS} earlier ones")
        if lines:
            title = "1 alert" if len(alerts) == 1 else f"{len(alerts)} alerts"
            notices.append(Notice(KINDS[level], title, tuple(lines)))
    return tuple(notices)


def _line(alert: Alert) -> str:
    when = f"{format_time(alert.time)} UTC · " if math.isfinite(alert.time) else ""
    text = f": {short_text(alert.text)}" if alert.text.strip() else ""
    return f"{when}{short_text(alert.title)}{text}"
