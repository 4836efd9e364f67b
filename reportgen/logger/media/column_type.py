"""What the cells of a table's column are: found from the first value, or given, and checked from then on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from numbers import Number

from reportgen.errors import UsageError
from reportgen.logger.arrays import is_array, scalar_of, size_of
from reportgen.logger.media.frame import MISSING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NONE, BOOLEAN, NUMBER, STRING, TIMESTAMP, LIST, DICTIONARY, ARRAY, ANY = (
    "none",
    "boolean",
    "number",
    "string",
    "timestamp",
    "list",
    "dictionary",
    "array",
    "any",
)


class ColumnType:
    """The kinds of values that a column takes.

    Attributes:
        kinds: names of kinds; none while no value has come, ``any`` takes everything.
        constants: the only values, if it is made of some.
        optional: whether values may be missing.
    """

    def __init__(self, kinds: Iterable[str] = (), constants: tuple[object, ...] = (), *, optional: bool = True) -> None:
        self.kinds = frozenset(kinds)
        self.constants = constants
        self.optional = optional

    def with_value(self, value: object) -> ColumnType | None:
        """The type of the column once it has this value; None if it does not take it."""
        kind = kind_of(value)
        if ANY in self.kinds:
            return self
        if kind == NONE:
            return self if self.optional else None
        if self.constants:
            return self if any(value == each for each in self.constants) else None
        if not self.kinds:
            return ColumnType((kind,), optional=self.optional)
        return self if kind in self.kinds else None

    def __str__(self) -> str:
        names = [repr(each) for each in self.constants] or sorted(self.kinds) or ["anything"]
        return " or ".join([*names, *([NONE] if self.optional and ANY not in self.kinds else [])])

    def __repr__(self) -> str:
        return f"<column of {self}>"


def column_type(dtype: Any, *, optional: bool) -> ColumnType:  # noqa: PLR0911 # one line a rule
    """The type that a person means: by a Python type, a medium's class, several of those, or values."""
    if isinstance(dtype, ColumnType):
        return ColumnType(dtype.kinds, dtype.constants, optional=optional)
    if dtype is None:
        return ColumnType(optional=optional)
    if isinstance(dtype, type):
        return ColumnType((kind_of_type(dtype),), optional=optional)
    if isinstance(dtype, (set, frozenset)):
        return ColumnType(map(kind_of, dtype), tuple(dtype), optional=optional)
    if isinstance(dtype, Mapping):
        return ColumnType((DICTIONARY,), optional=optional)
    if isinstance(dtype, (list, tuple)):
        if len(dtype) < 2:  # noqa: PLR2004 # [float] is a list of floats, [float, str] is one or the other
            return ColumnType((LIST,), optional=optional)
        return ColumnType(
            (kind for each in dtype for kind in column_type(each, optional=True).kinds), optional=optional
        )
    if getattr(dtype, "__module__", "") == "typing" or str(dtype) == ANY:
        return ColumnType((ANY,), optional=optional)
    return ColumnType((kind_of(dtype),), (dtype,), optional=optional)


KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, BOOLEAN),
    (Number, NUMBER),
    (str, STRING),
    (date, TIMESTAMP),
    ((list, tuple, set, frozenset), LIST),
    (Mapping, DICTIONARY),
)


COMMON: dict[type, str] = {int: NUMBER, str: STRING, bool: BOOLEAN}
"""The kinds that tables mostly have, without a look at anything else."""


def kind_of_type(kind: type) -> str:
    """The kind of a type's values."""
    if kind in (object, type(None)):
        return ANY if kind is object else NONE
    return _kind(kind, lambda base: issubclass(kind, base))


def kind_of(value: object) -> str:
    """The kind of a value. NaN is a missing number, as pandas has it."""
    if (common := COMMON.get(type(value))) is not None:
        return common
    if value is None or type(value).__name__ in MISSING or (isinstance(value, float) and value != value):  # noqa: PLR0124
        return NONE
    if is_array(value):
        if getattr(value, "shape", None) != () or size_of(value) != 1:
            return ARRAY
        if type(value).__module__ != "numpy":  # a tensor with one number
            return kind_of(scalar_of(value))
    return _kind(type(value), lambda base: isinstance(value, base))


def _kind(kind: type, is_one: Callable[[Any], bool]) -> str:
    for base, name in KINDS:
        if is_one(base):
            return name
    return {"bool": BOOLEAN, "bool_": BOOLEAN, "datetime64": TIMESTAMP, "ndarray": ARRAY, "Tensor": ARRAY}.get(
        kind.__name__, kind.__name__
    )


def per_column(value: Any, columns: int, what: str) -> list[Any]:
    """One value for each column, from a list of as many or from one for all.

    Raises:
        UsageError: a list of another length.
    """
    if not isinstance(value, list):
        return [value] * columns
    if len(value) != columns:
        raise UsageError(f"{len(value)} values of {what}= for {columns} columns", where="reportgen.Table")
    return value
