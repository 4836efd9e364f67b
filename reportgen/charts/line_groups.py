"""Lines of groups of runs: what the browser is told to draw, and what the lines come to in words."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from reportgen.charts.coloring import grouped
from reportgen.charts.request import ChartRequest
from reportgen.charts.run_values import MISSING, column_key, label, missing_key, run_value
from reportgen.errors import BlockError
from reportgen.frames import Statistic, group_band
from reportgen.frames.groups import BANDS, CENTERS
from reportgen.model import Run
from reportgen.numbers import format_number

MOST_NAMED = 6
BAND_WORDS: Mapping[str, str] = {
    "std": "with a standard deviation to both sides",
    "sem": "with a standard error to both sides",
    "minmax": "with the least and the greatest",
    "ci95": "with its 95 % confidence interval",
    "none": "",
}
_OF_GROUPS = ("center", "band")


def group_keys(request: ChartRequest) -> tuple[str, ...]:
    """The keys of the option ``group``, one or a list."""
    value = request.options.get("group", ())
    return tuple(dict.fromkeys(str(key) for key in ([value] if isinstance(value, str) else value) if key))


def group_fields(request: ChartRequest) -> dict[str, Any]:
    """The fields of a line panel that is asked for groups; none without the option ``group``."""
    keys = group_keys(request)
    if not keys:
        if extra := next((option for option in _OF_GROUPS if request.text(option)), ""):
            raise BlockError(f"a line chart has no use for {extra!r} without 'group'", remedy="add a line 'group: …'")
        return {}
    if request.text("color"):
        raise BlockError("a line chart cannot have both 'color' and 'group'", remedy="groups have colours of their own")
    for key in keys:
        if all(run_value(run, key) is MISSING for run in request.runs):
            raise missing_key(request, key)
    statistic = statistic_of(request)
    columns = [column_key(request.runs, key) for key in keys]
    group = columns[0] if len(columns) == 1 else columns
    return {"group": group, "center": statistic.center, "band": statistic.band}


def statistic_of(request: ChartRequest) -> Statistic:
    """Center and band that a request asks for."""
    return Statistic(_choice(request, "center", CENTERS), _choice(request, "band", BANDS))


def group_sentence(request: ChartRequest, metric: str) -> str:
    """How many runs of a metric are in how many groups, and where the line of each group ends."""
    statistic = statistic_of(request)
    groups = grouped([run for run in request.runs if metric in run.series], *group_keys(request))
    count = sum(len(runs) for runs in groups.values())
    ends = [_end(name, runs, metric, statistic) for name, runs in list(groups.items())[:MOST_NAMED]]
    if len(groups) > MOST_NAMED:
        ends.append(f"and {len(groups) - MOST_NAMED} more")
    what = f"{statistic.center} {BAND_WORDS[statistic.band]}".strip()
    head = f"{metric} of {count} run{'' if count == 1 else 's'} by {', '.join(map(label, group_keys(request)))}"
    return f"{head}: {what}. At the last step: {'; '.join(ends)}."


def _choice(request: ChartRequest, option: str, allowed: Sequence[str]) -> str:
    value: Any = request.text(option) or allowed[0]
    if value not in allowed:
        raise BlockError(
            f"a line chart cannot have {value!r} as {option}", remedy=f"choose one of {', '.join(allowed)}"
        )
    return str(value)


def _end(name: str, runs: Sequence[Run], metric: str, statistic: Statistic) -> str:
    band = group_band([run.series[metric] for run in runs], statistic)
    places = np.flatnonzero(np.isfinite(band.center))
    if not places.size:
        return f"{name} has no number"
    last = places[-1]
    center, low, high = (format_number(column[last]) for column in (band.center, band.low, band.high))
    count = f"n = {band.count[last]}"
    spread = f"{low} to {high}, {count}" if band.low[last] < band.high[last] else count
    return f"{name} {center} ({spread})"
