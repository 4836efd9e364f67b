"""Steps that repeat or go back: what docs/reference/run-log.md says a chart shows of them."""

import json

from reportgen.frames.history import history_rows
from tests.builders import project_model, run


def read(folder, described, *rows):
    for row in rows:
        described.line("metrics", json.dumps(row).encode() + b"\n")
    return project_model(folder, described.finished()).runs[0]


def points(series):
    return list(zip(series.steps.tolist(), series.values.tolist(), strict=True))


def test_in_consecutive_lines_the_last_write_wins(tmp_path):
    lines = [{"_step": 1, "loss": 3}, {"_step": 1, "acc": 0.5}, {"_step": 1, "loss": 2}]
    found = read(tmp_path, run("a"), *lines)
    assert found.rows == 1
    assert points(found.series["loss"]) == [(1, 2)]
    assert points(found.series["acc"]) == [(1, 0.5)]


def test_later_in_an_attempt_every_row_is_shown_in_the_order_of_the_log(tmp_path):
    steps = [0, 5, 3, 0, 5, -2, 1e18, 0.5]
    found = read(tmp_path, run("a"), *({"_step": step, "loss": number} for number, step in enumerate(steps)))
    assert points(found.series["loss"]) == [(step, number) for number, step in enumerate(steps)]
    assert found.summary["loss"] == len(steps) - 1
    assert not found.overwritten


def test_of_a_later_attempt_the_rows_are_shown_and_the_others_kept(tmp_path):
    described = run("a").metric("loss", [9, 8, 7]).attempt(2, starting_step=1).metric("loss", [1], steps=[1])
    found = read(tmp_path, described)
    assert points(found.series["loss"]) == [(0, 9), (1, 1)]
    assert [points(tail.points) for tail in found.overwritten["loss"]] == [[(1, 8), (2, 7)]]


def test_of_ranks_the_main_one_is_shown(tmp_path):
    found = read(tmp_path, run("a").rank(0).metric("loss", [1, 2]).rank(1).metric("loss", [3, 4]))
    assert points(found.series["loss"]) == [(0, 1), (1, 2)]
    assert points(found.by_rank["loss"]["rank 1"]) == [(0, 3), (1, 4)]


def test_a_step_that_is_no_finite_number_counts_as_missing(tmp_path):
    odd = ["5", None, [5], {"x": 5}, "NaN", 10**400]
    found = read(tmp_path, run("a"), {"_step": 2, "loss": 0}, *({"_step": step, "loss": 1} for step in odd))
    assert found.series["loss"].steps.tolist() == list(range(2, 3 + len(odd)))


def test_a_history_has_one_row_a_step_with_the_last_values(tmp_path):
    lines = [{"_step": 1, "loss": 3, "acc": 0.5}, {"_step": 0, "loss": 4}, {"_step": 1, "loss": 2}]
    rows = [
        {key: row[key] for key in row if key != "_timestamp"} for row in history_rows(read(tmp_path, run("a"), *lines))
    ]
    assert rows == [{"_step": 0, "loss": 4}, {"_step": 1, "acc": 0.5, "loss": 2}]
