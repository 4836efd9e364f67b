"""The runs of a project as a data frame: one row a run, one column for each thing that is known about runs."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from reportgen.document import Column
from reportgen.model import Project, Run

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
"""Columns that every frame has. Times are in seconds since the epoch, durations in seconds."""
CONFIG = "config."
SUMMARY = "summary."
SYSTEM = "system."
PREFIXES = (CONFIG, SUMMARY, SYSTEM)
"""How the other columns begin; the key follows, dotted where it was nested."""

_TYPES = {NAME: "string", STATE: "state", STARTED: "time", DURATION: "duration", TAGS: "list", ROWS: "number"}
_LABELS = {JOB_TYPE: "job type"}
_LARGEST_INT = 2**53
"""Beyond this a browser cannot tell neighbouring integers apart, nor can float64."""


def runs_frame(project: Project) -> pd.DataFrame:
    """The runs of a project, indexed by id in the order of the project.

    Columns are `RUN_COLUMNS`, then ``config.<key>`` and ``summary.<key>`` in order of first appearance. A column that
    holds nothing but numbers is numeric, with NaN where a run lacks the key; other columns are objects with None.
    """
    values: dict[str, list[Any]] = {column: [getattr(run, column) for run in project.runs] for column in RUN_COLUMNS}
    for number, run in enumerate(project.runs):
        for prefix, flat in ((CONFIG, flat_config(run.config)), (SUMMARY, run.summary)):
            for key, value in flat.items():
                values.setdefault(prefix + key, [None] * len(project.runs))[number] = _cell(value)
    order = sorted(values, key=_rank)
    index = pd.Index([str(run.id) for run in project.runs], name="id", dtype=object)
    return pd.DataFrame({key: _column(values[key], index) for key in order}, index=index, columns=order)


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


def table_columns(frame: pd.DataFrame) -> tuple[Column, ...]:
    """The columns of a runs frame as a table shows them, in order; tags, group and the like only if a run has any."""
    return tuple(_table_column(frame, key) for key in frame.columns if _is_shown(frame, key))


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


def _rank(key: str) -> int:
    return 0 if key in RUN_COLUMNS else 1 + next(n for n, prefix in enumerate(PREFIXES) if key.startswith(prefix))


def _cell(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _LARGEST_INT:
        return number_of(value)
    return value if value != {} else None


def _column(values: list[Any], index: pd.Index) -> pd.Series:
    present = {type(value) for value in values if value is not None}
    complete = all(value is not None for value in values)
    if present and present <= {int} and complete:
        return pd.Series(values, index=index, dtype="int64")
    if present and present <= {int, float}:
        return pd.Series(values, index=index, dtype="float64")
    if present == {bool} and complete:
        return pd.Series(values, index=index, dtype="bool")
    return pd.Series(values, index=index, dtype=object)


def _is_shown(frame: pd.DataFrame, key: str) -> bool:
    return key not in (TAGS, GROUP, JOB_TYPE, NOTES) or any(bool(value) for value in frame[key])


def _table_column(frame: pd.DataFrame, key: str) -> Column:
    prefix = next((prefix for prefix in PREFIXES if key.startswith(prefix)), "")
    if key in RUN_COLUMNS:
        return Column(key, _LABELS.get(key, key), "run", _TYPES.get(key, "string"))
    return Column(key, key.removeprefix(prefix), prefix.rstrip("."), _type(frame[key]))


def _type(values: Iterable[Any]) -> str:
    present = {type(value) for value in values if value is not None}
    if all(issubclass(kind, bool) or kind.__name__ == "bool" for kind in present):
        return "boolean" if present else "string"
    if all(issubclass(kind, int | float) or kind.__name__.startswith(("int", "float")) for kind in present):
        return "number"
    return "list" if present <= {list, tuple} else "string"
