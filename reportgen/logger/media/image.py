"""Images: arrays, PIL images, figures and files, kept as PNG (files as they are), with boxes and masks over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from reportgen.errors import UsageError
from reportgen.logger.media.classes import Classes, labels_of
from reportgen.logger.media.file import Held
from reportgen.logger.media.overlays import boxes_of, mask_of
from reportgen.logger.media.picture import pictures_of
from reportgen.logger.media.store import Clean, Media, MediaStore
from reportgen.schema import IMAGE, MEDIA_TYPE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WHERE = "reportgen.Image"


class Image(Media):
    """A picture to log.

    It is encoded at once, so the array may change afterwards; a file is copied when it is logged. What cannot be a
    picture is reported when it is logged.

    Args:
        data_or_path: an array or nested lists of height x width, or height x width x 1, 3 or 4 (channels may come first
            as in torch), or several of those as a batch, which is logged as a list; a PIL image, a matplotlib figure or
            something in one, the path or the bytes of a picture file, or another `Image`, whose boxes and masks are not
            taken over.
        mode: how Pillow calls the colours to convert to, such as ``L`` or ``RGB``.
        caption: text under the picture.
        grouping: a number that pictures which belong together share.
        classes: names of classes for boxes and masks, see `Classes`.
        boxes: sets of boxes by name: ``{"box_data": [...], "class_labels": {1: "car"}}``.
        masks: sets of class numbers by name: ``{"mask_data": array, "class_labels": {0: "road"}}``, or ``path``.
        file_type: ``png`` (the default), ``jpg``, ``webp``, ``gif`` or ``bmp`` for what is no file yet.
        normalize: bring numbers to 0 to 255 by their range; else they are cut off there.
    """

    def __init__(  # noqa: PLR0913, PLR0917 # wandb's signature
        self,
        data_or_path: object,
        mode: str | None = None,
        caption: str | None = None,
        grouping: int | None = None,
        classes: Classes | Iterable[Mapping[str, object]] | None = None,
        boxes: Mapping[str, Any] | None = None,
        masks: Mapping[str, Any] | None = None,
        file_type: str | None = None,
        normalize: bool = True,  # noqa: FBT001, FBT002 # wandb's signature
    ) -> None:
        self.caption, self.grouping = caption, grouping
        self._pictures: list[Held] = []
        self._classes: dict[str, str] = {}
        self._boxes: dict[str, object] = {}
        self._masks: dict[str, tuple[Held, dict[str, str]]] = {}
        self._trouble: Exception | None = None
        try:
            if isinstance(data_or_path, Image):
                self._take(data_or_path)
            else:
                self._pictures = pictures_of(data_or_path, mode, file_type, normalize=normalize)
        except Exception as error:  # noqa: BLE001 # nothing raises into training; `stored` reports it
            self._trouble = error
        try:
            self._classes = self._classes if classes is None else labels_of(classes)
        except Exception as error:  # noqa: BLE001 # the same
            self.remark(error)
        self._boxes.update(self._overlays("boxes", boxes, boxes_of))
        self._masks.update(self._overlays("masks", masks, mask_of))

    @property
    def width(self) -> int | None:
        """Pixels from left to right; of the first picture of a batch."""
        return self._size("width")

    @property
    def height(self) -> int | None:
        """Pixels from top to bottom; of the first picture of a batch."""
        return self._size("height")

    def stored(self, store: MediaStore, clean: Clean) -> dict[str, Any] | list[Any]:
        """Write the file, or those of a batch, and return the value of the row."""
        if self._trouble:
            raise self._trouble
        more: dict[str, object] = {
            "caption": None if self.caption is None else str(self.caption),
            "grouping": self.grouping,
            "class_labels": self._classes or None,
            "boxes": self._boxes or None,
            "masks": {name: self._mask(held, labels, store) for name, (held, labels) in self._masks.items()} or None,
        }
        more = {name: clean(value) for name, value in more.items() if value is not None}
        values = [{MEDIA_TYPE: IMAGE, **held.keep(store, "image"), **held.fields, **more} for held in self._pictures]
        return values[0] if len(values) == 1 else values

    def _take(self, other: Image) -> None:
        """Be another image, but for what was said of this one."""
        if other._trouble:
            raise other._trouble
        self._pictures, self._classes = other._pictures, other._classes
        self.caption = other.caption if self.caption is None else self.caption
        self.grouping = other.grouping if self.grouping is None else self.grouping

    def _size(self, side: str) -> int | None:
        size = self._pictures[0].fields.get(side) if self._pictures else None
        return size if isinstance(size, int) else None

    def _mask(self, held: Held, labels: dict[str, str], store: MediaStore) -> dict[str, object]:
        return {**held.keep(store, "mask"), "class_labels": labels}

    def _overlays(self, kind: str, given: Any, make: Callable[[str, Any, dict[str, str]], Any]) -> dict[str, Any]:
        """Boxes or masks by name; a set that cannot be one is told, and the picture is logged without it."""
        made: dict[str, Any] = {}
        if given is None:
            return made
        if not isinstance(given, Mapping):
            self.remark(UsageError(f"{kind}= takes a dictionary of sets by name", where=WHERE))
            return made
        for name, each in given.items():
            try:
                made[str(name)] = make(str(name), each, self._classes)
            except Exception as error:  # noqa: BLE001 # told when the picture is logged
                self.remark(error)
        return made
