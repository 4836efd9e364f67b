"""One value of every run as a bar, or the mean over groups of runs with its uncertainty."""

from functools import partial
from typing import TYPE_CHECKING, Any

from reportgen.charts.coloring import Encoding, coloring, group_color, grouped
from reportgen.charts.request import ChartRequest, vega_chart
from reportgen.charts.run_values import label, numbers_of, unique_names
from reportgen.charts.specification import TITLE_PADDING, filled, with_groups
from reportgen.document import Chart
from reportgen.frames.aggregate import Interval, mean_interval
from reportgen.frames.best import is_minimised
from reportgen.model import Run
from reportgen.numbers import format_number

if TYPE_CHECKING:
    import altair as alt

    from reportgen.charts.specification import AnyChart

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
    author = partial(_author, label(metric), colors.encoding)
    spec = filled(author, {"bars": rows}, request.height(BAR_HEIGHT * len(rows)), request.cache)
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
    author = partial(_group_author, label(metric), label(key))
    spec = filled(author, {"bars": rows}, request.height(BAR_HEIGHT * 2 * len(rows)), request.cache)
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


def _author(metric: str, color: Encoding) -> "AnyChart":
    return _bars(_base(""), metric, 0.85, color.channel())


def _group_author(metric: str, key: str) -> "AnyChart":
    import altair as alt

    base, color = _base(key), group_color("label")
    errors = base.mark_rule(aria=False, strokeWidth=2).encode(x=alt.X("low:Q", title=metric), x2="high:Q", color=color)
    return alt.layer(_bars(base, metric, 0.5, color), errors)


def _base(axis: str) -> "alt.Chart":
    import altair as alt

    base: alt.Chart = alt.Chart(alt.NamedData(name="bars")).encode(
        y=alt.Y("label:N", sort=None, title=axis or None, axis=alt.Axis(labelLimit=220, titlePadding=TITLE_PADDING)),
        tooltip=alt.Tooltip("tip:N"),
    )
    return base


def _bars(base: "alt.Chart", metric: str, opacity: float, color: "alt.Color") -> "alt.Chart":
    import altair as alt

    bars: alt.Chart = base.mark_bar(aria=False, opacity=opacity).encode(
        x=alt.X("value:Q", title=metric, stack=None, axis=alt.Axis(tickCount=6)), color=color
    )
    return bars
