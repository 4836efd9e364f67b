"""How often the values of a column occur."""

from functools import partial

import numpy as np

from reportgen.charts.histogram import bin_edges, bin_rows, binned_bars
from reportgen.charts.logged.logged_chart import Drawing, LoggedChart, nothing
from reportgen.charts.run_values import as_number
from reportgen.numbers import format_number


def distribution(logged: LoggedChart) -> Drawing:
    """``histogram``: the field value; numpy chooses the bins."""
    column = logged.column("value")
    values = np.array([number for value in logged.values("value") if (number := as_number(value)) is not None])
    if not values.size:
        raise nothing(logged)
    rows = bin_rows(values, bin_edges(values, None), (column, "rows"))
    summary = (
        f"{column} of {len(values):,} rows: median {format_number(float(np.median(values)))}, "
        f"between {format_number(float(values.min()))} and {format_number(float(values.max()))}."
    )
    return Drawing(partial(binned_bars, column, "rows"), {"bins": rows}, f"Distribution of {column}", summary)
