"""What the colour of a mark means: the run itself, or the value of a key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt

from reportgen.charts.request import ChartRequest
from reportgen.charts.run_values import MISSING, as_number, missing_key, palette_places, run_value
from reportgen.charts.specification import RUN_COLORS, run_color
from reportgen.model import Run, RunId
from reportgen.numbers import short_text

GRADIENT: Literal["viridis"] = "viridis"
"""Scheme for a key with many numbers: readable in both colour schemes and for the colour-blind."""


@dataclass(frozen=True, slots=True)
class Coloring:
    """The colour encoding of a chart, and for each run the value of its field ``color``."""

    encoding: alt.Color
    by_run: Mapping[RunId, Any]


def coloring(request: ChartRequest, runs: Sequence[Run]) -> Coloring:
    """By the option ``color``, a key of config or summary; without it every run has its own colour."""
    key = request.text("color")
    if not key:
        return Coloring(run_color(), palette_places(request.project))
    values = {run.id: run_value(run, key) for run in runs}
    if all(value is MISSING for value in values.values()):
        raise missing_key(request, key)
    numbers = {run_id: as_number(value) for run_id, value in values.items()}
    if None not in numbers.values() and len(set(numbers.values())) > RUN_COLORS:
        scale = alt.Scale(scheme=GRADIENT)
        return Coloring(alt.Color("color:Q", scale=scale, legend=alt.Legend(title=key)), numbers)
    texts = {run_id: group_text(value) for run_id, value in values.items()}
    scale = alt.Scale(range="category")
    legend = alt.Legend(title=key, symbolLimit=30, labelLimit=200)
    return Coloring(alt.Color("color:N", scale=scale, sort=None, legend=legend), texts)


def group_text(value: Any) -> str:
    """The name of the group of runs with this value."""
    return "(none)" if value is MISSING else short_text(value)


def grouped(runs: Sequence[Run], key: str) -> dict[str, list[Run]]:
    """The runs by the value of a key: numbers by size, then texts; those without the key last."""

    def order(item: tuple[str, list[Run]]) -> tuple[int, float, str]:
        value = run_value(item[1][0], key)
        number = as_number(value)
        kind = 2 if value is MISSING else 1 if number is None else 0
        return (kind, number or 0.0, item[0].casefold())

    groups: dict[str, list[Run]] = {}
    for run in runs:
        groups.setdefault(group_text(run_value(run, key)), []).append(run)
    return dict(sorted(groups.items(), key=order))
