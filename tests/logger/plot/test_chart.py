"""Charts as they are logged: a table, a name, and what its columns are for."""

import json
from pathlib import Path

import pandas as pd
import pytest

import reportgen
from reportgen.errors import UsageError
from reportgen.logger.plot import chart
from tests.logger.logs import rows, run_script

TABLE = reportgen.Table(["x", "y", "who"], [[1, 2.0, "a"], [2, 3.0, "b"]])


def logged(run, value):
    run.log({"chart": value})
    found = rows(run.folder)[-1]["chart"]
    return found, json.loads(Path(run.folder, found["table"]["path"]).read_text())


def test_a_chart_is_a_table_and_the_name_of_its_specification(begin):
    value, content = logged(begin(), reportgen.plot.line(TABLE, "x", "y", stroke="who", title="Speed"))
    assert (value["_type"], value["spec"], value["title"]) == ("chart", "line/v0", "Speed")
    assert (value["fields"], value["strings"]) == ({"x": "x", "y": "y", "stroke": "who"}, {"title": "Speed"})
    assert value["table"]["_type"] == "table-file"
    assert content == {"columns": ["x", "y", "who"], "data": [[1, 2.0, "a"], [2, 3.0, "b"]]}
    assert "rows" not in value
    assert "split_table" not in value


@pytest.mark.parametrize(
    ("made", "spec", "fields"),
    [
        (reportgen.plot.scatter(TABLE, "x", "y"), "scatter/v0", {"x": "x", "y": "y"}),
        (reportgen.plot.bar(TABLE, "who", "y"), "bar/v0", {"label": "who", "value": "y"}),
        (reportgen.plot.histogram(TABLE, "y"), "histogram/v0", {"value": "y"}),
        (reportgen.plot.visualize("team/own", TABLE), "team/own", {}),
        (reportgen.plot_table("wandb/line/v0", TABLE, {"x": "x", "y": "y"}), "line/v0", {"x": "x", "y": "y"}),
    ],
)
def test_each_kind_has_wandbs_name(begin, made, spec, fields):
    value, _ = logged(begin(), made)
    assert (value["spec"], value["fields"]) == (spec, fields)


def test_lines_of_a_series_share_their_x_or_have_their_own(begin):
    run = begin()
    value, content = logged(run, reportgen.plot.line_series([0, 1], [[5, 6], [7, 8]], keys=["a", "b"], xname="epoch"))
    assert content["data"] == [[0, "a", 5], [1, "a", 6], [0, "b", 7], [1, "b", 8]]
    assert value["strings"] == {"title": "", "xname": "epoch"}
    _, content = logged(run, reportgen.plot.line_series([[0, 1], [3]], [[5, 6], [7]]))
    assert content["data"] == [[0, "line_0", 5], [1, "line_0", 6], [3, "line_1", 7]]


def test_a_frame_is_a_table(begin):
    _, content = logged(begin(), reportgen.plot.scatter(pd.DataFrame({"x": [1], "y": [2]}), "x", "y", split_table=True))
    assert content == {"columns": ["x", "y"], "data": [[1, 2]]}


def test_many_rows_are_thinned_within_each_line_and_that_is_said(begin, monkeypatch, capsys):
    monkeypatch.setattr(chart, "MOST_ROWS", 100)
    table = reportgen.Table(["x", "y", "who"], [[i, i, "ab"[i % 4 == 0]] for i in range(1000)])
    run = begin()
    value, content = logged(run, reportgen.plot.line(table, "x", "y", "who", title="a long one"))
    xs = {who: [x for x, _, name in content["data"] if name == who] for who in "ab"}
    assert (value["rows"], value["table"]["nrows"], len(table.data)) == (1000, 100, 1000)
    assert {who: (len(found), found[0], found[-1]) for who, found in xs.items()} == {
        "a": (75, 1, 999),
        "b": (25, 0, 996),
    }
    assert xs["a"] == sorted(xs["a"])
    assert "the chart 'a long one': 100 of the 1,000 rows are kept" in capsys.readouterr().err
    again, _ = logged(run, reportgen.plot.line(table, "x", "y", "who", title="a long one"))
    assert again["table"]["sha256"] == value["table"]["sha256"]
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (reportgen.plot.line(TABLE, "x", "nope"), "'y' is to be 'nope', which is no column"),
        (reportgen.plot.bar([1, 2], "x", "y"), "a list is no table"),
        (reportgen.plot.line_series([[0], [1]], [[1]]), "1 lines, 2 sequences of x values and 1 keys"),
        (reportgen.plot.line_series(None, None), "NoneType"),
    ],
)
def test_what_cannot_be_drawn_is_told_when_it_is_logged(begin, capsys, made, message):
    run = begin()
    run.log({"chart": made, "loss": 1})
    assert rows(run.folder) == [{"_step": 0, "chart": None, "loss": 1}]
    assert message in capsys.readouterr().err
    with pytest.raises((UsageError, TypeError), match=r"'y' is|no table|1 lines|NoneType"):
        begin(strict=True).log({"chart": made})


def test_the_module_is_loaded_when_it_is_used(tmp_path):
    code = """
import sys
import reportgen as wandb
run = wandb.init(capture=False)
assert not [name for name in sys.modules if name.startswith("reportgen.logger.plot")]
run.log({"cm": wandb.plot.confusion_matrix(y_true=[0, 1], preds=[1, 1], class_names=["cat", "dog"])})
assert "numpy" not in sys.modules
"""
    assert run_script(code, tmp_path) == (0, "", "")
