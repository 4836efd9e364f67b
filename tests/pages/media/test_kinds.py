"""Tables with media, charts, figures and points: checked, cut and said."""

import json

import pytest

from reportgen.document import Attachment, Chart, HistogramBars, MediaTable, Picture, Sound
from reportgen.pages.media import chart as charts
from reportgen.pages.media import logged_medium, space, table
from tests.builders import png, run
from tests.media_project import MediaRun
from tests.pages.media.galleries import made_gallery


def logged(context_of, kind, name, content, **fields):
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    path = f"files/media/{name}"
    described = run("a").file(path, data).value("x", {"_type": kind, "path": path, **fields})
    (item,) = made_gallery(context_of, described)[0].items
    return item


def chart(context_of, spec="line/v0", rows=((0, 1), (1, 2)), **more):
    described = run("a")
    MediaRun(described).chart(
        "x", 0, spec, {"x": "a", "y": "b"}, columns=["a", "b"], rows=[list(r) for r in rows], **more
    )
    (item,) = made_gallery(context_of, described)[0].items
    return item


def test_cells_may_be_media_of_the_run_and_no_others(context_of):
    cells = [
        {"_type": "image-file", "path": "files/media/i.png", "width": 2, "height": 2},
        {"_type": "image-file", "path": "../../secret.png"},
        {"_type": "audio-file", "path": "files/media/s.wav", "caption": "beep"},
        {"_type": "histogram", "bins": [0, 1], "values": [3]},
        {"_type": "html-file", "path": "files/media/x.html"},
        {"no": "type"},
        {"_type": ["x"]},
    ]
    described = run("a").file("files/media/i.png", png()).file("files/media/s.wav", b"RIFF")
    described.file("files/media/x.html", b"<script>alert(1)</script>").table("x", ["c"], [[cell] for cell in cells])
    (item,) = made_gallery(context_of, described)[0].items
    assert [row[0] for row in item.content.rows] == [
        Picture("runs/a/files/media/i.png", "c in row 1", 2, 2),
        Attachment("image-file"),
        Sound("runs/a/files/media/s.wav", "beep"),
        HistogramBars((0.0, 1.0), (3.0,)),
        Attachment("html-file"),
        '{"no": "type"}',
        '{"_type": ["x"]}',
    ]


def test_a_large_table_is_cut_and_that_is_said(context_of, monkeypatch):
    monkeypatch.setattr(table, "MOST_ROWS", 2)
    (item,) = made_gallery(context_of, run("a").table("x", ["a", "b"], [[n, n] for n in range(3)]))[0].items
    assert item.content.rows == ((0, 0), (1, 1))
    assert item.notes == ("The first 2 rows and 2 columns of 3 rows and 2 columns are shown.",)
    assert item.file.uri == "runs/a/files/media/x-0.table.json"


def grown(context_of, parts):
    described = run("a")
    for number in range(2):
        content = json.dumps({"columns": ["a"], "data": [[2 * number], [2 * number + 1]]}).encode()
        described.file(f"files/media/{number}.json", content)
    described.value("x", {"_type": "table-file", "path": "files/media/1.json", "nrows": 4, "parts": parts})
    (item,) = made_gallery(context_of, described)[0].items
    return item.content


def test_a_table_that_grew_is_put_together(context_of):
    shown = grown(context_of, ["files/media/0.json", "files/media/1.json"])
    assert shown == MediaTable(("a",), ((0,), (1,), (2,), (3,)))


@pytest.mark.parametrize("path", ["files/media/missing.json", "../../x.json", 7, None])
def test_a_table_that_grew_and_lost_a_part_is_offered(context_of, path):
    assert grown(context_of, [path, "files/media/1.json"]) == Attachment("A table")


def test_a_file_of_json_that_is_far_too_large_is_offered(context_of, monkeypatch):
    monkeypatch.setattr(logged_medium, "READ_BYTES", 20)
    (item,) = made_gallery(context_of, run("a").table("x", ["a", "b"], [[n, n] for n in range(30)]))[0].items
    assert item.content == Attachment("A table")


def test_a_chart_comes_with_its_data_and_notes(context_of, monkeypatch):
    item = chart(context_of, split_table=True, strings={"title": "T"})
    assert isinstance(item.content, Chart)
    assert (item.content.title, item.content.id) == ("T", "medium-0")
    assert item.table == MediaTable(("a", "b"), ((0, 1), (1, 2)))
    assert item.file.name == "x-0.table.json"
    monkeypatch.setattr(charts, "MOST_ROWS", 3)
    assert chart(context_of, rows=[(n, n) for n in range(9)]).notes == ("3 of 9 rows are drawn, evenly spaced.",)


def test_a_chart_says_how_many_rows_the_logger_left_out(context_of):
    item = chart(context_of, logged_rows=5000)
    assert item.notes == ("2 of 5,000 rows are drawn, evenly spaced.",)


@pytest.mark.parametrize(
    ("spec", "note"),
    [
        (
            "lab/own",
            "No specification is called 'lab/own'. Put a Vega-Lite or Vega specification into specs/lab/own.json.",
        ),
        ("../../x", "No specification is called '../../x'."),
        ("histogram/v0", "The chart histogram/v0 needs a column for 'value'. Name it in `fields`."),
    ],
)
def test_a_chart_that_cannot_be_drawn_is_a_table_with_the_reason(context_of, spec, note):
    item = chart(context_of, spec)
    assert item.content == MediaTable(("a", "b"), ((0, 1), (1, 2)))
    assert item.notes[0].startswith(note)


def test_a_figure_keeps_what_plotly_draws(context_of):
    figure = {"data": [{"type": "bar", "y": [1]}, "x"], "layout": 7, "frames": [{}], "config": {"a": 1}}
    item = logged(context_of, "plotly-file", "f.json", figure)
    assert item.content.data.payload == {"data": [{"type": "bar", "y": [1]}], "layout": {}}
    assert item.notes == ("Its animation is not shown.",)


def test_a_figure_loads_nothing_from_elsewhere(context_of):
    images = [{"source": "https://example.org/x.png"}, {"source": "data:image/png;base64,x"}]
    traces = [{"type": "choroplethmap", "geojson": "https://example.org"}, {"type": "scatter", "y": [1]}]
    item = logged(context_of, "plotly-file", "f.json", {"data": traces, "layout": {"images": images}})
    assert item.content.data.payload == {
        "data": [{"type": "scatter", "y": [1]}],
        "layout": {"images": [{"source": "data:image/png;base64,x"}]},
    }
    assert item.notes == ("Maps and pictures from elsewhere are left out, as a site loads nothing from a network.",)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"data": {}}', b"[" * 100_000])
def test_what_is_no_figure_is_offered(context_of, content):
    assert logged(context_of, "plotly-file", "f.json", content).content == Attachment("A Plotly figure")


def test_points_are_checked_and_thinned(context_of, monkeypatch):
    monkeypatch.setattr(space, "MOST_POINTS", 3)
    points = [[n, 0, 0] for n in range(5)] + [[1, "x", 0], [1], None, [1, 2, 3, 4, 5]]
    item = logged(context_of, "object3D-file", "p.pts.json", points, format="pts.json")
    assert item.content.data.payload["points"] == [[0, 0, 0], [2, 0, 0], [1, 2, 3]]
    assert item.notes == ("3 of 6 points are drawn, evenly spread over the file.",)
    assert item.facts == ("6 points",)


def test_boxes_and_vectors_of_a_scene_are_checked(context_of):
    corners = [[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)]
    scene = {
        "boxes": [{"corners": corners, "label": "<b>", "color": [1, 2, "x"]}, {"corners": corners[:7]}, 7],
        "vectors": [{"start": [0, 0, 0], "end": [1, 1, 1]}, {"start": [0]}],
    }
    item = logged(context_of, "object3D-file", "p.pts.json", scene)
    assert item.content.data.payload == {
        "points": [],
        "boxes": [{"corners": corners, "color": [], "label": "<b>"}],
        "vectors": [{"start": [0, 0, 0], "end": [1, 1, 1], "color": []}],
    }
    assert item.facts == ("1 box", "1 vector")


@pytest.mark.parametrize("content", [[], {}, {"points": 7}, 3, [["x"]]])
def test_a_scene_with_nothing_in_it_is_offered(context_of, content):
    assert logged(context_of, "object3D-file", "p.pts.json", content).content == Attachment("An object in space")
