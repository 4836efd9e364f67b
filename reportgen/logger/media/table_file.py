"""Files of tables: a whole one, or the rows that have come since the last one."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.logger.media.store import Clean, MediaStore
from reportgen.logger.writing.encoding import encode
from reportgen.schema import MEDIA_TYPE, TABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LOG_MODES = ("IMMUTABLE", "MUTABLE", "INCREMENTAL")
MUTABLE, INCREMENTAL = LOG_MODES[1:]
MOST_PARTS = 100
"""Files that a reader has to put together: the next increment is the whole table, and begins anew."""


def write_table(columns: Sequence[object], data: Sequence[object], store: MediaStore, clean: Clean) -> dict[str, Any]:
    """Write columns and rows; return the value of the row."""
    rows = [clean(row) for row in list(data)]  # each for itself: what limits a value's size does not limit a table
    content = encode({"columns": [clean(str(column)) for column in columns], "data": rows})
    file = store.write("table", ".table.json", content)
    return {MEDIA_TYPE: TABLE, **file, "nrows": len(rows), "ncols": len(columns)}


class Increments:
    """A table that is logged again and again while it grows, to one run.

    Attributes:
        number: of increments that were written.
        rows: of the table that are in files.
        parts: paths of these files, whose rows put together are the table.
    """

    def __init__(self) -> None:
        self.number = 0
        self.rows = 0
        self.parts: list[object] = []
        self._last: dict[str, Any] = {}

    def write(
        self, columns: Sequence[object], data: Sequence[object], store: MediaStore, clean: Clean
    ) -> dict[str, Any]:
        """Write the rows that are new; return the value of the row, the same as before when there are none."""
        if self._last and len(data) == self.rows:
            return self._last
        data = list(data)  # another thread may be adding
        parts, start = (self.parts, self.rows) if len(self.parts) < MOST_PARTS else ([], 0)
        value = write_table(columns, data[start:], store, clean)
        more = {"nrows": len(data), "log_mode": INCREMENTAL, "increment": self.number, "parts": [*parts, value["path"]]}
        self._last = {**value, **more}
        self.number, self.rows, self.parts = self.number + 1, len(data), [*parts, value["path"]]
        return self._last
