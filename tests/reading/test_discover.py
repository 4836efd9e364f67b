"""What is a run, and which of its files may be read."""

import os

from reportgen.reading.discover import find_runs, find_streams
from tests.builders import load, run


def test_projects_and_runs(tmp_path):
    run("b", project="p").metric("x", [1]).write(tmp_path)
    run("a", project="p").metric("x", [1]).write(tmp_path)
    run("a", project="q").metric("x", [1]).write(tmp_path)
    found = find_runs(tmp_path / "runs", "runs")
    assert [(folder.project, folder.path.name, folder.where) for folder in found.runs] == [
        ("p", "a", "runs/p/a"),
        ("p", "b", "runs/p/b"),
        ("q", "a", "runs/q/a"),
    ]
    assert not found.problems


def test_what_is_no_run_is_a_problem_of_its_project(tmp_path):
    run("a").metric("x", [1]).write(tmp_path)
    (tmp_path / "runs/digits/empty").mkdir()
    (tmp_path / "runs/digits/other/src").mkdir(parents=True)
    (tmp_path / "runs/digits/notes.txt").write_text("hello")
    (tmp_path / "runs/digits/.hidden").write_text("")
    (tmp_path / "runs/stray.csv").write_text("")
    (tmp_path / "runs/nothing/here").mkdir(parents=True)
    (tmp_path / "runs/void").mkdir()
    workspace = load(tmp_path)
    (project,) = workspace.projects
    assert [run.id for run in project.runs] == ["a"]
    assert [problem.where for problem in project.problems] == [
        "runs/digits/empty",
        "runs/digits/notes.txt",
        "runs/digits/other",
    ]
    assert project.problems[0].what.startswith("no run log here: ")
    assert [problem.where for problem in workspace.problems] == ["runs/nothing/here", "runs/stray.csv", "runs/void"]


def test_runs_that_stand_among_the_projects(tmp_path):
    run("a", project="").metric("x", [1]).write(tmp_path)
    (project,) = load(tmp_path).projects
    assert (project.name, project.runs[0].id) == ("uncategorized", "a")


def test_streams_of_several_writers_the_first_writer_first(tmp_path):
    names = ["metrics.rank1.jsonl", "metrics.jsonl", "run.jsonl", "console.jsonl", "metrics.a.b.jsonl", "system.jsonl"]
    for name in [*names, "metrics.txt", "xmetrics.jsonl", "files.jsonl"]:
        (tmp_path / name).write_text("")
    streams, _ = find_streams(tmp_path, "runs/p/a")
    assert [(file.stream, file.writer) for file in streams] == [
        ("run", ""),
        ("metrics", ""),
        ("metrics", "a.b"),
        ("metrics", "rank1"),
        ("system", ""),
        ("console", ""),
    ]


def test_links_out_of_the_run_and_pipes_are_not_opened(tmp_path):
    secret = tmp_path / "secret.jsonl"
    secret.write_text('{"password": 1}\n')
    folder = run("a").metric("x", [1]).write(tmp_path)
    (folder / "system.jsonl").symlink_to(secret)
    (folder / "metrics.inside.jsonl").symlink_to(folder / "metrics.jsonl")
    (folder / "console.gone.jsonl").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "console.jsonl")
    (folder / "run.extra.jsonl").mkdir()
    (only,) = load(tmp_path).projects[0].runs
    assert set(only.series) == {"x"}
    assert set(only.by_rank["x"]) == {"main", "inside"}
    assert not only.system
    assert {problem.where.rsplit("/", 1)[1]: problem.what for problem in only.problems} == {
        "system.jsonl": "cannot be read: a link that leads out of the run folder is not followed",
        "console.jsonl": "cannot be read: not a regular file",
        "console.gone.jsonl": "cannot be read: No such file or directory",
        "run.extra.jsonl": "cannot be read: not a regular file",
    }
