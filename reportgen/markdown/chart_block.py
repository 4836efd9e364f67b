"""The block ``chart``: a chart over a run set."""

from collections.abc import Mapping

from reportgen.document import Chart
from reportgen.markdown.block_body import BlockBody, Key, is_flag, is_text, is_texts, within
from reportgen.markdown.context import ReportContext
from reportgen.markdown.run_sets import nearest, project_of, run_set

TEXT = Key(is_text, "text")
FLAG = Key(is_flag, "true or false")
CHART_KEYS: Mapping[str, Key] = {
    "kind": TEXT,
    "metric": TEXT,
    "metrics": Key(is_texts, "the name of a metric or a list of them"),
    "runs": Key(is_texts, "a filter, the name of a run set or a list of runs"),
    "x": TEXT,
    "y": TEXT,
    "color": TEXT,
    "group": Key(is_texts, "a key or a list of them"),
    "pattern": TEXT,
    "center": TEXT,
    "band": TEXT,
    "smooth": Key(within(0, 0.99), "a number from 0 to 0.99"),
    "smooth_by": TEXT,
    "ignore_outliers": FLAG,
    "log_x": FLAG,
    "log_y": FLAG,
    "bins": Key(within(1, 60, whole=True), "a whole number from 1 to 60"),
    "limit": Key(within(1, 40, whole=True), "a whole number from 1 to 40"),
    "height": Key(within(80, 2000), "a number of pixels from 80 to 2000"),
    "title": TEXT,
    "caption": TEXT,
    "project": TEXT,
}
_PER_KIND: Mapping[str, tuple[str, ...]] = {
    "line": (
        *("metric", "metrics", "pattern", "x", "y", "smooth", "smooth_by", "ignore_outliers", "log_x", "log_y"),
        *("color", "group", "center", "band"),
    ),
    "scatter": ("metric", "x", "y", "color", "log_x", "log_y"),
    "bar": ("metric", "group", "color", "limit"),
    "histogram": ("metric", "x", "bins"),
    "box": ("metric", "y", "group", "x"),
}
_EVERY_KIND = ("kind", "runs", "height", "title", "caption", "project")
_TEXTS = ("kind", "metric", "pattern", "x", "y", "smooth_by", "color", "center", "band", "title", "caption")
_LISTS = ("metrics", "group")


def chart_block(body: BlockBody, context: ReportContext, number: int) -> tuple[Chart, ...]:
    """The chart that the block asks for; `BlockError` or `QueryError` when it cannot be made."""
    kind = str(body.values.get("kind", "line"))
    if kind not in context.charts:
        choices = f"choose one of {', '.join(context.charts)}"
        near = nearest(kind, list(context.charts))
        raise body.error(f"there is no chart of kind {kind!r}", "kind", f"{near} {choices}".strip())
    allowed = _PER_KIND.get(kind)
    for key in body.values:
        if allowed is not None and key not in allowed and key not in _EVERY_KIND:
            raise body.error(f"a {kind} chart has no use for {key!r}", key, f"it takes {', '.join(allowed)}")
    options = {key: str(value) if key in _TEXTS else value for key, value in body.values.items()}
    for key in _LISTS:
        if (listed := options.get(key)) is not None:
            options[key] = [str(one) for one in listed] if isinstance(listed, list) else str(listed)
    if isinstance(options.get("group"), list) and kind != "line":
        raise body.error(f"a {kind} chart has groups by one key", "group", "write one key")
    with body.at("project"):
        project = project_of(context, body.values.get("project"))
    with body.at("runs"):
        runs = run_set(context, project, body.values.get("runs"))
    return (context.charts[kind](project, runs, {**options, "kind": kind}, f"chart-{number + 1}"),)
