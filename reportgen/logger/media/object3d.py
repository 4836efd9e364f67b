"""Object3D: points, boxes and vectors in space, and files of meshes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite, sqrt

from reportgen.errors import UsageError
from reportgen.logger.arrays import is_array, list_of, on_host
from reportgen.logger.media.file import FileMedia, Held, model_of
from reportgen.logger.media.pixels import flatten
from reportgen.logger.writing.encoding import encode
from reportgen.schema import OBJECT3D

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

WHERE = "reportgen.Object3D"
FORMATS = frozenset(("obj", "gltf", "glb", "babylon", "stl", "pts.json"))
POINTS = "pts.json"
SCENE = "lidar/beta"
WIDTHS = (3, 4, 6)
"""Numbers of a point: where it is, then nothing, a category from 1 to 14, or red, green and blue up to 255."""


class Object3D(FileMedia):
    """Something in space to log.

    Args:
        data_or_path: points as an array of N x 3, 4 or 6 (x, y, z, and a category or red, green and blue), a scene
            ``{"type": "lidar/beta", "points": …, "boxes": …, "vectors": …}``, or the path or a file object of an
            obj, gltf, glb, babylon, stl or pts.json file. Points that are not finite are left out.
        caption: text under it.
        file_type: the format of a file object that has no name.
    """

    TYPE = OBJECT3D
    FOLDER = "object3D"

    def __init__(self, data_or_path: object, caption: str | None = None, file_type: str | None = None) -> None:
        super().__init__(caption, lambda: _held(data_or_path, file_type))

    @classmethod
    def from_file(cls, data_or_path: object, file_type: str | None = None) -> Self:
        """A file, or a file object with its format."""
        return cls._of(None, lambda: model_of(data_or_path, file_type, FORMATS, WHERE))

    @classmethod
    def from_numpy(cls, data: object) -> Self:
        """Points as an array of N x 3, 4 or 6."""
        return cls._of(None, lambda: _points_file(data))

    @classmethod
    def from_point_cloud(
        cls,
        points: object,
        boxes: Sequence[Mapping[str, object]] = (),
        vectors: Sequence[Mapping[str, object]] | None = None,
        point_cloud_type: str = SCENE,
    ) -> Self:
        """A scene of points, boxes (see `box3d`) and vectors, each a dictionary with ``start`` and ``end``."""
        scene = {"type": point_cloud_type, "points": points, "boxes": boxes, "vectors": vectors or ()}
        return cls._of(None, lambda: _scene_file(scene))


def box3d(  # noqa: PLR0913 # wandb's signature
    *,
    center: Sequence[float],
    size: Sequence[float],
    orientation: Sequence[float],
    color: Sequence[float],
    label: str | None = None,
    score: float | None = None,
) -> dict[str, object]:
    """A box in space, for `Object3D.from_point_cloud`.

    Args:
        center: where its middle is: x, y, z.
        size: its length along its own x, y and z.
        orientation: how it is turned, as a quaternion r, x, y, z of any length but 0.
        color: red, green and blue, all from 0 to 1, or up to 255.
        label: text beside it.
        score: how sure a detector is.

    Raises:
        UsageError: the numbers make no box.
    """
    middle, lengths, (r, i, j, k) = (_vector(part, width) for part, width in ((center, 3), (size, 3), (orientation, 4)))
    norm = sqrt(r * r + i * i + j * j + k * k)
    if not norm:
        raise UsageError("an orientation of nothing but zeros", where="reportgen.box3d")
    r, i, j, k = r / norm, i / norm, j / norm, k / norm
    rotation = (
        (1 - 2 * (j * j + k * k), 2 * (i * j - k * r), 2 * (i * k + j * r)),
        (2 * (i * j + k * r), 1 - 2 * (i * i + k * k), 2 * (j * k - i * r)),
        (2 * (i * k - j * r), 2 * (j * k + i * r), 1 - 2 * (i * i + j * j)),
    )
    corners = []
    for signs in ((x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)):
        arm = [sign * length / 2 for sign, length in zip(signs, lengths, strict=True)]
        turned = (sum(a * b for a, b in zip(row, arm, strict=True)) for row in rotation)
        corners.append([place + way for place, way in zip(middle, turned, strict=True)])
    return {"corners": corners, "color": _color(color), "label": label, "score": score}


def _color(color: Sequence[float]) -> list[float]:
    """The color up to 255: what is never above 1 is a fraction."""
    parts = _vector(color, 3)
    return [part * 255 for part in parts] if max(parts) <= 1 else parts


def _vector(part: Any, width: int) -> list[float]:
    numbers = [float(number) for number in (part.tolist() if is_array(part) else part)]
    if len(numbers) != width or not all(map(isfinite, numbers)):
        raise UsageError(f"{numbers} are not {width} numbers", where="reportgen.box3d")
    return numbers


def _held(source: Any, file_type: str | None) -> Held:
    if isinstance(source, Mapping):
        return _scene_file(source)
    if is_array(source) or isinstance(source, (list, tuple)):
        return _points_file(source)
    return model_of(source, file_type, FORMATS, WHERE)


def _points_file(points: object) -> Held:
    return Held(f".{POINTS}", encode(_points(points)), format=POINTS)


def _scene_file(scene: Mapping[str, Any]) -> Held:
    if scene.get("type") != SCENE:
        raise UsageError(f"a scene of the type {scene.get('type')!r}", where=WHERE, remedy=f"The type is {SCENE!r}.")
    points = scene.get("points")
    plain = {
        "type": SCENE,
        "points": _points(points) if points is not None and len(points) else [],
        "boxes": [_plain(each) for each in _items(scene, "boxes")],
        "vectors": [_plain(each) for each in _items(scene, "vectors")],
    }
    return Held(f".{POINTS}", encode(plain), format=POINTS)


def _items(scene: Mapping[str, Any], name: str) -> Any:
    """A list of dictionaries, which may be an array of objects."""
    items: Any = scene.get(name)
    items = () if items is None else list_of(items) if is_array(items) else items
    for each in items:
        if not isinstance(each, Mapping):
            raise UsageError(f"one of the {name} is a {type(each).__name__}", where=WHERE, remedy="Give dictionaries.")
    return items


def _points(points: Any) -> list[Any]:
    if is_array(points):
        import numpy as np

        array = np.asarray(on_host(points))
        if array.ndim == 2 and array.shape[1] in WIDTHS and array.dtype.kind in "iuf":  # noqa: PLR2004 # points x numbers
            finite = array[np.isfinite(array).all(axis=1)]
            return list(finite.astype("float64").tolist() if finite.dtype == "float16" else finite.tolist())
        shape: tuple[int, ...] | None = array.shape
    else:
        shape, flat = flatten(points)
        if shape and len(shape) == 2 and shape[1] in WIDTHS:  # noqa: PLR2004 # points x numbers
            width = shape[1]
            rows = [[float(number) for number in flat[at : at + width]] for at in range(0, len(flat), width)]
            return [row for row in rows if all(map(isfinite, row))]
    size = " x ".join(map(str, shape or ())) or "these"
    remedy = "Give N x 3 (x, y, z), N x 4 (and a category) or N x 6 (and red, green, blue)."
    raise UsageError(f"{size} are no points", where=WHERE, remedy=remedy)


def _plain(value: Any) -> Any:
    """A box or a vector as JSON."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if is_array(value):
        return _plain(list_of(value))
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, float) and not isfinite(value):
        raise UsageError("a box or vector with a number that is not finite", where=WHERE)
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)
