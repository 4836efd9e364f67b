"""The charts of a run page: one line panel for each metric, neighbours when their names share a prefix."""

import hashlib
from html import escape

import numpy as np

from reportgen.document import Chart, Prose
from reportgen.model import Run, Series
from reportgen.numbers import format_number

PANEL_HEIGHT = 220


def metric_panels(run: Run) -> tuple[Chart, ...]:
    """A panel for every metric of the run that wants to be seen, ordered by prefix and name."""
    hidden = {definition.name for definition in run.definitions if definition.hidden}
    logged = {*run.series, *run.overwritten}
    shown = sorted((name for name in logged if name not in hidden), key=lambda name: name.rpartition("/"))
    return tuple(_panel(run, name, "run") for name in shown)


def system_panels(run: Run) -> tuple[Chart, ...]:
    """A panel for every system metric of the run."""
    return tuple(_panel(run, name, "system") for name in run.system)


def by_prefix(charts: tuple[Chart, ...]) -> tuple[Chart | Prose, ...]:
    """The charts with a heading above each prefix, if there is more than one."""
    prefixes = list(dict.fromkeys(chart.title.rpartition("/")[0] for chart in charts))
    if len(prefixes) == 1:
        return charts
    blocks: list[Chart | Prose] = []
    for prefix in prefixes:
        blocks += [Prose(f"<h3>{escape(prefix)}</h3>")] if prefix else []
        blocks += [chart for chart in charts if chart.title.rpartition("/")[0] == prefix]
    return tuple(blocks)


def anchor(prefix: str, name: str) -> str:
    """An id for an element that names a logged thing: safe characters only, no two names the same."""
    safe = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name)[:40].strip("-")
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{prefix}-{safe}-{digest}" if safe else f"{prefix}-{digest}"


def _panel(run: Run, metric: str, source: str) -> Chart:
    system = source == "system"
    series = (run.system if system else run.series).get(metric)
    panel: dict[str, object] = {
        "kind": "line",
        "title": metric,
        "project": run.project,
        "metrics": [metric],
        "source": source,
        "runs": [run.id],
        "x": "relative" if system else "step",
        "height": PANEL_HEIGHT,
        "legend": False,
    }
    ranks = (run.system_by_rank if system else run.by_rank).get(metric, {})
    if ranks:
        panel["ranks"] = {"main": next(iter(ranks)), "count": len(ranks)}
    if metric in run.overwritten and not system:
        panel["overwritten"] = "some" if series else "all"
    summary = _sentence(series) if series else f"{metric}: every point was overwritten by a later attempt."
    return Chart(anchor(source, metric), metric, panel, summary)


def _sentence(series: Series) -> str:
    """What the line shows, for those who cannot see it."""
    points = f"{len(series)} point" + ("" if len(series) == 1 else "s")
    finite = series.values[np.isfinite(series.values)]
    if not finite.size:
        return f"{series.metric}: {points}, none of them a number."
    last, least, most = (format_number(float(value)) for value in (finite[-1], finite.min(), finite.max()))
    return f"{series.metric}: {points}, last {last}, between {least} and {most}."
