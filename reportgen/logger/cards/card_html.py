"""A run as a small card of HTML. Everything in it may be hostile, so everything is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST_VALUES = 12
"""Values of the summary that are shown."""
LONGEST_VALUE = 80


def card_html(name: str, state: str, folder: str, seconds: float, summary: Mapping[str, Any]) -> str:
    """The card: state, seconds, the folder of the run log, and the first values of the summary."""
    rows = [("state", f"{state}, {seconds:.0f} s"), ("run log", folder)]
    rows += [(key, shown(value)) for key, value in list(summary.items())[:MOST_VALUES]]
    if len(summary) > MOST_VALUES:
        rows.append(("", f"and {len(summary) - MOST_VALUES} more"))
    cells = "".join(
        f'<tr><th style="text-align:left;padding-right:1em">{escape(key)}</th>'
        f'<td style="text-align:left"><code>{escape(value)}</code></td></tr>'
        for key, value in rows
    )
    return f"<div><strong>{escape(name)}</strong><table>{cells}</table></div>"


def shown(value: object) -> str:
    """A value in a few characters."""
    if isinstance(value, Mapping):
        return str(value.get("_type", "…"))
    try:
        text = f"{value:.6g}" if isinstance(value, float) else str(value)
    except Exception:  # noqa: BLE001 # the value is whatever was logged
        text = f"({type(value).__name__})"
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def folded(name: str, card: str) -> str:
    """The card behind a click on the name."""
    return f"<details><summary>{escape(name)}</summary>{card}</details>"
