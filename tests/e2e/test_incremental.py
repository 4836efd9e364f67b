"""A build over an earlier one: the same as a build from nothing, and only what has changed is written."""

import json
import os
import shutil

import pytest

from tests.builders import run
from tests.e2e.study import tree, write_study

LATE = 4_000_000_000
"""A time at which all runs have ended long ago."""


def log(folder, run_id, stream="metrics"):
    return folder / f"runs/digits/{run_id}/{stream}.jsonl"


def append(path, **row):
    with path.open("a") as file:
        file.write(json.dumps(row) + "\n")


def rewrite(path, old, new):
    """Other bytes of the same length at the same time."""
    before = path.stat()
    data = path.read_bytes()
    assert len(old) == len(new)
    assert old in data
    path.write_bytes(data.replace(old, new, 1))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def project(folder):
    write_study(folder)
    run("parent").at(6_000).metric("train/loss", [3, 2, 1]).artifact("net").finished().write(folder)
    run("child").at(6_500).fork("parent", 1).metric("train/loss", [0.5], steps=[2]).finished().write(folder)
    return folder


def cut(path):
    os.truncate(path, path.stat().st_size // 2)


CHANGES = {
    "nothing": lambda _: None,
    "a row more": lambda f: append(log(f, "a2"), _step=2100, **{"train/loss": 9.5}),
    "half a row more": lambda f: log(f, "a2").open("a").write('{"_step": 2100, "train/l'),
    "a metric more": lambda f: append(log(f, "a2"), _step=2100, new=1),
    "another name": lambda f: append(log(f, "a2", "run"), type="update", name="renamed", tags=["x"]),
    "the same length at the same time": lambda f: rewrite(log(f, "a3"), b'"_step": 7', b'"_step": 8'),
    "a run more": lambda f: run("b").at(9_000).metric("train/loss", [1, 2]).finished().write(f),
    "an older run": lambda f: run("b").at(10).metric("other", [1, 2]).finished().write(f),
    "a run less": lambda f: shutil.rmtree(f / "runs/digits/a2"),
    "a project more": lambda f: run("z", project="other").at(1).metric("x", [1]).finished().write(f),
    "a parent's row": lambda f: rewrite(log(f, "parent"), b'"train/loss": 3', b'"train/loss": 7'),
    "an artifact used": lambda f: append(
        log(f, "a1", "run"), type="artifact", action="use", artifact_type="model", name="net", version="v0"
    ),
    "a report": lambda f: (f / "reports/rates.md").write_text("# Rates\n\nOther words.\n"),
    "no reports": lambda f: shutil.rmtree(f / "reports"),
    "a saved file": lambda f: (f / "runs/digits/a1/files/model.pt").write_bytes(b"WEIGHTS"),
    "a page of the site that was cut": lambda f: cut(f / "site/runs/a1/index.html"),
    "a page of the site that is gone": lambda f: (f / "site/runs/a2/index.html").unlink(),
    "a stranger in the site": lambda f: (f / "site/runs/a9.html").write_text("old"),
    "a site that is gone": lambda f: shutil.rmtree(f / "site"),
    "a dataset that was cut": lambda f: cut(next((f / "site/data/digits/r/a1").glob("charts.*.js"))),
    "a cache that is gone": lambda f: shutil.rmtree(f / ".reportgen"),
    "a cache that was cut": lambda f: [cut(path) for path in (f / ".reportgen").rglob("*") if path.is_file()],
}


SPOILED = [name for name in CHANGES if name == "nothing" or "site" in name or "cache" in name or "dataset" in name]
"""Changes of what a build made, and not of what it is made from."""


@pytest.fixture(scope="module")
def first(tmp_path_factory, build):
    """A project that was built, to be copied: what a build knows does not depend on where it lies."""
    folder = project(tmp_path_factory.mktemp("first") / "study")
    assert build(folder).returncode == 0
    return folder


@pytest.mark.parametrize("change", CHANGES)
def test_a_build_after_a_change_is_like_one_from_nothing(tmp_path, build, first, change):
    folder = shutil.copytree(first, tmp_path / "study")
    CHANGES[change](folder)
    done = build(folder)
    assert done.returncode == 0, done.stderr
    fresh = first
    if change not in SPOILED:
        fresh = tmp_path / "fresh/study"  # the name is that of a site with several projects
        shutil.copytree(folder, fresh, ignore=shutil.ignore_patterns("site", ".reportgen"))
        assert build(fresh).returncode == 0
    found, expected = tree(folder / "site"), tree(fresh / "site")
    assert sorted(found) == sorted(expected)
    assert [name for name, content in found.items() if content != expected[name]] == []


def times(site):
    return {path.relative_to(site).as_posix(): path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}


def test_a_row_more_writes_what_shows_that_run(tmp_path, build, first):
    folder = shutil.copytree(first, tmp_path / "study")
    before = times(folder / "site")
    append(log(folder, "a2"), _step=2100, **{"train/loss": 9.5})
    done = build(folder)
    assert "1 read (" in done.stdout
    assert "and 5 known" in done.stdout
    after = times(folder / "site")
    written = {name for name in after if after[name] != before.get(name)}
    runs = {name.split("/")[1] for name in written if name.startswith("runs/") and name.count("/") > 1}
    assert runs == {"a2"}
    data = {name.split("/")[3] for name in written if name.startswith("data/digits/r/")}
    assert data == {"a2"}
    tiles = [name for name in written if "/train-loss" in name and "/1-" in name]
    assert len(tiles) == 1  # of two: the first is full
    overviews = {name.split("/")[3] for name in written if name.startswith("data/digits/ov/")}
    assert {name.partition("-")[0] for name in overviews} == {"train"}


def test_when_nothing_has_changed_nothing_is_written_and_that_is_said(tmp_path, build):
    folder = project(tmp_path / "study")
    log(folder, "a1").open("a").write("no row\n")
    first = build(folder, "--json")
    before = times(folder / "site")
    second = build(folder, "--json")
    assert times(folder / "site") == before
    assert second.stderr == first.stderr
    assert "metrics.jsonl:" in second.stderr  # what is wrong is said each time
    was, now = json.loads(first.stdout), json.loads(second.stdout)
    assert (was["unchanged"], was["runs_read"], was["runs_reused"]) == (False, 6, 0)
    assert (now["unchanged"], now["runs_read"], now["runs_reused"], now["bytes_read"]) == (True, 0, 6, 0)
    same = ("site", "runs", "rows", "pages", "files", "bytes", "warnings")
    assert {name: was[name] for name in same} == {name: now[name] for name in same}
    assert now["files"] == len(before)
    assert "nothing has changed" in build(folder).stdout
    assert build(folder, "--strict").returncode == 1


def test_a_run_that_may_still_be_alive_is_looked_at_each_time(tmp_path, build):
    run("a").metric("loss", [1]).running().write(tmp_path)
    assert build(tmp_path).returncode == 0
    assert "nothing has changed" not in build(tmp_path).stdout
    build(tmp_path, SOURCE_DATE_EPOCH=str(LATE))
    assert "nothing has changed" in build(tmp_path, SOURCE_DATE_EPOCH=str(LATE)).stdout
    assert '"crashed"' in next((tmp_path / "site/data/digits").glob("runs.*.js")).read_text()


def test_a_project_with_mkdocs_settings_is_always_rendered(tmp_path, build):
    folder = project(tmp_path / "study")
    (folder / "mkdocs.yml").write_text("site_name: Study\ntheme: {name: reportgen}\nplugins: [reportgen]\n")
    assert build(folder).returncode == 0
    before = times(folder / "site")
    done = build(folder)
    assert "0 read (0 B) and 6 known" in done.stdout
    assert times(folder / "site") == before
