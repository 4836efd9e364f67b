"""A line panel as a Vega specification with its points inside: few enough for a picture, and no extreme is lost."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from reportgen.charts.coloring import group_text, grouped
from reportgen.charts.line_groups import statistic_of
from reportgen.charts.pictures.light import DASHES, RUNS
from reportgen.charts.request import ChartRequest
from reportgen.charts.run_values import run_value
from reportgen.frames import axis_of_runs, group_band, overview_curve, placed, points_of, x_column
from reportgen.model import Numbers, Project, Run, Series

WIDTH = 640
MOST_LINES = 60
"""Of one picture; more would be a cloud."""
MOST_NAMED = 12
"""Lines in a legend."""
ENTRIES = 100
"""Of a line, each from its least to its greatest value."""
MOMENTS = {"wall": "time", "relative": "relative time (s)"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name, its place in the palette, its points, and perhaps a band around them."""

    name: str
    place: int
    x: Numbers
    y: Numbers
    low: Numbers | None = None
    high: Numbers | None = None


def line_specification(panel: Mapping[str, Any], project: Project, first: int = 0) -> dict[str, Any] | None:
    """The specification of a panel; None when none of its lines has a point. ``first`` as in `chart_picture`."""
    wanted = panel.get("runs")
    chosen = frozenset(wanted) if wanted is not None else None
    runs = [run for run in project.runs if chosen is None or run.id in chosen]
    if panel.get("group"):
        lines = list(_grouped_lines(panel, project, runs))
    else:
        lines = list(_run_lines(panel, project, runs, _places(panel, project, first)))
    lines = [line for line in lines if np.isfinite(line.y).any()]
    return _specification(panel, lines) if lines else None


def _run_lines(
    panel: Mapping[str, Any], project: Project, runs: Sequence[Run], place_of: Callable[[Run], int]
) -> Iterator[Line]:
    metrics: Sequence[str] = panel["metrics"]
    system = panel["source"] == "system"
    count = 0
    for run in runs:
        for number, metric in enumerate(metrics):
            series = (run.system if system else run.series).get(metric)
            if series is None or not len(series) or count == MOST_LINES:
                continue
            count += 1
            x, y = _reduced(panel, run, metric, series, project)
            alone = panel["source"] in ("run", "system")
            group = group_text(run_value(run, panel["colorBy"])) if panel.get("colorBy") else ""
            name = group or (metric if alone else run.name if len(metrics) == 1 else f"{run.name} {metric}")
            yield Line(name, number if alone and len(metrics) > 1 else place_of(run), x, y)


def _places(panel: Mapping[str, Any], project: Project, first: int) -> Callable[[Run], int]:
    """Run -> its place in the palette: among all runs, or that of its group among all groups."""
    if key := panel.get("colorBy"):
        groups = list(grouped(project.runs, key))
        return lambda run: groups.index(group_text(run_value(run, key)))
    places = {run.id: place for place, run in enumerate(project.runs, start=first)}
    return lambda run: places[run.id]


def _reduced(
    panel: Mapping[str, Any], run: Run, metric: str, series: Series, project: Project
) -> tuple[Numbers, Numbers]:
    axis = axis_of_runs(project.runs, metric) if panel.get("xName") else ""
    found = placed(series, x_column(run, axis, series)) if axis else None
    points = points_of(found.points if found else series, run, found.x if found else None)
    curve = overview_curve(points, 0, ENTRIES)
    kind = panel.get("x") or "step"
    if kind != "step" and not axis:
        x = curve["time"] + (points.start if kind == "wall" else 0.0)
        x = x * 1000.0 if kind == "wall" else x
    else:
        x = curve["x"] if found else curve["step"]
    if curve["bucket"] == 1:
        return np.asarray(x), np.asarray(curve["last"])
    return np.repeat(x, 2), np.column_stack((curve["min"], curve["max"])).ravel()


def _grouped_lines(panel: Mapping[str, Any], project: Project, runs: Sequence[Run]) -> Iterator[Line]:
    key, metric = panel["group"], panel["metrics"][0]
    places = {name: place for place, name in enumerate(grouped(project.runs, key))}
    statistic = statistic_of(ChartRequest(project, tuple(runs), panel, ""))
    for name, members in list(grouped([run for run in runs if metric in run.series], key).items())[:MOST_LINES]:
        band = group_band([run.series[metric] for run in members], statistic)
        every = slice(None, None, max(1, len(band.places) // (2 * ENTRIES)))
        columns = (column[every] for column in (band.places, band.center, band.low, band.high))
        yield Line(name, places[name], *columns)


def _specification(panel: Mapping[str, Any], lines: Sequence[Line]) -> dict[str, Any]:
    log_x, log_y = bool(panel.get("logX")), bool(panel.get("logY"))
    rows = [row for number, line in enumerate(lines) for row in _rows(number, line, log_x=log_x, log_y=log_y)]
    kind = panel.get("x") or "step"
    named = {line.name: line.place for line in lines}
    scales: list[dict[str, Any]] = [
        {
            "name": "x",
            "type": "time" if kind == "wall" else "log" if log_x else "linear",
            "domain": {"data": "points", "field": "x"},
            "range": "width",
            "zero": False,
            "nice": False,
        },
        {
            "name": "y",
            "type": "log" if log_y else "linear",
            "domain": {"data": "points", "fields": ["low", "high"]},
            "range": "height",
            "zero": False,
            "nice": True,
        },
        {
            "name": "color",
            "type": "ordinal",
            "domain": list(named),
            "range": [RUNS[place % len(RUNS)] for place in named.values()],
        },
    ]
    title = panel.get("xName") or MOMENTS.get(kind, kind)
    legend = [{"fill": "color", "orient": "bottom", "columns": 4, "labelLimit": 150, "symbolType": "stroke"}]
    return {
        "width": WIDTH,
        "height": panel.get("height", 300),
        "autosize": {"type": "pad"},
        "data": [{"name": "points", "values": rows}],
        "scales": scales,
        "axes": [
            {"scale": "y", "orient": "left", "grid": True, "domain": False, "ticks": False},
            {"scale": "x", "orient": "bottom", "title": title, "labelFlush": True, "tickCount": 8},
        ],
        "legends": [{**legend[0], "stroke": "color"}] if 1 < len(named) <= MOST_NAMED else [],
        "marks": [_marks(panel)],
    }


def _marks(panel: Mapping[str, Any]) -> dict[str, Any]:
    """A group for each line: its band, if there is one, under its stroke."""
    x, color = {"scale": "x", "field": "x"}, {"scale": "color", "field": "name"}
    defined = {"signal": "isValid(datum.y)"}
    stroke = {
        "x": x,
        "y": {"scale": "y", "field": "y"},
        "stroke": color,
        "strokeWidth": {"value": 1.5},
        "strokeDash": {"field": "dash"},
        "strokeJoin": {"value": "round"},
        "defined": defined,
    }
    edges = {"y": {"scale": "y", "field": "low"}, "y2": {"scale": "y", "field": "high"}}
    area = {"x": x, **edges, "fill": color, "fillOpacity": {"value": 0.15}, "defined": defined}
    source = {"from": {"data": "line"}}
    marks: list[dict[str, Any]] = [{"type": "line", **source, "encode": {"enter": stroke}}]
    if panel.get("group"):
        marks.insert(0, {"type": "area", **source, "encode": {"enter": area}})
    facet = {"facet": {"name": "line", "data": "points", "groupby": "line"}}
    return {"type": "group", "from": facet, "marks": marks}


def _rows(number: int, line: Line, *, log_x: bool, log_y: bool) -> Iterator[dict[str, Any]]:
    dash = DASHES[line.place // len(RUNS) % len(DASHES)]
    low, high = (line.y if edge is None else edge for edge in (line.low, line.high))
    if log_y:  # what a band has below zero ends at the lowest place of its line
        low = np.maximum(low, np.min(line.y, where=line.y > 0, initial=np.inf))
    for x, y, least, most in zip(line.x.tolist(), line.y.tolist(), low.tolist(), high.tolist(), strict=True):
        if not np.isfinite(x) or (log_x and x <= 0):
            continue
        known = bool(np.isfinite(y)) and not (log_y and y <= 0)
        yield {
            "line": number,
            "name": line.name,
            "dash": dash,
            "x": x,
            "y": y if known else None,
            "low": least if known else None,
            "high": most if known else None,
        }
