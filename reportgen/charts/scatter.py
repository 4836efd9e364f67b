"""Two values of every run against each other, such as learning rate and accuracy."""

import math
from functools import partial
from typing import TYPE_CHECKING, Any

from reportgen.charts.coloring import Encoding, coloring
from reportgen.charts.request import ChartRequest, vega_chart
from reportgen.charts.run_values import as_number, label, missing_key, numbers_of, run_value, unique_names
from reportgen.charts.specification import TITLE_PADDING, filled, with_groups
from reportgen.document import Chart
from reportgen.errors import BlockError
from reportgen.frames.aggregate import rank_correlation
from reportgen.numbers import format_number, short_text

if TYPE_CHECKING:
    import altair as alt

    from reportgen.charts.specification import AnyChart

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
    across, upwards = ("log" if request.options.get(axis) else "linear" for axis in ("log_x", "log_y"))
    author = partial(
        _author, label(x), label(y), colors.encoding, across=across if is_numeric else "names", upwards=upwards
    )
    spec = filled(author, {"points": rows}, request.height(HEIGHT), request.cache)
    spec = with_groups(spec, colors.groups, [str(row["color"]) for row in rows])
    sentence = _sentence(x, y, points) if is_numeric else f"{y} of {len(points)} runs by {x}."
    return vega_chart(request, f"{label(y)} by {label(x)}", spec, sentence)


def _author(x: str, y: str, color: Encoding, *, across: str, upwards: str) -> "AnyChart":
    """``across`` and ``upwards`` are kinds of axes: ``linear``, ``log`` or, across, ``names``."""
    import altair as alt

    chart: alt.Chart = (
        alt.Chart(alt.NamedData(name="points"))
        .mark_circle(size=70, opacity=0.9, aria=False)
        .encode(
            x=alt.X("x:N", title=x, sort=None, axis=alt.Axis(labelAngle=0))
            if across == "names"
            else alt.X("x:Q", title=x, scale=_scale(across), axis=_axis(across)),
            y=alt.Y("y:Q", title=y, scale=_scale(upwards), axis=_axis(upwards)),
            color=color.channel(),
            tooltip=alt.Tooltip("tip:N"),
        )
    )
    return chart


def _scale(kind: str) -> "alt.Scale":
    """Room around the outermost points instead of round ends."""
    import altair as alt

    return alt.Scale(nice=False, padding=12, **({"type": "log"} if kind == "log" else {"zero": False}))


def _axis(kind: str) -> "alt.Axis":
    """A logarithmic axis is labelled at powers of ten only, as far as they lie within it."""
    import altair as alt

    if kind == "log":
        return alt.Axis(grid=False, format="~g", tickCount=3, titlePadding=TITLE_PADDING)
    return alt.Axis(titlePadding=TITLE_PADDING)


def _text(value: Any) -> str:
    return format_number(value) if isinstance(value, int | float) else str(value)


def _sentence(x: str, y: str, points: list[tuple[Any, Any, float]]) -> str:
    """What the points show together: their number and their rank correlation."""
    head = f"{y} against {x} of {len(points)} runs"
    trend = rank_correlation([point[1] for point in points], [point[2] for point in points])
    shown = len(points) >= LEAST_FOR_TREND and not math.isnan(trend)
    return f"{head}; rank correlation {trend:.2f}." if shown else f"{head}."
