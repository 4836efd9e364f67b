"""The artifacts on the page of a run."""

import hashlib
import json

import pytest

from reportgen.document import ArtifactList, Link
from reportgen.pages import around_runs, run_page
from reportgen.site.assets import theme_folder
from reportgen.site.render import PageView, Renderer
from tests.builders import run

DIGEST = "ab" * 32


def record(action, name, version="v0", **more):
    return {"type": "artifact", "action": action, "artifact_type": "model", "name": name, "version": version, **more}


def stored(name, version="v0", *, files=(), **fields):
    """Files of a version, relative to a run folder of the same project."""
    content = "".join(json.dumps(file) + "\n" for file in files).encode()
    digest = hashlib.sha256(content).hexdigest()
    known = {"type": "model", "digest": digest, "size": 9, "files": len(files), "aliases": ["latest"], **fields}
    return {
        f"../_artifacts/versions/{name}/{version}.json": json.dumps(known).encode(),
        f"../_artifacts/objects/{digest[:2]}/{digest}": content,
    }


def with_files(described, files):
    for path, content in files.items():
        described.file(path, content)
    return described


def lists(context, run_id, project="digits"):
    found = next(one for one in context.workspace.projects if one.name == project)
    around = {str(one.id): about for one, about in zip(found.runs, around_runs(found, context), strict=True)}
    page = run_page(found.run(run_id), around[run_id], context)
    section = next((section for section in page.sections if section.id == "artifacts"), None)
    listed = [block for block in section.blocks if isinstance(block, ArtifactList)] if section else []
    return (section.count if section else 0), {block.title: block for block in listed}


def test_lineage_goes_both_ways(context_of):
    files = stored("net", files=[{"path": "w.bin", "digest": DIGEST, "size": 9}], metadata={"a": {"b": 1}}, tags=["t"])
    context = context_of(
        with_files(run("maker").record(**record("log", "net", aliases=["old"])), files),
        run("user").at(60).record(**record("use", "net")),
        run("other", project="q").at(90).record(**record("use", "net", project="digits")),
    )
    count, made = lists(context, "maker")
    (item,) = made["Logged"].artifacts
    assert (count, item.name, item.version, item.type, item.aliases, item.tags) == (
        1,
        "net",
        "v0",
        "model",
        ("latest",),
        ("t",),
    )
    assert item.metadata == (("a.b", "1", "1"),)
    assert [(file.path, file.size, file.sha256) for file in item.files] == [("w.bin", 9, DIGEST)]
    assert item.used_by == (Link("user", "digits/runs/user/index.html"), Link("other", "q/runs/other/index.html"))
    assert item.logged_by is None
    (item,) = lists(context, "user")[1]["Used"].artifacts
    assert item.logged_by == Link("maker", "digits/runs/maker/index.html")
    assert [link.text for link in item.used_by] == ["other"]
    (item,) = lists(context, "other", "q")[1]["Used"].artifacts
    assert (item.project, item.logged_by.text) == ("digits", "maker")


def test_a_link_leads_to_what_it_links_to(context_of):
    files = stored("net", files=[{"path": "w.bin", "digest": DIGEST, "size": 9}])
    source = {"project": "digits", "name": "net", "version": "v0"}
    shelf = stored("shelf", files=[{"path": "w.bin", "digest": DIGEST, "size": 9}], source=source)
    context = context_of(
        with_files(run("maker").record(**record("log", "net")), files | shelf),
        run("user").at(60).record(**record("use", "shelf")),
    )
    (item,) = lists(context, "maker")[1]["Logged"].artifacts
    assert ([link.text for link in item.used_by], item.linked_as) == (["user"], ("digits/shelf:v0",))
    (item,) = lists(context, "user")[1]["Used"].artifacts
    assert (item.links_to, item.logged_by.text, item.linked_as) == ("digits/net:v0", "maker", ())
    assert len(item.files) == 1


def test_a_version_is_listed_once_and_the_latest_first(context_of):
    described = (
        run("a").record(**record("log", "net")).record(**record("log", "net", "v1")).record(**record("log", "net"))
    )
    count, found = lists(context_of(described), "a")
    assert count == 2
    assert [item.version for item in found["Logged"].artifacts] == ["v0", "v1"]
    assert "not in the folder" in found["Logged"].artifacts[0].note


def test_very_many_are_cut_and_it_is_said(context_of):
    described = run("a")
    for number in range(250):
        described.record(**record("log", "net", f"v{number}"))
    files = [{"path": f"{number}.bin", "digest": DIGEST, "size": 1} for number in range(1500)]
    with_files(described, stored("net", "v249", files=files))
    count, found = lists(context_of(described), "a")
    block = found["Logged"]
    assert (count, len(block.artifacts), block.artifacts[0].version) == (250, 200, "v249")
    assert block.note == "The latest 200 of 250 are shown."
    assert (len(block.artifacts[0].files), block.artifacts[0].count) == (500, 1500)
    html = rendered(block)
    assert "The first 500 of 1,500 files." in html


def test_deleted_and_incomplete_versions_say_so(context_of):
    gone = stored("gone", deleted=True)
    bare = {path: content for path, content in stored("bare", files=[{"path": "x"}]).items() if "versions" in path}
    context = context_of(
        with_files(run("a").record(**record("log", "gone")).record(**record("log", "bare")), gone | bare)
    )
    notes = {item.name: item.note for item in lists(context, "a")[1]["Logged"].artifacts}
    assert notes == {"gone": "This version was deleted.", "bare": "The list of its files is not here."}


def test_a_run_without_artifacts_has_no_such_section(context_of):
    assert lists(context_of(run("a")), "a") == (0, {})


def rendered(block):
    view = PageView(uri="runs/a/index.html", kind="run", template="run.html", title="a", site_name="s")
    return Renderer((theme_folder(),), lambda _: None).block(block, view)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "../../x"])
def test_hostile_text_is_text(context_of, text):
    files = [{"path": text, "digest": text, "size": 1, "ref": f"javascript:{text}"}]
    fields = {"aliases": [text], "tags": [text], "description": text, "metadata": {text: text}, "type": text}
    described = run("a").record(**record("log", "net", aliases=[text])).record(**record("use", text, text, digest=text))
    context = context_of(with_files(described, stored("net", files=files, **fields)))
    for block in lists(context, "a")[1].values():
        assert isinstance(block, ArtifactList)
        html = rendered(block)
        assert "<script" not in html
        assert "<img" not in html
        assert 'href="javascript' not in html
