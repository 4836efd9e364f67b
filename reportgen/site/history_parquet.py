"""The rows of a run as Parquet, with the columns that `history_csv` has: null is what was not logged, NaN what was."""

import io
from typing import Any

import numpy as np

from reportgen.errors import InstallationError
from reportgen.frames import Column, Rows
from reportgen.site.history_csv import columns_of_rows, header_of, rows_of_columns

REMEDY = 'pip install "reportgen[parquet]"   (or build with --histories csv)'


def parquet_of_rows(rows: Rows) -> bytes:
    """A file with a row group for every million rows.

    Raises:
        InstallationError: pyarrow is not installed.
    """
    arrow, parquet = need_parquet()
    arrays = [arrow.array(values, mask=None if logged is None else ~logged) for values, logged in columns_of_rows(rows)]
    table = arrow.Table.from_arrays(arrays, names=[name.encode("utf-8", "replace") for name in header_of(rows)])
    file = io.BytesIO()
    parquet.write_table(table, file, compression="zstd")
    return file.getvalue()


def rows_of_parquet(data: bytes) -> Rows:
    """What `parquet_of_rows` was given.

    Raises:
        InstallationError: pyarrow is not installed.
        ValueError: this is no such file.
    """
    arrow, parquet = need_parquet()
    try:
        file = parquet.ParquetFile(io.BytesIO(data))
        table = file.read()
        return rows_of_columns(table.column_names, [_column(column) for column in table.columns])
    except (arrow.ArrowException, OSError) as error:
        raise ValueError(str(error)) from error


def need_parquet() -> tuple[Any, Any]:
    """Pyarrow and its part for Parquet, of which a build without Parquet must not know.

    Raises:
        InstallationError: it is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise InstallationError("the package pyarrow is not installed", where="Parquet", remedy=REMEDY) from error
    return pa, parquet


def _column(column: Any) -> Column:
    known = None if not column.null_count else column.is_valid().to_numpy()
    values = column.cast("float64").fill_null(np.nan).to_numpy()
    return Column(values, known)
