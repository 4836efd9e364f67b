"""A table with the name of the specification that draws it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from reportgen.errors import UsageError
from reportgen.logger.media.store import Clean, Media, MediaStore
from reportgen.logger.media.table import Table
from reportgen.logger.media.table_file import write_table
from reportgen.logger.troubles import say
from reportgen.schema import CHART, MEDIA_TYPE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WHERE = "reportgen.plot"
MOST_ROWS = 10_000
"""Rows of a chart's table, as in wandb; of more, evenly spaced ones are kept."""
PRESETS = "wandb/"
"""What wandb puts before the names of its own specifications. It is not part of ours."""
SERIES = ("class", "stroke", "lineKey")
"""Fields whose values tell one line of a chart from another."""

_told: set[str] = set()


class CustomChart(Media):
    """A chart to log: a table, and how its columns and some texts are used by a specification.

    What cannot be drawn is reported when it is logged.

    Args:
        id: name of the specification: ``line/v0`` or another of our own (``wandb/line/v0`` is the same), or that of
            ``specs/<name>.json`` in the project folder.
        data: a `Table` or a pandas frame.
        fields: what the specification calls a field -> column of the table.
        string_fields: texts of the specification, such as ``title``.
        split_table: show the table below the chart too.
    """

    def __init__(
        self,
        id: str,  # noqa: A002 # wandb's name
        data: object,
        fields: Mapping[str, object] | None = None,
        string_fields: Mapping[str, object] | None = None,
        split_table: bool | None = False,  # noqa: FBT001, FBT002 # wandb's signature
    ) -> None:
        self.spec = str(id).removeprefix(PRESETS)
        self.fields = {str(name): str(column) for name, column in (fields or {}).items()}
        self.strings = {str(name): str(text) for name, text in (string_fields or {}).items() if text is not None}
        self.split_table = bool(split_table)
        self.table = data if isinstance(data, Table) else Table()
        self._trouble: Exception | None = None
        try:
            if not isinstance(data, Table):
                self.table = _table_of(data)
        except Exception as error:  # noqa: BLE001 # nothing raises into training; `stored` reports it
            self._trouble = error

    @classmethod
    def made(cls, spec: str, make: Callable[[], Table], fields: Mapping[str, str], **more: Any) -> CustomChart:
        """The chart of a table that is computed now; when that fails, logging the chart says why."""
        try:
            return cls(spec, make(), fields, **more)
        except Exception as error:  # noqa: BLE001 # likewise
            chart = cls(spec, Table(columns=list(fields.values())), fields, **more)
            chart._trouble = error
            return chart

    def stored(self, store: MediaStore, clean: Clean) -> dict[str, object]:
        """Write the table's file and return the value of the row."""
        if trouble := self._trouble or self.table._trouble:  # noqa: SLF001 # a medium inside of this one
            raise trouble
        columns = [str(column) for column in self.table.columns]
        for name, column in self.fields.items():
            if column not in columns:
                remedy = f"The table has {', '.join(map(repr, columns))}."
                raise UsageError(f"{name!r} is to be {column!r}, which is no column", where=WHERE, remedy=remedy)
        rows, logged = self.table.data, len(self.table.data)
        if logged > MOST_ROWS:
            rows = self._spread(columns)
            self._tell(f"{len(rows):,} of the {logged:,} rows are kept, evenly spaced")
        # Written anew, whatever becomes of the table itself: it may be logged too, or grow and be drawn again.
        table = write_table(columns, rows, store, clean)
        self.remarks = self.table.remarks
        value: dict[str, object] = {
            MEDIA_TYPE: CHART,
            "spec": self.spec,
            "title": self.strings.get("title", ""),
            "fields": self.fields,
            "strings": self.strings,
            "table": table,
        }
        more = {"split_table": True} if self.split_table else {}
        return {**value, **more, **({"rows": logged} if len(rows) < logged else {})}

    def _spread(self, columns: Sequence[str]) -> list[list[object]]:
        """At most `MOST_ROWS` rows in their order, evenly spaced within each line, its first and last among them."""
        named = next((self.fields[name] for name in SERIES if name in self.fields), None)
        rows = self.table.data
        lines: dict[object, list[int]] = {}
        for place, row in enumerate(rows):
            lines.setdefault("" if named is None else str(row[columns.index(named)]), []).append(place)
        kept: list[int] = []
        for places in lines.values():
            kept += evenly(places, max(1, MOST_ROWS * len(places) // len(rows)))
        return [rows[place] for place in evenly(sorted(kept), MOST_ROWS)]

    def _tell(self, what: str) -> None:
        name = f"the chart {self.strings.get('title') or self.spec!r}"
        if name not in _told:
            _told.add(name)
            say(f"{name}: {what}")


def plot_table(
    vega_spec_name: str,
    data_table: object,
    fields: Mapping[str, object],
    string_fields: Mapping[str, object] | None = None,
    split_table: bool | None = False,  # noqa: FBT001, FBT002 # wandb's signature
) -> CustomChart:
    """A chart of a table by the name of its specification; the arguments are those of `CustomChart`."""
    return CustomChart(vega_spec_name, data_table, fields, string_fields, split_table)


def visualize(id: str, value: object) -> CustomChart:  # noqa: A002 # wandb's name
    """A chart of a table by a specification that names the columns itself."""
    return CustomChart(id, value)


def evenly(items: Sequence[int], limit: int) -> Iterable[int]:
    """At most ``limit`` of the items, evenly spaced, the first and (for two or more) the last among them."""
    if len(items) <= limit:
        return items
    if limit == 1:
        return items[:1]
    return [items[round(place * (len(items) - 1) / (limit - 1))] for place in range(limit)]


def _table_of(data: object) -> Table:
    from reportgen.logger.media.frame import is_frame

    if not is_frame(data):
        raise UsageError(f"a {type(data).__name__} is no table", where=WHERE, remedy="Give a reportgen.Table.")
    return Table(dataframe=data)
