"""Charts that a run logged as a table and a name: our own specification for each of wandb's names, or the project's.

- ``LOGGED_CHARTS``: name -> ``function(LoggedChart) -> Drawing``; raises `BlockError` when its columns do not fit.
- ``logged_chart(logged, id, cache, specs)``: the chart of a logged one; other names are files below ``specs``.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from reportgen.charts.logged.bars import bars
from reportgen.charts.logged.distribution import distribution
from reportgen.charts.logged.lines import curves, lines, series
from reportgen.charts.logged.logged_chart import Drawing, LoggedChart
from reportgen.charts.logged.matrix import matrix
from reportgen.charts.logged.own_specification import own_chart
from reportgen.charts.logged.points import points
from reportgen.charts.request import AXIS_HEIGHT
from reportgen.charts.specification import filled
from reportgen.document import Chart

LOGGED_CHARTS: Mapping[str, Callable[[LoggedChart], Drawing]] = {
    "line/v0": lines,
    "lineseries/v0": series,
    "area-under-curve/v0": curves,
    "scatter/v0": points,
    "bar/v0": bars,
    "histogram/v0": distribution,
    "confusion_matrix/v0": matrix,
    "confusion_matrix/v1": matrix,
}
PRESETS = "wandb/"
"""What wandb puts before the names of these; a run log may have it or not."""

__all__ = ["LOGGED_CHARTS", "LoggedChart", "logged_chart"]


def logged_chart(
    logged: LoggedChart, id_: str, cache: Path | None = None, specs: Path | None = None
) -> tuple[Chart, tuple[str, ...]]:
    """The chart of a logged one, and notes on what was changed in it.

    Args:
        logged: what the run logged.
        id_: of the element.
        cache: folder where compiled specifications are kept between builds.
        specs: folder with the project's own specifications; None if it has none.

    Raises:
        BlockError: no specification has its name, or its columns do not fit the specification.
    """
    name = logged.spec.removeprefix(PRESETS)
    if name not in LOGGED_CHARTS:
        return own_chart(logged, name, id_, specs, cache)
    drawing = LOGGED_CHARTS[name](logged)
    spec = filled(drawing.author, drawing.data, drawing.height, cache)
    title = logged.title or drawing.title
    panel = {"kind": "vega", "title": title, "height": spec["height"] + AXIS_HEIGHT}
    return Chart(id_, title, panel, drawing.summary, spec=spec), drawing.notes
