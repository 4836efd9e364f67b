"""Logged Plotly figures."""

from collections.abc import Mapping
from typing import Any

from reportgen.document import Dataset, PlotlyFigure
from reportgen.pages.media.logged_medium import LoggedMedium, Shown

MAPS = tuple(f"{kind}{end}" for kind in ("choropleth", "scatter", "density") for end in ("map", "mapbox"))
FROM_ELSEWHERE = frozenset(("choropleth", "scattergeo", *MAPS))
"""Traces for which Plotly would fetch the shapes of countries or the tiles of a map."""


def shown_figure(medium: LoggedMedium) -> Shown | None:
    """The figure as data for Plotly; None when its file holds none."""
    content = medium.content()
    if not isinstance(content, dict) or not isinstance(content.get("data"), list):
        return None
    given = [trace for trace in content["data"] if isinstance(trace, dict)]
    traces = [trace for trace in given if str(trace.get("type")) not in FROM_ELSEWHERE]
    layout, left_out = _layout(content.get("layout"))
    data = Dataset(medium.context.links.run_key(medium.run, medium.id), {"data": traces, "layout": layout})
    notes = []
    if left_out or len(traces) < len(given):
        notes.append("Maps and pictures from elsewhere are left out, as a site loads nothing from a network.")
    if content.get("frames"):
        notes.append("Its animation is not shown.")
    return Shown(PlotlyFigure(medium.label, data), notes=tuple(notes), file=medium.file())


def _layout(value: Any) -> tuple[dict[str, Any], bool]:
    """The layout without pictures that are not in it, and whether there were some."""
    layout = dict(value) if isinstance(value, Mapping) else {}
    images = layout.get("images")
    if not isinstance(images, list):
        return layout, False
    layout["images"] = [image for image in images if _is_inside(image)]
    return layout, len(layout["images"]) < len(images)


def _is_inside(image: Any) -> bool:
    return isinstance(image, dict) and str(image.get("source", "")).startswith("data:image/")
