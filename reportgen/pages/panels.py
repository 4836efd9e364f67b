"""The charts of a run page: one line panel for each metric, neighbours when their names share a prefix."""

import hashlib
from collections.abc import Sequence
from html import escape

import numpy as np

from reportgen.document import Chart, Prose
from reportgen.frames import axis_of_run
from reportgen.model import Run, Series
from reportgen.numbers import format_number

PANEL_HEIGHT = 220
MOST_SENTENCES = 8
"""Of one panel, for those who cannot see its lines."""


def metric_panels(run: Run) -> tuple[Chart, ...]:
    """A panel for every metric of the run that wants to be seen, ordered by prefix and name."""
    logged = {*run.series, *run.overwritten}
    wanted = (name for name in logged if not run.definition(name).hidden)
    shown = sorted(wanted, key=lambda name: name.rpartition("/"))
    return tuple(series_panel(run, [name], "run", name) for name in shown)


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


def series_panel(run: Run, metrics: Sequence[str], source: str, title: str) -> Chart:
    """A line panel of some of a run's series.

    Args:
        run: whose.
        metrics: their names.
        source: ``run`` or ``system``.
        title: what they are together; the name of a single one is its title, and only that one may have ranks.
    """
    title = title if len(metrics) > 1 else metrics[0]
    system = source == "system"
    series = run.system if system else run.series
    panel: dict[str, object] = {
        "kind": "line",
        "title": title,
        "project": run.project,
        "metrics": list(metrics),
        "source": source,
        "runs": [run.id],
        "x": "relative" if system else "step",
        "height": PANEL_HEIGHT,
        "legend": len(metrics) > 1,
    }
    ranks = (run.system_by_rank if system else run.by_rank).get(metrics[0], {})
    if ranks:
        panel["ranks"] = {"main": next(iter(ranks)), "count": len(ranks)}
    if metrics[0] in run.overwritten and not system:
        panel["overwritten"] = "some" if series.get(metrics[0]) else "all"
    if not system and (axis := axis_of_run(run, metrics[0])):
        panel["xName"] = axis
    sentences = [_sentence(metric, series.get(metric)) for metric in metrics[:MOST_SENTENCES]]
    return Chart(anchor(source, title), title, panel, " ".join(sentences))


def _sentence(metric: str, series: Series | None) -> str:
    """What the line shows, for those who cannot see it."""
    if not series:
        return f"{metric}: every point was overwritten by a later attempt."
    points = f"{len(series)} point" + ("" if len(series) == 1 else "s")
    finite = series.values[np.isfinite(series.values)]
    if not finite.size:
        return f"{metric}: {points}, none of them a number."
    last, least, most = (format_number(float(value)) for value in (finite[-1], finite.min(), finite.max()))
    return f"{metric}: {points}, last {last}, between {least} and {most}."
