"""Tables: columns and rows, kept as files of JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from reportgen.errors import UsageError
from reportgen.logger.arrays import is_array, list_of
from reportgen.logger.media.column_type import ANY, ColumnType, column_type, per_column
from reportgen.logger.media.frame import frame_of_rows, is_frame, rows_of_array, rows_of_frame
from reportgen.logger.media.store import Clean, Media, MediaStore
from reportgen.logger.media.table_file import INCREMENTAL, LOG_MODES, MUTABLE, Increments, write_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

WHERE = "reportgen.Table"
IMMUTABLE = "IMMUTABLE"


class Table(Media):
    """Rows of values under named columns. Cells may be media.

    A row or column that does not fit is kept and told of when the table is logged.

    Args:
        columns: names of the columns; ``Input``, ``Output`` and ``Expected`` if neither these nor a frame are given.
        data: rows, each as long as ``columns``; or an array with two dimensions, or a frame of pandas or polars.
        rows: an older name of ``data``.
        dataframe: a frame, instead of all of these.
        dtype: what the cells are, such as ``float``, `Image` or a set of values; a list has one for each column.
        optional: whether values may be missing; a list has one for each column.
        allow_mixed_types: let every column hold anything.
        log_mode: ``IMMUTABLE``: what is logged first stays; ``MUTABLE``: each log writes the table as it is then;
            ``INCREMENTAL``: each log writes the rows that have come since the last one.
    """

    def __init__(  # noqa: PLR0913, PLR0917 # wandb's signature
        self,
        columns: Iterable[object] | None = None,
        data: object = None,
        rows: Iterable[Sequence[object]] | None = None,
        dataframe: object = None,
        dtype: object = None,
        optional: bool | list[bool] = True,  # noqa: FBT001, FBT002 # wandb's signature
        allow_mixed_types: bool = False,  # noqa: FBT001, FBT002 # wandb's signature
        log_mode: str | None = IMMUTABLE,
    ) -> None:
        self.columns: list[Any] = ["Input", "Output", "Expected"]
        self.data: list[list[Any]] = []
        self.log_mode = self._mode(log_mode)
        self._types: dict[int, ColumnType] = {}
        self._trouble: Exception | None = None
        self._logged: dict[str, dict[str, Any]] = {}
        self._increments: dict[str, Increments] = {}
        try:
            if columns is not None:
                self.columns = list(columns)
            self._fill(dataframe if dataframe is not None else data if data is not None else rows)
        except Exception as error:  # noqa: BLE001 # nothing raises into training; `stored` reports it
            self._trouble = error
        try:
            types = per_column(ANY if allow_mixed_types else dtype, len(self.columns), "dtype")
            missing = per_column(optional, len(self.columns), "optional")
        except UsageError as error:
            self.remark(error)
            types, missing = [None] * len(self.columns), [True] * len(self.columns)
        for place, (kind, may_miss) in enumerate(zip(types, missing, strict=True)):
            self._declare(place, column_type(kind, optional=bool(may_miss)))

    # Adding to it.

    def add_data(self, *data: object) -> None:
        """Add a row: one value for each column."""
        row = self._fitted(list(data))
        for place, value in enumerate(row):
            self._check(place, value)
        self._changes()
        self.data.append(row)

    def add_row(self, *row: object) -> None:
        """Add a row; an older name of `add_data`."""
        self.add_data(*row)

    def add_column(self, name: str, data: object, optional: bool = False) -> None:  # noqa: FBT001, FBT002 # wandb's signature
        """Add a column: one value for each row, or the first column of an empty table.

        Args:
            name: a name that no other column has.
            data: the values, as a list or an array.
            optional: whether values may be missing.
        """
        if self._refused(name):
            return
        try:
            values: list[Any] = list(list_of(data) if is_array(data) else data)  # type: ignore[call-overload]
        except TypeError as error:
            self.remark(error)
            return
        if not self.columns:
            self.data = [[] for _ in values]
        if len(values) != len(self.data):
            self.remark(UsageError(f"a column of {len(values)} values for {len(self.data)} rows", where=WHERE))
            values = (values + [None] * len(self.data))[: len(self.data)]
        self._changes()
        self.columns.append(str(name))
        self._types[len(self.columns) - 1] = ColumnType(optional=optional)
        for row, value in zip(self.data, values, strict=True):
            row.append(value)
            self._check(len(self.columns) - 1, value)

    def add_computed_columns(self, fn: Callable[[int, dict[Any, Any]], Mapping[str, Any]]) -> None:
        """Add columns that are computed from the others.

        Args:
            fn: takes the number of a row and the row as a dictionary; returns the new values by column.
        """
        computed: list[Mapping[str, Any]] = []
        for number, row in self.iterrows():
            computed.append({})
            values = dict(zip(self.columns, row, strict=True))
            try:
                computed[-1] = dict(fn(number, values))
            except Exception as error:  # noqa: BLE001 # told when it is logged
                self.remark(error)
        for name in dict.fromkeys(name for each in computed for name in each):
            self.add_column(name, [each.get(name) for each in computed], optional=True)

    def cast(self, col_name: object, dtype: object, optional: bool = False) -> ColumnType:  # noqa: FBT001, FBT002 # wandb's signature
        """Say what the cells of a column are; those that are something else are told of.

        Args:
            col_name: the column.
            dtype: as in the constructor.
            optional: whether values may be missing.
        """
        try:
            place = self._place(col_name)
        except UsageError as error:
            self.remark(error)
            return ColumnType((ANY,))
        self._declare(place, column_type(dtype, optional=optional))
        return self._types[place]

    # Reading it.

    def get_column(self, name: object, convert_to: str | None = None) -> Any:
        """Return the values of a column as a list, or as an array with ``convert_to="numpy"``.

        Raises:
            UsageError: there is no such column.
        """
        place = self._place(name)
        values = [row[place] for row in self.data]
        if convert_to is None:
            return values
        if convert_to != "numpy":
            raise UsageError(f"a column cannot become {convert_to!r}", where=WHERE, remedy='Give "numpy".')
        import numpy as np

        try:
            return np.array(values)
        except ValueError:  # lists of different lengths
            array = np.empty(len(values), dtype=object)
            array[:] = values
            return array

    def get_dataframe(self) -> Any:
        """Return the table as a frame of pandas."""
        return frame_of_rows(self.columns, self.data)

    def get_index(self) -> list[TableIndex]:
        """Return the numbers of the rows, which know their row: values for a column of another table."""
        return [TableIndex(number, self) for number in range(len(self.data))]

    def iterrows(self) -> Iterator[tuple[TableIndex, list[Any]]]:
        """Go over the rows with their numbers."""
        return zip(self.get_index(), self.data, strict=True)

    # Logging it.

    def stored(self, store: MediaStore, clean: Clean) -> dict[str, Any] | list[Any]:
        """Write the file and return the value of the row."""
        if self._trouble:
            raise self._trouble
        if self.log_mode == INCREMENTAL:
            increments = self._increments.setdefault(store.folder, Increments())
            self._logged[store.folder] = {**increments.write(self.columns, self.data, store, clean), **self._fields()}
        elif self.log_mode == MUTABLE or store.folder not in self._logged:
            self._logged[store.folder] = {**write_table(self.columns, self.data, store, clean), **self._fields()}
        return self._logged[store.folder]

    def _fields(self) -> dict[str, Any]:
        """What the row says of the table beside its size."""
        return {}

    def _fill(self, data: Any) -> None:
        if is_frame(data):
            self.columns, self.data = rows_of_frame(data)
            return
        rows = rows_of_array(data) if is_array(data) else data if data is not None else ()
        for row in rows:
            self.data.append(self._fitted(list(row)))

    def _fitted(self, row: list[Any]) -> list[Any]:
        """The row with a value for each column."""
        if len(row) == len(self.columns):
            return row
        self.remark(UsageError(f"a row of {len(row)} values for {len(self.columns)} columns", where=WHERE))
        return (row + [None] * len(self.columns))[: len(self.columns)]

    def _declare(self, place: int, kind: ColumnType) -> None:
        self._types[place] = kind
        for row in self.data:
            self._check(place, row[place])

    def _check(self, place: int, value: object) -> None:
        expected = self._types.get(place, ColumnType((ANY,)))
        try:
            found = expected.with_value(value)
        except Exception:  # noqa: BLE001 # a comparison of a foreign type, such as an array with a constant
            found = None
        if found is None:
            what = f"column {str(self.columns[place])!r} is {expected}, and a value is a {type(value).__name__}"
            remedy = "Say allow_mixed_types=True if that is meant."
            self.remark(TypeError(f"{WHERE}: {what}; it is kept\n  {remedy}"))
            self._types[place] = ColumnType((ANY,))  # told once
        else:
            self._types[place] = found

    def _changes(self) -> None:
        if self.log_mode == IMMUTABLE and self._logged:
            remedy = 'Say log_mode="MUTABLE" or "INCREMENTAL" to log it again.'
            self.remark(
                UsageError("a table has changed after it was logged; that is not logged", where=WHERE, remedy=remedy)
            )

    def _refused(self, name: object) -> bool:
        """Whether no column of this name can be added; tells why."""
        if self.log_mode == INCREMENTAL:
            self.remark(UsageError("an INCREMENTAL table takes rows, no columns", where=WHERE))
            return True
        if name in self.columns:
            self.remark(UsageError(f"there is a column {name!r} already", where=WHERE))
            return True
        return False

    def _place(self, name: object) -> int:
        if name not in self.columns:
            remedy = f"There are {', '.join(map(str, self.columns))}."
            raise UsageError(f"there is no column {name!r}", where=WHERE, remedy=remedy)
        return self.columns.index(name)

    def _mode(self, mode: str | None) -> str:
        if mode is not None and mode not in LOG_MODES:
            self.remark(
                UsageError(f"there is no log_mode {mode!r}", where=WHERE, remedy=f"One of {', '.join(LOG_MODES)}.")
            )
        return mode if mode in LOG_MODES and mode is not None else IMMUTABLE


class TableIndex(int):
    """The number of a row, which knows its table."""

    table: Table

    def __new__(cls, number: int, table: Table) -> Self:
        """A number with its table."""
        index = super().__new__(cls, number)
        index.table = table
        return index

    def get_row(self) -> dict[Any, Any]:
        """Return the row by column."""
        return dict(zip(self.table.columns, self.table.data[self], strict=True))
