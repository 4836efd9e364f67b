"""Lines through the rows of a table: of a metric, of several series, and the curves of a classifier."""

import math
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from reportgen.charts.logged.logged_chart import (
    Drawing,
    LoggedChart,
    is_numeric,
    nothing,
    number_or_text,
    place_of,
    text,
)
from reportgen.charts.run_values import as_number
from reportgen.charts.specification import TITLE_PADDING
from reportgen.numbers import format_number

if TYPE_CHECKING:
    from reportgen.charts.specification import AnyChart

MOST_POINTS = 2000
"""With more rows than this, the lines have no points to hover over."""
NAMED = 6
"""Lines that the summary names."""

Lines = dict[str, list[tuple[Any, float]]]


def lines(logged: LoggedChart) -> Drawing:
    """``line``: fields x, y and, for a line for each of its values, stroke."""
    return _drawing(logged, ("x", "y", "stroke"), {})


def series(logged: LoggedChart) -> Drawing:
    """``lineseries``: fields step, lineVal and lineKey; the string xname is the title of the horizontal axis."""
    return _drawing(logged, ("step", "lineVal", "lineKey"), {"x": logged.strings.get("xname", ""), "y": " "})


def curves(logged: LoggedChart) -> Drawing:
    """``area-under-curve``: fields x, y and class; both axes are shares, and the summary says the area below each."""
    titles = {axis: logged.strings.get(f"{axis}-axis-title", "") for axis in ("x", "y")}
    return _drawing(logged, ("x", "y", "class"), titles, shares=True)


def _drawing(
    logged: LoggedChart, names: tuple[str, str, str], titles: dict[str, str], *, shares: bool = False
) -> Drawing:
    x, y = (titles.get(axis) or logged.column(name) for axis, name in zip("xy", names, strict=False))
    numeric = is_numeric(logged.values(names[0]))
    found = _lines(logged, names, numeric=numeric)
    if not found:
        raise nothing(logged)
    rows = [
        {"x": across, "y": up, "color": name, "tip": _tip((x, across), (y, up), name)}
        for name, points in found.items()
        for across, up in points
    ]
    many = len(found) > 1
    summary = _areas(found, x, y) if shares and numeric else _sentence(found, x, y)
    scales = (numeric, shares and numeric)
    author = partial(_author, x, y, scales, legend=many, hover=len(rows) <= MOST_POINTS)
    return Drawing(author, {"points": rows}, f"{y.strip() or 'values'} over {x}", summary)


def _lines(logged: LoggedChart, names: tuple[str, str, str], *, numeric: bool) -> Lines:
    """Name of each line -> its points, as far as they can be drawn."""
    across, up = logged.values(names[0]), logged.values(names[1])
    keys = logged.values(names[2]) if names[2] in logged.fields else [""] * len(up)
    found: Lines = {}
    for left, value, key in zip(across, up, keys, strict=True):
        place, height = place_of(left, numeric=numeric), as_number(value)
        if place is not None and height is not None:
            found.setdefault(text(key), []).append((place, height))
    return found


def _tip(x: tuple[str, Any], y: tuple[str, float], name: str) -> dict[str, str]:
    named = {"line": name} if name else {}
    return {**named, x[0]: number_or_text(x[1]), y[0].strip() or "value": format_number(y[1])}


def _sentence(found: Lines, x: str, y: str) -> str:
    up = [value for points in found.values() for _, value in points]
    head = f"{y.strip() or 'Values'} over {x}" + (f", {len(found)} lines" if len(found) > 1 else "")
    return f"{head}: between {format_number(min(up))} and {format_number(max(up))}."


def _areas(found: Lines, x: str, y: str) -> str:
    areas = []
    for name, points in list(found.items())[:NAMED]:
        columns = np.array(sorted(points, key=lambda point: point[0]))
        area = _trapezoid(columns[:, 0], columns[:, 1])
        areas.append(f"{name} {area:.3f}" if math.isfinite(area) else name)
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    return f"{y} over {x}; area under the curve: {', '.join(areas)}{more}."


def _trapezoid(x: np.ndarray, y: np.ndarray) -> float:
    return float(((x[1:] - x[:-1]) * (y[1:] + y[:-1]) / 2).sum())


def _author(x: str, y: str, scales: tuple[bool, bool], *, legend: bool, hover: bool) -> "AnyChart":
    """``scales`` says whether x are numbers, and whether both axes go from 0 to 1."""
    import altair as alt

    numeric, shares = scales
    shown = alt.Legend(title=None, symbolLimit=30, labelLimit=200) if legend else None
    scale = alt.Scale(domain=[0, 1]) if shares else alt.Scale(zero=False)
    across = alt.X("x:Q", title=x, scale=scale.copy() if shares else alt.Scale(zero=False, nice=False))
    if not numeric:
        across = alt.X("x:N", title=x, sort=None, axis=alt.Axis(labelLimit=120))
    base = alt.Chart(alt.NamedData(name="points")).encode(
        x=across,
        y=alt.Y("y:Q", title=y, scale=scale, axis=alt.Axis(titlePadding=TITLE_PADDING)),
        color=alt.Color("color:N", scale=alt.Scale(range="category"), sort=None, legend=shown),
    )
    drawn: alt.Chart = base.mark_line(aria=False, strokeWidth=1.5, strokeJoin="round")
    if not hover:
        return drawn
    return alt.layer(drawn, base.mark_circle(aria=False, size=90, opacity=0).encode(tooltip=alt.Tooltip("tip:N")))
