"""The artifacts beside a project's runs: what the logger wrote, and what anybody may have sent."""

import hashlib
import json
import math

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

import reportgen
from reportgen.artifacts import ArtifactFile, ArtifactKey
from reportgen.logger.artifacts.collection import Collection
from reportgen.reading.artifacts import project_artifacts
from tests.builders import load, run


def version(folder, name, number, *, listed=(), **fields):
    """Write a version and its list of files as a hand would."""
    store = folder / "runs/digits/_artifacts"
    content = "".join(json.dumps(entry) + "\n" for entry in listed).encode()
    digest = hashlib.sha256(content).hexdigest()
    record = {"version": f"v{number}", "type": "model", "digest": digest, "files": len(listed), **fields}
    place = store / "versions" / name
    place.mkdir(parents=True, exist_ok=True)
    (place / f"v{number}.json").write_text(json.dumps(record))
    target = store / "objects" / digest[:2] / digest
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return place


def change(place, number, **fields):
    (place / "changes").mkdir(exist_ok=True)
    (place / "changes" / f"{number}.json").write_text(json.dumps(fields))


def read(folder):
    return project_artifacts(folder / "runs/digits", "digits", "runs/digits")


def test_what_the_logger_writes_is_read(tmp_path):
    root = tmp_path / "runs"
    with reportgen.init(project="digits", id="a", dir=root, capture=False, strict=True) as first:
        artifact = reportgen.Artifact(
            "net", "model", description="text", metadata={"acc": float("nan"), "at": {"x": 1}}
        )
        with artifact.new_file("w.bin", "wb") as file:
            file.write(b"weights")
        artifact.add_reference("s3://bucket/key")
        first.log_artifact(artifact, aliases="best", tags="t")
        first.link_artifact(artifact, "model-registry/net")
    with reportgen.init(project="other", id="b", dir=root, capture=False, strict=True) as second:
        second.use_artifact("digits/net:best")
    workspace = load(tmp_path)
    assert not workspace.all_problems()
    assert [project.name for project in workspace.projects] == ["digits", "other"]
    net, linked = workspace.artifacts
    assert (net.key, net.type, net.run, net.count) == (ArtifactKey("digits", "net", "v0"), "model", ("digits", "a"), 2)
    assert (set(net.aliases), net.tags, net.description, net.size) == ({"latest", "best"}, ("t",), "text", 7)
    assert math.isnan(net.metadata["acc"])
    assert net.files == (
        ArtifactFile("key", None, "", "s3://bucket/key"),
        ArtifactFile("w.bin", 7, hashlib.sha256(b"weights").hexdigest()),
    )
    assert (linked.key.project, linked.source, linked.files) == ("model-registry", net.key, None)
    (used,) = workspace.projects[1].runs[0].artifact_records
    assert (used.action, used.project, used.name, used.version, used.digest) == (
        "use",
        "digits",
        "net",
        "v0",
        net.digest,
    )


def test_changes_follow_the_version_that_they_name(tmp_path):
    for number in range(3):
        place = version(tmp_path, "net", number, aliases=["latest", "x"])
    change(place, 0, version="v0", after="v1", add=["x", "y"], description="changed", time=5)
    change(place, 1, version="v0", after="v2", remove=["y", "latest"], tags=["t"])
    change(place, 2, version="v2", after="v2", deleted=True)
    versions, problems = read(tmp_path)
    assert not problems
    assert [(one.key.version, one.aliases, one.deleted) for one in versions] == [
        ("v0", (), False),
        ("v1", ("latest",), False),
        ("v2", (), True),
    ]
    assert (versions[0].description, versions[0].tags) == ("changed", ("t",))


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from(["log", "move", "remove", "delete"]), st.booleans()))
)
def test_the_reader_and_the_logger_agree_on_aliases(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("agree")
    collection = Collection(str(folder / "_artifacts/versions/net"))
    for content, action, extra in steps:
        known = collection.versions()
        aliases = ["latest", "x"] if extra else ["y"]
        if action == "log" or not known:
            collection.add({"name": "net", "type": "t", "digest": content, "aliases": aliases})
        else:
            fields = {"move": {"add": aliases}, "remove": {"remove": aliases}, "delete": {"deleted": True}}[action]
            collection.change(known[0].name, fields)
    versions, _ = project_artifacts(folder, "p", "p")
    seen = {one.key.version: set(one.aliases) for one in versions if not one.deleted}
    assert seen == {one.name: set(one.aliases) for one in collection.versions()}


def test_damage_is_a_problem_of_the_project(tmp_path):
    run("a").metric("x", [1]).write(tmp_path)
    version(tmp_path, "whole", 0)
    place = version(tmp_path, "net", 0, listed=[{"path": "a", "digest": "0" * 64, "size": 1}])
    (place / "v1.json").write_text("{")
    (place / "v2.json").write_text("[1]")
    (place / "v3.json").write_text('{"digest": "../../../etc/passwd"}')
    (place / "v0x.json").write_text("{}")
    change(place, 0, version="v0")
    (place / "changes/1.json").write_text("")
    listed = next((tmp_path / "runs/digits/_artifacts/objects").rglob(read(tmp_path)[0][0].digest))
    listed.write_bytes(b"rot")
    (project,) = load(tmp_path).projects
    assert {problem.where.partition("versions/")[2]: problem.what for problem in project.problems} == {
        "net/changes/1.json": "not a JSON object, so it was skipped",
        "net/v1.json": "not a JSON object, so it was skipped",
        "net/v2.json": "not a JSON object, so it was skipped",
        "net/v0.json": "its list of files is damaged: it has another SHA-256",
        "net/v3.json": "the version names no list of files",
    }


def test_a_list_that_was_left_out_of_a_copy_is_no_problem(tmp_path):
    version(tmp_path, "net", 0, listed=[{"path": "a", "digest": "0" * 64, "size": 1}])
    for path in (tmp_path / "runs/digits/_artifacts/objects").rglob("*"):
        if path.is_file():
            path.unlink()
    (only,), problems = read(tmp_path)
    assert (only.files, only.count, problems) == (None, 1, [])


@pytest.mark.parametrize("value", [None, 5, "x", [1, {"a": 2}], {"a": None}, -1, True, 1e400])
def test_no_field_is_trusted(tmp_path, value):
    names = ("type", "size", "files", "time", "run", "aliases", "tags", "description", "metadata", "source", "deleted")
    place = version(tmp_path, "net", 0, listed=[{"path": value, "digest": value, "size": value, "ref": value}, value])
    record = json.loads((place / "v0.json").read_text())
    (place / "v0.json").write_text(json.dumps(record | dict.fromkeys(names, value)))
    change(place, 0, version="v0", after="v0", **dict.fromkeys(names[5:], value), add=value, remove=value)
    change(place, 1, version=value, after=value, add=value)
    (only,), problems = read(tmp_path)
    assert not problems
    assert isinstance(only.type, str)
    assert all(isinstance(word, str) for word in (*only.aliases, *only.tags, *only.run, only.description))
    assert only.size is None or only.size >= 0


def test_links_out_of_the_folder_are_not_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text('{"type": "secret"}')
    place = version(tmp_path, "net", 0)
    (place / "v1.json").symlink_to(secret)
    (place.parent / "elsewhere").symlink_to(tmp_path)
    versions, problems = read(tmp_path)
    assert [one.type for one in versions] == ["model"]
    assert [problem.what for problem in problems] == ["not a JSON object, so it was skipped"]
    (tmp_path / "runs/evil").mkdir()
    (tmp_path / "runs/evil/_artifacts").symlink_to(tmp_path / "runs/digits/_artifacts")
    assert project_artifacts(tmp_path / "runs/evil", "evil", "runs/evil") == ([], [])


def test_a_folder_of_artifacts_is_neither_a_run_nor_an_empty_project(tmp_path):
    run("a").metric("x", [1]).write(tmp_path)
    version(tmp_path, "net", 0)
    (tmp_path / "runs/model-registry/_artifacts/versions").mkdir(parents=True)
    workspace = load(tmp_path)
    assert [project.name for project in workspace.projects] == ["digits"]
    assert not workspace.all_problems()
