import sys

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from PIL import Image as Pillow

mpl.use("Agg")

import matplotlib.pyplot as plt

import reportgen
from reportgen import Audio, Html, Image
from tests.logger.logs import lines, rows, run_script

GREY = np.zeros((3, 4), dtype="uint8")


def kinds(value):
    """The value with `_type` in place of media."""
    if isinstance(value, list):
        return [kinds(each) for each in value]
    return value["_type"] if isinstance(value, dict) else value


def test_bare_values_find_their_medium(begin):
    figure, axes = plt.subplots(figsize=(1, 1))
    run = begin()
    run.log(
        {
            "figure": figure,
            "axes": axes,
            "pyplot": plt,
            "picture": Pillow.fromarray(GREY),
            "frame": pd.DataFrame({"a": [1]}),
            "large": np.arange(100.0),
            "small": np.arange(3),
            "scalar": np.float32(0.5),
            "series": pd.Series([1, 2]),
        }
    )
    plt.close(figure)
    (row,) = rows(run.folder)
    assert {key: kinds(value) for key, value in row.items()} == {
        "_step": 0,
        "figure": "image-file",
        "axes": "image-file",
        "pyplot": "image-file",
        "picture": "image-file",
        "frame": "table-file",
        "large": "histogram",
        "small": [0, 1, 2],
        "scalar": 0.5,
        "series": [1, 2],
    }


def test_bare_figures_of_plotly_and_bokeh(begin):
    graph_objects = pytest.importorskip("plotly.graph_objects")
    plotting = pytest.importorskip("bokeh.plotting")
    run = begin()
    run.log({"plotly": graph_objects.Figure(), "bokeh": plotting.figure(), "part": graph_objects.Scatter(y=[1])})
    (row,) = rows(run.folder)
    assert (kinds(row["plotly"]), kinds(row["bokeh"])) == ("plotly-file", "bokeh-file")


def test_tensors(begin):
    torch = pytest.importorskip("torch")
    run = begin()
    run.log(
        {
            "scalar": torch.tensor(0.5, requires_grad=True),
            "small": torch.tensor([1, 2]),
            "large": torch.rand(100, requires_grad=True),
            "bfloat16": torch.ones(100, dtype=torch.bfloat16),
            "histogram": reportgen.Histogram(torch.arange(6.0).reshape(2, 3), num_bins=2),
            "image": Image(torch.rand(3, 8, 8)),
            "audio": Audio(torch.zeros(2, 100), sample_rate=8000),
            "video": reportgen.Video(torch.zeros(2, 3, 8, 8, dtype=torch.uint8)),
        }
    )
    (row,) = rows(run.folder)
    assert (row["scalar"], row["small"]) == (0.5, [1, 2])
    assert (sum(row["large"]["values"]), sum(row["bfloat16"]["values"])) == (100, 100)
    assert row["histogram"]["values"] == [3, 3]
    assert [kinds(row[key]) for key in ("image", "audio", "video")] == ["image-file", "audio-file", "video-file"]


def test_polars_series(begin):
    pl = pytest.importorskip("polars")
    run = begin()
    run.log({"small": pl.Series([1, 2]), "large": pl.Series(range(100))})
    (row,) = rows(run.folder)
    assert (row["small"], kinds(row["large"])) == ([1, 2], "histogram")


def test_lists_mixed_lists_and_nested_dictionaries(begin):
    run = begin()
    run.log(
        {"deep": {"er": {"image": Image(GREY)}}, "mixed": [Image(GREY), 1, Html("x"), "text", [Pillow.fromarray(GREY)]]}
    )
    (row,) = rows(run.folder)
    assert kinds(row["deep.er.image"]) == "image-file"
    assert kinds(row["mixed"]) == ["image-file", 1, "html-file", "text", ["image-file"]]


def test_one_of_a_list_that_is_none_costs_itself(begin, capsys):
    run = begin()
    run.log({"images": [Image(GREY), Image("missing.png"), Image(GREY)]})
    assert kinds(rows(run.folder)[0]["images"]) == ["image-file", None, "image-file"]
    assert capsys.readouterr().err.count("is left out") == 1


def test_a_strict_run_raises_for_one_of_a_list(begin):
    run = begin(strict=True)
    with pytest.raises(FileNotFoundError):
        run.log({"images": [Image(GREY), Image("missing.png")]})


def test_a_disabled_run_writes_no_file(begin, tmp_path):
    run = begin(mode="disabled")
    run.log({"image": Image(GREY), "bad": Image(None)})
    assert not list(tmp_path.rglob("*.png"))


THIN = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        package = name.partition(".")[0]
        if package not in sys.stdlib_module_names and package != "reportgen":
            raise ImportError(f"{name} is not installed")

sys.meta_path.insert(0, Refuse())
import reportgen
run = reportgen.init(id="a", capture=False)
boxes = {"b": {"box_data": [{"position": {"minX": 0, "maxX": 1, "minY": 0, "maxY": 1}}]}}
png = reportgen.Image([[[0.0, 0.5, 1.0]]], boxes=boxes, masks={"m": {"mask_data": [[0, 1]]}})
open("a.png", "wb").write(png._pictures[0].content)
box = reportgen.box3d(center=(0, 0, 0), size=(1, 1, 1), orientation=(1, 0, 0, 0), color=(0, 0, 0))
table = reportgen.Table(["a", "image"], log_mode="INCREMENTAL")
table.add_data(1, png)
run.log({
    "image": png,
    "file": reportgen.Image("a.png"),
    "audio": reportgen.Audio([0.5, float("nan")], sample_rate=8000),
    "histogram": reportgen.Histogram([1, 2]),
    "table": table,
    "joined": reportgen.JoinedTable(table, table, "a"),
    "eval": reportgen.EvalTable(input_columns=["a"], data=[[1]]),
    "graph": reportgen.Graph(edges=[(1, 2)]),
    "html": reportgen.Html("x"),
    "plotly": reportgen.Plotly({"data": [{"y": [float("nan")]}]}),
    "bokeh": reportgen.Bokeh(b'{"roots": []}'),
    "points": reportgen.Object3D([[0, 0, 0]]),
    "scene": reportgen.Object3D.from_point_cloud([[0, 0, 0]], [box]),
    "molecule": reportgen.Molecule.from_smiles("CCO"),
    "video": reportgen.Video([[[[0]]]]),
})
"""


def test_what_the_standard_library_can_do_needs_no_package(tmp_path):
    status, out, err = run_script(THIN, tmp_path)
    assert (status, out) == (0, "")
    (row,) = lines(tmp_path / "runs/uncategorized/a/metrics.jsonl")
    assert {key for key, value in row.items() if value is None} == {"molecule", "video"}
    assert "pip install rdkit" in err
    assert "pip install numpy" in err
    for value in row.values():
        if isinstance(value, dict) and "path" in value:
            assert (tmp_path / "runs/uncategorized/a" / value["path"]).is_file()


def test_a_medium_without_arrays_loads_no_library(tmp_path):
    code = """
import reportgen, sys
run = reportgen.init(id="a", capture=False)
run.log({"t": reportgen.Table(["a"], [[1]]), "h": reportgen.Html("x"), "a": reportgen.Audio([0.5], 8000)})
print(sorted({"numpy", "PIL", "pandas", "matplotlib", "plotly", "bokeh", "rdkit"} & set(sys.modules)))
"""
    assert run_script(code, tmp_path)[1] == "[]\n"


def test_modules_of_other_libraries_are_not_loaded_to_find_out(begin):
    loaded = set(sys.modules)
    begin().log({"odd": object(), "callable": len, "bytes": b"x"})
    assert not {name for name in set(sys.modules) - loaded if name.partition(".")[0] in ("plotly", "bokeh", "rdkit")}
