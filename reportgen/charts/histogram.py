"""How one summary value is distributed over the runs."""

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from reportgen.charts.request import ChartRequest, vega_chart
from reportgen.charts.run_values import label, numbers_of
from reportgen.charts.specification import TITLE_PADDING, filled, run_color
from reportgen.document import Chart
from reportgen.numbers import format_number

if TYPE_CHECKING:
    from reportgen.charts.specification import AnyChart

HEIGHT = 260
MOST_BINS = 60


def histogram_chart(request: ChartRequest) -> Chart:
    """Counts of runs over bins of a value. Options: metric (or x), bins, title, caption, height."""
    key = request.text("metric") or request.needed("x")
    values = np.array([number for _run, number in numbers_of(request, key)])
    rows = bin_rows(values, bin_edges(values, request.options.get("bins")), (key, "runs"))
    spec = filled(partial(binned_bars, label(key), "runs"), {"bins": rows}, request.height(HEIGHT), request.cache)
    sentence = (
        f"{key} of {len(values)} runs: median {format_number(float(np.median(values)))}, "
        f"between {format_number(float(values.min()))} and {format_number(float(values.max()))}."
    )
    return vega_chart(request, f"Distribution of {label(key)}", spec, sentence)


def bin_rows(values: np.ndarray, edges: np.ndarray, names: tuple[str, str]) -> list[dict[str, Any]]:
    """A row for each bin; ``names`` say in its tooltip what is counted over what."""
    counts, edges = np.histogram(values, bins=edges)
    over, counted = names
    return [
        {
            "left": float(left),
            "right": float(right),
            "count": int(count),
            "base": 0,
            "color": 0,
            "tip": {over: f"{format_number(float(left))} to {format_number(float(right))}", counted: str(count)},
        }
        for left, right, count in zip(edges[:-1], edges[1:], counts, strict=True)
    ]


def binned_bars(over: str, counted: str) -> "AnyChart":
    """Bars over the data ``bins``, as `bin_rows` makes them: an author for `filled`."""
    import altair as alt

    bars: alt.Chart = (
        alt.Chart(alt.NamedData(name="bins"))
        .mark_rect(aria=False, opacity=0.85)
        .encode(
            x=alt.X("left:Q", title=over, scale=alt.Scale(zero=False)),
            x2="right:Q",
            y=alt.Y(
                "count:Q",
                title=counted,
                scale=alt.Scale(zero=True),
                axis=alt.Axis(tickMinStep=1, titlePadding=TITLE_PADDING),
            ),
            y2="base:Q",
            color=run_color(),
            tooltip=alt.Tooltip("tip:N"),
        )
    )
    return bars


def bin_edges(values: np.ndarray, bins: object) -> np.ndarray:
    """As many bins as asked for, else numpy's choice, within reason."""
    if isinstance(bins, int) and not isinstance(bins, bool):
        return np.histogram_bin_edges(values, min(max(bins, 1), MOST_BINS))
    try:
        edges = np.histogram_bin_edges(values, "auto")
    except (ValueError, MemoryError):
        edges = np.array([])
    return edges if 1 < len(edges) <= MOST_BINS + 1 else np.histogram_bin_edges(values, MOST_BINS)
