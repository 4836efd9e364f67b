"""The attempts of a run become one series, and what they replaced is kept."""

import math

import pytest

from tests.builders import NOW, START, load, run


def only(folder, described, *, now=NOW):
    described.write(folder)
    return load(folder, now=now).projects[0].runs[0]


def points(series):
    return list(zip(series.steps.tolist(), series.values.tolist(), strict=True))


def tails(found, metric):
    return [(tail.rank, tail.attempt, points(tail.points)) for tail in found.overwritten[metric]]


def test_an_attempt_replaces_what_came_from_its_first_step_on(tmp_path):
    described = run("a").metric("loss", [10, 11, 12, 13]).metric("rare", [1], steps=[3]).preempting()
    described.attempt(2, starting_step=4).metric("loss", [22, 23, 24], steps=[2, 3, 4]).finished()
    found = only(tmp_path, described)
    assert points(found.series["loss"]) == [(0, 10), (1, 11), (2, 22), (3, 23), (4, 24)]
    assert tails(found, "loss") == [("main", 1, [(2, 12), (3, 13)])]
    assert "rare" not in found.series
    assert tails(found, "rare") == [("main", 1, [(3, 1)])]
    assert found.summary == {"loss": 24.0}
    assert found.rows == 7


def test_an_attempt_that_goes_on_replaces_nothing(tmp_path):
    described = run("a").metric("loss", [3, 2]).system("cpu", [1, 2]).failed(1)
    described.attempt(2, starting_step=2).metric("loss", [1], steps=[2]).system("cpu", [3]).finished()
    found = only(tmp_path, described)
    assert points(found.series["loss"]) == [(0, 3), (1, 2), (2, 1)]
    assert not found.overwritten
    assert (found.system["cpu"].steps.tolist(), found.system["cpu"].values.tolist()) == ([0, 1, 2], [1, 2, 3])


def test_a_third_attempt_replaces_parts_of_both(tmp_path):
    described = run("a").metric("loss", [10, 11, 12, 13])
    described.attempt(2).metric("loss", [23, 24], steps=[3, 4])
    described.attempt(3).metric("loss", [31], steps=[1])
    found = only(tmp_path, described)
    assert points(found.series["loss"]) == [(0, 10), (1, 31)]
    assert tails(found, "loss") == [("main", 1, [(1, 11), (2, 12), (3, 13)]), ("main", 2, [(3, 23), (4, 24)])]


def test_a_rewind_throws_away_what_came_after_its_step(tmp_path):
    described = run("a").metric("loss", [10, 11, 12, 13]).metric("mid", [7], steps=[1.5])
    described.attempt(2, rewind={"step": 1}).finished()
    found = only(tmp_path, described)
    assert points(found.series["loss"]) == [(0, 10), (1, 11)]
    assert list(found.overwritten) == ["loss", "mid"]
    described.metric("loss", [25], steps=[5])
    found = only(tmp_path, described)
    assert points(found.series["loss"]) == [(0, 10), (1, 11), (5, 25)]


def test_the_starting_step_counts_too(tmp_path):
    described = run("a").metric("loss", [10, 11, 12, 13])
    described.attempt(2, starting_step=2).metric("loss", [29], steps=[9])
    assert points(only(tmp_path, described).series["loss"]) == [(0, 10), (1, 11), (9, 29)]


@pytest.mark.parametrize(
    ("fields", "steps"),
    [({}, [0, 1, 2, 3]), ({"starting_step": 7}, [0, 1, 7, 8]), ({"rewind": {"step": 0}}, [0, 1, 2])],
)
def test_rows_without_a_step_count_on(tmp_path, fields, steps):
    described = run("a").metric("loss", [1, 2]).attempt(2, **fields)
    described.line("metrics.2", b'{"loss": 3}\n{"loss": 4}\n')
    assert only(tmp_path, described).series["loss"].steps.tolist() == steps


def test_each_rank_is_stitched_by_itself(tmp_path):
    described = run("a").rank(0).metric("loss", [0, 1, 2]).attempt(2).metric("loss", [8], steps=[1])
    described.rank(1).metric("loss", [10, 11, 12]).attempt(2).metric("loss", [18], steps=[2])
    found = only(tmp_path, described)
    assert points(found.series["loss"]) == [(0, 0), (1, 8)]
    assert points(found.by_rank["loss"]["rank 1"]) == [(0, 10), (1, 11), (2, 18)]
    assert tails(found, "loss") == [("rank 0", 1, [(1, 1), (2, 2)]), ("rank 1", 1, [(2, 12)])]
    assert [rank.attempts for rank in found.ranks] == [2, 2]


def test_media_and_texts_of_replaced_rows_are_not_shown(tmp_path):
    described = run("a").metric("loss", [3, 2, 1]).image("img", step=0).image("img", step=2)
    described.value("note", "gone", step=2).value("kept", "here", step=0)
    described.attempt(2).metric("loss", [9], steps=[1]).finished()
    found = only(tmp_path, described)
    assert [medium.step for medium in found.media] == [0]
    assert [medium.step for medium in found.overwritten_media] == [2]
    assert found.summary == {"loss": 9.0, "kept": "here"}


def test_attempts_say_how_they_went(tmp_path):
    described = run("a").environment(host="a", pid=11).metric("loss", [3, 2]).preempting()
    described.attempt(2).environment(host="b", pid=12).metric("loss", [1], steps=[1]).failed(7)
    described.attempt(3).metric("loss", [0], steps=[2]).finished(seconds=30)
    first, second, third = only(tmp_path, described).attempts
    assert (first.number, first.host, first.pid, first.first_step, first.last_step) == (1, "a", 11, 0, 1)
    assert (first.exit_code, first.preempted, first.started, first.ended) == (None, True, START, START + 50)
    assert (second.number, second.writer, second.host, second.exit_code, second.preempted) == (2, "2", "b", 7, False)
    assert (third.exit_code, third.started, third.ended) == (0, START + 400, START + 430)


def test_the_state_is_that_of_the_last_attempt(tmp_path):
    described = run("a").metric("loss", [3, 2]).finished()
    described.attempt(2).metric("loss", [1], steps=[2])
    found = only(tmp_path, described)
    assert (found.state, found.exit_code) == ("crashed", None)
    found = only(tmp_path, described.running())
    assert found.state == "running"


def test_a_preempted_run_that_has_not_come_back_has_crashed_or_failed(tmp_path):
    found = only(tmp_path, run("a").metric("loss", [1]).preempting())
    assert (found.state, found.attempts[-1].preempted) == ("crashed", True)
    found = only(tmp_path, run("a").metric("loss", [1]).preempting().failed(143))
    assert (found.state, found.attempts[-1].preempted) == ("failed", True)
    found = only(tmp_path, run("a").metric("loss", [1]).preempting().finished())
    assert (found.state, found.attempts[-1].preempted) == ("finished", False)


def test_attempts_without_numbers_are_put_in_order_by_name_and_time(tmp_path):
    described = run("a").metric("loss", [3, 2]).value("note", "first", step=1).failed(1)
    for number, seconds in ((3, 300), (2, 200)):
        time = START + seconds
        described.line(f"run.{number}", b'{"type": "start", "time": %f, "pid": %d}\n' % (time, number))
        described.line(f"metrics.{number}", b'{"_step": 2, "_timestamp": %f, "loss": %d}\n' % (time + 1, number))
    described.line("run.3", b'{"type": "finish", "time": %f, "exit_code": 0}\n' % (START + 400))
    described.line("metrics.3", b'{"_step": 3, "note": 7}\n')
    found = only(tmp_path, described)
    assert points(found.series["loss"]) == [(0, 3), (1, 2), (2, 3)]
    assert tails(found, "loss") == [("main", 2, [(2, 2)])]
    assert (found.state, found.started, found.ended) == ("finished", START, START + 400)
    assert (found.rows, found.summary) == (5, {"loss": 3.0, "note": 7.0})
    assert found.environment["pid"] == 3


def test_a_log_without_any_record_has_one_attempt(tmp_path):
    (tmp_path / "runs/digits/a").mkdir(parents=True)
    (tmp_path / "runs/digits/a/metrics.jsonl").write_text('{"loss": 3}\n')
    (attempt,) = load(tmp_path).projects[0].runs[0].attempts
    assert (attempt.number, attempt.first_step, attempt.exit_code) == (1, 0, None)
    assert math.isnan(attempt.started)
