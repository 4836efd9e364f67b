"""Logged Plotly figures."""

from typing import Any

from reportgen.document import Dataset, PlotlyFigure
from reportgen.pages.media.logged_medium import LoggedMedium, Shown


def shown_figure(medium: LoggedMedium) -> Shown | None:
    """The figure as data for Plotly; None when its file holds none."""
    content = medium.content()
    if not isinstance(content, dict) or not isinstance(content.get("data"), list):
        return None
    traces = [trace for trace in content["data"] if isinstance(trace, dict)]
    layout = content.get("layout")
    payload: dict[str, Any] = {"data": traces, "layout": layout if isinstance(layout, dict) else {}}
    data = Dataset(medium.context.links.run_key(medium.run, medium.id), payload)
    notes = ("Its animation is not shown.",) if content.get("frames") else ()
    return Shown(PlotlyFigure(medium.label, data), notes=notes, file=medium.file())
