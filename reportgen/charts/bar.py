"""One value of every run as a bar, or the mean over groups of runs with its uncertainty."""

from typing import Any

import altair as alt

from reportgen.charts.coloring import coloring, group_color, grouped
from reportgen.charts.request import ChartRequest, vega_chart
from reportgen.charts.run_values import label, numbers_of, unique_names
from reportgen.charts.specification import TITLE_PADDING, AnyChart, filled, with_groups
from reportgen.document import Chart
from reportgen.frames.aggregate import Interval, mean_interval
from reportgen.frames.best import is_minimised
from reportgen.model import Run
from reportgen.numbers import format_number

MOST_BARS = 40
BAR_HEIGHT = 22


def bar_chart(request: ChartRequest) -> Chart:
    """A bar for each run, the best first, or with ``group`` the mean of each group and its 95 % interval.

    Options: metric, group, color, limit (how many bars), title, caption, height.
    """
    metric = request.needed("metric")
    found = numbers_of(request, metric)
    return _group_bars(request, metric, found) if request.text("group") else _run_bars(request, metric, found)


def _run_bars(request: ChartRequest, metric: str, found: list[tuple[Run, float]]) -> Chart:
    runs = [run for run, _number in found]
    values = {run.id: number for run, number in found}
    names, colors = unique_names(runs), coloring(request, runs)
    shown = sorted(runs, key=lambda run: values[run.id], reverse=not is_minimised(metric, runs))[: _most(request)]
    rows = [
        {
            "label": names[run.id],
            "value": values[run.id],
            "color": colors.by_run[run.id],
            "run": run.id,
            "tip": {"run": names[run.id], metric: format_number(values[run.id])},
        }
        for run in shown
    ]
    spec = filled(_bars(metric, colors.encoding), {"bars": rows}, request.height(BAR_HEIGHT * len(rows)), request.cache)
    spec = with_groups(spec, colors.groups, [str(row["color"]) for row in rows])
    first = shown[0]
    left_out = f" The best {len(shown)} of {len(runs)} are shown." if len(shown) < len(runs) else ""
    sentence = f"{metric} of {len(runs)} runs; best {format_number(values[first.id])} by {first.name}.{left_out}"
    return vega_chart(request, label(metric), spec, sentence)


def _group_bars(request: ChartRequest, metric: str, found: list[tuple[Run, float]]) -> Chart:
    key = request.text("group")
    values = {run.id: number for run, number in found}
    groups = grouped([run for run, _number in found], key)
    intervals = {name: mean_interval([values[run.id] for run in runs]) for name, runs in groups.items()}
    shown = dict(list(intervals.items())[: _most(request)])
    rows = [_group_row(key, name, interval, metric) for name, interval in shown.items()]
    chart = _bars(metric, group_color("label"), axis=key, with_errors=True)
    spec = filled(chart, {"bars": rows}, request.height(BAR_HEIGHT * 2 * len(rows)), request.cache)
    spec = with_groups(spec, list(grouped(request.project.runs, key)), list(groups))
    means = ", ".join(f"{name} {interval.text()}" for name, interval in shown.items())
    left_out = f" The first {len(shown)} of {len(groups)} groups are shown." if len(shown) < len(groups) else ""
    return vega_chart(request, f"{label(metric)} by {label(key)}", spec, f"Mean {metric} by {key}: {means}.{left_out}")


def _most(request: ChartRequest) -> int:
    """How many bars there may be."""
    limit = request.options.get("limit")
    return min(limit, MOST_BARS) if isinstance(limit, int) and limit > 0 else MOST_BARS


def _group_row(key: str, name: str, interval: Interval, metric: str) -> dict[str, Any]:
    return {
        "label": name,
        "value": interval.mean,
        "low": interval.low,
        "high": interval.high,
        "tip": {key: name, f"mean {metric}": interval.text()},
    }


def _bars(metric: str, color: alt.Color, axis: str = "", *, with_errors: bool = False) -> AnyChart:
    base = alt.Chart(alt.NamedData(name="bars")).encode(
        y=alt.Y(
            "label:N", sort=None, title=label(axis) or None, axis=alt.Axis(labelLimit=220, titlePadding=TITLE_PADDING)
        ),
        tooltip=alt.Tooltip("tip:N"),
    )
    bars: alt.Chart = base.mark_bar(aria=False, opacity=0.5 if with_errors else 0.85).encode(
        x=alt.X("value:Q", title=label(metric), stack=None, axis=alt.Axis(tickCount=6)), color=color
    )
    if not with_errors:
        return bars
    errors = base.mark_rule(aria=False, strokeWidth=2).encode(
        x=alt.X("low:Q", title=label(metric)), x2="high:Q", color=color
    )
    return alt.layer(bars, errors)
