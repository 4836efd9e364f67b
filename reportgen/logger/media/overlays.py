"""What lies over a picture: boxes, which stand in the row, and masks, which are pictures of class numbers."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

from reportgen.errors import UsageError
from reportgen.logger.arrays import is_array, on_host, scalar_of
from reportgen.logger.media.classes import default_labels, labels_of
from reportgen.logger.media.file import Held, path_of
from reportgen.logger.media.picture_file import HEAD, is_grey_png, picture_format
from reportgen.logger.media.pixels import FLAT, flatten
from reportgen.logger.media.png import png

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WHERE = "reportgen.Image"
SIDES = ("minX", "maxX", "minY", "maxY")
MOST_CLASSES = 256
"""A mask has a byte for each pixel."""


def boxes_of(name: str, boxes: Any, known: Mapping[str, str]) -> dict[str, object]:
    """A set of boxes as the row has it: sides in one notation, names for every class."""
    what = f"boxes {name!r}"
    if not isinstance(boxes, Mapping) or not isinstance(boxes.get("box_data"), (list, tuple)):
        raise UsageError(f'{what} need a list "box_data"', where=WHERE)
    found = [_box(box, what) for box in boxes["box_data"]]
    numbers = [number for box in found if isinstance(number := box.get("class_id"), int)]
    given = boxes.get("class_labels")
    labels = default_labels(numbers, known) if given is None else labels_of(given)
    return {"box_data": found, "class_labels": labels}


def _box(box: Any, what: str) -> dict[str, object]:
    if not isinstance(box, Mapping) or not isinstance(box.get("position"), Mapping):
        raise UsageError(f'a box of {what} has no "position"', where=WHERE)
    plain: dict[str, object] = {"position": _sides(box["position"], what)}
    plain["domain"] = "pixel" if box.get("domain") == "pixel" else "fraction"
    if box.get("class_id") is not None:
        plain["class_id"] = int(_number(box["class_id"], what))
    if box.get("box_caption") is not None:
        plain["box_caption"] = str(box["box_caption"])
    if box.get("scores"):
        plain["scores"] = {str(name): _number(score, what) for name, score in dict(box["scores"]).items()}
    return plain


def _sides(position: Mapping[str, Any], what: str) -> dict[str, float]:
    if all(side in position for side in SIDES):
        return {side: _number(position[side], what) for side in SIDES}
    if not all(part in position for part in ("middle", "width", "height")):
        remedy = "Give minX, maxX, minY and maxY, or middle, width and height."
        raise UsageError(f"a box of {what} has no position", where=WHERE, remedy=remedy)
    x, y = (_number(place, what) for place in position["middle"])
    width, height = _number(position["width"], what), _number(position["height"], what)
    return {"minX": x - width / 2, "maxX": x + width / 2, "minY": y - height / 2, "maxY": y + height / 2}


def _number(value: Any, what: str) -> float:
    plain: Any = scalar_of(value) if is_array(value) else value
    number = plain if isinstance(plain, int) and not isinstance(plain, bool) else float(plain)
    if not isfinite(number):
        raise UsageError(f"{what} have a number that is not finite", where=WHERE)
    return number


def mask_of(name: str, mask: Any, known: Mapping[str, str]) -> tuple[Held, dict[str, str]]:
    """A mask as a grey PNG whose values are class numbers, and the names of these."""
    what = f"mask {name!r}"
    if not isinstance(mask, Mapping) or ("mask_data" not in mask and "path" not in mask):
        raise UsageError(f'{what} needs "mask_data" or "path"', where=WHERE)
    if "mask_data" in mask:
        width, height, content = _class_numbers(mask["mask_data"], what)
        held = Held(".png", png(content, width, height, 1), width=width, height=height)
        numbers: set[int] | None = set(content)
    else:
        held, numbers = _mask_file(mask["path"], what)
    given = mask.get("class_labels")
    if given is not None:
        return held, labels_of(given)
    return held, dict(known) if numbers is None else default_labels(numbers, known)


def _class_numbers(data: Any, what: str) -> tuple[int, int, bytes]:
    if is_array(data):
        import numpy as np

        array = np.asarray(on_host(data))
        array = array.squeeze() if array.ndim > FLAT else array
        shape: tuple[int, ...] | None = array.shape
        fits = array.dtype.kind in "biuf" and bool(((array >= 0) & (array < MOST_CLASSES)).all())
        content = array.astype("uint8").tobytes() if fits and bool((array == array.astype("uint8")).all()) else None
    else:
        shape, flat = flatten(data)
        fits = all(isinstance(each, (int, float)) and each in range(MOST_CLASSES) for each in flat)
        content = bytes(map(int, flat)) if fits else None
    if shape is None or len(shape) != FLAT or content is None or not content:
        remedy = f"Give height x width of whole numbers below {MOST_CLASSES}."
        raise UsageError(f"{what} is no mask", where=WHERE, remedy=remedy)
    return shape[1], shape[0], content


def _mask_file(source: object, what: str) -> tuple[Held, set[int] | None]:
    """A mask from a file: a grey PNG as it is, unread; others as grey, a palette by its numbers."""
    path = path_of(source)
    if path is None:
        raise UsageError(f"{what} has no path but a {type(source).__name__}", where=WHERE)
    with open(path, "rb") as file:
        head = file.read(HEAD)
    if is_grey_png(head) and (size := picture_format(head)):
        return Held(".png", path, width=size[1], height=size[2]), None
    try:
        from PIL import Image as Pillow
    except ImportError as error:
        remedy = "Give a grey PNG of 8 bits, or install pillow."
        raise UsageError(f"{what} cannot be read", where=WHERE, remedy=remedy) from error
    with Pillow.open(path) as picture:
        plain = picture if picture.mode in ("L", "P") else picture.convert("L")
        content, (width, height) = plain.tobytes(), plain.size
    return Held(".png", png(content, width, height, 1), width=width, height=height), set(content)
