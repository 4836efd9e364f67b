"""Logged points, boxes, vectors and meshes in space."""

import base64
from collections.abc import Mapping
from typing import Any

from reportgen.document import Dataset, Mesh, PointCloud
from reportgen.pages.media.logged_medium import LONGEST_TEXT, LoggedMedium, Shown, evenly, finite

MOST_POINTS = 50_000
MOST_THINGS = 1000
CORNERS = 8
CATEGORY, COLORED = 4, 6
"""Numbers of a point with a category, and of one with red, green and blue."""
END = ".pts.json"
MESHES = (".obj", ".stl", ".glb", ".gltf")
"""Formats that the viewer draws; Babylon's own is offered as a file."""
Vector = list[float]


def shown_space(medium: LoggedMedium) -> Shown | None:
    """The scene or mesh as data for the viewer; None for a file of another format, or without anything to draw."""
    if medium.ending() in MESHES:
        return _mesh(medium)
    content = medium.content() if medium.path.casefold().endswith(END) else None
    scene = content if isinstance(content, dict) else {"points": content}
    given = scene.get("points")
    points = [point for each in (given if isinstance(given, list) else []) if (point := _point(each))]
    boxes = [box for each in _things(scene.get("boxes")) if (box := _box(each))]
    vectors = [vector for each in _things(scene.get("vectors")) if (vector := _vector(each))]
    if not (points or boxes or vectors):
        return None
    drawn = evenly(points, MOST_POINTS)
    left_out = f"{len(drawn):,} of {len(points):,} points are drawn, evenly spread over the file."
    payload = {"points": drawn, "boxes": boxes, "vectors": vectors}
    data = Dataset(medium.context.links.run_key(medium.run, medium.id), payload)
    facts = [_count(points, "point"), _count(boxes, "box", "boxes"), _count(vectors, "vector")]
    notes = (left_out,) if len(drawn) < len(points) else ()
    return Shown(PointCloud(medium.label, data), tuple(fact for fact in facts if fact), notes, medium.file())


def _mesh(medium: LoggedMedium) -> Shown | None:
    """The file as it is: a page that is opened from a folder can load data, but no file."""
    content, format_ = medium.bytes(), medium.ending()[1:]
    if content is None:
        return None
    payload = {"format": format_, "file": base64.b64encode(content).decode("ascii")}
    data = Dataset(medium.context.links.run_key(medium.run, medium.id), payload)
    return Shown(Mesh(medium.label, data), (format_,), file=medium.file())


def _count(things: list[Any], one: str, many: str = "") -> str:
    return f"{len(things):,} {one if len(things) == 1 else many or one + 's'}" if things else ""


def _things(value: Any) -> list[Mapping[str, Any]]:
    return [each for each in value[:MOST_THINGS] if isinstance(each, Mapping)] if isinstance(value, list) else []


def _numbers(value: Any, least: int, most: int) -> Vector:
    """A list of finite numbers of a length in these bounds; empty when it is none."""
    if not isinstance(value, list) or not least <= len(value) <= most:
        return []
    numbers = [finite(number) for number in value]
    return [] if None in numbers else [number for number in numbers if number is not None]


def _point(value: Any) -> Vector:
    """x, y, z, then nothing, a category, or red, green and blue up to 255."""
    numbers = _numbers(value, 3, COLORED)
    return numbers if len(numbers) in (3, CATEGORY, COLORED) else numbers[:3]


def _color(value: Any) -> Vector:
    return _numbers(value, 3, 3)


def _box(value: Mapping[str, Any]) -> dict[str, Any] | None:
    given = value.get("corners")
    corners = [_numbers(corner, 3, 3) for corner in given] if isinstance(given, list) else []
    if len(corners) != CORNERS or not all(corners):
        return None
    label = value.get("label")
    text = label[:LONGEST_TEXT] if isinstance(label, str) else ""
    return {"corners": corners, "color": _color(value.get("color")), "label": text}


def _vector(value: Mapping[str, Any]) -> dict[str, Any] | None:
    start, end = _numbers(value.get("start"), 3, 3), _numbers(value.get("end"), 3, 3)
    return {"start": start, "end": end, "color": _color(value.get("color"))} if start and end else None
