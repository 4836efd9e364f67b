"""The read side by wandb's names, over runs on disk."""

import math
from pathlib import Path

import pytest

import reportgen
from reportgen.compat.wandb.api import Api
from reportgen.errors import QueryError, UsageError
from reportgen.logger import session
from tests.builders import run


@pytest.fixture
def api(tmp_path, monkeypatch):
    monkeypatch.setattr(session, "_latest", None)
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


def test_values_of_different_kinds_have_an_order(tmp_path):
    for name, value in (("a", [2]), ("b", 3), ("c", "text"), ("d", True), ("e", None)):
        run(name).config(x=value).metric("loss", [1]).finished().write(tmp_path)
    assert "".join(ids(Api(dir=tmp_path / "runs").runs(order="+config.x"))) == "dbace"


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


def test_only_what_was_asked_for_is_in_the_history(api):
    assert list(api.run("b").history(keys=["acc"]).columns) == ["_step", "acc"]
    assert list(api.run("b").history(keys=["acc"], x_axis="loss").columns) == ["_step", "loss", "acc"]


def test_a_summary_is_kept_when_it_is_updated(api, tmp_path):
    changed = api.run("b")
    changed.summary.update({"score": 1}, rank=2)
    del changed.summary["acc"]
    changed.summary.update()
    log = tmp_path / "runs/digits/b/run.jsonl"
    size = log.stat().st_size
    changed.update()
    assert log.stat().st_size == size
    assert api.run("b").summary._json_dict == {"loss": 4.0, "score": 1, "rank": 2}


@pytest.mark.parametrize(
    "call",
    [
        lambda api: api.run("z"),
        lambda api: api.runs("letters"),
        lambda api: api.run("a").file("none"),
        lambda api: api.artifact("net"),
        lambda _: Api(dir="nowhere").runs(),
    ],
)
def test_scripts_catch_what_is_not_there_by_wandbs_name(api, call):
    with pytest.raises(reportgen.errors.CommError) as caught:
        call(api)
    assert caught.value.message == str(caught.value)


@pytest.fixture
def logged(tmp_path, monkeypatch):
    """A project with a model in three versions, logged by two runs."""
    monkeypatch.chdir(tmp_path)
    for number in range(3):
        with reportgen.init(project="p", id=f"r{number // 2}", dir="logs", capture=False, mode="online") as logging:
            if number:
                logging.use_artifact("net")
            model = reportgen.Artifact("net", "model")
            with model.new_file("weights.txt") as file:
                file.write(str(number))
            model.tags = ["even"] if number % 2 == 0 else []
            logging.log_artifact(model, aliases=[f"n{number}"])
    yield Api()
    reportgen.teardown()


def test_artifacts_are_found_without_a_run(logged, tmp_path):
    for name in ("net", "p/net", "lab/p/net", "net:latest", "net:v2", "p/net:n2"):
        assert logged.artifact(name).version == "v2"
    folder = logged.artifact("net:n1", type="model").download(tmp_path / "copy")
    assert Path(folder, "weights.txt").read_text() == "1"
    assert [each.version for each in logged.artifacts("model", "net")] == ["v2", "v1", "v0"]
    assert [each.version for each in logged.artifacts("model", "p/net", order="+created_at")] == ["v0", "v1", "v2"]
    assert [each.version for each in logged.artifacts("model", "net", tags=["even"])] == ["v2", "v0"]
    assert logged.artifacts("dataset", "net") == logged.artifacts("model", "other") == []
    with pytest.raises(UsageError, match="is of type 'model'"):
        logged.artifact("net", type="dataset")


@pytest.mark.parametrize(("name", "kind", "there"), [("net:v1", None, 1), ("net:v7", None, 0), ("net", "dataset", 0)])
def test_whether_there_is_an_artifact(logged, name, kind, there):
    assert logged.artifact_exists(name, kind) == bool(there)


def test_a_run_knows_its_artifacts(logged):
    first, second = logged.runs("p")
    assert [each.name for each in first.logged_artifacts()] == ["net:v0", "net:v1"]
    assert [each.name for each in first.used_artifacts()] == ["net:v0"]
    assert [each.name for each in second.used_artifacts()] == ["net:v1"]
    logged.artifact("net:v1").delete(delete_aliases=True)
    assert [each.name for each in first.logged_artifacts()] == ["net:v0"]
    assert second.used_artifacts() == []


def test_the_folder_is_that_of_the_last_run(logged, tmp_path, monkeypatch):
    assert [each.id for each in logged.runs()] == ["r0", "r1"]
    reportgen.teardown()
    monkeypatch.setattr(session, "_latest", None)
    monkeypatch.delenv("REPORTGEN_DIR", raising=False)
    monkeypatch.setenv("WANDB_DIR", str(tmp_path / "logs"))
    assert [each.id for each in Api().runs()] == ["r0", "r1"]
    monkeypatch.setenv("REPORTGEN_DIR", str(tmp_path / "nowhere"))
    with pytest.raises(UsageError, match="there is no folder"):
        Api().runs()


@pytest.mark.parametrize(("project", "name"), [("../../..", "net"), ("", "../../secret"), ("/etc", "net"), ("p", "..")])
def test_a_hostile_record_names_no_folder_outside(tmp_path, project, name):
    outside = tmp_path / "_artifacts/versions/net"
    outside.mkdir(parents=True)
    (outside / "v0.json").write_text('{"type": "model", "digest": "0"}')
    run("a").artifact(name, project=project).finished().write(tmp_path)
    assert Api(dir=tmp_path / "runs").run("a").logged_artifacts() == []
