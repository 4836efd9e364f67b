"""The best run of several by a metric."""

import math
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Literal

from reportgen import schema
from reportgen.errors import QueryError
from reportgen.frames.runs import number_of, summary_value
from reportgen.model import Run
from reportgen.reading.summary import lower_is_better

Mode = Literal["min", "max"]


def best(runs: Iterable[Run], metric: str, *, mode: Mode | None = None) -> Run:
    """The run with the best summary value of a metric; the first of several that are equal.

    Args:
        runs: the runs to choose from.
        metric: a key of the summary, or of the config as ``config.<key>``.
        mode: what is better; None asks the goal that the runs define, else the name: a loss or an error is minimised,
            anything else maximised.

    Raises:
        QueryError: no run has a number under that key.
    """
    candidates = list(runs)
    sign = -1.0 if (mode or ("min" if is_minimised(metric, candidates) else "max")) == "min" else 1.0
    scored = [(sign * number_of(summary_value(run, metric)), run) for run in candidates]
    known = [(score, run) for score, run in scored if not math.isnan(score)]
    if not known:
        raise no_number(candidates, metric)
    return max(known, key=lambda pair: pair[0])[1]


def is_minimised(metric: str, runs: Sequence[Run]) -> bool:
    """Whether lower is better for a metric: the goal that the first of the runs to define one has, else its name."""
    goal = next((goal for run in runs if (goal := run.definition(metric).goal)), "")
    return goal == schema.MINIMIZE or (not goal and lower_is_better(metric))


def no_number(runs: list[Run], metric: str) -> QueryError:
    """The error for a key under which none of the runs has a number, with the nearest keys that exist."""
    if not runs:
        return QueryError("no run to choose from", where=metric)
    keys = sorted({key for run in runs for key, value in run.summary.items() if not math.isnan(number_of(value))})
    near = get_close_matches(metric, keys, n=3, cutoff=0.4)
    remedy = f"Did you mean {' or '.join(near)}?" if near else f"There is: {', '.join(keys[:10]) or 'nothing'}."
    return QueryError(f"no run has a number in its summary under {metric!r}", remedy=remedy)
