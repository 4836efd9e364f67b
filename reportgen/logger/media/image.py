"""Images: arrays, PIL images, files and matplotlib figures, kept as PNG (files as they are)."""

from __future__ import annotations

import os
import sys
from io import BytesIO

from reportgen.errors import UsageError
from reportgen.logger.arrays import is_array, on_host
from reportgen.logger.media.picture_file import picture_format
from reportgen.logger.media.png import png
from reportgen.logger.media.store import Clean, Media, MediaStore
from reportgen.schema import IMAGE, MEDIA_TYPE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WHERE = "reportgen.Image"
CHANNELS = (1, 3, 4)
FLAT, DEEP = 2, 3
"""Dimensions of a picture without and with channels."""


class Image(Media):
    """A picture to log.

    It is encoded at once, so the array may change afterwards. What cannot be a picture is reported when it is logged.

    Args:
        data_or_path: an array of height x width, or height x width x 1, 3 or 4 (uint8, or float from 0 to 1; channels
            may come first as in torch), a PIL image, a matplotlib figure, or the path of a PNG, JPEG, GIF or WebP file.
        caption: text under the picture.
    """

    def __init__(self, data_or_path: object, caption: str | None = None) -> None:
        self.caption = None if caption is None else str(caption)
        self.content = b""
        self._trouble: Exception | None = None
        try:
            self.content = picture_bytes(data_or_path)
        except Exception as error:  # noqa: BLE001 # nothing raises into training; `stored` reports it
            self._trouble = error

    def stored(self, store: MediaStore, clean: Clean) -> dict[str, object]:  # noqa: ARG002 # a picture has no cells
        """Write the file and return the value of the row."""
        if self._trouble:
            raise self._trouble
        found = picture_format(self.content)
        if not found:
            remedy = "Give a PNG, JPEG, GIF or WebP file, or install pillow to convert others."
            raise UsageError("this is no picture that a browser shows", where=WHERE, remedy=remedy)
        ending, width, height = found
        file = store.write("image", ending, self.content)
        caption = {} if self.caption is None else {"caption": self.caption}
        return {MEDIA_TYPE: IMAGE, **file, **caption, "width": width, "height": height}


def is_picture(value: object) -> bool:
    """Whether a bare value becomes an `Image`: a PIL image, or matplotlib's figure or pyplot."""
    if value is sys.modules.get("matplotlib.pyplot"):
        return value is not None
    homes = {(base.__module__, base.__name__) for base in type(value).__mro__}
    return ("PIL.Image", "Image") in homes or ("matplotlib.figure", "FigureBase") in homes


def picture_bytes(source: Any) -> bytes:
    """The picture as the content of a file."""
    if isinstance(source, (str, os.PathLike)):
        return _file_bytes(os.fspath(source))
    if is_picture(source) and hasattr(source, "gcf"):
        source = source.gcf()
    buffer = BytesIO()
    if hasattr(source, "savefig"):
        source.savefig(buffer, format="png")
        return buffer.getvalue()
    if hasattr(source, "save") and hasattr(source, "convert"):
        picture = source if source.mode in ("L", "RGB", "RGBA") else source.convert("RGBA")
        picture.save(buffer, "PNG")
        return buffer.getvalue()
    if is_array(source) or isinstance(source, (list, tuple)):
        return _array_bytes(source)
    raise UsageError(f"cannot make a picture of a {type(source).__name__}", where=WHERE)


def _file_bytes(path: str) -> bytes:
    with open(path, "rb") as file:
        content = file.read()
    if picture_format(content):
        return content
    try:
        from PIL import Image as Pillow
    except ImportError:
        return content  # `stored` says what to do
    with Pillow.open(path) as picture:
        return picture_bytes(picture.copy())


def _array_bytes(source: Any) -> bytes:
    import numpy as np

    array = np.asarray(on_host(source))
    if array.ndim == FLAT:
        array = array[:, :, None]
    if array.ndim == DEEP and array.shape[2] not in CHANNELS and array.shape[0] in CHANNELS:
        array = array.transpose(1, 2, 0)
    if array.ndim != DEEP or array.shape[2] not in CHANNELS or not array.size:
        shape = " x ".join(map(str, np.shape(source)))
        remedy = "Give height x width, or height x width x 1, 3 or 4."
        raise UsageError(f"an array of {shape} is no picture", where=WHERE, remedy=remedy)
    if array.dtype.kind == "b":
        array = array * 255
    elif array.dtype.kind == "f":
        array = np.nan_to_num(array, nan=0.0, posinf=1.0, neginf=0.0)
        array = array * 255 if array.min() >= 0 and array.max() <= 1 else array
        array = array.round()
    height, width, channels = array.shape
    return png(array.clip(0, 255).astype("uint8").tobytes(), width, height, channels)
