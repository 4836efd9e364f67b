"""What a chart is asked to show."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportgen.document import Chart
from reportgen.errors import BlockError
from reportgen.model import Project, Run

AXIS_HEIGHT = 45
"""Pixels below and above a plot for the labels and title of its axis: a panel is that much higher."""


@dataclass(frozen=True, slots=True)
class ChartRequest:
    """A chart to be made.

    Attributes:
        project: the project of the runs.
        runs: the run set, in project order; not empty.
        options: keys of a ``chart`` block: metric, metrics, x, y, smooth, log_y, color, group, center, band, title,
            caption, height, bins, limit.
        id: of the element.
        cache: folder where compiled specifications are kept between builds; None keeps them in memory only.
    """

    project: Project
    runs: tuple[Run, ...]
    options: Mapping[str, Any]
    id: str
    cache: Path | None = None

    def metrics(self) -> tuple[str, ...]:
        """The metrics asked for, by ``metric`` or ``metrics``."""
        value = self.options.get("metrics", self.options.get("metric", ()))
        return (value,) if isinstance(value, str) else tuple(value)

    def text(self, key: str, default: str = "") -> str:
        """A text option."""
        value = self.options.get(key, default)
        return value if isinstance(value, str) else default

    def run_ids(self) -> list[str] | None:
        """The ids of the runs; None when they are all of the project's."""
        return None if len(self.runs) == len(self.project.runs) else [run.id for run in self.runs]

    def needed(self, key: str) -> str:
        """A text option that the chart cannot do without; BlockError if it is missing."""
        value = self.text(key)
        if not value:
            raise BlockError(f"a {self.text('kind', 'line')} chart needs {key!r}", remedy=f"add a line '{key}: …'")
        return value

    def height(self, default: int) -> int:
        """Height of the plot in pixels, within reason."""
        value = self.options.get("height", default)
        return min(max(int(value), 80), 2000) if isinstance(value, int | float) else default


def vega_chart(request: ChartRequest, title: str, spec: Mapping[str, Any], summary: str) -> Chart:
    """The chart of a request that Vega draws; the title asked for goes before the one given."""
    title = request.text("title") or title
    panel = {"kind": "vega", "title": title, "height": spec["height"] + AXIS_HEIGHT}
    return Chart(request.id, title, panel, summary, request.text("caption"), spec)
