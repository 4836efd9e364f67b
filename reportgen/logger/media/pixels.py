"""Arrays and lists as 8-bit pixels: which dimension is which, and which numbers are dark and bright."""

from __future__ import annotations

from itertools import chain
from math import inf, isfinite, isnan, prod

from reportgen.errors import UsageError
from reportgen.logger.arrays import is_array, list_of, on_host

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

CHANNELS = (1, 3, 4)
FLAT, DEEP, BATCH = 2, 3, 4
"""Dimensions of a picture without and with channels, and of several."""
BRIGHTEST = 255
SIXTEEN_BITS = 257
"""How many 16-bit values make one of 8 bits."""


class Pixels:
    """A picture in memory: rows from the top, 1 (grey), 3 (RGB) or 4 (RGBA) bytes a pixel."""

    def __init__(self, content: bytes, width: int, height: int, channels: int) -> None:
        self.content = content
        self.width = width
        self.height = height
        self.channels = channels


def pixels_of(source: Any, where: str, *, normalize: bool = True) -> list[Pixels]:
    """The pictures in an array or in nested lists: one, or the several of a batch.

    Args:
        source: height x width, with channels last or first, several of those as a batch.
        where: who asks, for the error.
        normalize: bring numbers to 0 to 255 by their range, see `scale`; else they are cut off there.
    """
    if is_array(source):
        array, first = on_host(source), type(source).__module__.partition(".")[0] == "torch"
        return _of_array(array, where, channels_first=first, normalize=normalize)
    return _of_lists(source, where, normalize=normalize)


def _of_array(source: Any, where: str, *, channels_first: bool, normalize: bool) -> list[Pixels]:
    import numpy as np

    array = np.asarray(source)
    layout = layout_of(array.shape, channels_first=channels_first)
    if layout is None or array.dtype.kind not in "biuf":
        raise _no_picture(array.shape, where, str(array.dtype))
    if array.dtype.kind == "f":
        array = array.astype("float32") if array.itemsize < 4 else array  # noqa: PLR2004 # float16 overflows below
        finite = array[np.isfinite(array)]
        lowest, highest = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    else:
        lowest, highest = int(array.min()), int(array.max())
    factor, offset = scale(array.dtype.name, lowest, highest, normalize=normalize)
    if (factor, offset) != (1, 0):
        array = array * factor + offset
    if array.dtype.kind == "f":
        array = np.nan_to_num(array, nan=0, posinf=BRIGHTEST, neginf=0).round()
    array = array.clip(0, BRIGHTEST).astype("uint8")
    batch = _as_batch(array, layout)
    return [Pixels(each.tobytes(), each.shape[1], each.shape[0], each.shape[2]) for each in batch]


def _as_batch(array: Any, layout: str) -> Any:
    """The array as number x height x width x channels."""
    if layout == "HW":
        return array[None, :, :, None]
    if "N" not in layout:
        array, layout = array[None], f"N{layout}"
    return array.transpose(0, 2, 3, 1) if layout == "NCHW" else array


def _of_lists(source: Any, where: str, *, normalize: bool) -> list[Pixels]:
    """Nested lists, with nothing but the standard library."""
    shape, flat = flatten(source)
    layout = None if shape is None else layout_of(shape, channels_first=False)
    if shape is None or layout is None or not all(isinstance(number, (bool, int, float)) for number in flat):
        raise _no_picture(shape or (), where, "list")
    finite = [number for number in flat if isfinite(number)] or [0]
    kind = "bool" if all(type(number) is bool for number in flat) else "int64"
    kind = "float64" if any(isinstance(number, float) for number in flat) else kind
    factor, offset = scale(kind, min(finite), max(finite), normalize=normalize)
    content = bytes(_byte(number * factor + offset) for number in flat)
    if layout == "HW":
        return [Pixels(content, shape[1], shape[0], 1)]
    size = prod(shape[-DEEP:])
    height, width, channels = shape[-2:] + shape[-3:-2] if "CHW" in layout else shape[-3:]
    pictures = [content[start : start + size] for start in range(0, len(content), size)]
    if "CHW" in layout:
        plane = height * width
        pictures = [
            bytes(chain(*zip(*(each[n * plane :][:plane] for n in range(channels)), strict=True))) for each in pictures
        ]
    return [Pixels(each, width, height, channels) for each in pictures]


def flatten(source: Any) -> tuple[tuple[int, ...] | None, list[Any]]:
    """Shape and numbers of nested lists; no shape when their lengths differ."""
    shape: list[int] = []
    level = [source]
    while level and all(isinstance(each, (list, tuple)) or is_array(each) for each in level):
        level = [list_of(each) if is_array(each) else each for each in level]
        if not all(isinstance(each, (list, tuple)) for each in level):
            break  # scalars of an array library
        lengths = {len(each) for each in level}
        if len(lengths) != 1:
            return None, []
        shape.append(lengths.pop())
        level = list(chain.from_iterable(level))
    return tuple(shape), level


def layout_of(shape: tuple[int, ...], *, channels_first: bool) -> str | None:
    """What the dimensions are, such as ``HW``, ``HWC`` or ``NCHW``; None when it is no picture."""
    if not prod(shape):
        return None
    if len(shape) == FLAT:
        return "HW"
    if len(shape) not in (DEEP, BATCH):
        return None
    many = "N" if len(shape) == BATCH else ""
    last, first = shape[-1] in CHANNELS, shape[-3] in CHANNELS
    if first and (channels_first or not last):
        return f"{many}CHW"
    return f"{many}HWC" if last else None


def scale(kind: str, lowest: float, highest: float, *, normalize: bool) -> tuple[float, float]:  # noqa: PLR0911 # one line a rule
    """Factor and offset that bring numbers of a type and range to 0 to 255; outside they are cut off.

    Booleans are black and white. Floats from 0 to 1 and from -1 to 1 fill the range, other negative ones are stretched
    from the lowest to the highest. Of integers only those from 0 to 1, and 16 bits, are scaled; bytes are as they are.
    """
    if kind == "bool":
        return BRIGHTEST, 0
    if not normalize or kind == "uint8":
        return 1, 0
    if lowest >= 0 and highest <= 1:
        return BRIGHTEST, 0
    if not kind.startswith(("float", "longdouble")):
        return (1 / SIXTEEN_BITS, 0) if kind == "uint16" and highest > BRIGHTEST else (1, 0)
    if lowest >= -1 and highest <= 1:
        return BRIGHTEST / 2, BRIGHTEST / 2
    if lowest < 0:
        width = highest - lowest
        factor = BRIGHTEST / width if 0 < width < inf else 0
        return factor, -lowest * factor
    return 1, 0


def _byte(number: float) -> int:
    return 0 if isnan(number) else round(max(0, min(BRIGHTEST, number)))


def _no_picture(shape: tuple[int, ...], where: str, kind: str) -> UsageError:
    size = " x ".join(map(str, shape)) or "uneven rows"
    remedy = "Give height x width, or height x width x 1, 3 or 4, or several of those."
    return UsageError(f"{size} ({kind}) is no picture", where=where, remedy=remedy)
