"""Frames of pandas and polars, and arrays with two dimensions, as columns and rows."""

from __future__ import annotations

from reportgen.errors import UsageError
from reportgen.logger.arrays import list_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MISSING = ("NAType", "NaTType")
"""Types of what pandas puts where a value is missing; its NaN stays NaN."""


def is_frame(value: object) -> bool:
    """Whether it is a frame of pandas or polars."""
    homes = ((base.__module__.partition(".")[0], base.__name__) for base in type(value).__mro__)
    return any(home in {("pandas", "DataFrame"), ("polars", "DataFrame")} for home in homes)


def rows_of_frame(frame: Any) -> tuple[list[object], list[list[object]]]:
    """Columns and rows of a frame. The index of pandas is left out, as wandb does."""
    if not is_frame(frame):
        raise UsageError(f"a {type(frame).__name__} is no frame", where="reportgen.Table")
    if hasattr(frame, "rows"):
        return list(frame.columns), [list(row) for row in frame.rows()]
    rows = frame.to_numpy(dtype=object).tolist()
    return list(frame.columns), [[None if type(cell).__name__ in MISSING else cell for cell in row] for row in rows]


def frame_of_rows(columns: list[Any], rows: list[list[Any]]) -> Any:
    """A frame of pandas."""
    import pandas as pd

    return pd.DataFrame.from_records(rows, columns=columns)


def rows_of_array(array: Any) -> list[list[object]]:
    """Rows of an array with two dimensions or more, whose cells then are lists."""
    rows = list_of(array)
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise UsageError("an array without rows and columns", where="reportgen.Table", remedy="Give two dimensions.")
    return rows
