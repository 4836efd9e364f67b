"""Charts of the columns of a table: lines, points, bars, and how often values occur."""

# ruff: noqa: FBT001, FBT002, PLR0913, PLR0917 # the signatures are wandb's

from __future__ import annotations

from collections.abc import Iterable

from reportgen.errors import UsageError
from reportgen.logger.arrays import is_array, items_of
from reportgen.logger.media.table import Table
from reportgen.logger.plot.chart import CustomChart

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def line(
    table: object, x: str, y: str, stroke: str | None = None, title: str = "", split_table: bool = False
) -> CustomChart:
    """A line through the rows of a table, or one for each value of a column.

    Args:
        table: a `Table` or a pandas frame.
        x: column of the horizontal axis.
        y: column of the vertical axis.
        stroke: column whose values tell the lines apart.
        title: text above the chart.
        split_table: show the table below the chart too.
    """
    fields = {"x": x, "y": y, **({} if stroke is None else {"stroke": stroke})}
    return CustomChart("line/v0", table, fields, {"title": title}, split_table)


def scatter(table: object, x: str, y: str, title: str = "", split_table: bool = False) -> CustomChart:
    """A point for each row of a table; the parameters are those of `line`."""
    return CustomChart("scatter/v0", table, {"x": x, "y": y}, {"title": title}, split_table)


def bar(table: object, label: str, value: str, title: str = "", split_table: bool = False) -> CustomChart:
    """A bar for each row of a table, in their order.

    Args:
        table: a `Table` or a pandas frame.
        label: column with the names of the bars.
        value: column with their lengths.
        title: text above the chart.
        split_table: show the table below the chart too.
    """
    return CustomChart("bar/v0", table, {"label": label, "value": value}, {"title": title}, split_table)


def histogram(table: object, value: str, title: str = "", split_table: bool = False) -> CustomChart:
    """How often the values of a column occur; the bins are chosen when the site is built."""
    return CustomChart("histogram/v0", table, {"value": value}, {"title": title}, split_table)


def line_series(
    xs: Iterable[Any],
    ys: Iterable[Iterable[Any]],
    keys: Iterable[str] | None = None,
    title: str = "",
    xname: str = "x",
    split_table: bool = False,
) -> CustomChart:
    """Several lines, each with its own values.

    Args:
        xs: the x values of all lines, or a sequence of them for each line.
        ys: a sequence of y values for each line.
        keys: names of the lines; ``line_0``, ``line_1``, … without.
        title: text above the chart.
        xname: title of the horizontal axis.
        split_table: show the table below the chart too.
    """
    return CustomChart.made(
        "lineseries/v0",
        lambda: _series_table(xs, ys, keys),
        {"step": "step", "lineKey": "lineKey", "lineVal": "lineVal"},
        string_fields={"title": title, "xname": xname},
        split_table=split_table,
    )


def _series_table(xs: Iterable[Any], ys: Iterable[Iterable[Any]], keys: Iterable[str] | None) -> Table:
    lines = [items_of(values) for values in items_of(ys)]
    across = items_of(xs)
    shared = not (across and _is_sequence(across[0]))
    starts = [across] * len(lines) if shared else [items_of(values) for values in across]
    names = [f"line_{place}" for place in range(len(lines))] if keys is None else [str(key) for key in keys]
    if not len(lines) == len(starts) == len(names):
        what = f"{len(lines)} lines, {len(starts)} sequences of x values and {len(names)} keys"
        raise UsageError(what, where="reportgen.plot.line_series", remedy="Give as many of each.")
    rows = [
        [x, name, y]
        for start, values, name in zip(starts, lines, names, strict=True)
        for x, y in zip(start, values, strict=False)
    ]
    return Table(columns=["step", "lineKey", "lineVal"], data=rows)


def _is_sequence(value: object) -> bool:
    return not isinstance(value, (str, bytes)) and (hasattr(value, "__iter__") or is_array(value))
