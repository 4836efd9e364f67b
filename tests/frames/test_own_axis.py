"""Which metric another is drawn over, and where its points are."""

import math
from pathlib import Path

import numpy as np
import pytest

from reportgen.definitions import MetricDefinition
from reportgen.frames import axis_of_run, axis_of_runs, placed, tail_column, x_column
from reportgen.model import Run, RunId, Series
from tests.builders import project_model, run

NAN = math.nan
OVER = MetricDefinition("loss", "epoch")


def series(metric, points, times=None):
    steps, values = zip(*points, strict=True)
    times = times or [NAN] * len(points)
    return Series(metric, *(np.array(column, dtype=float) for column in (steps, times, values)))


def a_run(*logged, definitions=(OVER,)):
    metrics = {one.metric: one for one in logged}
    return Run(RunId("a"), "p", Path("a"), "a", "finished", 0, 0.0, 1.0, series=metrics, definitions=definitions)


def x_of(loss, epoch, definition=OVER):
    points = series("loss", loss)
    x = x_column(a_run(points, series("epoch", epoch), definitions=(definition,)), "epoch", points)
    return x.tolist()


def test_a_point_has_the_value_of_its_step_else_the_last_before_it():
    assert x_of([(0, 1), (4, 1), (5, 1), (7, 1)], [(4, 10), (6, 20)]) == pytest.approx([NAN, 10, 10, 20], nan_ok=True)


def test_without_sync_only_the_same_step_counts():
    definition = MetricDefinition("loss", "epoch", step_sync=False)
    found = x_of([(0, 1), (4, 1), (5, 1), (6, 1)], [(4, 10), (6, 20)], definition)
    assert found == pytest.approx([NAN, 10, NAN, 20], nan_ok=True)


def test_of_several_in_a_step_the_last_counts_and_no_number_is_no_place():
    assert x_of([(1, 1), (2, 1), (3, 1)], [(1, 5), (1, 6), (2, NAN), (3, math.inf)]) == pytest.approx(
        [6, NAN, NAN], nan_ok=True
    )


def test_steps_that_begin_again_are_told_apart_by_time():
    steps = [0, 1, 2, 0, 1, 2]
    points = series("loss", [(step, 1) for step in steps], times=[1, 2, 3, 11, 12, 13])
    epoch = series("epoch", [(0, 1), (0, 2)], times=[1, 11])
    assert x_column(a_run(points, epoch), "epoch", points).tolist() == [1, 1, 1, 2, 2, 2]
    untimed = series("loss", [(step, 1) for step in steps])
    assert x_column(a_run(untimed, epoch), "epoch", untimed).tolist() == [2] * 6


def test_a_run_that_never_logged_it_has_no_column():
    points = series("loss", [(0, 1)])
    assert x_column(a_run(points), "epoch", points) is None
    assert axis_of_run(a_run(points), "loss") == ""


def test_a_metric_is_not_drawn_over_itself():
    of = a_run(series("loss", [(0, 1)]), series("epoch", [(0, 1)]), definitions=(MetricDefinition("*", "epoch"),))
    assert [axis_of_run(of, metric) for metric in ("loss", "epoch")] == ["epoch", ""]


def described(name, over, **logged):
    made = run(name).metric("loss", [1, 2])
    for metric, values in logged.items():
        made.metric(metric, values)
    return made.define("loss", step_metric=over) if over else made


@pytest.mark.parametrize(
    ("runs", "axis"),
    [
        ([("a", {}), ("b", {}), ("b", {})], "b"),
        ([("a", {}), ("b", {})], "a"),
        ([("a", {}), ("", {}), ("", {})], "a"),
        ([("", {}), ("", {})], ""),
        ([("a", {}), ("", {"a": None}), ("", {"a": None})], ""),
        ([("a", {}), ("", {"a": None})], "a"),
        ([("gone", {})], ""),
    ],
)
def test_runs_together_go_over_what_most_define_if_most_can(tmp_path, runs, axis):
    made = []
    for number, (over, lacks) in enumerate(runs):
        logged = {name: [0, 1] for name in ("a", "b") if name not in lacks}
        made.append(described(f"r{number}", over, **logged).at(number))
    assert axis_of_runs(project_model(tmp_path, *made).runs, "loss") == axis


def test_points_in_order_are_as_they_were_and_others_are_put_in_order():
    points = series("loss", [(0, 1), (1, 2), (2, 3), (3, 4)])
    there = placed(points, np.array([0.0, 1, 1, 2.5]))
    assert there.points is points
    assert there.x.tolist() == [0, 1, 1, 2.5]
    there = placed(points, np.array([NAN, 2, 1, 2]))
    assert there.x.tolist() == [1, 2, 2]
    assert there.points.values.tolist() == [3, 2, 4]
    assert there.points.steps.tolist() == [2, 1, 3]
    assert placed(points, np.full(4, NAN)) is None
    assert placed(points, None) is None


def test_ranks_go_by_their_own_values_and_else_by_those_of_the_run(tmp_path):
    made = run("a").rank(0).define("loss", step_metric="epoch").metric("loss", [1, 1]).metric("epoch", [0, 1])
    made.rank(1).metric("loss", [2, 2]).metric("epoch", [10, 11]).rank(2).metric("loss", [3, 3])
    (of,) = project_model(tmp_path, made).runs
    found = [x_column(of, "epoch", points, rank=name).tolist() for name, points in of.by_rank["loss"].items()]
    assert found == [[0, 1], [10, 11], [0, 1]]


def test_what_was_overwritten_goes_by_what_its_own_attempt_had_logged(tmp_path):
    made = run("a").define("loss", step_metric="epoch").metric("loss", [1] * 6)
    made.metric("epoch", [0, 1, 2], steps=[0, 2, 4])
    made.attempt(2).metric("loss", [2] * 3, steps=[3, 4, 5]).metric("epoch", [90], steps=[3])
    (of,) = project_model(tmp_path, made).runs
    (tail,) = of.overwritten["loss"]
    assert tail.points.steps.tolist() == [3, 4, 5]
    assert tail_column(of, "epoch", tail).tolist() == [1, 2, 2]
    assert tail_column(of, "nothing", tail) is None
