"""Stage 4a: charts, one module for each kind of panel.

- ``CHARTS``: kind -> ``function(ChartRequest) -> Chart``.
- ``ChartRequest(project, runs, options, id, cache=None)``: ``options`` are the keys of a ``chart`` block of a report.
"""

from collections.abc import Callable, Mapping

from reportgen.charts.line import line_chart
from reportgen.charts.request import ChartRequest
from reportgen.document import Chart

CHARTS: Mapping[str, Callable[[ChartRequest], Chart]] = {"line": line_chart}

__all__ = ["CHARTS", "ChartRequest", "line_chart"]
