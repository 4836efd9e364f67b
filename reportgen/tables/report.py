"""The runs table of a report, from the keys of its ``runs`` block."""

from collections.abc import Callable, Mapping
from typing import Any

from reportgen.document import Table
from reportgen.model import Project, Run
from reportgen.tables.runs import RunsTableOptions, runs_table


def report_table(
    project: Project,
    runs: tuple[Run, ...],
    options: Mapping[str, Any],
    element_id: str,
    *,
    link: Callable[[Run], str],
) -> Table:
    """A runs table as a report's block describes it: columns, sort, limit, group, title, caption.

    Raises:
        BlockError: a key names no column of the runs.
    """
    chosen = RunsTableOptions(
        id=element_id,
        title=options.get("title", ""),
        columns=tuple(options.get("columns", ())),
        sort=tuple(options.get("sort", ())),
        limit=options.get("limit", 0),
        group=options.get("group", ""),
        caption=options.get("caption", ""),
        link=link,
    )
    return runs_table(project, runs, chosen)
