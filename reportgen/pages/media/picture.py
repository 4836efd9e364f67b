"""Logged images, with the boxes and masks that lie over them."""

from collections.abc import Iterator, Mapping
from typing import Any

from reportgen.document import Box, Overlay, Picture
from reportgen.numbers import format_number
from reportgen.pages.media.logged_medium import LONGEST_TEXT, LoggedMedium, Shown, finite

MOST_BOXES = 300
MOST_OVERLAYS = 20
MOST_CLASSES = 256
MOST_SCORES = 5
LARGEST_CLASS = 10**9
MOVING = (".gif",)
SIDES = ("minX", "maxX", "minY", "maxY")

Named = Mapping[int, str]
Scores = tuple[tuple[str, float], ...]


def shown_picture(medium: LoggedMedium) -> Shown | None:
    """The picture with its overlays; None when its file is not part of the site."""
    uri = medium.uri()
    if not uri:
        return None
    width, height = medium.pixels("width"), medium.pixels("height")
    overlays, notes = _overlays(medium, width, height)
    moves = medium.ending() in MOVING
    return Shown(Picture(uri, medium.label, width, height, overlays, moves=moves), notes=notes)


def _overlays(medium: LoggedMedium, width: int, height: int) -> tuple[tuple[Overlay, ...], tuple[str, ...]]:
    """Masks, boxes over them, and notes on what is missing."""
    found: list[Overlay] = []
    notes: list[str] = []
    shared = _labels(medium.value.get("class_labels"))
    for name, value in _sets(medium.value.get("masks")):
        path = value.get("path")
        uri = medium.uri(path) if isinstance(path, str) else ""
        if uri:
            labels = {**shared, **_labels(value.get("class_labels"))}
            found.append(Overlay(name, tuple(sorted(labels.items())), uri=uri))
        else:
            notes.append(f"The mask {name} is missing.")
    for name, value in _sets(medium.value.get("boxes")):
        boxes, left_out = _boxes(value, {**shared, **_labels(value.get("class_labels"))}, (width, height))
        classes = {box.class_id: box.label for box in boxes}
        if boxes:
            found.append(Overlay(name, tuple(sorted(classes.items())), boxes))
        if left_out:
            notes.append(f"{left_out} boxes of {name} are not shown.")
    return tuple(found), tuple(notes)


def _sets(value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The sets of boxes or masks by name, as far as they are some."""
    if isinstance(value, Mapping):
        for name, each in list(value.items())[:MOST_OVERLAYS]:
            if isinstance(each, Mapping):
                yield str(name)[:LONGEST_TEXT], each


def _labels(value: Any) -> dict[int, str]:
    """Class number -> name."""
    if not isinstance(value, Mapping):
        return {}
    found: dict[int, str] = {}
    for key, name in list(value.items())[:MOST_CLASSES]:
        number = _class_of(key)
        if number is not None and isinstance(name, str):
            found[number] = name[:LONGEST_TEXT]
    return found


def _class_of(value: Any) -> int | None:
    text = str(value)
    whole = text.isdecimal() and text.isascii() and len(text) < len(str(LARGEST_CLASS))
    return int(text) if whole else None


def _boxes(value: Mapping[str, Any], labels: Named, size: tuple[int, int]) -> tuple[tuple[Box, ...], int]:
    """The boxes of a set, and how many of it cannot be shown."""
    data = value.get("box_data")
    given = data if isinstance(data, list) else []
    made = [_box(box, labels, size) for box in given[:MOST_BOXES]]
    boxes = tuple(box for box in made if box is not None)
    return boxes, len(given) - len(boxes)


def _box(box: Any, labels: Named, size: tuple[int, int]) -> Box | None:
    if not isinstance(box, Mapping) or not isinstance(box.get("position"), Mapping):
        return None
    sides = [finite(box["position"].get(side)) for side in SIDES]
    scale = size if box.get("domain") == "pixel" else (1, 1)
    if None in sides or not all(scale):
        return None
    left, right, top, bottom = (_share(side or 0.0, scale[place // 2]) for place, side in enumerate(sides))
    number = _class_of(box.get("class_id"))
    label = "" if number is None else labels.get(number, f"class {number}")
    scores = _scores(box.get("scores"))
    text = _text(box.get("box_caption"), label, scores)
    return Box(left, top, _length(left, right), _length(top, bottom), number or 0, label, text, scores)


def _share(side: float, whole: int) -> float:
    return round(min(1.0, max(0.0, side / whole)), 6)


def _length(start: float, end: float) -> float:
    return round(max(0.0, end - start), 6)


def _scores(value: Any) -> Scores:
    named = value.items() if isinstance(value, Mapping) else ()
    found = [(str(name)[:LONGEST_TEXT], number) for name, score in named if (number := finite(score)) is not None]
    return tuple(found[:MOST_SCORES])


def _text(caption: Any, label: str, scores: Scores) -> str:
    """The caption of a box, or its class, and its scores."""
    head = caption[:LONGEST_TEXT] if isinstance(caption, str) and caption else label
    parts = [head, *(f"{name} {format_number(score, 3)}" for name, score in scores)]
    return ", ".join(part for part in parts if part)
