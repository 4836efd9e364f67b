"""Two values of every run against each other, such as learning rate and accuracy."""

import math
from typing import Any

import altair as alt
import pandas as pd

from reportgen.charts.coloring import coloring
from reportgen.charts.request import ChartRequest, vega_chart
from reportgen.charts.run_values import as_number, label, missing_key, numbers_of, run_value, unique_names
from reportgen.charts.specification import TITLE_PADDING, filled, with_groups
from reportgen.document import Chart
from reportgen.errors import BlockError
from reportgen.numbers import format_number, short_text

HEIGHT = 300
LEAST_FOR_TREND = 5


def scatter_chart(request: ChartRequest) -> Chart:
    """A point for each run. Options: x, y (or metric), color, log_x, log_y, title, caption, height."""
    x, y = request.needed("x"), request.text("y") or request.needed("metric")
    above = numbers_of(request, y)
    present = [(run, run_value(run, x), number) for run, number in above]
    numeric = [(run, number, up) for run, value, up in present if (number := as_number(value)) is not None]
    texts = [(run, short_text(value), up) for run, value, up in present if isinstance(value, str | bool | list | tuple)]
    if not numeric and not texts:
        raise missing_key(request, x)
    is_numeric = len(numeric) >= len(texts)
    points: list[tuple[Any, Any, float]] = list(numeric) if is_numeric else list(texts)
    for axis, column in (("log_x", 1), ("log_y", 2)):
        if request.options.get(axis) and (column == 2 or is_numeric) and min(point[column] for point in points) <= 0:  # noqa: PLR2004
            raise BlockError(f"{axis} needs numbers above zero", remedy=f"leave out '{axis}'")
    runs = [point[0] for point in points]
    names, colors = unique_names(runs), coloring(request, runs)
    rows = [
        {
            "x": left,
            "y": up,
            "color": colors.by_run[run.id],
            "run": run.id,
            "tip": {"run": names[run.id], x: _text(left), y: format_number(up)},
        }
        for run, left, up in points
    ]
    across = alt.X("x:Q", title=label(x), scale=_scale(request, "log_x"), axis=_axis(request, "log_x"))
    if not is_numeric:
        across = alt.X("x:N", title=label(x), sort=None, axis=alt.Axis(labelAngle=0))
    chart = (
        alt.Chart(alt.NamedData(name="points"))
        .mark_circle(size=70, opacity=0.9, aria=False)
        .encode(
            x=across,
            y=alt.Y("y:Q", title=label(y), scale=_scale(request, "log_y"), axis=_axis(request, "log_y")),
            color=colors.encoding,
            tooltip=alt.Tooltip("tip:N"),
        )
    )
    spec = filled(chart, {"points": rows}, request.height(HEIGHT), request.cache)
    spec = with_groups(spec, colors.groups, [str(row["color"]) for row in rows])
    sentence = _sentence(x, y, points) if is_numeric else f"{y} of {len(points)} runs by {x}."
    return vega_chart(request, f"{label(y)} by {label(x)}", spec, sentence)


def _scale(request: ChartRequest, option: str) -> alt.Scale:
    """Room around the outermost points instead of round ends."""
    if request.options.get(option):
        return alt.Scale(type="log", nice=False, padding=12)
    return alt.Scale(zero=False, nice=False, padding=12)


def _axis(request: ChartRequest, option: str) -> alt.Axis:
    """A logarithmic axis is labelled at powers of ten only, as far as they lie within it."""
    if request.options.get(option):
        return alt.Axis(grid=False, format="~g", tickCount=3, titlePadding=TITLE_PADDING)
    return alt.Axis(titlePadding=TITLE_PADDING)


def _text(value: Any) -> str:
    return format_number(value) if isinstance(value, int | float) else str(value)


def _sentence(x: str, y: str, points: list[tuple[Any, Any, float]]) -> str:
    """What the points show together: their number and their rank correlation."""
    head = f"{y} against {x} of {len(points)} runs"
    left, up = pd.Series([point[1] for point in points]), pd.Series([point[2] for point in points])
    correlation = left.rank().corr(up.rank()) if len(points) >= LEAST_FOR_TREND else math.nan
    return f"{head}." if math.isnan(correlation) else f"{head}; rank correlation {correlation:.2f}."
