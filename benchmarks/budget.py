"""The budgets, and the table that holds what was measured against them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line of the table.

    Attributes:
        what: for people.
        unit: of the budget and of what was measured.
        budget: the most that is allowed; None where nothing was promised.
        measured: for each program that the line is about; NaN where it did not do its work, or did it wrong.
        note: what the ratio is made of, perhaps.
    """

    what: str
    unit: str
    budget: float | None
    measured: Mapping[str, float]
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether reportgen keeps to the budget, in a word."""
        own = self.measured["reportgen"]
        if self.budget is None:
            return "FAIL" if math.isnan(own) else ""
        return "pass" if own <= self.budget else "FAIL"


def written(value: float, unit: str) -> str:
    """A number with its unit, as exact as it is worth."""
    if math.isnan(value):
        return "wrong"
    if unit == "rows":
        return f"{value:,.0f} rows"
    if unit.startswith("%"):
        return f"{value:.3f} {unit}"
    digits = 2 if abs(value) < 10 and unit in {"s", "x"} else 1 if value < 100 else None
    rounded = round(value, digits) + 0  # no minus zero
    return f"{rounded:,} {unit}"


def table(lines: list[Line]) -> str:
    """The lines as a Markdown table; a column for every program that was measured."""
    others = list(dict.fromkeys(name for line in lines for name in line.measured if name != "reportgen"))
    head = ["what", "reportgen", "budget", "", *others, "notes"]
    rows = [
        [
            line.what,
            written(line.measured["reportgen"], line.unit),
            "" if line.budget is None else f"≤ {line.budget:g} {line.unit}",
            line.verdict,
            *(written(line.measured[name], line.unit) if name in line.measured else "" for name in others),
            line.note,
        ]
        for line in lines
    ]
    return markdown(head, rows)


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose columns stand below each other in plain text too."""
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    ruled = [head, ["-" * width for width in widths], *rows]
    return "\n".join("| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in ruled)
