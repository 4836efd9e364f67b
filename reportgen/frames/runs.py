"""The runs of a project as a table: one row a run, one column for each thing that is known about runs."""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import NoneType
from typing import TYPE_CHECKING, Any

from reportgen.document import Column
from reportgen.model import Project, Run

if TYPE_CHECKING:
    import pandas as pd

NAME = "name"
STATE = "state"
STARTED = "started"
DURATION = "duration"
TAGS = "tags"
GROUP = "group"
JOB_TYPE = "job_type"
NOTES = "notes"
ROWS = "rows"
RUN_COLUMNS = (NAME, STATE, STARTED, DURATION, TAGS, GROUP, JOB_TYPE, NOTES, ROWS)
"""Columns that every table has. Times are in seconds since the epoch, durations in seconds."""
CONFIG = "config."
SUMMARY = "summary."
SYSTEM = "system."
PREFIXES = (CONFIG, SUMMARY, SYSTEM)
"""How the other columns begin; the key follows, dotted where it was nested."""

_TYPES = {NAME: "string", STATE: "state", STARTED: "time", DURATION: "duration", TAGS: "list", ROWS: "number"}
_LABELS = {JOB_TYPE: "job type"}
_LARGEST_INT = 2**53
"""Beyond this a browser cannot tell neighbouring integers apart, nor can float64."""
_DTYPES = ({int}, "int64"), ({float}, "float64"), ({bool}, "bool")

RunColumns = Mapping[str, Sequence[Any]]
"""Column -> its value for each run, in the order of the project; see `run_columns`."""


@lru_cache(maxsize=1)
def run_columns(project: Project) -> RunColumns:
    """What is known about the runs of a project, column by column; kept for the next who asks, so not to be changed.

    Columns are `RUN_COLUMNS`, then ``config.<key>`` and ``summary.<key>`` in order of first appearance. A column that
    holds nothing but numbers has NaN where a run lacks the key, and floats unless all of them are integers; other
    columns have None there.
    """
    columns = {column: [getattr(run, column) for run in project.runs] for column in RUN_COLUMNS}
    for prefix, rows in (
        (CONFIG, [flat_config(run.config) for run in project.runs]),
        (SUMMARY, [run.summary for run in project.runs]),
    ):
        columns |= {prefix + key: values for key, values in _transposed(rows).items()}
    return {key: _uniform(values) for key, values in columns.items()}


def runs_frame(project: Project) -> "pd.DataFrame":
    """The `run_columns` of a project as a data frame, indexed by the ids of the runs.

    Columns of numbers and of truth values have dtypes of their own, the others are objects.
    """
    import pandas as pd

    columns = run_columns(project)
    index = pd.Index([str(run.id) for run in project.runs], name="id", dtype=object)
    series = {key: pd.Series(values, index=index, dtype=_dtype(values)) for key, values in columns.items()}
    return pd.DataFrame(series, index=index, columns=list(columns))


def flat_config(config: Mapping[str, Any]) -> dict[str, Any]:
    """Nested dicts as dotted keys; an empty dict and a list are values."""
    flat: dict[str, Any] = {}
    stack = [("", iter(config.items()))]
    while stack:
        prefix, items = stack[-1]
        for key, value in items:
            if isinstance(value, Mapping) and value:
                stack.append((f"{prefix}{key}.", iter(value.items())))
                break
            flat[f"{prefix}{key}"] = value
        else:
            stack.pop()
    return flat


def table_columns(columns: RunColumns) -> tuple[Column, ...]:
    """The columns as a table shows them, in order; tags, group and the like only if a run has any."""
    return tuple(_table_column(key, values) for key, values in columns.items() if _is_shown(key, values))


def summary_value(run: Run, key: str) -> Any:
    """A value of a run by its key: of its summary, or of its config as ``config.<dotted key>``; None if it has none.

    A summary key that begins with ``config.`` is reached as ``summary.config.…``.
    """
    if key.startswith(CONFIG):
        return flat_config(run.config).get(key.removeprefix(CONFIG))
    if key in run.summary:
        return run.summary[key]
    return run.summary.get(key.removeprefix(SUMMARY)) if key.startswith(SUMMARY) else None


def number_of(value: Any) -> float:
    """A value as a number; NaN if it is none."""
    if isinstance(value, bool | int | float):
        try:
            return float(value)
        except OverflowError:
            return math.inf if value > 0 else -math.inf
    return math.nan


def _transposed(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Rows as columns, in order of first appearance, with None where a row lacks the key."""
    columns: dict[str, list[Any]] = {}
    for number, row in enumerate(rows):
        for key, value in row.items():
            column = columns.get(key)
            if column is None:
                column = columns[key] = [None] * len(rows)
            column[number] = value
    return columns


def _uniform(values: list[Any]) -> list[Any]:
    """A column whose numbers are all of one type, as far as they can be, and in which no nested key means nothing."""
    if dict in map(type, values):
        values = [None if value == {} else value for value in values]
    if int in map(type, values):
        values = [number_of(value) if type(value) is int and abs(value) > _LARGEST_INT else value for value in values]
    kinds = set(map(type, values))
    if kinds & {int, float} and kinds <= {int, float, NoneType} and kinds != {int}:
        return [math.nan if value is None else float(value) for value in values]
    return values


def _dtype(values: Sequence[Any]) -> str:
    kinds = set(map(type, values))
    return next((dtype for only, dtype in _DTYPES if kinds == only), "object")


def _is_shown(key: str, values: Sequence[Any]) -> bool:
    return key not in (TAGS, GROUP, JOB_TYPE, NOTES) or any(values)


def _table_column(key: str, values: Sequence[Any]) -> Column:
    prefix = next((prefix for prefix in PREFIXES if key.startswith(prefix)), "")
    if key in RUN_COLUMNS:
        return Column(key, _LABELS.get(key, key), "run", _TYPES.get(key, "string"))
    return Column(key, key.removeprefix(prefix), prefix.rstrip("."), _type(values))


def _type(values: Sequence[Any]) -> str:
    present = set(map(type, values)) - {NoneType}
    if present <= {bool}:
        return "boolean" if present else "string"
    if present <= {bool, int, float}:
        return "number"
    return "list" if present <= {list, tuple} else "string"
