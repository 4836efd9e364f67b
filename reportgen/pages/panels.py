"""The charts of a run page: one line panel for each metric, neighbours when their names share a prefix."""

import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from html import escape

from reportgen.document import Chart, Prose
from reportgen.frames import LineFacts, axis_of_run, line_facts
from reportgen.model import Run
from reportgen.numbers import format_number

PANEL_HEIGHT = 220
MOST_SENTENCES = 8
"""Of one panel, for those who cannot see its lines."""


Facts = Callable[[str], LineFacts | None]
"""Metric -> what its line shows; None if nothing is left of it."""


def facts_of(run: Run, source: str, known: Mapping[str, LineFacts] | None = None) -> Facts:
    """What the lines of a run show.

    Args:
        run: whose.
        source: ``run`` or ``system``.
        known: what has been worked out already, so that no points need be read for it.
    """
    series = run.system if source == "system" else run.series

    def found(metric: str) -> LineFacts | None:
        if known is not None and metric in known:
            return known[metric]
        return line_facts(series[metric]) if metric in series else None

    return found


def metric_panels(run: Run, facts: Facts) -> tuple[Chart, ...]:
    """A panel for every metric of the run that wants to be seen, ordered by prefix and name."""
    logged = {*run.series, *run.overwritten}
    wanted = (name for name in logged if not run.definition(name).hidden)
    shown = sorted(wanted, key=lambda name: name.rpartition("/"))
    return tuple(series_panel(run, [name], name, facts) for name in shown)


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


def series_panel(run: Run, metrics: Sequence[str], title: str, facts: Facts, *, source: str = "run") -> Chart:
    """A line panel of some of a run's series.

    Args:
        run: whose.
        metrics: their names.
        title: what they are together; the name of a single one is its title, and only that one may have ranks.
        facts: what their lines show.
        source: ``run`` or ``system``.
    """
    title = title if len(metrics) > 1 else metrics[0]
    system = source == "system"
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
        panel["overwritten"] = "some" if metrics[0] in run.series else "all"
    if not system and (axis := axis_of_run(run, metrics[0])):
        panel["xName"] = axis
    sentences = [_sentence(metric, facts(metric)) for metric in metrics[:MOST_SENTENCES]]
    return Chart(anchor(source, title), title, panel, " ".join(sentences))


def _sentence(metric: str, facts: LineFacts | None) -> str:
    """What the line shows, for those who cannot see it."""
    if facts is None:
        return f"{metric}: every point was overwritten by a later attempt."
    points = f"{facts.points} point" + ("" if facts.points == 1 else "s")
    if math.isnan(facts.last):
        return f"{metric}: {points}, none of them a number."
    last, least, most = map(format_number, facts[1:])
    return f"{metric}: {points}, last {last}, between {least} and {most}."
