"""A project folder as a `Workspace`."""

import os

import pytest

from reportgen.config import BuildConfig
from reportgen.errors import ProjectError
from reportgen.reading import load_workspace
from tests.builders import build_config, load, run


def test_a_folder_that_is_none(tmp_path):
    with pytest.raises(ProjectError, match="no such folder"):
        load(tmp_path / "nowhere")


def test_a_folder_without_runs_says_how_to_get_some(tmp_path):
    with pytest.raises(ProjectError, match=r"it has no runs/ folder[\s\S]*reportgen\.init"):
        load(tmp_path)


def test_no_runs_yet(tmp_path):
    (tmp_path / "runs").mkdir()
    workspace = load(tmp_path)
    assert (workspace.projects, workspace.problems) == ((), ())


def test_the_folder_of_runs_may_have_another_name(tmp_path):
    run("a").metric("x", [1]).line("metrics", b"bad\n").finished().write(tmp_path)
    (tmp_path / "runs").rename(tmp_path / "logs")
    config = BuildConfig(folder=tmp_path, site_dir=tmp_path / "site", runs="logs")
    (problem,) = load_workspace(config).all_problems()
    assert problem.where == "logs/digits/a/metrics.jsonl:2"


def test_a_folder_of_runs_elsewhere(tmp_path):
    run("a").metric("x", [1]).finished().write(tmp_path / "there")
    (tmp_path / "here").mkdir()
    config = BuildConfig(folder=tmp_path / "here", site_dir=tmp_path / "site", runs=str(tmp_path / "there/runs"))
    assert load_workspace(config).projects[0].runs[0].id == "a"


def snapshot(folder):
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
        for path in folder.rglob("*")
    }


def test_reading_never_writes_to_the_runs(tmp_path):
    run("a").metric("x", [1]).image("img").line("metrics", b"bad\n{").crashed().write(tmp_path)
    before = snapshot(tmp_path / "runs")
    load(tmp_path)
    load(tmp_path)
    assert snapshot(tmp_path / "runs") == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_problem(tmp_path):
    folder = run("a").metric("x", [1]).finished().write(tmp_path)
    (folder / "metrics.jsonl").chmod(0)
    (found,) = load(tmp_path).projects[0].runs
    assert [str(problem) for problem in found.problems] == [
        "runs/digits/a/metrics.jsonl: cannot be read: Permission denied"
    ]


def test_a_cache_folder_that_cannot_be_written_is_no_error(tmp_path):
    run("a").metric("x", [1]).finished().write(tmp_path)
    (tmp_path / ".reportgen").write_text("in the way")
    assert load_workspace(build_config(tmp_path)).projects[0].runs[0].rows == 1
