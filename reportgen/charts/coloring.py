"""What the colour of a mark means: the run itself, or the value of a key.

Colours do not depend on which runs a chart shows: a run has the colour of its place in the project, a group that of its
place among the groups of all runs, as in the panels that the browser draws.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from reportgen.charts.request import ChartRequest
from reportgen.charts.run_values import MISSING, as_number, label, missing_key, palette_places, run_value
from reportgen.charts.specification import RUN_COLORS, run_color
from reportgen.model import Run, RunId
from reportgen.numbers import short_text

if TYPE_CHECKING:
    import altair as alt

GRADIENT: Literal["viridis"] = "viridis"
"""Scheme for a key with many numbers: readable in both colour schemes and for the colour-blind."""
NO_GROUP = "\N{EM DASH}"
"""Name of the group of runs that lack the key."""
BETWEEN = " \N{MIDDLE DOT} "
"""Between the values in the name of a group by several keys."""
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Encoding:
    """What the field ``color`` means: the run itself, a number or a group; the legend of the latter has a title."""

    means: Literal["run", "number", "group"]
    title: str = ""

    def channel(self) -> "alt.Color":
        """For an author."""
        import altair as alt

        if self.means == "run":
            return run_color()
        if self.means == "number":
            return alt.Color("color:Q", scale=alt.Scale(scheme=GRADIENT), legend=alt.Legend(title=self.title))
        legend = alt.Legend(title=self.title, symbolLimit=30, labelLimit=200)
        return alt.Color("color:N", scale=alt.Scale(range="category"), sort=None, legend=legend)


@dataclass(frozen=True, slots=True)
class Coloring:
    """The colour encoding of a chart, and for each run the value of its field ``color``.

    ``groups`` are all values in the order of the palette, for `specification.with_groups`; empty when colours mean no
    groups.
    """

    encoding: Encoding
    by_run: Mapping[RunId, Any]
    groups: tuple[str, ...] = ()


def coloring(request: ChartRequest, runs: Sequence[Run]) -> Coloring:
    """By the option ``color``, a key of config or summary; without it every run has its own colour."""
    key = request.text("color")
    if not key:
        return Coloring(Encoding("run"), palette_places(request.project))
    values = {run.id: run_value(run, key) for run in runs}
    if all(value is MISSING for value in values.values()):
        raise missing_key(request, key)
    numbers = {run_id: as_number(value) for run_id, value in values.items()}
    if None not in numbers.values() and len(set(numbers.values())) > RUN_COLORS:
        return Coloring(Encoding("number", label(key)), numbers)
    texts = {run_id: group_text(value) for run_id, value in values.items()}
    return Coloring(Encoding("group", label(key)), texts, tuple(grouped(request.project.runs, key)))


def group_color(field: str) -> "alt.Color":
    """The colour of a group whose name stands on an axis already."""
    import altair as alt

    return alt.Color(f"{field}:N", scale=alt.Scale(range="category"), sort=None, legend=None)


def group_text(value: Any) -> str:
    """The name of the group of runs with this value."""
    return NO_GROUP if value is MISSING else short_text(value)


def grouped(runs: Sequence[Run], *keys: str) -> dict[str, list[Run]]:
    """The runs by the values of keys: numbers by size, then texts as people sort them; those without a key last."""
    groups: dict[str, list[Run]] = {}
    for run in runs:
        groups.setdefault(BETWEEN.join(group_text(run_value(run, key)) for key in keys), []).append(run)

    def order(item: tuple[str, list[Run]]) -> list[Any]:
        values = [run_value(item[1][0], key) for key in keys]
        return [_order(group_text(value), value) for value in values]

    return dict(sorted(groups.items(), key=order))


def _order(name: str, value: Any) -> tuple[int, float, list[tuple[int, int, str]]]:
    number = as_number(value)
    kind = 2 if value is MISSING else 1 if number is None else 0
    parts = [part for part in _DIGITS.split(name.casefold()) if part]
    return (kind, number or 0.0, [(0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts])
