"""The block ``runs``: a runs table."""

from collections.abc import Mapping
from typing import Any

from reportgen.document import Table
from reportgen.markdown.block_body import BlockBody, Key, is_text, is_texts, within
from reportgen.markdown.chart_block import TEXT
from reportgen.markdown.context import ReportContext
from reportgen.markdown.run_sets import project_of, run_set

RUNS_KEYS: Mapping[str, Key] = {
    "runs": Key(is_texts, "a filter, the name of a run set or a list of runs"),
    "columns": Key(is_texts, "a column or a list of them"),
    "sort": Key(is_texts, "a column or a list of them, with - before one for descending"),
    "limit": Key(within(1, 100_000, whole=True), "a whole number above zero"),
    "group": Key(is_text, "a column"),
    "title": TEXT,
    "caption": TEXT,
    "project": TEXT,
}


def runs_block(body: BlockBody, context: ReportContext, number: int) -> tuple[Table, ...]:
    """The table that the block asks for; `BlockError` or `QueryError` when it cannot be made."""
    with body.at("project"):
        project = project_of(context, body.values.get("project"))
    with body.at("runs"):
        runs = run_set(context, project, body.values.get("runs"))
    options: dict[str, Any] = {key: _texts(body.values.get(key)) for key in ("columns", "sort")}
    options["limit"] = body.values.get("limit", 0)
    options |= {key: str(body.values.get(key, "")) for key in ("group", "title", "caption")}
    return (context.runs_table(project, runs, options, f"runs-{number + 1}"),)


def _texts(value: Any) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [] if value is None else [value]
    return tuple(str(part) for part in listed)
