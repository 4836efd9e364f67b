"""Stage 4a: charts, one module for each kind of panel.

- ``CHARTS``: kind -> ``function(ChartRequest) -> Chart``; raises `BlockError` for options that fit no data.
- ``ChartRequest(project, runs, options, id, cache=None)``: ``options`` are the keys of a ``chart`` block of a report;
  ``cache`` is the build's cache folder, where compiled specifications are kept.
- ``workspace_charts(project, cache=None)``: the Vega panels of the workspace; empty for a tiny project.
- ``report_charts(cache=None)``: the same kinds as functions of (project, runs, options, id): what
  `markdown.ReportContext.charts` takes.
- ``importance_of(importance_table(project), cache=None)``: what the configuration has to do with the metrics.
- ``project_specs(folder, cache=None)``: the project's own charts over its runs.
- ``main_metric(runs)``: the metric that the project is about.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from reportgen.charts.bar import bar_chart
from reportgen.charts.box import box_chart
from reportgen.charts.histogram import histogram_chart
from reportgen.charts.importance import importance_of, importance_table
from reportgen.charts.line import line_chart
from reportgen.charts.main_metric import main_metric
from reportgen.charts.project_specs import ProjectSpec, project_specs
from reportgen.charts.request import ChartRequest
from reportgen.charts.scatter import scatter_chart
from reportgen.charts.workspace import workspace_charts
from reportgen.document import Chart
from reportgen.model import Project, Run

CHARTS: Mapping[str, Callable[[ChartRequest], Chart]] = {
    "line": line_chart,
    "scatter": scatter_chart,
    "bar": bar_chart,
    "histogram": histogram_chart,
    "box": box_chart,
}

__all__ = [
    "CHARTS",
    "ChartRequest",
    "ProjectSpec",
    "importance_of",
    "importance_table",
    "line_chart",
    "main_metric",
    "project_specs",
    "report_charts",
    "workspace_charts",
]


def report_charts(
    cache: Path | None = None,
) -> Mapping[str, Callable[[Project, tuple[Run, ...], Mapping[str, Any], str], Chart]]:
    """`CHARTS` as functions of (project, runs, options, id), for reports, which know nothing of requests."""

    def drawer(
        chart: Callable[[ChartRequest], Chart],
    ) -> Callable[[Project, tuple[Run, ...], Mapping[str, Any], str], Chart]:
        return lambda project, runs, options, id_: chart(ChartRequest(project, runs, options, id_, cache))

    return {kind: drawer(chart) for kind, chart in CHARTS.items()}
