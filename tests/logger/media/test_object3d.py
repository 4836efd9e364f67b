import io
import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import Object3D, box3d
from reportgen.errors import UsageError
from tests.logger.logs import logged, told

POINTS = [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]


def content_of(run, value):
    found, path = logged(run, value)
    return found, json.loads(path.read_text())


@pytest.mark.parametrize("width", [3, 4, 6])
@pytest.mark.parametrize("turn", [np.array, lambda points: points])
def test_points(begin, width, turn):
    points = [[float(number) for number in range(width)], [0.5] * width]
    for make in (Object3D, Object3D.from_numpy):
        value, content = content_of(begin(), make(turn(points)))
        assert content == points
        assert (value["_type"], value["format"]) == ("object3D-file", "pts.json")
        assert value["path"].endswith(".pts.json")


@pytest.mark.parametrize("turn", [np.array, lambda points: points])
def test_points_that_are_nowhere_are_left_out(begin, turn):
    points = [[math.nan, 0, 0], [1.0, 2.0, 3.0], [0, math.inf, 0]]
    assert content_of(begin(), Object3D(turn(points)))[1] == [[1.0, 2.0, 3.0]]


def test_small_numbers_of_a_tensor(begin):
    assert content_of(begin(), Object3D(np.array(POINTS, dtype="float16")))[1] == POINTS
    torch = pytest.importorskip("torch")
    assert content_of(begin(), Object3D(torch.tensor(POINTS, requires_grad=True)))[1] == POINTS


def test_a_scene(begin):
    box = box3d(
        center=(0, 0, 0),
        size=(2, 4, 6),
        orientation=(1, 0, 0, 0),
        color=(255, 0, 0),
        label="car",
        score=np.float64(0.5),
    )
    vector = {"start": [0, 0, 0], "end": np.array([1, 2, 3])}
    made = Object3D.from_point_cloud(np.array(POINTS), [box], [vector])
    given_ = Object3D(
        {"type": "lidar/beta", "points": POINTS, "boxes": np.array([box]), "vectors": np.array([vector])},
        caption="scene",
    )
    for each in (made, given_):
        _, content = content_of(begin(), each)
        assert (content["type"], content["points"]) == ("lidar/beta", POINTS)
        assert content["vectors"] == [{"start": [0, 0, 0], "end": [1, 2, 3]}]
        assert content["boxes"][0]["corners"][0] == [-1, -2, -3]
        assert content["boxes"][0]["corners"][-1] == [1, 2, 3]
        assert (content["boxes"][0]["label"], content["boxes"][0]["score"]) == ("car", 0.5)
    assert content_of(begin(), Object3D({"type": "lidar/beta"}))[1]["points"] == []


@pytest.mark.parametrize(
    ("quaternion", "corner"),
    [((1, 0, 0, 0), (1, 2, 3)), ((1, 0, 0, 1), (-2, 1, 3)), ((1, 0, 0, -1), (2, -1, 3)), ((2, 2, 0, 0), (1, -3, 2))],
)
def test_a_box_is_turned_by_its_quaternion(quaternion, corner):
    box = box3d(center=(0, 0, 0), size=(2, 4, 6), orientation=quaternion, color=(0, 0, 0))
    assert box["corners"][-1] == pytest.approx(corner)


sides = st.floats(0.1, 100)
parts = st.floats(-10, 10)


@given(st.tuples(parts, parts, parts), st.tuples(sides, sides, sides), st.tuples(parts, parts, parts, parts))
def test_a_box_keeps_its_size_and_middle(center, size, orientation):
    if math.hypot(*orientation) < 1e-3:
        return
    corners = np.array(box3d(center=center, size=np.array(size), orientation=orientation, color=(0, 0, 0))["corners"])
    assert corners.mean(axis=0) == pytest.approx(np.array(center), abs=1e-6)
    assert np.linalg.norm(corners[4] - corners[0]) == pytest.approx(size[0])
    assert np.linalg.norm(corners[2] - corners[0]) == pytest.approx(size[1])
    assert np.linalg.norm(corners[1] - corners[0]) == pytest.approx(size[2])


def test_a_box_of_wrong_numbers_is_refused():
    for wrong in ({"orientation": (0, 0, 0, 0)}, {"size": (1, 2)}, {"center": (0, 0, math.nan)}):
        with pytest.raises(UsageError):
            box3d(**{"center": (0, 0, 0), "size": (1, 1, 1), "orientation": (1, 0, 0, 0), "color": (0, 0, 0), **wrong})


@pytest.mark.parametrize("form", ["obj", "gltf", "glb", "babylon", "stl", "pts.json"])
def test_files_are_kept_byte_for_byte(begin, tmp_path, form):
    path = tmp_path / f"thing.{form}"
    path.write_bytes(b"mesh\0")
    run = begin()
    with path.open("rb") as file:
        sources = [
            Object3D(path),
            Object3D(str(path), caption="c"),
            Object3D.from_file(file),
            Object3D(io.BytesIO(b"mesh\0"), file_type=form),
        ]
        for source in sources:
            value, kept = logged(run, source)
            assert kept.read_bytes() == b"mesh\0"
            assert (value["format"], kept.name.partition(".")[2]) == (form, form)


def test_a_file_object_of_text(begin):
    assert logged(begin(), Object3D.from_file(io.StringIO("v 0 0 0"), file_type="obj"))[1].read_text() == "v 0 0 0"


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros((2, 5)),
        np.zeros(3),
        np.array([["a", "b", "c"]]),
        [[1, 2]],
        [[1, 2, "c"]],
        "missing.obj",
        "mesh.exe",
        io.BytesIO(b"v"),
        {"type": "radar"},
        {"type": "lidar/beta", "boxes": [5]},
        {"type": "lidar/beta", "boxes": [{"corners": [[math.nan]]}]},
        None,
        object(),
    ],
)
def test_what_is_no_object_costs_its_key_and_a_warning(begin, capsys, wrong):
    told(begin, capsys, Object3D(wrong))


@pytest.mark.parametrize(
    ("color", "kept"), [((0, 0.5, 1), [0, 127.5, 255]), ((2, 0, 255), [2, 0, 255]), ((0, 0, 0), [0, 0, 0])]
)
def test_a_color_is_up_to_255(color, kept):
    box = box3d(center=(0, 0, 0), size=(1, 1, 1), orientation=(1, 0, 0, 0), color=color)
    assert box["color"] == kept
