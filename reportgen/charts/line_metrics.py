"""Which metrics a line chart draws, over what, and what it makes of their values."""

import re
from dataclasses import dataclass

from reportgen.charts.expression import ExpressionError, read_expression
from reportgen.charts.request import ChartRequest
from reportgen.charts.run_values import nearest
from reportgen.errors import BlockError

X_AXES = ("step", "relative", "wall")
METRIC = "metric:"
"""Before the name of a metric that is the x axis."""


@dataclass(frozen=True, slots=True)
class LineMetrics:
    """What the lines are.

    Attributes:
        names: the metrics whose points they have.
        expression: what is drawn instead of the values; empty for the values themselves.
        needed: the metrics that a run must have for a line where that is one for all metrics; empty otherwise.
    """

    names: tuple[str, ...]
    expression: str = ""
    needed: tuple[str, ...] = ()


def line_metrics(request: ChartRequest) -> LineMetrics:
    """By the options ``metric``, ``metrics``, ``pattern`` and ``y``; BlockError where one has no run or is wrong."""
    logged = sorted({name for run in request.runs for name in run.series})
    names = tuple(dict.fromkeys((*request.metrics(), *_found(request, logged))))
    text = request.text("y")
    if not names and not text:
        raise BlockError("a line chart needs 'metric'", remedy="add a line 'metric: …'")
    for name in names:
        _check(request, name, logged)
    if not text:
        return LineMetrics(names)
    try:
        expression = read_expression(text, logged)
    except ExpressionError as error:
        raise BlockError(
            f"a line chart cannot have this as y: {error}", remedy="such as 'log10(y)' or '{a} - {b}'"
        ) from None
    for name in expression.metrics:
        _check(request, name, logged)
    if expression.uses_y and not names:
        raise BlockError("'y' is the metric of the chart, which has none", remedy="add a line 'metric: …'")
    return LineMetrics(names, text) if expression.uses_y else LineMetrics((), text, expression.metrics)


def x_axis(request: ChartRequest) -> str:
    """The option ``x``, empty without one; BlockError for an axis that there is not."""
    x = request.text("x")
    if x.startswith(METRIC):
        _check(request, x.removeprefix(METRIC), sorted({name for run in request.runs for name in run.series}))
    elif x and x not in X_AXES:
        choices = f"choose one of {', '.join(X_AXES)}, or {METRIC}<name>"
        raise BlockError(f"a line chart cannot have {x!r} as x", remedy=choices)
    return x


def _found(request: ChartRequest, logged: list[str]) -> list[str]:
    pattern = request.text("pattern")
    if not pattern:
        return []
    try:
        found = [name for name in logged if re.search(pattern, name)]
    except re.error as error:
        raise BlockError(f"{pattern!r} is no regular expression: {error}", remedy="such as ^val/") from None
    if not found:
        raise BlockError(
            f"no metric of the {len(request.runs)} runs matches {pattern!r}", remedy=nearest(pattern, logged)
        )
    return found


def _check(request: ChartRequest, name: str, logged: list[str]) -> None:
    if name not in logged:
        raise BlockError(f"none of the {len(request.runs)} runs logged a metric {name!r}", remedy=nearest(name, logged))
