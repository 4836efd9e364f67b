"""Who logs a run at the same time, and what of it is shown."""

import math

import pytest

from tests.builders import NOW, START, load, project_model, run


def only(folder, described, *, now=NOW):
    described.write(folder)
    return load(folder, now=now).projects[0].runs[0]


def values(series):
    return {name: points.values.tolist() for name, points in series.items()}


def test_what_the_main_rank_logs_is_shown_and_the_others_are_beside_it(tmp_path):
    described = run("a").rank(0, world_size=3, local_rank=0).metric("loss", [3, 2]).system("cpu", [10]).finished()
    described.rank(2, local_rank=0, host="node-2").metric("loss", [5, 6]).system("cpu", [30]).metric("only/two", [1])
    described.finished().rank(1, local_rank=1).metric("loss", [9]).metric("only/two", [7]).finished()
    found = only(tmp_path, described)
    assert values(found.series) == {"loss": [3, 2], "only/two": [7]}
    assert {metric: values(of) for metric, of in found.by_rank.items()} == {
        "loss": {"rank 0": [3, 2], "rank 1": [9], "rank 2": [5, 6]},
        "only/two": {"rank 1": [7], "rank 2": [1]},
    }
    assert list(found.by_rank["loss"]) == ["rank 0", "rank 1", "rank 2"]
    assert values(found.system) == {"cpu": [10]}
    assert values(found.system_by_rank["cpu"]) == {"rank 0": [10], "rank 2": [30]}
    assert [(rank.name, rank.rank, rank.local_rank, rank.host) for rank in found.ranks] == [
        ("rank 0", 0, 0, ""),
        ("rank 1", 1, 1, ""),
        ("rank 2", 2, 0, "node-2"),
    ]
    assert found.ranks[0].world_size == 3
    assert found.summary == {"loss": 2.0, "only/two": 7.0}
    assert found.rows == 5


def test_a_run_of_one_process_has_one_rank_and_nothing_beside_it(tmp_path):
    found = only(tmp_path, run("a").environment(host="gpu-7", pid=12).metric("loss", [3, 2]).finished())
    (rank,) = found.ranks
    assert (rank.name, rank.rank, rank.host, rank.pid, rank.exit_code) == ("main", None, "gpu-7", 12, 0)
    assert (rank.started, rank.ended, rank.attempts) == (START, START + 100, 1)
    assert not found.by_rank
    assert not found.system_by_rank
    assert not found.overwritten


def test_a_labelled_writer_shares_the_run(tmp_path):
    described = run("a").metric("loss", [3, 2]).value("note", "main", step=1).finished()
    described.label("eval").metric("val", [0.5]).value("note", "eval", step=0).value("word", "hi", step=0).finished()
    found = only(tmp_path, described)
    assert values(found.series) == {"loss": [3, 2], "val": [0.5]}
    assert list(found.by_rank) == ["val"]
    assert [(rank.name, rank.rank, rank.label) for rank in found.ranks] == [("main", None, ""), ("eval", None, "eval")]
    assert found.summary == {"loss": 2.0, "val": 0.5, "note": "main", "word": "hi"}


def test_ranks_without_a_main_one_are_shown_by_number(tmp_path):
    described = run("a").rank(2).metric("loss", [2])
    described.rank(1).metric("loss", [1])
    described.writers.pop(0)
    found = only(tmp_path, described)
    assert [rank.name for rank in found.ranks] == ["rank 1", "rank 2"]
    assert values(found.series) == {"loss": [1]}


def test_media_say_which_rank_logged_them(tmp_path):
    described = run("a").rank(0).image("img", step=1)
    described.rank(1).image("img", step=2)
    assert [(medium.step, medium.rank) for medium in only(tmp_path, described).media] == [(1, ""), (2, "rank 1")]


def test_writers_that_say_nothing_are_told_apart_by_time(tmp_path):
    described = run("a").metric("loss", [3, 2])
    described.line("metrics.two", b'{"_step": 0, "_timestamp": %f, "loss": 9}\n' % (START + 1))
    described.line("metrics.later", b'{"_step": 2, "_timestamp": %f, "loss": 1}\n' % (START + 500))
    found = only(tmp_path, described.finished())
    assert values(found.series) == {"loss": [3, 2, 1]}
    assert values(found.by_rank["loss"]) == {"main": [3, 2, 1], "two": [9]}
    assert [attempt.number for attempt in found.attempts] == [1, 2]


def test_two_writers_of_one_name_are_two_ranks(tmp_path):
    described = run("a").rank(0).metric("loss", [3]).label("rank 1").metric("loss", [2])
    described.rank(1).metric("loss", [1])
    found = only(tmp_path, described)
    assert [rank.name for rank in found.ranks] == ["rank 0", "rank 1", "rank 1 (2)"]


@pytest.mark.parametrize(
    ("main", "other", "state", "exit_code"),
    [
        (0, 0, "finished", 0),
        (0, 2, "failed", 2),
        (3, 2, "failed", 3),
        (None, 2, "crashed", None),
        (0, None, "finished", 0),
    ],
)
def test_a_failed_rank_has_failed_the_run(tmp_path, main, other, state, exit_code):
    described = run("a").rank(0).metric("loss", [1])
    described = described if main is None else described.failed(main)
    described = described.rank(1).metric("loss", [1])
    found = only(tmp_path, described if other is None else described.failed(other))
    assert (found.state, found.exit_code) == (state, exit_code)


@pytest.mark.parametrize("other", ["rank", "label"])
@pytest.mark.parametrize(
    ("now", "code", "state"), [(START + 90, 0, "running"), (NOW, 0, "finished"), (NOW, 3, "failed")]
)
def test_others_do_not_say_that_a_main_process_without_records_is_done(tmp_path, other, now, code, state):
    described = run("a")
    described = described.rank(1) if other == "rank" else described.label("loader")
    described.metric("loss", [1]).failed(code, seconds=50).write(tmp_path)
    rows = "".join(f'{{"_step": {step}, "_timestamp": {START + step}, "loss": 1}}\n' for step in range(60))
    folder = tmp_path / "runs" / "digits" / "a"
    (folder / "metrics.jsonl").write_text(rows)
    (folder / "run.jsonl").unlink(missing_ok=True)
    found = load(tmp_path, now=now).projects[0].runs[0]
    assert (found.state, len(found.ranks)) == (state, 2)


@pytest.mark.parametrize("code", [0, 3])
def test_without_a_main_rank_the_first_decides(tmp_path, code):
    described = run("a").rank(1).metric("loss", [1] * 60).rank(2).metric("loss", [1]).failed(code, seconds=50)
    described.write(tmp_path)
    for stream in ("run", "metrics"):
        (tmp_path / "runs" / "digits" / "a" / f"{stream}.jsonl").unlink(missing_ok=True)
    found = load(tmp_path, now=START + 90).projects[0].runs[0]
    assert (found.state, [rank.name for rank in found.ranks]) == ("running", ["rank 1", "rank 2"])


def test_the_main_rank_has_the_last_word(tmp_path):
    described = run("a").rank(0).config(lr=1).environment(host="node-0", pid=5).name("main").finished(seconds=60)
    described.rank(1).config(lr=2, extra=3).environment(host="node-1", pid=6).name("other").finished(seconds=90)
    found = only(tmp_path, described)
    assert (found.name, found.config) == ("main", {"lr": 1, "extra": 3})
    assert (found.environment["host"], found.ended) == ("node-0", START + 60)
    assert "rank" not in found.environment


HOSTILE = [
    None,
    True,
    -1,
    10**400,
    1.5,
    "x",
    "NaN",
    [],
    {},
    [[[]]],
    {"step": {}},
    {"run": 3, "step": "x"},
    float("inf"),
]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize(
    "key", ["attempt", "rank", "starting_step", "rewind", "fork", "label", "world_size", "host", "pid"]
)
def test_a_hostile_start_record_spoils_nothing(tmp_path, key, value):
    described = run("a").metric("loss", [3, 2]).finished()
    described.attempt(2).environment(**{key: value}).metric("loss", [9], steps=[5]).finished()
    found = only(tmp_path, described)
    logged = [found.series["loss"], *found.by_rank.get("loss", {}).values()]
    logged += [tail.points for tail in found.overwritten.get("loss", ())]
    assert {value for series in logged for value in series.values.tolist()} == {3, 2, 9}
    assert found.rows == 3
    assert found.state == "finished"


def test_sixty_four_ranks(tmp_path):
    described = run("a").rank(0).metric("loss", [1, 2])
    for rank in range(1, 64):
        described.rank(rank).metric("loss", [rank, rank])
    found = project_model(tmp_path, described).runs[0]
    assert len(found.by_rank["loss"]) == 64
    assert list(found.series) == ["loss"]
    assert math.isclose(found.by_rank["loss"]["rank 63"].values[1], 63)
