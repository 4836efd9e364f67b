"""Filtering, sorting, grouping and tables of results."""

import numpy as np
import pytest

import reportgen
from reportgen.errors import MissingError, QueryError, UsageError
from reportgen.frames import runs_frame
from reportgen.results import Results
from tests.builders import START, load, run


def ids(results):
    return [run.id for run in results]


def test_results_are_a_sequence_of_runs(results):
    assert repr(results) == "<4 runs of digits, other>"
    assert ids(results) == ["a", "b", "c", "d"] == ids(results.runs)
    assert results[0] is results["a"] is results["digits/a"] is results["first"]
    assert ids(results[1:3]) == ["b", "c"]
    assert results[-1].project == "other"
    assert "b" in results
    assert results[1] in results
    assert "z" not in results
    with pytest.raises(IndexError):
        results[4]
    with pytest.raises(MissingError, match="There is: a, b, c, d"):
        results["zzz"]


def test_a_run_says_what_is_known_of_it(results):
    one = results["b"]
    assert repr(one) == "<run digits/b, failed>"
    assert (one.name, one.project, one.state, one.group, one.notes) == ("b", "digits", "failed", "sweep", "*slow*")
    assert one.started == START + 10
    assert one.config["optimizer"] == {"name": "sgd"}
    assert one.summary["acc"] == 0.75
    assert one.metrics == ("acc", "loss")
    assert one.exact
    assert one.page == ""
    assert results["a"].tags == ("baseline",)
    with pytest.raises(TypeError):
        one.config["lr"] = 3


def test_runs_are_filtered_by_an_expression_or_a_function(results):
    assert ids(results.filter("config.lr > 0.01")) == ["a", "c", "d"]
    assert ids(results.filter('config.optimizer.name == "sgd" && summary.acc > 0.5')) == ["b"]
    assert ids(results.filter(lambda run: run.state == "failed")) == ["b"]
    with pytest.raises(QueryError):
        results.filter("config.lr >")


def test_runs_are_sorted_and_those_without_the_value_come_last(results):
    assert ids(results.sort("summary.acc")) == ["c", "a", "b", "d"]
    assert ids(results.sort("acc", descending=True)) == ["b", "a", "c", "d"]
    assert ids(results.sort("config.optimizer.name", descending=True)) == ["b", "a", "c", "d"]
    assert ids(results.sort("started", descending=True)) == ["d", "c", "b", "a"]
    with pytest.raises(MissingError, match=r"Did you mean summary\.acc"):
        results.sort("summary.acd")


def test_runs_are_grouped_by_a_value(results):
    assert {value: ids(group) for value, group in results.group("config.optimizer.name").items()} == {
        "adam": ["a"],
        "sgd": ["b"],
        None: ["c", "d"],
    }
    assert list(results.group("config.lr")) == [0.01, 0.1, 1, 2]
    assert list(results.group("config.layers")) == [(1, 2), None]
    assert {name: ids(runs) for name, runs in results.projects.items()} == {"digits": ["a", "b", "c"], "other": ["d"]}


def test_the_best_run_is_found_by_the_goal_of_the_metric(results):
    assert results.best("acc").id == "b"
    assert results.best("loss").id == "a"
    assert results.best("acc", mode="min").id == "c"
    with pytest.raises(QueryError):
        results.best("nothing")


def test_the_table_is_the_frame_of_the_builder(study, results):
    project = load(study).projects[0]
    assert results.projects["digits"].table().equals(runs_frame(project))
    table = results.table()
    assert list(table.columns[:2]) == ["project", "name"]
    assert table.loc["b", "config.optimizer.name"] == "sgd"
    assert len(Results([]).table()) == 0


def test_a_history_is_a_frame(results):
    frame = results["b"].history()
    assert list(frame.columns) == ["_step", "_timestamp", "acc", "loss"]
    assert frame["loss"].tolist() == [9.0, 8.0, 5.5]
    assert results["b"].history("acc")["_step"].tolist() == [2]
    assert results["b"].history(["loss"], repeats="attempt")["attempt"].tolist() == [1, 1, 1, 2, 1]
    with pytest.raises(MissingError, match="Did you mean loss"):
        results["b"].history("los")
    with pytest.raises(UsageError, match="last, all, attempt"):
        results["b"].history(repeats="first")


def test_histories_of_all_runs_stand_below_one_another(results):
    frame = results.projects["digits"].history(["loss", "acc"])
    assert list(frame.columns) == ["run", "_step", "_timestamp", "loss", "acc"]
    assert frame.groupby("run").size().to_dict() == {"a": 5_000, "b": 3}
    assert np.isnan(frame[frame.run == "b"]["acc"].tolist()[0])
    both = results.history("loss", repeats="all")
    assert list(both.columns) == ["project", "run", "_step", "_timestamp", "loss"]
    assert both[both.project == "other"]["loss"].tolist() == [3.0]
    with pytest.raises(MissingError, match="there is no metric 'lose'"):
        results.history(["lose"])
    assert len(Results([]).history("x")) == 0
    assert list(results[2:3].history().columns) == ["run", "_step", "_timestamp"]


def test_runs_that_share_a_name_have_to_be_told_apart(tmp_path):
    run("x").name("same").finished().write(tmp_path)
    run("y").name("same").finished().write(tmp_path)
    with pytest.raises(MissingError, match="digits/x and digits/y"):
        reportgen.load(tmp_path)["same"]


def test_a_notebook_shows_a_table_without_running_anything(tmp_path):
    run("x").name("<script>").finished().write(tmp_path)
    html = reportgen.load(tmp_path)._repr_html_()
    assert "&lt;script&gt;" in html
    assert "<script>" not in html
