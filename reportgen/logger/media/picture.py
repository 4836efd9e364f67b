"""What a person calls a picture, made into the content of a file."""

from __future__ import annotations

import sys
from io import BytesIO

from reportgen.errors import UsageError
from reportgen.logger.arrays import is_array
from reportgen.logger.media.file import Held, bytes_of, head_of, path_of
from reportgen.logger.media.picture_file import HEAD, picture_format
from reportgen.logger.media.pixels import Pixels, pixels_of
from reportgen.logger.media.png import png

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WHERE = "reportgen.Image"
MODES = {1: "L", 3: "RGB", 4: "RGBA"}
"""Pillow's name for so many channels."""
FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP", "gif": "GIF", "bmp": "BMP"}
"""``file_type`` -> Pillow's name of the format."""
OPAQUE = ("JPEG", "BMP")
NUMBERS = ("I", "F")
"""Modes of Pillow whose pixels are numbers of more than 8 bits (``I;16`` too)."""
MOST_PICTURES = 108
"""Of a batch; as many as wandb takes."""


def pictures_of(source: Any, mode: str | None, file_type: str | None, *, normalize: bool) -> list[Held]:
    """The picture, or those of a batch.

    Raises:
        UsageError: it is no picture, or needs Pillow and there is none.
        OSError: the file cannot be read.
    """
    file_type = (file_type or "png").lower()
    if file_type not in FORMATS:
        remedy = f"Give one of {', '.join(FORMATS)}."
        raise UsageError(f"there is no file_type {file_type!r}", where=WHERE, remedy=remedy)
    path = path_of(source)
    if path is not None:
        return [_of_file(path, head_of(path, HEAD), mode)]
    content = bytes_of(source)
    if content is not None:
        return [_of_file(content, content, mode)]
    figure = figure_of(source)
    if figure is not None:
        return [_of_figure(figure, mode, file_type)]
    if is_pillow(source):
        return [_of_pillow(source, mode, file_type)]
    if is_array(source) or isinstance(source, (list, tuple)):
        pictures = pixels_of(source, WHERE, normalize=normalize)
        if len(pictures) > MOST_PICTURES:
            remedy = f"Log at most {MOST_PICTURES} of them, or a Table."
            raise UsageError(f"a batch of {len(pictures)} pictures is too large", where=WHERE, remedy=remedy)
        return [_of_pixels(each, mode, file_type) for each in pictures]
    raise UsageError(f"cannot make a picture of a {type(source).__name__}", where=WHERE)


def is_picture(value: object) -> bool:
    """Whether a bare value becomes an `Image`: a PIL image, matplotlib's pyplot, a figure or what is in one."""
    return is_pillow(value) or is_pyplot(value) or _has_base(value, "matplotlib.artist", "Artist")


def is_pillow(value: object) -> bool:
    """Whether it is an image of Pillow."""
    return _has_base(value, "PIL.Image", "Image")


def is_pyplot(value: object) -> bool:
    """Whether it is the module that has a current figure."""
    return value is not None and value is sys.modules.get("matplotlib.pyplot")


def figure_of(value: Any) -> Any:
    """The matplotlib figure that is meant by a figure, something in it or pyplot; None for anything else."""
    if is_pyplot(value):
        return value.gcf()
    if not _has_base(value, "matplotlib.artist", "Artist"):
        return None
    while not hasattr(value, "savefig"):
        value = getattr(value, "figure", None)
        if value is None:
            raise UsageError("this is in no matplotlib figure", where=WHERE)
    return value


def _has_base(value: object, module: str, name: str) -> bool:
    return any(base.__module__ == module and base.__name__ == name for base in type(value).__mro__)


def _of_file(content: bytes | str, head: bytes, mode: str | None) -> Held:
    """A file as it is if a browser shows it, else as Pillow reads it."""
    found = picture_format(head)
    if found and mode is None:
        ending, width, height = found
        return Held(ending, content, width=width, height=height)
    Pillow = pillow("to convert a file that is no PNG, JPEG, GIF, WebP or BMP")  # noqa: N806 # a module, renamed
    try:
        with Pillow.open(BytesIO(content) if isinstance(content, bytes) else content) as picture:
            picture.load()
            return _of_pillow(picture, mode, "png")
    except Pillow.UnidentifiedImageError as error:
        raise UsageError("this is no picture", where=WHERE, remedy="Give a picture file or an array.") from error


def _of_figure(figure: Any, mode: str | None, file_type: str) -> Held:
    buffer = BytesIO()
    if mode is None and file_type in ("png", "jpg", "jpeg", "webp"):
        figure.savefig(buffer, format=file_type)
        return _of_file(buffer.getvalue(), buffer.getvalue(), None)
    figure.savefig(buffer, format="png")
    with pillow("for this file_type or mode").open(buffer) as picture:
        return _of_pillow(picture, mode, file_type)


def _of_pixels(pixels: Pixels, mode: str | None, file_type: str) -> Held:
    if file_type == "png" and mode in (None, MODES[pixels.channels]):
        content = png(pixels.content, pixels.width, pixels.height, pixels.channels)
        return Held(".png", content, width=pixels.width, height=pixels.height)
    size = pixels.width, pixels.height
    picture = pillow("for this file_type or mode").frombytes(MODES[pixels.channels], size, pixels.content)
    return _of_pillow(picture, mode, file_type)


def _of_pillow(picture: Any, mode: str | None, file_type: str) -> Held:
    if mode is not None and picture.mode != mode:
        picture = picture.convert(mode)
    if picture.mode.startswith(NUMBERS):
        import numpy as np

        numbers = np.asarray(picture)
        numbers = numbers.astype("uint16") if picture.mode.startswith("I;16") else numbers
        return _of_pixels(pixels_of(numbers, WHERE)[0], None, file_type)
    form = FORMATS[file_type]
    if picture.mode not in ("L", "RGB") and (form in OPAQUE or picture.mode in ("CMYK", "YCbCr", "HSV", "LAB")):
        picture = picture.convert("RGB")
    elif picture.mode not in ("L", "RGB", "RGBA"):
        picture = picture.convert("L" if picture.mode == "1" else "RGBA")
    buffer = BytesIO()
    picture.save(buffer, form)
    ending = ".jpg" if form == "JPEG" else f".{file_type}"
    return Held(ending, buffer.getvalue(), width=picture.width, height=picture.height)


def pillow(purpose: str) -> Any:
    """Pillow's module ``Image``.

    Raises:
        UsageError: it is not installed.
    """
    try:
        from PIL import Image as Pillow
    except ImportError as error:
        raise UsageError(f"pillow is needed {purpose}", where=WHERE, remedy="pip install pillow") from error
    return Pillow
