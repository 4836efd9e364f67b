"""Boxes and masks over pictures, whatever a run log says of them."""

import pytest

from reportgen.document import Box
from reportgen.pages.media import picture
from tests.builders import png, run
from tests.pages.media.galleries import made_gallery

BOX = {"minX": 0.25, "maxX": 0.5, "minY": 0.0, "maxY": 1.0}


def shown(context_of, **fields):
    path = "files/media/image/a.png"
    value = {"_type": "image-file", "path": path, "width": 200, "height": 100, **fields}
    described = run("a").file(path, png()).file("files/media/mask/m.png", png()).value("x", value)
    (item,) = made_gallery(context_of, described)[0].items
    return item


def boxes(context_of, *data, **more):
    item = shown(context_of, boxes={"found": {"box_data": list(data), **more}})
    return item, [box for overlay in item.content.overlays for box in overlay.boxes]


def test_boxes_are_fractions_with_the_words_that_belong_to_them(context_of):
    pixels = {"minX": 20, "maxX": 60, "minY": 10, "maxY": 30}
    item, found = boxes(
        context_of,
        {"position": pixels, "domain": "pixel", "class_id": 1, "box_caption": "a <car>", "scores": {"acc": 0.91234}},
        {"position": BOX, "class_id": 2},
        class_labels={"1": "car"},
    )
    assert found == [
        Box(0.1, 0.1, 0.2, 0.2, 1, "car", "a <car>, acc 0.912", (("acc", 0.91234),)),
        Box(0.25, 0.0, 0.25, 1.0, 2, "class 2", "class 2"),
    ]
    assert item.content.overlays[0].classes == ((1, "car"), (2, "class 2"))


def test_boxes_stay_within_the_picture(context_of):
    _, found = boxes(context_of, {"position": {"minX": -3, "maxX": 9, "minY": 2, "maxY": 1}})
    assert (found[0].x, found[0].width, found[0].y, found[0].height) == (0, 1, 1, 0)


@pytest.mark.parametrize(
    "box",
    [
        None,
        {},
        {"position": 7},
        {"position": {"minX": 1}},
        {"position": {**BOX, "maxX": "NaN"}},
        {"position": {**BOX, "maxX": 10**400}},
        {"position": {**BOX, "maxX": True}},
    ],
)
def test_a_box_without_a_place_is_counted(context_of, box):
    item, found = boxes(context_of, box, {"position": BOX})
    assert len(found) == 1
    assert item.notes == ("1 boxes of found are not shown.",)


def test_more_boxes_than_can_be_seen_are_cut(context_of, monkeypatch):
    monkeypatch.setattr(picture, "MOST_BOXES", 2)
    item, found = boxes(context_of, *({"position": BOX} for _ in range(5)))
    assert (len(found), item.notes) == (2, ("3 boxes of found are not shown.",))


def test_pixels_of_a_picture_of_unknown_size_have_no_place(context_of):
    data = {"box_data": [{"position": BOX, "domain": "pixel"}]}
    assert shown(context_of, width="x", boxes={"found": data}).content.overlays == ()


def test_a_mask_is_a_file_of_the_run_and_lies_below_the_boxes(context_of):
    item = shown(
        context_of,
        class_labels={"1": "road", "x": "no number", "-1": "no class"},
        masks={"truth": {"path": "files/media/mask/m.png", "class_labels": {"2": "car"}}},
        boxes={"found": {"box_data": [{"position": BOX}]}},
    )
    mask, found = item.content.overlays
    assert (mask.name, mask.uri) == ("truth", "runs/a/files/media/mask/m.png")
    assert mask.classes == ((1, "road"), (2, "car"))
    assert found.name == "found"


@pytest.mark.parametrize("path", ["../../../etc/passwd", "/etc/passwd", "run.jsonl", "files/missing.png", 7, None])
def test_a_mask_that_is_not_there_is_named(context_of, path):
    item = shown(context_of, masks={"truth": {"path": path}})
    assert item.content.overlays == ()
    assert item.notes == ("The mask truth is missing.",)


@pytest.mark.parametrize("value", [None, 7, [], "x", {"a": None}, {"a": {"box_data": 7}}, {"a": {"box_data": {}}}])
def test_overlays_of_another_shape_are_none(context_of, value):
    assert shown(context_of, boxes=value).content.overlays == ()


def test_a_gif_may_move(context_of):
    described = run("a").file("files/x.gif", b"GIF89a").value("x", {"_type": "image-file", "path": "files/x.gif"})
    (item,) = made_gallery(context_of, described)[0].items
    assert item.content.moves
