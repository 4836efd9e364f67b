"""Runs as a table that fits on a page: the columns that were asked for, or those that tell the runs apart."""

from collections.abc import Sequence

import pandas as pd

from reportgen.results.results import PROJECT, Results

HEAD = (PROJECT, "name", "state", "started", "duration", "rows")
MOST_COLUMNS = 3
"""Columns of config and of summary that are shown when none are named."""


def listing(results: Results, named: Sequence[str], *, every: bool) -> pd.DataFrame:
    """The table of some runs, with the columns that were named, or else all, or those that tell the runs apart.

    Raises:
        MissingError: no run has one of them.
    """
    table = results.table()
    for name in named:
        if name not in table.columns and len(results):
            results.sort(name)  # says which keys there are
    if named:
        return table[[name for name in named if name in table.columns]]
    if every:
        return table
    shown = [name for name in HEAD if name in table.columns]
    if (table["name"] == table.index).all():  # nobody gave them any
        shown.remove("name")
    for prefix in ("config.", "summary."):
        keys = [key for key in table.columns if key.startswith(prefix)]
        shown += [key for key in keys if len({repr(value) for value in table[key]}) > 1][:MOST_COLUMNS]
    return table[shown]
