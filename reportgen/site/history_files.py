"""The exact history of a run as a file of the site, in the form that was asked for."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from reportgen.frames import Rows, rows_of_run
from reportgen.model import Run
from reportgen.site.history_csv import csv_of_rows, rows_of_csv
from reportgen.site.history_parquet import need_parquet, parquet_of_rows, rows_of_parquet

WRITERS: Mapping[str, Callable[[Rows], bytes]] = MappingProxyType({"csv": csv_of_rows, "parquet": parquet_of_rows})
READERS: Mapping[str, Callable[[bytes], Rows]] = MappingProxyType({"csv": rows_of_csv, "parquet": rows_of_parquet})


def check_histories(kind: str) -> None:
    """Fail now if histories of this kind cannot be written; it would be a pity at the end of a long build.

    Raises:
        InstallationError: Parquet was asked for, and pyarrow is not installed.
    """
    if kind == "parquet":
        need_parquet()


def has_history(run: Run) -> bool:
    """Whether there is anything to write."""
    return bool(run.series or run.overwritten)


def history_file(run: Run, kind: str) -> bytes:
    """Every row of a run, with exact numbers. ``kind`` is ``csv`` or ``parquet``. The same run gives the same bytes.

    Raises:
        InstallationError: Parquet was asked for, and pyarrow is not installed.
    """
    return WRITERS[kind](rows_of_run(run))
