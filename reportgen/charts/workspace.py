"""The Vega panels that a workspace offers beside the curves: a first look at what the configuration does."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from reportgen.charts.bar import bar_chart
from reportgen.charts.box import box_chart
from reportgen.charts.main_metric import main_metric
from reportgen.charts.request import ChartRequest
from reportgen.charts.run_values import as_number
from reportgen.charts.scatter import scatter_chart
from reportgen.document import Chart
from reportgen.errors import ReportgenError
from reportgen.frames.runs import flat_config
from reportgen.model import Project, Run

LEAST_RUNS = 4
MOST_KEYS = 3
BEST_RUNS = 12
MOST_GROUPS = 12
"""More values than this are no groups."""
WIDE = 30.0
"""Positive numbers whose largest is this many times the smallest are drawn on a logarithmic axis."""
SEED = re.compile(r"(?:^|[._])(?:seed|random_state|rng|trial|fold)$", re.IGNORECASE)
_KINDS: Mapping[str, Callable[[ChartRequest], Chart]] = {"bar": bar_chart, "scatter": scatter_chart, "box": box_chart}


def workspace_charts(project: Project, cache: Path | None = None) -> tuple[Chart, ...]:
    """Panels of the project's main metric: the best runs, and one against each config key that differs.

    Empty for a project with fewer than `LEAST_RUNS` runs that have the metric.
    """
    metric = main_metric(project.runs)
    runs = tuple(run for run in project.runs if metric and as_number(run.summary.get(metric)) is not None)
    if len(runs) < LEAST_RUNS or metric is None:
        return ()
    charts = []
    for number, options in enumerate(_panels(runs)):
        request = ChartRequest(project, runs, {**options, "metric": metric}, f"workspace-{number}", cache)
        try:
            charts.append(_KINDS[options["kind"]](request))
        except ReportgenError:
            continue
    return tuple(charts)


def _panels(runs: Sequence[Run]) -> list[dict[str, Any]]:
    """Options of the panels: keys with numbers are scattered, keys with few values are boxed."""
    panels: list[dict[str, Any]] = [{"kind": "bar", "limit": BEST_RUNS, "title": "Best runs"}]
    for key, values in _differing_keys(runs).items():
        numbers = [as_number(value) for value in values]
        known = [number for number in numbers if number is not None]
        if len(known) == len(values):
            wide = min(known) > 0 and max(known) / min(known) >= WIDE
            panels.append({"kind": "scatter", "x": f"config.{key}", **({"log_x": True} if wide else {})})
        elif len({repr(value) for value in values}) <= MOST_GROUPS:
            panels.append({"kind": "box", "group": f"config.{key}"})
    return panels[: MOST_KEYS + 1]


def _differing_keys(runs: Sequence[Run]) -> dict[str, list[Any]]:
    """The config keys with more than one plain value over the runs, those with few values first; seeds are left out."""
    configs = [flat_config(run.config) for run in runs]
    keys = dict.fromkeys(key for config in configs for key in config)
    found: dict[str, list[Any]] = {}
    for key in keys:
        values = [config[key] for config in configs if isinstance(config.get(key), str | int | float)]
        if len({repr(value) for value in values}) > 1 and not SEED.search(key):
            found[key] = values
    return dict(sorted(found.items(), key=lambda item: len({repr(value) for value in item[1]})))
