"""Plotly: an interactive figure as its JSON, without Plotly's own packing of arrays."""

from __future__ import annotations

import os
import sys
from array import array
from base64 import b64decode
from collections.abc import Mapping
from math import isfinite, prod

from reportgen.errors import UsageError
from reportgen.logger.arrays import is_array, list_of
from reportgen.logger.media.file import FileMedia, Held, bytes_of
from reportgen.logger.media.picture import figure_of
from reportgen.logger.media.store import Clean, MediaStore
from reportgen.logger.writing.encoding import encode
from reportgen.schema import PLOTLY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from reportgen.logger.media.image import Image

WHERE = "reportgen.Plotly"
TYPE_CODES = {
    "i1": "b",
    "u1": "B",
    "i2": "h",
    "u2": "H",
    "i4": "i",
    "u4": "I",
    "i8": "q",
    "u8": "Q",
    "f4": "f",
    "f8": "d",
}
"""Plotly's names of number types -> those of the standard library."""
DEEPEST = 100


class Plotly(FileMedia):
    """A Plotly figure to log.

    Args:
        val: a Plotly figure, its dictionary or its JSON, the path of a file with that, or a matplotlib figure, which is
            converted if Plotly can do it and is logged as an image if not.
        caption: text under the figure.
    """

    TYPE = PLOTLY
    FOLDER = "plotly"

    def __init__(self, val: object, caption: str | None = None) -> None:
        self._picture: Image | None = None
        super().__init__(caption, lambda: self._hold(val))

    def stored(self, store: MediaStore, clean: Clean) -> dict[str, Any] | list[Any]:
        """Write the file and return the value of the row: an image if that is what it became."""
        return super().stored(store, clean) if self._picture is None else self._picture.stored(store, clean)

    def _hold(self, val: Any) -> Held:
        figure = figure_of(val)
        if figure is not None:
            val = _converted(figure)
            if val is None:
                from reportgen.logger.media.image import Image

                self._picture = Image(figure, caption=self.caption)
                return Held(".png", b"")
        tree = plain(_tree(val), 0)
        if (
            not isinstance(tree, dict)
            or not isinstance(tree.get("data", []), list)
            or not {"data", "layout"} & set(tree)
        ):
            raise UsageError("this is no Plotly figure", where=WHERE, remedy='It has "data" and "layout".')
        return Held(".plotly.json", encode(tree))


def is_plotly(value: object) -> bool:
    """Whether it is a figure of Plotly."""
    return any(
        base.__name__ == "BaseFigure" and base.__module__ == "plotly.basedatatypes" for base in type(value).__mro__
    )


def _converted(figure: Any) -> Any:
    """The matplotlib figure as one of Plotly; None without Plotly, or when it has what Plotly cannot draw."""
    if any(axes.images for axes in figure.axes):
        return None
    try:
        from plotly.tools import mpl_to_plotly

        return mpl_to_plotly(figure)
    except Exception:  # noqa: BLE001 # the converter fails in many ways; the image says the same
        return None


def _tree(val: Any) -> Any:
    from json import loads

    if is_plotly(val):
        return val.to_plotly_json()
    if isinstance(val, Mapping):
        return val
    if isinstance(val, os.PathLike) or (isinstance(val, str) and not val.lstrip().startswith("{")):
        with open(val, "rb") as file:
            return loads(file.read())
    content = val.encode() if isinstance(val, str) else bytes_of(val)
    if content is None:
        raise UsageError(f"cannot make a Plotly figure of a {type(val).__name__}", where=WHERE)
    return loads(content)


def plain(value: Any, depth: int) -> Any:  # noqa: PLR0911 # one line a rule
    """The value as JSON: arrays, packed ones too, as lists; NaN and infinities as null, which Plotly draws as gaps."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return float(value) if isfinite(value) else None
    if depth > DEEPEST:
        raise UsageError("this figure is inside itself", where=WHERE)
    if isinstance(value, Mapping):
        if {"dtype", "bdata"} <= value.keys():
            return plain(unpacked(value), depth + 1)
        return {str(key): plain(each, depth + 1) for key, each in value.items()}
    if is_array(value):
        return plain(list_of(value), depth + 1)
    if isinstance(value, (list, tuple, set)):
        return [plain(each, depth + 1) for each in value]
    if hasattr(value, "to_plotly_json"):
        return plain(value.to_plotly_json(), depth + 1)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def unpacked(packed: Mapping[str, Any]) -> Any:
    """The numbers that Plotly packed in base64, nested by their shape."""
    code = TYPE_CODES.get(str(packed["dtype"]).lstrip("<|="))
    if code is None:
        raise UsageError(f"numbers of the type {packed['dtype']!r} cannot be read", where=WHERE)
    numbers = array(code, b64decode(packed["bdata"]))
    if sys.byteorder == "big":
        numbers.byteswap()
    nested: list[Any] = numbers.tolist()
    shape = packed.get("shape")
    sides = [int(side) for side in str(shape).strip("()[]").split(",") if side.strip()] if shape else []
    if sides and prod(sides) != len(nested):
        raise UsageError(f"{len(nested)} numbers do not fill the shape {shape}", where=WHERE)
    for side in reversed(sides[1:]):
        nested = [nested[start : start + side] for start in range(0, len(nested), side)] if side else nested
    return nested
