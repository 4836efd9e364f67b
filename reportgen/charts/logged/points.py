"""A point for each row of a table."""

from functools import partial
from typing import TYPE_CHECKING

from reportgen.charts.logged.logged_chart import Drawing, LoggedChart, is_numeric, nothing, number_or_text, place_of
from reportgen.charts.run_values import as_number
from reportgen.charts.specification import TITLE_PADDING, run_color
from reportgen.numbers import format_number

if TYPE_CHECKING:
    from reportgen.charts.specification import AnyChart


def points(logged: LoggedChart) -> Drawing:
    """``scatter``: fields x and y."""
    x, y = logged.column("x"), logged.column("y")
    numeric = is_numeric(logged.values("x"))
    rows = [
        {"x": place, "y": up, "color": 0, "tip": {x: number_or_text(place), y: format_number(up)}}
        for left, value in zip(logged.values("x"), logged.values("y"), strict=True)
        if (up := as_number(value)) is not None and (place := place_of(left, numeric=numeric)) is not None
    ]
    if not rows:
        raise nothing(logged)
    author = partial(_author, x, y, numeric=numeric)
    return Drawing(author, {"points": rows}, f"{y} by {x}", f"{y} against {x}, {len(rows):,} points.")


def _author(x: str, y: str, *, numeric: bool) -> "AnyChart":
    import altair as alt

    room = alt.Scale(zero=False, nice=False, padding=12)
    chart: alt.Chart = (
        alt.Chart(alt.NamedData(name="points"))
        .mark_circle(aria=False, size=40, opacity=0.7)
        .encode(
            x=alt.X("x:Q", title=x, scale=room) if numeric else alt.X("x:N", title=x, sort=None),
            y=alt.Y("y:Q", title=y, scale=room, axis=alt.Axis(titlePadding=TITLE_PADDING)),
            color=run_color(),
            tooltip=alt.Tooltip("tip:N"),
        )
    )
    return chart
