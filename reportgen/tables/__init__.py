"""Stage 4b: tables, as `document.Table` and `document.KeyValues`.

- ``runs_table(project, runs, RunsTableOptions(...)) -> Table``: the runs given, in the order asked for.
- ``report_table(project, runs, options, id, link=links.run)``: from the keys of a report's ``runs`` block.
- ``config_table(run)``, ``summary_table(run)``, ``variables_table(run) -> KeyValues``: one run's values.
- ``flat_rows(values)``: rows of a `document.KeyValues` from any nested values.
"""

from reportgen.tables.key_values import config_table, flat_rows, summary_table, variables_table
from reportgen.tables.report import report_table
from reportgen.tables.runs import RunsTableOptions, runs_table

__all__ = [
    "RunsTableOptions",
    "config_table",
    "flat_rows",
    "report_table",
    "runs_table",
    "summary_table",
    "variables_table",
]
