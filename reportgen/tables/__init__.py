"""Stage 4b: tables, as `document.Table` and `document.KeyValues`.

- ``runs_table(project, runs, RunsTableOptions(...)) -> Table``: the runs given, in the order asked for.
- ``config_table(run)``, ``summary_table(run) -> KeyValues``: one run's values.
"""

from reportgen.tables.key_values import config_table, summary_table
from reportgen.tables.runs import RunsTableOptions, runs_table

__all__ = ["RunsTableOptions", "config_table", "runs_table", "summary_table"]
