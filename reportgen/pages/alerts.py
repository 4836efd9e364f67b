"""The alerts of a run: what it wanted a person to know."""

import math

from reportgen.document import AlertItem, Alerts
from reportgen.model import Run

MOST_ALERTS = 100
MOST_MARKS = 20
MARK_CHARACTERS = 120
TITLE_CHARACTERS = 300
TEXT_CHARACTERS = 10_000


def alerts_block(run: Run) -> Alerts | None:
    """The last alerts, in order of time; None when there are none."""
    if not run.alerts:
        return None
    shown = run.alerts[-MOST_ALERTS:]
    items = tuple(
        AlertItem(alert.level, _cut(alert.title, TITLE_CHARACTERS), _cut(alert.text, TEXT_CHARACTERS), alert.time)
        for alert in shown
    )
    left_out = len(run.alerts) - len(shown)
    return Alerts(items, f"The first {left_out:,} alerts are not shown." if left_out else "")


def alert_marks(run: Run) -> list[dict[str, object]]:
    """The last alerts as marks in the charts: a ``Mark`` of panels/marks.ts each."""
    return [
        {"time": alert.time, "level": alert.level, "text": _cut(alert.title or alert.text, MARK_CHARACTERS)}
        for alert in run.alerts[-MOST_MARKS:]
        if math.isfinite(alert.time)
    ]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
