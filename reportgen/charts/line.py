"""Metrics over steps or time, a line for each run. The browser draws it from the datasets of the metrics."""

from typing import Any

import numpy as np

from reportgen.charts.line_groups import group_fields, group_sentence
from reportgen.charts.request import ChartRequest
from reportgen.charts.run_values import nearest
from reportgen.document import Chart
from reportgen.errors import BlockError, QueryError
from reportgen.frames import axis_of_runs, best
from reportgen.model import Run
from reportgen.numbers import format_number

X_AXES = ("step", "relative", "wall")
HEIGHT = 320


def line_chart(request: ChartRequest) -> Chart:
    """A line panel over the run set, or over groups of its runs.

    Options: metric or metrics, x, smooth, log_x, log_y, color, group, center, band, title, caption, height.
    """
    metrics = request.metrics()
    if not metrics:
        raise BlockError("a line chart needs 'metric'", remedy="add a line 'metric: …'")
    for metric in metrics:
        if not any(metric in run.series for run in request.runs):
            logged = sorted({name for run in request.runs for name in run.series})
            raise BlockError(
                f"none of the {len(request.runs)} runs logged a metric {metric!r}", remedy=nearest(metric, logged)
            )
    x = request.text("x")
    if x and x not in X_AXES:
        raise BlockError(f"a line chart cannot have {x!r} as x", remedy=f"choose one of {', '.join(X_AXES)}")
    panel: dict[str, Any] = {
        "kind": "line",
        "title": request.text("title") or ", ".join(metrics),
        "project": request.project.name,
        "metrics": list(metrics),
        "source": "overview",
        "runs": request.run_ids(),
        "x": x or "step",
        "height": request.options.get("height", HEIGHT),
        "legend": True,
    }
    names = {axis_of_runs(request.project.runs, metric) for metric in metrics}
    if not x and len(names) == 1 and (axis := names.pop()):
        panel["xName"] = axis
    if smooth := request.options.get("smooth"):
        panel["smooth"] = smooth
    for option, field in (("log_x", "logX"), ("log_y", "logY")):
        if request.options.get(option):
            panel[field] = True
    panel |= group_fields(request)
    if color := request.text("color"):
        panel["colorBy"] = color.removeprefix("config.")
    sentences = " ".join(
        group_sentence(request, metric) if "group" in panel else _sentence(metric, request.runs) for metric in metrics
    )
    return Chart(request.id, panel["title"], panel, sentences, request.text("caption"))


def _sentence(metric: str, runs: tuple[Run, ...]) -> str:
    """What the lines of one metric show."""
    drawn = [run for run in runs if metric in run.series]
    head = f"{metric} of {len(drawn)} run{'' if len(drawn) == 1 else 's'}"
    try:
        winner = best(drawn, metric)
    except QueryError:
        return f"{head}."
    value = winner.summary.get(metric)
    if not isinstance(value, int | float):
        return f"{head}."
    series = winner.series[metric]
    places = np.flatnonzero(series.values == value)
    step = f" at step {format_number(series.steps[places[-1]])}" if places.size else ""
    return f"{head}; best {format_number(value)} by {winner.name}{step}."
