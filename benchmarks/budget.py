"""The budgets, and the table that holds what was measured against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line of the table.

    Attributes:
        what: for people.
        unit: of the budget and of what was measured.
        budget: the most that is allowed.
        measured: for each logger that the line is about.
        note: what the ratio is made of, perhaps.
    """

    what: str
    unit: str
    budget: float
    measured: Mapping[str, float]
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether reportgen keeps to the budget, in a word."""
        return "pass" if self.measured["reportgen"] <= self.budget else "FAIL"


def written(value: float, unit: str) -> str:
    """A number with its unit, as exact as it is worth."""
    if unit == "rows":
        return f"{value:,.0f} rows"
    if unit.startswith("%"):
        return f"{value:.3f} {unit}"
    rounded = round(value, 1 if value < 100 else None) + 0  # no minus zero
    return f"{rounded:,} {unit}"


def table(lines: list[Line]) -> str:
    """The lines as a Markdown table; a column for every logger that was measured."""
    others = [name for name in lines[0].measured if name != "reportgen"]
    head = ["what", "reportgen", "budget", "", *others, "notes"]
    rows = [
        [
            line.what,
            written(line.measured["reportgen"], line.unit),
            f"≤ {line.budget:g} {line.unit}",
            line.verdict,
            *(written(line.measured[name], line.unit) if name in line.measured else "" for name in others),
            line.note,
        ]
        for line in lines
    ]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    ruled = [head, ["-" * width for width in widths], *rows]
    return "\n".join("| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in ruled)
