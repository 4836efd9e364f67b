"""The gallery: checked before it reaches the page."""

import pytest

from reportgen import schema
from reportgen.pages import media
from reportgen.pages.media import gallery_block
from tests.builders import run


def gallery(context_of, described, **more):
    context = context_of(described, **more)
    (logged,) = context.workspace.projects[0].runs
    return gallery_block(logged, context)


def test_media_come_by_key_and_step(context_of):
    described = run("a").image("val/wrong", step=2, caption="<b>4</b>").image("val/wrong", step=1).image("a", step=5)
    made, notes = gallery(context_of, described)
    assert [(item.key, item.step) for item in made.items] == [("a", 5), ("val/wrong", 1), ("val/wrong", 2)]
    assert made.items[2].caption == "<b>4</b>"
    assert made.items[2].uri == "runs/a/files/media/val_wrong-2.png"
    assert (made.items[2].width, made.items[2].height, made.items[2].kind) == (2, 2, schema.IMAGE)
    assert notes == ()


def test_histograms_and_tables_carry_their_payload(context_of):
    described = (
        run("a").histogram("weights", [0.0, 0.5, 1.0], [3, 4]).table("preds", ["x", "y"], [[1, "<i>"], [None, [2]]])
    )
    made, _notes = gallery(context_of, described)
    table, histogram = made.items
    assert histogram.payload == {"bins": [0.0, 0.5, 1.0], "values": [3.0, 4.0]}
    assert table.payload == {"columns": ["x", "y"], "data": [[1, "<i>"], [None, "[2]"]]}


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
        {"_type": "<script>"},
        {"_type": ["x"]},
    ],
)
def test_what_cannot_be_shown_is_named_and_left_out(context_of, value):
    made, notes = gallery(context_of, run("a").value("thing", value))
    assert made.items == ()
    assert all(note.startswith("thing: 1 of kind ") for note in notes)


def test_a_table_that_leads_out_of_the_run_is_not_read(context_of, tmp_path):
    (tmp_path / "secret.json").write_text('{"columns": ["a"], "data": [[1]]}')
    described = run("a").value("t", {"_type": "table-file", "path": "files/media/link.json"})
    described.write(tmp_path)
    link = tmp_path / "runs/digits/a/files/media/link.json"
    link.parent.mkdir(parents=True)
    link.symlink_to(tmp_path / "secret.json")
    made, _notes = gallery(context_of, described)
    assert made.items == ()


def test_an_image_that_is_not_published_is_left_out(context_of):
    made, _notes = gallery(context_of, run("a").image("x"), published=lambda _run, _path: False)
    assert made.items == ()


def test_too_many_images_are_thinned_evenly_and_said(context_of, monkeypatch):
    monkeypatch.setattr(media, "ITEMS_PER_KEY", 3)
    described = run("a")
    for step in range(7):
        described.image("x", step=step)
    made, notes = gallery(context_of, described)
    assert [item.step for item in made.items] == [0, 3, 6]
    assert notes == ("x: 3 of 7 are shown, evenly spread over the steps.",)
