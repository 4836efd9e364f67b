"""What a gallery's page has, and what is data."""

import numpy as np

from reportgen.document import (
    Box,
    DataRef,
    Film,
    Gallery,
    GalleryItem,
    HistogramBars,
    MediaTable,
    Overlay,
    Picture,
    Sound,
)
from reportgen.site.gallery_data import READ_FIGURES, READ_ROWS, GalleryData


def shelves(*items, root=""):
    written = {}

    def write(dataset):
        assert dataset.key not in written
        written[dataset.key] = dataset.payload
        return DataRef(dataset.key, f"data/{dataset.key}.js")

    return GalleryData(Gallery("g", items, "p/r/a"), root, write).shelves(), written


def picture(step, key="x", **more):
    return GalleryItem(key, step, "image-file", Picture(f"demo/runs/a/files/{step} .png", f"step {step}", **more))


def test_pictures_are_data_and_the_page_has_the_last_of_them():
    (shelf,), written = shelves(*(picture(step) for step in range(100)), *(picture(99) for _ in range(40)), root="demo")
    assert (shelf.kind, len(shelf.items), {item.step for item in shelf.items}) == ("pictures", READ_FIGURES, {99})
    assert shelf.steps.tolist() == list(range(100))
    assert len(written["p/r/a/shelf-0"]["items"]) == 140
    assert written["p/r/a/shelf-0"]["items"][3] == {"step": 3, "picture": "runs/a/files/3%20.png", "label": "step 3"}


def test_what_lies_over_a_picture_comes_along():
    box = Box(0.1, 0.2, 0.3, 0.4, 5, "car", "a car, acc 0.9", (("acc", 0.9),))
    layers = (Overlay("boxes", ((5, "car"),), (box,)), Overlay("mask", ((1, "road"),), uri="runs/a/m.png"))
    _, written = shelves(picture(0, width=8, height=9, overlays=layers))
    (item,) = written["p/r/a/shelf-0"]["items"]
    assert (item["width"], item["height"]) == (8, 9)
    assert item["overlays"] == [
        {"name": "boxes", "classes": ((5, "car"),), "boxes": [[0.1, 0.2, 0.3, 0.4, 5, "a car, acc 0.9", {"acc": 0.9}]]},
        {"name": "mask", "classes": ((1, "road"),), "mask": "runs/a/m.png"},
    ]


def test_histograms_are_columns():
    (shelf,), written = shelves(GalleryItem("h", 2, "histogram", HistogramBars((0.0, 1.0, 3.0), (4.0, 5.0))))
    assert shelf.kind == "histograms"
    (item,) = written["p/r/a/shelf-0"]["items"]
    assert isinstance(item["bins"], np.ndarray)
    assert (item["bins"].tolist(), item["values"].tolist()) == ([0, 1, 3], [4, 5])


def test_a_table_that_grew_is_written_once():
    rows = tuple((number, f"row {number}") for number in range(200))
    items = [GalleryItem("t", step, "table-file", MediaTable(("n", "text"), rows[: 100 * step])) for step in (1, 2)]
    other = GalleryItem("t", 0, "table-file", MediaTable(("n", "text"), ((7, "else"),)))
    (shelf,), written = shelves(other, *items)
    assert shelf.source is None
    changed, first, second = (item.content for item in shelf.items)
    assert (first.source, first.count, second.count) == (second.source, 100, 200)
    assert changed.source != first.source
    assert first.rows == rows[:READ_ROWS]
    assert len(written) == 2
    assert written["p/r/a/table-0-2"]["rows"][150] == [150, "row 150"]


def test_cells_are_plain_values_or_media():
    cells = (None, 1, 0.5, True, "text", Picture("a.png", "a"), Sound("s.wav", "s", (0.5,)), Film("f.mp4", "f"))
    _, written = shelves(GalleryItem("t", 0, "table-file", MediaTable(tuple("abcdefgh"), (cells,))))
    assert written["p/r/a/table-0-0"]["rows"][0] == [
        *(None, 1, 0.5, True, "text"),
        {"picture": "a.png", "label": "a"},
        {"sound": "s.wav", "label": "s", "peaks": (0.5,)},
        {"film": "f.mp4", "label": "f"},
    ]
