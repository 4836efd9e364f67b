"""Logging artifacts and using them again: versions, aliases, names, links."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

import reportgen
from reportgen.errors import ArtifactError, UsageError
from tests.logger.logs import records


@pytest.fixture
def data(tmp_path):
    for name, text in {"a.txt": "a", "sub/b.txt": "b", "model.pt": "weights"}.items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "data"


def draft(data, name="net", **more):
    artifact = reportgen.Artifact(name, "model", **more)
    artifact.add_dir(data)
    return artifact


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_text() for path in Path(folder).rglob("*") if path.is_file()}


FILES = {"a.txt": "a", "sub/b.txt": "b", "model.pt": "weights"}


def test_what_is_logged_is_used_by_another_run(begin, data):
    first = begin(project="digits", strict=True)
    artifact = draft(data, description="the *net*", metadata={"acc": 0.5})
    artifact.ttl = timedelta(days=30)
    logged = first.log_artifact(artifact, aliases=["best"], tags=["t"])
    assert logged.wait() is artifact
    assert (logged.name, logged.version, logged.state) == ("net:v0", "v0", "COMMITTED")
    assert (logged.file_count, logged.size, logged.history_step) == (3, 9, 0)
    first.finish()

    second = begin(project="digits", strict=True)
    used = second.use_artifact("net:best", type="model")
    assert (used.name, used.description, used.metadata, used.tags) == ("net:v0", "the *net*", {"acc": 0.5}, ["t"])
    assert (used.ttl, sorted(used.aliases), used.digest) == (timedelta(days=30), ["best", "latest"], logged.digest)
    folder = used.download()
    assert Path(folder) == Path("artifacts/net:v0")
    assert contents(folder) == FILES
    assert (used.logged_by().id, used.logged_by().folder) == (first.id, first.folder)
    assert [run.id for run in used.used_by()] == [second.id]

    (record,) = records(first.folder, "artifact")
    assert record.pop("time") > 0
    assert record == {
        "action": "log",
        "artifact_type": "model",
        "name": "net",
        "version": "v0",
        "digest": logged.digest,
        "size": 9,
        "aliases": ["latest", "best"],
    }
    assert [record["action"] for record in records(second.folder, "artifact")] == ["use"]


def test_equal_content_is_one_version_and_takes_the_aliases_along(begin, data):
    run = begin(strict=True)
    assert run.log_artifact(draft(data)).version == "v0"
    (data / "a.txt").write_text("other")
    assert run.log_artifact(draft(data), aliases="best").version == "v1"
    (data / "a.txt").write_text("a")
    again = run.log_artifact(draft(data), aliases="best")
    assert (again.version, sorted(again.aliases)) == ("v0", ["best", "latest"])
    assert run.use_artifact("net").version == "v0"
    assert run.use_artifact("net:v1").aliases == []
    objects = [path for path in Path("runs/uncategorized/_artifacts/objects").rglob("*") if path.is_file()]
    assert len(objects) == 4 + 2  # contents, each once, and the lists of two versions


def test_aliases_tags_and_texts_may_change_and_files_may_not(begin, data, capsys):
    run = begin()
    artifact = run.log_artifact(draft(data), aliases=["old"])
    artifact.aliases.remove("old")
    artifact.aliases.append("new")
    artifact.description, artifact.metadata["acc"], artifact.tags = "better", 1, ["x"]
    artifact.save()
    found = run.use_artifact("net:new")
    assert (found.description, found.metadata, found.tags, sorted(found.aliases)) == (
        "better",
        {"acc": 1},
        ["x"],
        ["latest", "new"],
    )
    with pytest.raises(ArtifactError, match="there is no artifact"):
        run.use_artifact("net:old")
    assert found.add_file(data / "a.txt") is None
    assert "its files stay as they are" in capsys.readouterr().err
    found.description = None
    found.save()
    assert run.use_artifact("net").description is None


def test_a_new_draft_and_an_incremental_artifact_build_on_what_is_there(begin, data, tmp_path):
    run = begin(strict=True)
    first = run.log_artifact(draft(data))
    changed = first.new_draft()
    changed.remove("sub")
    with changed.new_file("made/new.txt") as file:
        file.write("new")
    second = run.log_artifact(changed)
    assert second.version == "v1"
    assert contents(second.download(tmp_path / "out")) == {"a.txt": "a", "model.pt": "weights", "made/new.txt": "new"}
    more = reportgen.Artifact("net", "model", incremental=True)
    with more.new_file("more.bin", "wb") as file:
        file.write(b"more")
    assert sorted(run.log_artifact(more).manifest.entries) == ["a.txt", "made/new.txt", "model.pt", "more.bin"]


def test_a_path_and_a_model_are_artifacts_too(begin, data):
    run = begin(id="r1", strict=True)
    assert run.log_artifact(data / "a.txt").name == "run-r1-a.txt:v0"
    assert run.log_artifact(str(data), name="set", type="dataset").type == "dataset"
    assert run.log_artifact("s3://bucket/x.bin", name="far").manifest.entries["x.bin"].ref == "s3://bucket/x.bin"
    assert run.log_model(data / "model.pt", name="net", aliases=["good"]).type == "model"
    assert Path(run.use_model("net:good")).read_text() == "weights"
    assert contents(run.use_model("set2:latest") if run.log_model(data, name="set2") else "") == FILES
    with pytest.raises(UsageError, match="no model"):
        run.use_model("set")


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("name", ["nothing", "net:v7", "net:worst", "other/net:v0", "", "a/b/"])
def test_what_is_not_there_raises_always(begin, data, strict, name):
    run = begin(strict=strict)
    run.log_artifact(draft(data))
    with pytest.raises(UsageError):
        run.use_artifact(name)
    assert [record["action"] for record in records(run.folder, "artifact")] == ["log"]


def test_another_type_is_refused(begin, data):
    run = begin()
    run.log_artifact(draft(data))
    with pytest.raises(UsageError, match="is of type 'model', not 'dataset'"):
        run.use_artifact("net", type="dataset")


def test_one_name_has_one_type(begin, data, capsys):
    run = begin()
    run.log_artifact(draft(data))
    refused = run.log_artifact(data / "a.txt", name="net", type="dataset")
    assert (refused.state, refused.version) == ("PENDING", "")
    assert "is of type 'model', not 'dataset'" in capsys.readouterr().err


def test_names_of_projects_and_entities(begin, data):
    begin(project="digits").log_artifact(draft(data))
    run = begin(project="other")
    for name in ("digits/net", "lab/digits/net:v0", "digits/net:latest"):
        assert run.use_artifact(name).qualified_name == "digits/net:v0"
    assert {record["project"] for record in records(run.folder, "artifact")} == {"digits"}
    used = run.use_artifact("digits/net")
    assert [user.path for user in used.used_by()] == [f"other/{run.id}"]


@pytest.mark.parametrize("name", ["../../evil", "a/b", "a:b", "..", "/etc", "x\0y", "-", "ü mlaut", "n" * 300])
def test_any_name_is_one_folder_of_the_project(begin, data, tmp_path, name):
    run = begin(strict=True)
    logged = run.log_artifact(draft(data, name))
    folders = [path.name for path in Path("runs/uncategorized/_artifacts/versions").iterdir()]
    assert folders == [logged.collection_name]
    assert run.use_artifact(logged.name).digest == logged.digest
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "runs"]


def test_links_are_versions_of_another_name(begin, data, tmp_path):
    run = begin(project="digits", strict=True)
    logged = run.log_artifact(draft(data))
    linked = run.link_artifact(logged, "model-registry/digits net", aliases=["production"])
    assert (linked.project, linked.version, linked.is_link) == ("model-registry", "v0", True)
    assert linked.source_qualified_name == "digits/net:v0"
    assert run.link_model(data, "digits net", name="net").version == "v0"
    other = begin(project="other", strict=True)
    used = other.use_artifact("lab/model-registry/digits net:production")
    assert contents(used.download(tmp_path / "out")) == FILES
    used.verify()
    assert logged.link("shelf").qualified_name == "digits/shelf:v0"
    with pytest.raises(UsageError, match="is the artifact itself"):
        logged.link("net")
    used.unlink()
    with pytest.raises(ArtifactError):
        other.use_artifact("model-registry/digits net:production")


def test_deleted_versions_lead_nowhere_and_are_logged_anew(begin, data):
    run = begin(strict=True)
    first = run.log_artifact(draft(data), aliases=["keep"])
    with pytest.raises(UsageError, match="is known as keep"):
        first.delete()
    first.delete(delete_aliases=True)
    assert first.state == "DELETED"
    with pytest.raises(ArtifactError):
        run.use_artifact("net:v0")
    assert run.log_artifact(draft(data)).version == "v1"
    (data / "a.txt").write_text("2")
    run.log_artifact(draft(data)).delete()
    assert run.use_artifact("net").version == "v1"


def test_several_processes_make_one_version(begin, data):
    parts = []
    for rank in range(3):
        run = begin(group="ddp", strict=True)
        part = reportgen.Artifact("shards", "dataset")
        with part.new_file(f"{rank}.txt") as file:
            file.write(str(rank))
        parts.append(run.upsert_artifact(part).state)
    assert parts == ["PENDING"] * 3
    run = begin(group="ddp", strict=True)
    done = run.finish_artifact(data / "a.txt", name="shards", type="dataset", aliases="whole")
    assert sorted(done.manifest.entries) == ["0.txt", "1.txt", "2.txt", "a.txt"]
    empty = reportgen.Artifact("shards", "dataset")
    assert run.finish_artifact(empty, distributed_id="ddp").file_count == 0  # contributions count once


def test_contributions_need_something_in_common(begin, data, capsys):
    begin().upsert_artifact(data / "a.txt")
    assert "nothing says which processes belong together" in capsys.readouterr().err


def test_troubles_do_not_reach_training(begin, data, capsys):
    run = begin()
    artifact = reportgen.Artifact("net", "model")
    assert artifact.add_file(data / "missing") is None
    assert artifact.add_reference("no uri") == []
    artifact.add_dir(data / "a.txt")
    assert artifact.add(object(), "x") is None
    assert run.log_artifact(data / "missing").state == "PENDING"
    run.link_artifact(artifact, "net")
    told = capsys.readouterr().err
    for words in ("file", "URI", "folder", "medium", "artifact"):
        assert f"is no {words}" in told
    assert "is the artifact itself" in told


def test_a_run_that_is_over_or_disabled_logs_nothing(begin, data, capsys):
    run = begin()
    run.finish()
    assert run.log_artifact(draft(data)).state == "PENDING"
    assert "is not logged: the run is not going on" in capsys.readouterr().err
    silent = begin(mode="disabled", project="silent")
    assert silent.log_artifact(draft(data)).wait().version == ""
    assert silent.log_code(data) is None
    assert capsys.readouterr().err == ""
    assert not Path("runs/silent").exists()


def test_aliases_that_could_not_be_found_again(begin, data):
    run = begin(strict=True)
    logged = run.log_artifact(draft(data), aliases=["v7", "a/b", "c:d", "a/b", " "])
    assert logged.aliases == ["latest", "a-b", "c-d"]


def test_a_broken_version_is_passed_over(begin, data):
    run = begin(strict=True)
    run.log_artifact(draft(data))
    folder = Path("runs/uncategorized/_artifacts/versions/net")
    (folder / "v1.json").write_text("")
    (folder / "v2.json").write_text('{"digest": "../../x", "type": "model"}')
    (folder / "changes").mkdir()
    (folder / "changes" / "0.json").write_text(json.dumps({"version": "v9", "add": ["x"], "after": "v0"}))
    (folder / "changes" / "1.json").write_text("[]")
    (data / "a.txt").write_text("new")
    assert run.log_artifact(draft(data)).version == "v3"
    with pytest.raises(ArtifactError, match="names no list of files"):
        run.use_artifact("net:v2").download()
