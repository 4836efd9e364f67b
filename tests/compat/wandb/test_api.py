"""The read side by wandb's names, over runs on disk."""

import math

import pytest

from reportgen.compat.wandb.api import Api
from reportgen.errors import QueryError, UsageError
from tests.builders import run


@pytest.fixture
def api(tmp_path, monkeypatch):
    monkeypatch.delenv("REPORTGEN_PROJECT", raising=False)
    run("a").config(lr=0.1, opt={"name": "adam"}).metric("loss", [3, 2, 1]).tag("base", "x").finished().write(tmp_path)
    run("b").at(10).config(lr=0.01).metric("loss", [5, 4]).metric("acc", [0.5, 0.75]).failed().write(tmp_path)
    run("c").at(20).config(lr=0.001).file("files/model.txt", b"weights").finished().write(tmp_path)
    return Api({"entity": "lab"}, dir=tmp_path / "runs")


def ids(runs):
    return [each.id for each in runs]


def test_paths_are_wandbs(api):
    for path in ("a", "digits/a", "lab/digits/a", "lab/digits/runs/a", "/digits/a"):
        assert api.run(path).id == "a"
    for path in (None, "digits", "lab/digits"):
        assert ids(api.runs(path)) == ["a", "b", "c"]
    assert api.run("a").path == ["lab", "digits", "a"]
    assert api.projects() == ["digits"]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda api: api.run("z"), "There are a, b, c"),
        (lambda api: api.runs("letters"), "There are: digits"),
        (lambda _: Api(dir="nowhere").runs(), "REPORTGEN_DIR"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(api, call, said):
    with pytest.raises(UsageError, match=said):
        call(api)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, "abc"),
        ({"state": "finished"}, "ac"),
        ({"config.lr": {"$lt": 0.05}}, "bc"),
        ({"config.opt.name": "adam"}, "a"),
        ({"config.lr.value": 0.1}, "a"),
        ({"config.lr": {"$in": [0.1, 0.001]}}, "ac"),
        ({"config.lr": {"$nin": [0.1]}}, "bc"),
        ({"summary_metrics.acc": {"$exists": True}}, "b"),
        ({"summary_metrics.loss": {"$gte": 1, "$lte": 4}}, "ab"),
        ({"summary_metrics.loss": {"$ne": 1}}, "bc"),
        ({"tags": "base"}, "a"),
        ({"tags": {"$all": ["x", "base"]}}, "a"),
        ({"tags": {"$size": 0}}, "bc"),
        ({"$or": [{"name": "a"}, {"display_name": {"$regex": "^c"}}]}, "ac"),
        ({"$and": [{"state": "finished"}, {"config.lr": {"$gt": 0.01}}]}, "a"),
        ({"$nor": [{"name": "a"}, {"name": "b"}]}, "c"),
        ({"$not": {"state": "finished"}}, "b"),
        ({"config.lr": {"$not": {"$gt": 0.05}}}, "bc"),
        ({"config.lr": {"$gt": "text"}}, ""),
        ({"created_at": {"$lt": "2999-01-01"}}, "abc"),
    ],
)
def test_filters_are_mongodbs(api, filters, found):
    assert "".join(ids(api.runs(filters=filters))) == found


@pytest.mark.parametrize("filters", [{"colour": 1}, {"config.lr": {"$like": 1}}])
def test_a_filter_that_cannot_mean_anything(api, filters):
    with pytest.raises(QueryError, match="Use"):
        api.runs(filters=filters)


@pytest.mark.parametrize(
    ("order", "found"),
    [("-created_at", "cba"), ("+summary_metrics.loss", "abc"), ("-summary_metrics.loss", "bac"), ("config.lr", "cba")],
)
def test_orders(api, order, found):
    assert "".join(ids(api.runs(order=order))) == found


def test_a_run_tells_all_that_was_logged(api):
    found = api.run("b")
    assert (found.name, found.state, found.config, found.lastHistoryStep) == ("b", "failed", {"lr": 0.01}, 1)
    assert found.summary == {"loss": 4.0, "acc": 0.75}
    assert found.created_at.startswith("20")
    frame = found.history()
    assert set(frame.columns) == {"_step", "_timestamp", "loss", "acc"}
    assert frame["loss"].tolist() == [5, 4]
    assert [row["acc"] for row in found.scan_history(["acc"])] == [0.5, 0.75]
    assert [row["_step"] for row in found.scan_history(min_step=1)] == [1]
    assert api.run("c").history(pandas=False) == []


def test_a_sample_has_both_ends_and_is_the_same_each_time(tmp_path):
    run("a").metric("x", range(1000)).metric("epoch", [math.floor(step / 10) for step in range(1000)]).finished().write(
        tmp_path
    )
    found = Api(dir=tmp_path / "runs").run("a")
    frame = found.history(samples=10)
    assert (len(frame), frame["x"].iloc[0], frame["x"].iloc[-1]) == (10, 0, 999)
    assert found.history(samples=10).equals(frame)
    assert found.history(keys=["x"], x_axis="epoch", samples=None)["epoch"].is_monotonic_increasing


def test_histories_of_all_runs(api):
    frame = api.runs().histories(keys=["loss"], format="pandas")
    assert frame.groupby("run_id")["loss"].last().to_dict() == {"a": 1.0, "b": 4.0}


def test_changes_are_appended_to_the_log(api, tmp_path):
    changed = api.run("a")
    before = (tmp_path / "runs/digits/a/run.jsonl").read_bytes()
    changed.update()
    assert (tmp_path / "runs/digits/a/run.jsonl").read_bytes() == before
    changed.tags.append("new")
    changed.config["note"] = "tuned"
    changed.summary["acc.best"] = 0.9
    changed.name = "first"
    changed.update()
    assert (tmp_path / "runs/digits/a/run.jsonl").read_bytes().startswith(before)
    again = api.run("a")
    assert (again.name, again.tags, again.config["note"], again.state) == (
        "first",
        ["base", "x", "new"],
        "tuned",
        "finished",
    )
    assert again.summary["acc.best"] == 0.9


def test_files_are_listed_and_copied(api, tmp_path):
    (file,) = api.run("c").files()
    assert (file.name, file.size) == ("model.txt", 7)
    with file.download(tmp_path / "here") as copy:
        assert copy.read() == b"weights"
    with pytest.raises(UsageError, match="exists already"):
        file.download(tmp_path / "here")
    file.download(tmp_path / "here", exist_ok=True).close()
    file.download(tmp_path / "here", replace=True).close()
    with pytest.raises(UsageError, match="no file"):
        api.run("c").file("other.txt")


def test_a_deleted_run_is_gone(api):
    api.run("a").delete()
    assert ids(api.runs()) == ["b", "c"]
