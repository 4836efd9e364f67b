"""The best runs of a project, for the home page."""

import math
from collections.abc import Sequence

from reportgen.frames.best import is_minimised
from reportgen.model import Run


def best_runs(runs: Sequence[Run], metric: str, count: int) -> tuple[Run, ...]:
    """The best runs by a metric of the summary, best first, the older first among equals; those without it left out."""
    scored = []
    for run in runs:
        value = run.summary.get(metric)
        if isinstance(value, int | float) and not isinstance(value, bool) and not math.isnan(value):
            scored.append((value, run))
    scored.sort(key=lambda pair: pair[0], reverse=not is_minimised(metric, runs))
    return tuple(run for _value, run in scored[:count])
