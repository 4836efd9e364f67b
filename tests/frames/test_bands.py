"""The band of several ranks: their mean, between the least and the greatest."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.frames import band_points, overview_curve
from reportgen.frames.levels import RAW_ROWS
from reportgen.model import Run, RunId, Series

START = 1000.0
RUN = Run(RunId("a"), "p", Path("a"), "a", "finished", 0, START, START + 100)


def series(values, steps=None, times=None):
    steps = np.arange(len(values)) * 1.0 if steps is None else np.array(steps, dtype=float)
    times = START + steps if times is None else np.array(times, dtype=float)
    return Series("m", steps, times, np.array(values, dtype=float))


def band_curve(ranks, run, number, **how):
    return overview_curve(band_points(ranks, run, **how), number)


def expanded(column):
    return [None if np.isnan(value) else value for value in column.tolist()]


def columns(curve):
    return {key: expanded(curve[key]) for key in ("step", "time", "last", "min", "max")}


def test_ranks_at_the_same_steps():
    curve = band_curve([series([1, 2]), series([3, 6]), series([2, 1])], RUN, 4)
    assert (curve["run"], curve["rows"], curve["bucket"]) == (4, 2, 1)
    assert columns(curve) == {"step": [0, 1], "time": [0, 1], "last": [2, 3], "min": [1, 1], "max": [3, 6]}


def test_between_two_points_a_rank_counts_with_the_line_between_them():
    curve = band_curve([series([0, 4], [0, 4]), series([10, 10, 10], [0, 1, 2])], RUN, 0)
    assert columns(curve) == {
        "step": [0, 1, 2, 4],
        "time": [0, 1, 2, 4],
        "last": [5, 5.5, 6, 4],
        "min": [0, 1, 2, 4],
        "max": [10, 10, 10, 4],
    }


def test_steps_that_go_back_count_with_what_came_last():
    curve = band_curve([series([1, 5, 2], [0, 1, 0]), series([4, 5], [0, 1])], RUN, 0)
    assert columns(curve)["min"] == [2, 5]


def test_what_is_no_number_is_counted_and_left_out():
    curve = band_curve([series([1, float("nan"), 3]), series([float("inf"), 2, 2])], RUN, 0)
    assert columns(curve)["last"] == [1, 2, 2.5]
    assert curve["bad"] == [[0, 0, 1, 0], [1, 1, 0, 0]]


def test_ranks_without_a_single_number_are_gaps():
    curve = band_curve([series([float("nan")] * 2), series([float("nan")] * 2)], RUN, 0)
    assert columns(curve)["last"] == [None, None]
    assert columns(curve)["min"] == [None, None]


def test_system_metrics_are_aligned_by_time():
    first = series([1, 3], [0, 1], [START, START + 20])
    curve = band_curve([first, series([5, 5], [0, 1], [START + 10, START + 30])], RUN, 0, along_time=True)
    assert columns(curve) == {
        "step": [0, 1, 2, 3],
        "time": [0, 10, 20, 30],
        "last": [1, 3.5, 4, 5],
        "min": [1, 2, 3, 5],
        "max": [1, 5, 5, 5],
    }
    nowhen = series([1, 2], times=[float("nan")] * 2)
    assert columns(band_curve([nowhen, nowhen], RUN, 0, along_time=True))["last"] == [None]


@pytest.mark.parametrize("extreme", [1.7e308, -1.7e308])
def test_the_largest_floats_have_a_mean(extreme):
    curve = band_curve([series([extreme, 0]), series([extreme, 0]), series([-extreme, 0])], RUN, 0)
    assert np.isfinite(curve["last"]).all()


RANKS = st.lists(
    st.lists(st.tuples(st.integers(0, 3000), st.floats(allow_nan=False, allow_infinity=False, width=32)), min_size=1),
    min_size=1,
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(RANKS, st.booleans())
def test_no_point_of_a_rank_is_outside_of_the_band(ranks, long):
    described = [series([value for _, value in points], [step for step, _ in points]) for points in ranks]
    if long:
        described.append(series(np.sin(np.arange(2 * RAW_ROWS))))
    curve = band_curve(described, RUN, 0)
    low, high = np.array(curve["min"]), np.array(curve["max"])
    mean = np.array(curve["last"])
    slack = 1e-5 * np.abs(mean) + 1e-30
    assert (low <= mean + slack).all()
    assert (mean <= high + slack).all()
    steps = np.array(expanded(curve["step"]))
    for one in described:
        for step, value in dict(zip(one.steps, one.values, strict=True)).items():
            entry = int(np.searchsorted(steps, step))
            assert low[entry] <= value <= high[entry]
