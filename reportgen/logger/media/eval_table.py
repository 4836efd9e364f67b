"""EvalTable: a table whose columns are what went into a model, what came out, and how good that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportgen.errors import UsageError
from reportgen.logger.media.table import IMMUTABLE, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WHERE = "reportgen.EvalTable"
ROLES = ("input_columns", "output_columns", "score_columns")


class EvalTable(Table):
    """A `Table` that knows what its columns are for. A reader matches rows of several runs by their inputs.

    Args:
        columns: as `Table`; by default the columns that have a part, in the order of the parts.
        data: as `Table`.
        rows: as `Table`.
        dataframe: as `Table`.
        dtype: as `Table`.
        optional: as `Table`.
        allow_mixed_types: as `Table`.
        log_mode: as `Table`.
        input_columns: what went in; none means that rows match by their number.
        output_columns: what came out, and every column that has no part.
        score_columns: numbers or booleans that say how good it is.
        backend: which server of wandb's takes it; here nothing depends on it.
        unsupported_media_mode: what wandb does with media; here all are kept.
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
        *,
        input_columns: Iterable[str] | None = None,
        output_columns: Iterable[str] | None = None,
        score_columns: Iterable[str] | None = None,
        backend: object = None,  # noqa: ARG002 # wandb's signature
        unsupported_media_mode: str = "stub",  # noqa: ARG002 # wandb's signature
    ) -> None:
        self._roles = dict(zip(ROLES, map(_names, (input_columns, output_columns, score_columns)), strict=True))
        if columns is None and dataframe is None:
            columns = list(dict.fromkeys(name for names in self._roles.values() for name in names)) or None
        super().__init__(columns, data, rows, dataframe, dtype, optional, allow_mixed_types, log_mode)
        unknown = sorted({name for names in self._roles.values() for name in names} - set(map(str, self.columns)))
        if unknown:
            self.remark(UsageError(f"there are no columns {', '.join(unknown)}", where=WHERE))

    def _fields(self) -> dict[str, Any]:
        columns = [str(column) for column in self.columns]
        known = {role: [name for name in names if name in columns] for role, names in self._roles.items()}
        taken = {name for names in known.values() for name in names}
        known["output_columns"] += [name for name in columns if name not in taken]
        return known


def _names(columns: Iterable[str] | None) -> list[str]:
    return [] if columns is None else [str(name) for name in columns]
