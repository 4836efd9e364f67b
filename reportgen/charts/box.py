"""How a value is distributed over groups of runs, a box for each group."""

from functools import partial
from typing import TYPE_CHECKING, Any

from reportgen.charts.coloring import group_color, grouped
from reportgen.charts.request import ChartRequest, vega_chart
from reportgen.charts.run_values import MISSING, label, missing_key, numbers_of, run_value, unique_names
from reportgen.charts.specification import TITLE_PADDING, filled, with_groups
from reportgen.document import Chart
from reportgen.frames.aggregate import quartiles
from reportgen.numbers import format_number

if TYPE_CHECKING:
    from reportgen.charts.specification import AnyChart

HEIGHT = 300
MOST_GROUPS = 40
ALL_POINTS = 12
"""A box with no more runs than this shows them all, not only those beyond its whiskers."""

Row = dict[str, Any]


def box_chart(request: ChartRequest) -> Chart:
    """Quartiles of a value for each value of a config key.

    Options: metric (or y), group (or x), title, caption, height. Whiskers reach the last run within 1.5 box lengths.
    """
    metric = request.text("y") or request.needed("metric")
    key = request.text("group") or request.needed("x")
    found = numbers_of(request, metric)
    values = {run.id: number for run, number in found}
    runs = [run for run, _number in found]
    if all(run_value(run, key) is MISSING for run in runs):
        raise missing_key(request, key)
    names = unique_names(runs)
    groups = dict(list(grouped(runs, key).items())[:MOST_GROUPS])
    boxes = [_box_row(key, group, [values[run.id] for run in members], metric) for group, members in groups.items()]
    points = []
    for (group, members), box in zip(groups.items(), boxes, strict=True):
        for run in members:
            value = values[run.id]
            if len(members) <= ALL_POINTS or not box["low"] <= value <= box["high"]:
                tip = {"run": names[run.id], metric: format_number(value)}
                points.append({"group": group, "value": value, "run": run.id, "tip": tip})
    author, data = partial(_author, label(metric), label(key)), {"boxes": boxes, "points": points}
    spec = filled(author, data, request.height(HEIGHT), request.cache)
    spec = with_groups(spec, list(grouped(request.project.runs, key)), list(groups))
    medians = ", ".join(f"{box['group']} {format_number(box['median'])}" for box in boxes)
    every = len(grouped(runs, key))
    left_out = f" The first {len(groups)} of {every} groups are shown." if len(groups) < every else ""
    sentence = f"Median {metric} by {key}: {medians}.{left_out}"
    return vega_chart(request, f"{label(metric)} by {label(key)}", spec, sentence)


def _box_row(key: str, group: str, values: list[float], metric: str) -> Row:
    box = quartiles(values)
    tip = {
        key: group,
        "runs": str(len(values)),
        f"median {metric}": format_number(box.median),
        "middle half": f"{format_number(box.first)} to {format_number(box.third)}",
    }
    return {
        "group": group,
        "low": box.low,
        "first": box.first,
        "median": box.median,
        "third": box.third,
        "high": box.high,
        "tip": tip,
    }


def _author(metric: str, key: str) -> "AnyChart":
    import altair as alt

    across = alt.X("group:N", sort=None, title=key, axis=alt.Axis(labelAngle=0, labelLimit=160))
    color = group_color("group")
    base = alt.Chart(alt.NamedData(name="boxes")).encode(x=across, color=color, tooltip=alt.Tooltip("tip:N"))
    axis = alt.Axis(titlePadding=TITLE_PADDING)
    whiskers = base.mark_rule(aria=False).encode(
        y=alt.Y("low:Q", title=metric, scale=alt.Scale(zero=False), axis=axis), y2="high:Q"
    )
    boxes = base.mark_bar(aria=False, size=28, fillOpacity=0.35).encode(
        y=alt.Y("first:Q", title=metric, stack=None, scale=alt.Scale(zero=False)), y2="third:Q"
    )
    medians = base.mark_tick(aria=False, size=28, thickness=2).encode(y=alt.Y("median:Q", title=metric))
    points = (
        alt.Chart(alt.NamedData(name="points"))
        .mark_circle(aria=False, size=28, opacity=0.8)
        .encode(x=across, y=alt.Y("value:Q", title=metric), color=color, tooltip=alt.Tooltip("tip:N"))
    )
    return alt.layer(whiskers, boxes, medians, points)
