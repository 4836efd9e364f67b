"""Tables: columns and rows, kept as a file of JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportgen.errors import UsageError
from reportgen.logger.encoding import encode
from reportgen.logger.media.store import Clean, Media, MediaStore
from reportgen.schema import MEDIA_TYPE, TABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WHERE = "reportgen.Table"


class Table(Media):
    """Rows of values under named columns. Cells may be images.

    Args:
        columns: names of the columns; ``Input``, ``Output`` and ``Expected`` if neither these nor a frame are given.
        data: rows, each a sequence as long as ``columns``.
        dataframe: a pandas frame instead of both.
    """

    def __init__(
        self,
        columns: Iterable[object] | None = None,
        data: Iterable[Sequence[object]] | None = None,
        dataframe: Any = None,
    ) -> None:
        self.columns: list[object] = list(columns) if columns is not None else ["Input", "Output", "Expected"]
        self.data: list[list[object]] = []
        self._trouble: Exception | None = None
        try:
            if dataframe is not None:
                self.columns, data = list(dataframe.columns), dataframe.to_numpy(dtype=object).tolist()
            for row in data if data is not None else ():
                self.add_data(*row)
        except Exception as error:  # noqa: BLE001 # nothing raises into training; `stored` reports it
            self._trouble = error

    def add_data(self, *row: object) -> None:
        """Add a row: one value for each column."""
        if len(row) != len(self.columns):
            what = f"a row of {len(row)} values for {len(self.columns)} columns"
            self._trouble = self._trouble or UsageError(what, where=WHERE)
            return
        self.data.append(list(row))

    def stored(self, store: MediaStore, clean: Clean) -> dict[str, object]:
        """Write the file and return the value of the row."""
        if self._trouble:
            raise self._trouble
        file = store.write(
            "table",
            ".table.json",
            encode({"columns": [str(column) for column in self.columns], "data": clean(self.data)}),
        )
        return {MEDIA_TYPE: TABLE, **file, "nrows": len(self.data), "ncols": len(self.columns)}


def is_frame(value: object) -> bool:
    """Whether a bare value becomes a `Table`: a pandas frame."""
    return any(base.__name__ == "DataFrame" and base.__module__.startswith("pandas") for base in type(value).__mro__)
