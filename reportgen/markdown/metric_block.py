"""The block ``metric``: big numbers in a row."""

from collections.abc import Mapping
from typing import Any

from reportgen.document import Link, Metric
from reportgen.errors import QueryError
from reportgen.markdown.block_body import BlockBody, Key, is_text, is_texts
from reportgen.markdown.context import ReportContext
from reportgen.markdown.functions import Functions
from reportgen.markdown.run_view import RunView, Sources
from reportgen.markdown.values import FILTERS, evaluate, result_text

TEXT = Key(is_text, "text")
STATISTICS = ("best", "last", "mean", "median", "minimum", "maximum", "std", "ci", "count")
METRIC_KEYS: Mapping[str, Key] = {
    "value": TEXT,
    "metric": TEXT,
    "stat": Key(lambda value: value in STATISTICS, f"one of {', '.join(STATISTICS)}"),
    "runs": Key(is_texts, "a filter, the name of a run set or a list of runs"),
    "label": TEXT,
    "detail": TEXT,
    "format": TEXT,
    "project": TEXT,
}


def metric_block(body: BlockBody, context: ReportContext, _number: int) -> tuple[Metric, ...]:
    """The big number that the block asks for; `BlockError` or `QueryError` when it cannot be computed."""
    expression, metric = body.values.get("value"), body.values.get("metric")
    if expression is not None:
        for key in ("metric", "stat", "runs", "project"):
            if key in body.values:
                raise body.error(f"{key!r} and 'value' exclude each other", key, "say it within the expression")
        with body.at("value"):
            result, sources = evaluate(str(expression), context)
    else:
        sources = Sources()
        result = _statistic(body, Functions(context, sources))
    run = sources.only_run()
    label = str(body.values.get("label", expression if metric is None else metric))
    detail = str(body.values.get("detail", sources.sentences[0] if sources.sentences else ""))
    source = Link(run.name, href=context.links(run)) if run else None
    return (Metric(label, _formatted(result, body), detail, source),)


def _statistic(body: BlockBody, functions: Functions) -> Any:
    """The value of the short form: a metric, a statistic and a run set."""
    stat, runs, project = str(body.values.get("stat", "best")), body.values.get("runs"), body.values.get("project")
    if stat == "count":
        return functions.count(runs, project=project)
    if "metric" not in body.values:
        raise body.error("a metric needs 'value' or 'metric'", remedy="value: an expression; metric: a summary key")
    metric = str(body.values["metric"])
    if stat in ("best", "last"):
        chosen = functions.best if stat == "best" else functions.last
        return chosen(metric, runs=runs, project=project).value("summary")[metric]
    return functions.table()[stat](metric, runs, project=project)


def _formatted(result: Any, body: BlockBody) -> str:
    """The result in the format asked for: the name of a filter, perhaps with digits, ``pct`` or ``round(3)``."""
    name, _, rest = str(body.values.get("format", "")).partition("(")
    if isinstance(result, RunView) or not name:
        return result_text(result)
    if name not in FILTERS:
        raise body.error(f"there is no format {name!r}", "format", f"choose one of {', '.join(FILTERS)}")
    digits = rest.removesuffix(")").strip()
    try:
        return result_text(FILTERS[name](result, *((int(digits),) if digits else ())))
    except (TypeError, ValueError) as error:
        raise QueryError(f"the format {name!r} cannot take {digits!r}") from error
