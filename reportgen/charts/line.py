"""Metrics over steps or time, a line for each run. The browser draws it from the datasets of the metrics."""

from typing import Any

import numpy as np

from reportgen.charts.line_groups import group_fields, group_keys, group_sentence
from reportgen.charts.line_metrics import LineMetrics, line_metrics, x_axis
from reportgen.charts.request import ChartRequest
from reportgen.document import Chart
from reportgen.errors import BlockError, QueryError
from reportgen.frames import axis_of_runs, best
from reportgen.model import Run
from reportgen.numbers import format_number

HEIGHT = 320
SMOOTHINGS = ("ema", "gaussian", "mean")
LOOK = {
    "smooth": "smooth",
    "smooth_by": "smoothBy",
    "ignore_outliers": "ignoreOutliers",
    "log_x": "logX",
    "log_y": "logY",
}
"""Option -> field of the panel, where both have the same value."""


def line_chart(request: ChartRequest) -> Chart:
    """A line panel over the run set, or over groups of its runs.

    Options: metric, metrics, pattern, x, y, smooth, smooth_by, ignore_outliers, log_x, log_y, color, group, center,
    band, title, caption, height.
    """
    lines = line_metrics(request)
    x = x_axis(request)
    panel: dict[str, Any] = {
        "kind": "line",
        "title": request.text("title") or lines.expression or ", ".join(lines.names),
        "project": request.project.name,
        "metrics": list(lines.names),
        "source": "overview",
        "runs": request.run_ids(),
        "x": x or "step",
        "height": request.options.get("height", HEIGHT),
        "legend": True,
    }
    names = {axis_of_runs(request.project.runs, metric) for metric in lines.names}
    if not x and len(names) == 1 and (axis := names.pop()):
        panel["xName"] = axis
    if lines.expression:
        panel["y"] = lines.expression
    for option, field in LOOK.items():
        if value := request.options.get(option):
            panel[field] = value
    if request.text("smooth_by") not in ("", *SMOOTHINGS):
        choices = f"choose one of {', '.join(SMOOTHINGS)}"
        raise BlockError(f"a line chart cannot have {request.text('smooth_by')!r} as smooth_by", remedy=choices)
    panel |= group_fields(request)
    if color := request.text("color"):
        panel["colorBy"] = color.removeprefix("config.")
    return Chart(request.id, panel["title"], panel, _sentences(request, lines), request.text("caption"))


def _sentences(request: ChartRequest, lines: LineMetrics) -> str:
    """What the lines show."""
    if lines.needed:
        drawn = sum(all(metric in run.series for metric in lines.needed) for run in request.runs)
        return f"{lines.expression} of {drawn} run{'' if drawn == 1 else 's'}."
    grouped = group_keys(request)
    sentences = [group_sentence(request, name) if grouped else _sentence(name, request.runs) for name in lines.names]
    return " ".join([*sentences, *([f"Drawn as {lines.expression}."] if lines.expression else [])])


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
