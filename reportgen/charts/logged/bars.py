"""A bar for each row of a table."""

from functools import partial
from typing import TYPE_CHECKING

from reportgen.charts.logged.logged_chart import Drawing, LoggedChart, nothing, text
from reportgen.charts.run_values import as_number
from reportgen.charts.specification import TITLE_PADDING, run_color
from reportgen.numbers import format_number

if TYPE_CHECKING:
    from reportgen.charts.specification import AnyChart

MOST_BARS = 100
BAR_HEIGHT = 22


def bars(logged: LoggedChart) -> Drawing:
    """``bar``: fields label and value, in the order of the rows; rows of one label stand on each other."""
    name, measure = logged.column("label"), logged.column("value")
    found = [
        (text(label), number)
        for label, value in zip(logged.values("label"), logged.values("value"), strict=True)
        if (number := as_number(value)) is not None
    ]
    if not found:
        raise nothing(logged)
    rows = [
        {"label": label, "value": value, "color": 0, "tip": {name: label, measure: format_number(value)}}
        for label, value in found[:MOST_BARS]
    ]
    low, high = min(found, key=lambda bar: bar[1]), max(found, key=lambda bar: bar[1])
    summary = (
        f"{measure} by {name}, {len(found)} bars: from {format_number(low[1])} of {low[0]} to "
        f"{format_number(high[1])} of {high[0]}."
    )
    notes = (f"The first {MOST_BARS} of {len(found)} bars are drawn.",) if len(found) > MOST_BARS else ()
    height = BAR_HEIGHT * max(3, len({row["label"] for row in rows}))
    return Drawing(partial(_author, name, measure), {"bars": rows}, f"{measure} by {name}", summary, height, notes)


def _author(name: str, measure: str) -> "AnyChart":
    import altair as alt

    axis = alt.Axis(labelLimit=220, titlePadding=TITLE_PADDING, grid=False)
    chart: alt.Chart = (
        alt.Chart(alt.NamedData(name="bars"))
        .mark_bar(aria=False, opacity=0.85)
        .encode(
            x=alt.X("value:Q", title=measure, axis=alt.Axis(tickCount=6)),
            y=alt.Y("label:N", sort=None, title=name, axis=axis),
            color=run_color(),
            tooltip=alt.Tooltip("tip:N"),
        )
    )
    return chart
