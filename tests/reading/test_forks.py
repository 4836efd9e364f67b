"""A run that begins as a copy of another one."""

import pickle
import shutil

from reportgen.reading import load_run, workspace
from tests.builders import build_config, comparable, load, project_model, run


def points(series):
    return list(zip(series.steps.tolist(), series.values.tolist(), strict=True))


def by_id(folder, *described):
    return {found.id: found for found in project_model(folder, *described).runs}


def test_the_parents_rows_up_to_the_step_come_first(tmp_path):
    parent = run("p").metric("loss", [10, 11, 12, 13]).metric("early", [5], steps=[1]).define("loss", summary=["max"])
    child = run("c").at(500).fork("p", 2).metric("loss", [23, 24], steps=[3, 4]).summary(best=1).finished()
    found = by_id(tmp_path, parent, child)["c"]
    assert points(found.series["loss"]) == [(0, 10), (1, 11), (2, 12), (3, 23), (4, 24)]
    assert points(found.series["early"]) == [(1, 5)]
    assert found.summary == {"loss": 24.0, "loss.max": 24.0, "early": 5.0, "best": 1}
    assert (found.fork.run, found.fork.step) == ("p", 2)
    assert found.rows == 2
    assert not found.problems
    assert not found.by_rank


def test_own_rows_replace_those_of_the_parent(tmp_path):
    child = run("c").fork("p", 3).metric("loss", [21], steps=[1])
    found = by_id(tmp_path, run("p").metric("loss", [10, 11, 12, 13]), child)["c"]
    assert points(found.series["loss"]) == [(0, 10), (1, 21)]


def test_rows_without_a_step_count_on_from_the_fork(tmp_path):
    child = run("c").fork("p", 1).line("metrics", b'{"loss": 20}\n{"loss": 21}\n')
    found = by_id(tmp_path, run("p").metric("loss", [10, 11, 12]), child)["c"]
    assert points(found.series["loss"]) == [(0, 10), (1, 11), (2, 20), (3, 21)]


def test_a_later_attempt_may_go_back_behind_the_fork(tmp_path):
    child = (
        run("c")
        .fork("p", 2)
        .metric("loss", [23], steps=[3])
        .attempt(2, rewind={"step": 0})
        .metric("loss", [31], steps=[1])
    )
    found = by_id(tmp_path, run("p").metric("loss", [10, 11, 12]), child)["c"]
    assert points(found.series["loss"]) == [(0, 10), (1, 31)]
    assert points(found.overwritten["loss"][0].points) == [(3, 23)]


def test_forks_of_forks(tmp_path):
    a = run("a").metric("loss", [0, 1, 2, 3])
    b = run("b").at(10).fork("a", 1).metric("loss", [12, 13, 14], steps=[2, 3, 4])
    c = run("c").at(20).fork("b", 3).metric("loss", [24], steps=[4])
    d = run("d").at(30).fork("c", 0)
    found = by_id(tmp_path, d, c, b, a)
    assert points(found["c"].series["loss"]) == [(0, 0), (1, 1), (2, 12), (3, 13), (4, 24)]
    assert points(found["d"].series["loss"]) == [(0, 0)]


def test_a_missing_parent_is_a_problem(tmp_path):
    found = by_id(tmp_path, run("c").fork("gone", 2).metric("loss", [1], steps=[3]))["c"]
    assert points(found.series["loss"]) == [(3, 1)]
    (problem,) = found.problems
    assert problem.where == "runs/digits/c/run.jsonl"
    assert problem.what == "forked from run gone at step 2, which is not in this project: only its own rows are shown"


def test_forks_in_a_circle_are_a_problem_of_each(tmp_path):
    a = run("a").fork("b", 5).metric("loss", [1], steps=[1])
    b = run("b").fork("c", 5).metric("loss", [2], steps=[2])
    c = run("c").fork("a", 5).metric("loss", [3], steps=[3])
    beside = run("d").fork("a", 5).metric("loss", [9], steps=[9])
    itself = run("e").fork("e", 5).metric("loss", [7], steps=[7])
    found = by_id(tmp_path, beside, a, b, c, itself)
    assert {name: points(one.series["loss"]) for name, one in found.items()} == {
        "a": [(1, 1)],
        "b": [(2, 2)],
        "c": [(3, 3)],
        "d": [(1, 1), (9, 9)],
        "e": [(7, 7)],
    }
    assert {name: len(one.problems) for name, one in found.items()} == {"a": 1, "b": 1, "c": 1, "d": 0, "e": 1}
    assert "is a fork of it" in found["a"].problems[0].what


def test_a_long_line_of_forks(tmp_path):
    described = [run("r0000").metric("loss", [0])]
    described += [run(f"r{n:04}").fork(f"r{n - 1:04}", n - 1).metric("loss", [n], steps=[n]) for n in range(1, 1500)]
    found = by_id(tmp_path, *described)["r1499"]
    assert found.series["loss"].values.tolist() == list(range(1500))


def test_ranks_take_their_own_from_the_parent(tmp_path):
    parent = run("p").rank(0).metric("loss", [0, 1])
    parent.rank(1).metric("loss", [10, 11]).metric("only", [5])
    child = run("c").fork("p", 1).metric("loss", [2], steps=[2])
    found = by_id(tmp_path, parent, child)["c"]
    assert points(found.series["loss"]) == [(0, 0), (1, 1), (2, 2)]
    assert {name: points(series) for name, series in found.by_rank["loss"].items()} == {
        "main": [(0, 0), (1, 1), (2, 2)],
        "rank 1": [(0, 10), (1, 11)],
    }
    assert list(found.by_rank) == ["loss", "only"]


def test_a_fork_that_names_no_run_is_a_problem(tmp_path):
    (tmp_path / "x").mkdir()
    for number, fork in enumerate([3, "p", {"run": 3, "step": 1}, {"run": "p"}, {"run": "p", "step": "NaN"}]):
        found = by_id(tmp_path / str(number), run("c").environment(fork=fork).metric("loss", [1]))["c"]
        assert [problem.what for problem in found.problems] == [
            "its fork names no run and step, so only its own rows are shown"
        ]
        assert found.fork is None


def test_a_run_read_alone_finds_its_parents_beside_it(tmp_path):
    described = [run("a").metric("loss", [0, 1]), run("b").fork("a", 0).metric("loss", [1], steps=[1])]
    described.append(run("c").fork("b", 1).metric("loss", [3], steps=[2]))
    project = by_id(tmp_path, *described)
    folder = tmp_path / "runs/digits/c"
    found = load_run(folder, "digits", config=build_config(tmp_path))
    assert points(found.series["loss"]) == [(0, 0), (1, 1), (2, 3)]
    assert comparable(found) == comparable(project["c"])


def test_a_run_read_alone_takes_nothing_from_elsewhere(tmp_path):
    run("x").metric("loss", [7]).write(tmp_path / "outside")
    for number, name in enumerate(["../../../outside/runs/digits/x", "..", "gone", "x\0", "", "c0"]):
        folder = run(f"c{number}").fork(name, 9).metric("loss", [3], steps=[2]).write(tmp_path)
        found = load_run(folder, "digits", config=build_config(tmp_path))
        assert points(found.series["loss"]) == [(2, 3)] if name != "c0" else True


def test_a_parent_that_grows_is_seen_in_the_fork_from_the_cache(tmp_path):
    folder = run("p").metric("loss", [1, 2]).write(tmp_path)
    run("c").fork("p", 5).metric("loss", [9], steps=[6]).write(tmp_path)
    load(tmp_path)
    with (folder / "metrics.jsonl").open("a") as file:
        file.write('{"_step": 2, "loss": 3}\n')
    grown = {found.id: found for found in load(tmp_path).projects[0].runs}["c"]
    assert points(grown.series["loss"]) == [(0, 1), (1, 2), (2, 3), (6, 9)]
    shutil.rmtree(tmp_path / ".reportgen/cache")
    fresh = {found.id: found for found in load(tmp_path).projects[0].runs}["c"]
    assert comparable(fresh) == comparable(grown)


def test_a_fork_keeps_what_its_parent_was_when_it_was_made(tmp_path):
    a = run("a").metric("loss", [0, 1, 2, 3])
    b = run("b").at(100).fork("a", 2).metric("loss", [13, 14], steps=[3, 4])
    c = run("c").at(200).fork("b", 3).metric("loss", [24], steps=[4])
    a.attempt(2, rewind={"step": 0}, seconds=300).metric("loss", [101], steps=[1])
    b.attempt(2, rewind={"step": 1}, seconds=300).metric("loss", [112], steps=[2])
    d = run("d").at(400).fork("a", 2)
    e = run("e").at(400).fork("b", 2)
    found = by_id(tmp_path, a, b, c, d, e)
    assert {name: points(one.series["loss"]) for name, one in found.items()} == {
        "a": [(0, 0), (1, 101)],
        "b": [(0, 0), (1, 1), (2, 112)],
        "c": [(0, 0), (1, 1), (2, 2), (3, 13), (4, 24)],
        "d": [(0, 0), (1, 101)],
        "e": [(0, 0), (1, 1), (2, 112)],
    }


def test_what_a_fork_shows_is_worked_out_once(tmp_path, monkeypatch):
    described = [run("a").metric("loss", [0, 1]), run("b").fork("a", 0).metric("loss", [1], steps=[1])]
    first = by_id(tmp_path, *described)
    asked = []
    real = workspace.shown_by
    monkeypatch.setattr(workspace, "shown_by", lambda family, forks: asked.append(list(forks)) or real(family, forks))
    assert comparable(by_id(tmp_path, *described)) == comparable(first)
    described[0].metric("loss", [2], steps=[2])
    grown = by_id(tmp_path, *described)
    assert asked == [[], ["b"]]
    assert grown["b"].digest != first["b"].digest


def test_a_fork_goes_through_a_pipe(tmp_path):
    described = [run("a").metric("loss", [0, 1]), run("b").fork("a", 0).metric("loss", [1], steps=[1])]
    found = by_id(tmp_path, *described)["b"]
    assert comparable(pickle.loads(pickle.dumps(found))) == comparable(found)  # noqa: S301 (our own)
