"""What the logger writes, the page draws: charts and media made by the real classes."""

import numpy as np
import pytest

import reportgen
from reportgen.document import Chart, HistogramBars, HtmlFrame, MediaTable, Picture, PlotlyFigure, PointCloud, Sound
from reportgen.logger import session
from reportgen.pages import PageContext
from reportgen.pages.media import gallery_block
from reportgen.site.links import workspace_links
from tests.builders import load

ACTUAL, SCORES = [0, 1, 1, 0], [[0.9, 0.1], [0.2, 0.8], [0.6, 0.4], [0.7, 0.3]]


@pytest.fixture
def logged(tmp_path, monkeypatch):
    """The items of a gallery, by key, of what is logged in a run."""

    def items(**values):
        monkeypatch.chdir(tmp_path)
        with session.init(project="digits", id="a", dir="runs", capture=False, strict=True) as run:
            run.log(values)
        workspace = load(tmp_path)
        (read,) = workspace.projects[0].runs
        made, notes = gallery_block(read, PageContext(workspace_links(workspace), workspace))
        assert (notes, read.problems) == ((), ())
        return {item.key: item for item in made.items}

    yield items
    session.finish()


def test_every_chart_of_plot_is_drawn(logged):
    table = reportgen.Table(["x", "y", "who"], [[1, 2.0, "a"], [2, 3.0, "b"]])
    plot = reportgen.plot
    items = logged(
        line=plot.line(table, "x", "y", stroke="who"),
        scatter=plot.scatter(table, "x", "y"),
        bar=plot.bar(table, "who", "y"),
        histogram=plot.histogram(table, "y"),
        series=plot.line_series([0, 1], [[1, 2], [3, 4]]),
        roc=plot.roc_curve(ACTUAL, SCORES, labels=["cat", "dog"]),
        pr=plot.pr_curve(ACTUAL, SCORES, labels=["cat", "dog"]),
        confusion=plot.confusion_matrix(SCORES, ACTUAL, class_names=["cat", "dog"]),
    )
    assert {type(item.content) for item in items.values()} == {Chart}
    assert all(item.notes == () and item.file is not None for item in items.values())
    roc = "True positive rate over False positive rate; area under the curve: cat 1.000, dog 1.000."
    assert items["roc"].content.summary == roc
    assert items["confusion"].content.summary.startswith("4 predictions of 2 classes: 75.0")


def test_media_classes_are_shown(logged):
    image = reportgen.Image(np.zeros((4, 6, 3), dtype="uint8"), caption="black")
    items = logged(
        image=image,
        weights=reportgen.Histogram([1, 2, 3], num_bins=2),
        table=reportgen.Table(["image"], [[image]]),
    )
    assert (items["image"].content.width, items["image"].content.height, items["image"].caption) == (6, 4, "black")
    assert isinstance(items["weights"].content, HistogramBars)
    assert isinstance(items["table"].content, MediaTable)
    assert isinstance(items["table"].content.rows[0][0], Picture)


def test_overlays_and_other_media_are_shown(logged):
    box = {"position": {"minX": 1, "maxX": 4, "minY": 0, "maxY": 2}, "domain": "pixel", "class_id": 1}
    image = reportgen.Image(
        np.zeros((4, 6), dtype="uint8"),
        boxes={"found": {"box_data": [box], "class_labels": {1: "car"}}},
        masks={"truth": {"mask_data": np.ones((4, 6), dtype="uint8"), "class_labels": {1: "road"}}},
    )
    corners = [[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)]
    table = reportgen.Table(["a"], [[1]], log_mode="INCREMENTAL")
    items = logged(
        image=image,
        tone=reportgen.Audio(np.zeros(80), sample_rate=8000),
        page=reportgen.Html("<b>x</b>"),
        figure=reportgen.Plotly({"data": [{"type": "bar", "y": [1]}], "layout": {}}),
        scene=reportgen.Object3D.from_point_cloud(
            [[0, 0, 0]], [{"corners": corners, "label": "b", "color": [1, 2, 3]}]
        ),
        table=table,
    )
    mask, boxes = items["image"].content.overlays
    assert (mask.name, mask.classes, bool(mask.uri)) == ("truth", ((1, "road"),), True)
    assert (boxes.boxes[0].x, boxes.boxes[0].width, boxes.boxes[0].label) == (0.166667, 0.5, "car")
    kinds = {"tone": Sound, "page": HtmlFrame, "figure": PlotlyFigure, "scene": PointCloud, "table": MediaTable}
    assert {key: type(items[key].content) for key in kinds} == kinds
    assert items["table"].content.rows == ((1,),)
