"""SVG from Vega, by the compiler's own renderer; what it has drawn is kept in the cache."""

import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportgen.charts.compiler import call
from reportgen.charts.pictures.light import CONFIG, RUNS
from reportgen.charts.pictures.lines import WIDTH, line_specification
from reportgen.charts.specification import keep_text, tools
from reportgen.document import Chart
from reportgen.model import Project

PADDING = 12
UNDRAWN = (
    f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="48"><rect width="100%" height="48" fill="#fff"/>'
    '<text x="12" y="28" font-family="sans-serif" font-size="13">Only a browser with JavaScript can draw this.</text>'
    "</svg>"
)
_DEFAULT_MARK = "#4c78a8"
"""The colour that Vega-Lite writes into marks which were given none."""
_ACTIVE = re.compile(r"<script|<foreignobject|javascript:|<[^>]*\son[a-z]+=", re.IGNORECASE)
"""What no picture of ours has, whatever was logged: a file that is opened by itself has no policy of the page."""


@dataclass(frozen=True, slots=True)
class ChartPicture:
    """A picture that is not drawn yet: its name, and the Vega specification that it is drawn from, packed."""

    name: str
    packed: bytes


def chart_picture(chart: Chart, project: Project, first: int = 0) -> ChartPicture | None:
    """The picture of a chart; None when there is nothing to draw.

    Args:
        chart: with its panel, and its specification unless it is one of lines.
        project: with the runs whose lines it shows.
        first: the place in the palette of the first of these runs, where they are not all of the project.
    """
    if chart.panel.get("kind") == "line":
        specification = line_specification(chart.panel, project, first)
    else:
        specification = None if chart.spec is None else _dressed(chart.spec)
    if specification is None:
        return None
    if specification.get("width") is None and not _sizes_itself(specification):
        specification["width"] = WIDTH
    dressed = {**specification, "padding": PADDING, "config": {**CONFIG, **specification.get("config", {})}}
    text = json.dumps(dressed, default=float).encode()
    name = hashlib.sha256(tools().encode() + text).hexdigest()[:24]
    return ChartPicture(name, zlib.compress(text, 1))


def drawn(picture: ChartPicture, cache: Path | None = None) -> str:
    """The SVG of a picture, from the folder where they are kept between builds if it is there."""
    path = cache / "charts" / f"{picture.name}.svg" if cache else None
    if path is not None:
        with suppress(OSError):
            return path.read_text("utf-8")
    svg = _drawn(zlib.decompress(picture.packed).decode()) or UNDRAWN
    if path is not None:
        keep_text(path, svg)
    return svg


def _drawn(specification: str) -> str:
    try:
        svg = str(call("vega_to_svg", vg_spec=specification, allowed_base_urls=[]))
    except ValueError:  # an author's own specification may want what only a browser has
        return ""
    return "" if _ACTIVE.search(svg) else svg


def _sizes_itself(specification: Mapping[str, Any]) -> bool:
    """Whether the width is a signal with a value: a grid of plots, or one that says how wide it is."""
    return any(signal.get("name") == "width" and "value" in signal for signal in specification.get("signals", ()))


def _dressed(value: Any) -> Any:
    """The specification with the first colour of the palette on marks without one; data stay as they are."""
    if isinstance(value, str):
        return RUNS[0] if value.casefold() == _DEFAULT_MARK else value
    if isinstance(value, Mapping):
        return {key: item if key == "values" else _dressed(item) for key, item in value.items()}
    return [_dressed(item) for item in value] if isinstance(value, list | tuple) else value
