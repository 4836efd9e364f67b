"""The gallery: checked before it reaches the page."""

import pytest

from reportgen import schema
from reportgen.document import (
    Attachment,
    BokehFigure,
    Chart,
    Film,
    HistogramBars,
    HtmlFrame,
    MediaTable,
    Mesh,
    Molecule,
    Picture,
    PlotlyFigure,
    PointCloud,
    Sound,
)
from reportgen.pages.media import gallery
from tests.builders import run
from tests.media_project import media_run, space_run, write_specs
from tests.pages.media.galleries import made_gallery


def test_media_come_by_key_and_step(context_of):
    described = run("a").image("val/wrong", step=2, caption="<b>4</b>").image("val/wrong", step=1).image("a", step=5)
    made, notes = made_gallery(context_of, described)
    assert [(item.key, item.step) for item in made.items] == [("a", 5), ("val/wrong", 1), ("val/wrong", 2)]
    assert made.items[2].caption == "<b>4</b>"
    picture = made.items[2].content
    assert picture.uri == "runs/a/files/media/val_wrong-2.png"
    assert (picture.width, picture.height, picture.alt, made.items[2].kind) == (2, 2, "<b>4</b>", schema.IMAGE)
    assert notes == ()


def test_histograms_and_tables_carry_their_payload(context_of):
    described = (
        run("a").histogram("weights", [0.0, 0.5, 1.0], [3, 4]).table("preds", ["x", "y"], [[1, "<i>"], [None, [2]]])
    )
    made, _notes = made_gallery(context_of, described)
    table, histogram = made.items
    assert histogram.content == HistogramBars((0.0, 0.5, 1.0), (3.0, 4.0))
    assert table.content == MediaTable(("x", "y"), ((1, "<i>"), (None, "[2]")))


@pytest.mark.parametrize(
    "value",
    [
        {"_type": "image-file", "path": "../../../etc/passwd"},
        {"_type": "image-file", "path": "/etc/passwd"},
        {"_type": "image-file", "path": "run.jsonl"},
        {"_type": "image-file"},
        {"_type": "histogram", "bins": [1], "values": [1]},
        {"_type": "histogram", "bins": "x", "values": None},
        {"_type": "histogram", "bins": [0, "NaN"], "values": [1]},
        {"_type": "table-file", "path": "files/missing.json"},
        {"_type": "table-file", "columns": 5, "data": []},
        {"_type": "plotly-file", "path": "files/x.json"},
        {"_type": "molecule-file", "path": "../../../etc/passwd"},
        {"_type": "html-file", "path": "/etc/passwd"},
        {"_type": "chart", "spec": "line/v0", "table": {"path": "../../../etc/passwd"}},
        {"_type": "chart", "spec": ["line/v0"], "table": "x", "fields": 7},
        {"_type": "chart"},
        {"_type": "<script>"},
        {"_type": ["x"]},
    ],
)
def test_what_cannot_be_shown_is_named_and_left_out(context_of, value):
    made, notes = made_gallery(context_of, run("a").value("thing", value))
    assert made.items == ()
    assert all(note.startswith("thing: 1 of kind ") for note in notes)


def test_a_table_that_leads_out_of_the_run_is_not_read(context_of, tmp_path):
    (tmp_path / "secret.json").write_text('{"columns": ["a"], "data": [[1]]}')
    described = run("a").value("t", {"_type": "table-file", "path": "files/media/link.json"})
    described.write(tmp_path)
    link = tmp_path / "runs/digits/a/files/media/link.json"
    link.parent.mkdir(parents=True)
    link.symlink_to(tmp_path / "secret.json")
    made, _notes = made_gallery(context_of, described)
    assert made.items == ()


def test_an_image_that_is_not_published_is_left_out(context_of):
    made, _notes = made_gallery(context_of, run("a").image("x"), published=lambda _run, _path: False)
    assert made.items == ()


def test_too_many_images_are_thinned_evenly_and_said(context_of, monkeypatch):
    monkeypatch.setattr(gallery, "MANY", {schema.IMAGE: 3})
    described = run("a")
    for step in range(7):
        described.image("x", step=step)
    made, notes = made_gallery(context_of, described)
    assert [item.step for item in made.items] == [0, 3, 6]
    assert notes == ("x: 3 of 7 are shown, evenly spread over the steps.",)


EXPECTED = {
    "audio/tone": Sound,
    "charts/bar": Chart,
    "charts/confusion": Chart,
    "charts/histogram": Chart,
    "charts/line": Chart,
    "charts/own": Chart,
    "charts/roc": Chart,
    "charts/scatter": Chart,
    "charts/unknown": MediaTable,
    "chem/broken": Attachment,
    "net/layer": HistogramBars,
    "plots/plotly": PlotlyFigure,
    "space/scene": PointCloud,
    "text/attention": HtmlFrame,
    "val/batch": Picture,
    "val/errors": MediaTable,
    "val/grown": MediaTable,
    "val/sparse": Picture,
    "val/street": Picture,
    "video/drive": Picture,
    "video/film": Film,
    "weights": HistogramBars,
}

IN_SPACE = {
    "chem/ethene": Molecule,
    "chem/water": Molecule,
    "plots/bokeh": BokehFigure,
    "space/babylon": Attachment,
    "space/glb": Mesh,
    "space/gltf": Mesh,
    "space/obj": Mesh,
    "space/stl": Mesh,
}


def test_what_is_in_space_has_its_way_of_being_shown(context_of):
    made, notes = made_gallery(context_of, space_run(), draws_bokeh=True)
    assert notes == ()
    assert {item.key: type(item.content) for item in made.items} == IN_SPACE
    assert [item.facts for item in made.items if item.key == "chem/water"] == [("pdb", "3 atoms")]


def test_every_medium_has_its_way_of_being_shown(context_of, tmp_path):
    write_specs(tmp_path)
    made, notes = made_gallery(context_of, media_run())
    assert notes == ()
    assert {item.key: type(item.content) for item in made.items} == EXPECTED
    assert len([item for item in made.items if item.key == "val/batch" and item.step == 0]) == 4


def test_what_is_not_drawn_can_be_fetched(context_of):
    made, _ = made_gallery(context_of, media_run())
    by_key = {item.key: item for item in made.items}
    assert by_key["chem/broken"].file.uri == "runs/media/files/media/molecule/broken.pdb"
    assert (by_key["chem/broken"].file.size, by_key["chem/broken"].facts) == (11, ("pdb",))
    assert by_key["audio/tone"].facts == ("500 ms", "8 kHz")
    assert by_key["video/film"].content.width == 320


def test_a_file_that_is_not_published_is_neither_shown_nor_linked(context_of):
    made, _ = made_gallery(context_of, media_run(), published=lambda _run, _path: False)
    assert {type(item.content) for item in made.items} <= {HistogramBars, MediaTable, PlotlyFigure, PointCloud}
    assert all(item.file is None for item in made.items)
    assert "runs/media/files" not in repr(made)
