import datetime as dt
import io
import json
import sys

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

mpl.use("Agg")

import matplotlib.pyplot as plt

from reportgen import Bokeh, Plotly
from reportgen.errors import UsageError
from reportgen.logger.media.plotly import plain, unpacked
from tests.logger.logs import logged, told

FIGURE = {"data": [{"type": "scatter", "y": [1, 2]}], "layout": {"title": {"text": "é"}}}


def content_of(run, value):
    found, path = logged(run, value)
    return found, json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "wrap", [lambda figure: figure, lambda figure: Plotly(figure, caption="c")], ids=["bare", "Plotly"]
)
def test_figures_of_plotly_with_plain_lists(begin, wrap):
    go = pytest.importorskip("plotly.graph_objects")
    figure = go.Figure(
        [go.Heatmap(z=np.arange(6.0).reshape(2, 3)), go.Scatter(x=np.arange(3), y=[0.5, np.nan, np.inf])]
    )
    value, content = content_of(begin(), wrap(figure))
    heatmap, scatter = content["data"]
    assert (heatmap["type"], heatmap["z"]) == ("heatmap", [[0, 1, 2], [3, 4, 5]])
    assert (scatter["x"], scatter["y"]) == ([0, 1, 2], [0.5, None, None])
    assert (value["_type"], value["path"].endswith(".plotly.json")) == ("plotly-file", True)


@pytest.mark.parametrize(
    "give",
    [
        lambda path: FIGURE,
        lambda path: json.dumps(FIGURE),
        lambda path: json.dumps(FIGURE).encode(),
        lambda path: io.StringIO(json.dumps(FIGURE)),
        lambda path: path,
        str,
    ],
)
def test_dictionaries_and_json(begin, tmp_path, give):
    path = tmp_path / "figure.json"
    path.write_text(json.dumps(FIGURE))
    assert content_of(begin(), Plotly(give(path)))[1] == FIGURE


def test_values_that_json_does_not_have(begin):
    tree = {
        "data": [
            {"x": np.array(["2026-01-01"], dtype="datetime64[D]"), "y": (dt.date(2026, 1, 2), {1}), 3: float("inf")}
        ]
    }
    (trace,) = content_of(begin(), Plotly(tree))[1]["data"]
    assert trace == {"x": ["2026-01-01"], "y": ["2026-01-02", [1]], "3": None}


@given(
    st.sampled_from(["int8", "uint8", "int16", "uint16", "int32", "uint32", "float32", "float64"]),
    st.lists(st.integers(0, 99)),
)
def test_packed_arrays_are_unpacked(kind, numbers):
    from base64 import b64encode

    array = np.array(numbers, dtype=kind)
    name = f"{array.dtype.kind}{array.itemsize}"
    packed = {"dtype": name, "bdata": b64encode(array.tobytes()).decode()}
    assert unpacked(packed) == numbers
    if len(numbers) % 2 == 0:
        assert unpacked({**packed, "shape": f"2, {len(numbers) // 2}"}) == array.reshape(2, -1).tolist() or not numbers


@pytest.mark.parametrize("packed", [{"dtype": "c8", "bdata": ""}, {"dtype": "i4", "bdata": "AAAAAA==", "shape": "3"}])
def test_packed_arrays_that_are_wrong(packed):
    with pytest.raises(UsageError):
        plain(packed, 0)


def test_a_figure_inside_itself_ends(begin, capsys):
    endless = {"data": []}
    endless["layout"] = endless
    assert "inside itself" in told(begin, capsys, Plotly(endless))


@pytest.mark.parametrize("wrong", [5, "missing.json", "{", {"a": 1}, {"data": 5}, None, object()])
def test_what_is_no_plotly_figure_costs_its_key_and_a_warning(begin, capsys, wrong):
    told(begin, capsys, Plotly(wrong))


def test_figures_of_matplotlib_are_converted_or_are_images(begin, monkeypatch):
    pytest.importorskip("plotly")
    run = begin()
    figure, axes = plt.subplots()
    axes.bar([1, 2], [3, 4])
    value, _ = logged(run, Plotly(figure, caption="c"))
    assert value["_type"] in ("plotly-file", "image-file")  # Plotly's converter follows matplotlib only so far
    monkeypatch.setattr("plotly.tools.mpl_to_plotly", lambda _: FIGURE)
    assert logged(run, Plotly(figure))[0]["_type"] == "plotly-file"
    axes.imshow(np.zeros((2, 2)))
    value, _ = logged(run, Plotly(figure, caption="c"))
    assert (value["_type"], value["caption"]) == ("image-file", "c")
    plt.close(figure)
    plt.imshow(np.zeros((2, 2)))
    assert logged(run, Plotly(plt))[0]["_type"] == "image-file"
    plt.close()


def test_without_plotly_a_figure_of_matplotlib_is_an_image(begin, monkeypatch):
    monkeypatch.setitem(sys.modules, "plotly", None)
    monkeypatch.setitem(sys.modules, "plotly.tools", None)
    figure = plt.figure()
    assert logged(begin(), Plotly(figure))[0]["_type"] == "image-file"
    plt.close(figure)


def bokeh_figure():
    plotting = pytest.importorskip("bokeh.plotting")
    figure = plotting.figure(title="é")
    figure.line([1, 2], np.array([3.0, np.nan]))
    return figure


@pytest.mark.parametrize("wrap", [lambda figure: figure, Bokeh], ids=["bare", "Bokeh"])
def test_models_and_documents_of_bokeh(begin, wrap):
    run, figure = begin(), bokeh_figure()
    from bokeh.document import Document

    value, content = content_of(run, wrap(figure))
    assert (value["_type"], value["path"].endswith(".bokeh.json")) == ("bokeh-file", True)
    read = Document.from_json(content)
    assert read.roots[0].title.text == "é"
    document = Document()
    document.add_root(figure)  # it is free for the caller's own document
    assert content_of(run, wrap(document))[1]["roots"][0]["name"] == "Figure"
    assert content_of(run, wrap(figure))[1]["roots"][0]["name"] == "Figure"
    assert document.roots == [figure]
    document.add_root(bokeh_figure())
    assert len(content_of(run, wrap(document))[1]["roots"]) == 2
    assert len(content_of(run, wrap(figure))[1]["roots"]) == 1  # it alone, though it is in a document with another
    assert len(document.roots) == 2


def test_files_of_bokeh_are_kept_byte_for_byte(begin, tmp_path):
    path = tmp_path / "document.json"
    path.write_text(json.dumps({"roots": [], "version": "3.9.0"}, indent=3))
    for source in (path, str(path), path.read_bytes(), io.StringIO(path.read_text())):
        assert logged(begin(), Bokeh(source, caption="c"))[1].read_bytes() == path.read_bytes()


@pytest.mark.parametrize("wrong", [5, "missing.json", b"{", b"[]", b"{}", None])
def test_what_is_no_bokeh_document_costs_its_key_and_a_warning(begin, capsys, wrong):
    told(begin, capsys, Bokeh(wrong))
