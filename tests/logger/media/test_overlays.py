from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow

from reportgen import Classes, Image
from tests.logger.logs import logged, rows

PIXELS = np.zeros((4, 6), dtype="uint8")
SIDES = {"minX": 0.1, "maxX": 0.5, "minY": 0.2, "maxY": 0.4}


def boxes(box, **more):
    return {"guess": {"box_data": [box], **more}}


def test_boxes_stand_in_the_row(begin):
    box = {
        "position": SIDES,
        "class_id": np.int64(1),
        "box_caption": "a car",
        "scores": {"acc": np.float32(0.5), "n": 3},
    }
    value, _ = logged(begin(), Image(PIXELS, boxes=boxes(box, class_labels={1: "car"})))
    expected = {**box, "domain": "fraction", "class_id": 1, "scores": {"acc": 0.5, "n": 3}}
    assert value["boxes"] == {"guess": {"box_data": [expected], "class_labels": {"1": "car"}}}


def test_middle_and_size_become_sides(begin):
    position = {"middle": [np.float64(3), 2], "width": 2, "height": np.array(4)}
    value, _ = logged(begin(), Image(PIXELS, boxes=boxes({"position": position, "domain": "pixel"})))
    (box,) = value["boxes"]["guess"]["box_data"]
    assert box == {"position": {"minX": 2, "maxX": 4, "minY": 0, "maxY": 4}, "domain": "pixel"}


@pytest.mark.parametrize("wrap", [lambda classes: classes, Classes, dict], ids=["list", "Classes", "mapping"])
def test_names_of_classes(begin, wrap):
    classes = [{"id": 0, "name": "road"}, {"id": np.int64(1), "name": "car"}]
    given = {each["id"]: each["name"] for each in classes} if wrap is dict else wrap(classes)
    sets = {"guess": {"box_data": [{"position": SIDES, "class_id": 1}, {"position": SIDES, "class_id": 7}]}}
    value, _ = logged(begin(), Image(PIXELS, classes=given, boxes=sets))
    assert value["class_labels"] == {"0": "road", "1": "car"}
    assert value["boxes"]["guess"]["class_labels"] == {"1": "car", "7": "class_7"}


@pytest.mark.parametrize(
    "data",
    [
        np.array([[0, 1, 7], [255, 0, 1]]),
        np.array([[0, 1, 7], [255, 0, 1]], dtype="uint8"),
        np.array([[0, 1, 7], [255, 0, 1]])[:, :, None],
        np.array([[0.0, 1.0, 7.0], [255.0, 0.0, 1.0]]),
        [[0, 1, 7], [255, 0, 1]],
    ],
)
def test_masks_are_grey_files_of_class_numbers(begin, data):
    run = begin()
    value, _ = logged(run, Image(PIXELS, masks={"truth": {"mask_data": data}}))
    mask = value["masks"]["truth"]
    assert mask["class_labels"] == {"0": "class_0", "1": "class_1", "7": "class_7", "255": "class_255"}
    with Pillow.open(f"{run.folder}/{mask['path']}") as picture:
        assert picture.mode == "L"
        assert np.asarray(picture).tolist() == [[0, 1, 7], [255, 0, 1]]
    assert mask["path"].startswith("files/media/mask/")
    assert {"sha256", "size"} <= mask.keys()


@pytest.mark.parametrize("mode", ["L", "P", "1"])
def test_masks_from_files(begin, tmp_path, mode):
    picture = Pillow.fromarray(np.array([[0, 1], [1, 0]], dtype="uint8") * (255 if mode == "1" else 1))
    if mode == "P":
        picture.putpalette([250, 0, 0, 0, 250, 0])  # as data sets have it: the number of a colour is the class
    picture = picture.convert("1") if mode == "1" else picture
    picture.save(tmp_path / "mask.png")
    run = begin()
    value, _ = logged(run, Image(PIXELS, masks={"truth": {"path": tmp_path / "mask.png", "class_labels": {0: "road"}}}))
    mask = value["masks"]["truth"]
    assert mask["class_labels"] == {"0": "road"}
    with Pillow.open(f"{run.folder}/{mask['path']}") as read:
        assert read.mode == "L"
        assert np.asarray(read).tolist() == ([[0, 255], [255, 0]] if mode == "1" else [[0, 1], [1, 0]])
    if mode == "L":
        assert Path(run.folder, mask["path"]).read_bytes() == (tmp_path / "mask.png").read_bytes()


def test_names_of_a_mask_that_was_not_read_are_the_known_ones(begin, tmp_path):
    Pillow.new("L", (2, 2)).save(tmp_path / "mask.png")
    image = Image(PIXELS, classes={0: "road"}, masks={"truth": {"path": str(tmp_path / "mask.png")}})
    assert logged(begin(), image)[0]["masks"]["truth"]["class_labels"] == {"0": "road"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"boxes": [1]},
        {"boxes": {"guess": 5}},
        {"boxes": {"guess": {}}},
        {"boxes": boxes({"position": {"minX": 1}})},
        {"boxes": boxes({})},
        {"boxes": boxes("box")},
        {"boxes": boxes({"position": {**SIDES, "minX": float("nan")}})},
        {"boxes": boxes({"position": {"middle": [1], "width": 1, "height": 1}})},
        {"boxes": boxes({"position": SIDES, "class_id": "car"})},
        {"boxes": boxes({"position": SIDES, "scores": {"acc": "good"}})},
        {"boxes": boxes({"position": SIDES}, class_labels=5)},
        {"masks": {"truth": 5}},
        {"masks": {"truth": {"mask_data": np.zeros(3)}}},
        {"masks": {"truth": {"mask_data": np.full((2, 2), 256)}}},
        {"masks": {"truth": {"mask_data": np.full((2, 2), -1)}}},
        {"masks": {"truth": {"mask_data": np.full((2, 2), 0.5)}}},
        {"masks": {"truth": {"mask_data": np.full((2, 2), np.nan)}}},
        {"masks": {"truth": {"mask_data": [[0, 300]]}}},
        {"masks": {"truth": {"mask_data": [[0], [1, 2]]}}},
        {"masks": {"truth": {"mask_data": np.zeros((0, 2))}}},
        {"masks": {"truth": {"path": "missing.png"}}},
        {"masks": {"truth": {"path": 5}}},
        {"classes": [{"name": "no id"}]},
        {"classes": 5},
    ],
)
def test_a_wrong_set_is_told_and_the_picture_kept(begin, capsys, wrong):
    run = begin()
    run.log({"image": Image(PIXELS, **wrong), "good": 1})
    (row,) = rows(run.folder)
    assert row["image"]["_type"] == "image-file"
    assert not {"boxes", "masks", "class_labels"} & row["image"].keys()
    assert "something about a medium is wrong" in capsys.readouterr().err


def test_of_several_sets_the_right_ones_are_kept(begin, capsys):
    sets = {"bad": {"box_data": 1}, "good": {"box_data": [{"position": SIDES}]}}
    value, _ = logged(begin(), Image(PIXELS, boxes=sets))
    assert list(value["boxes"]) == ["good"]
    assert "'bad'" in capsys.readouterr().err


def test_a_strict_run_raises(begin):
    run = begin(strict=True)
    with pytest.raises(Exception, match="no position"):
        run.log({"image": Image(PIXELS, boxes=boxes({"position": {}}))})
