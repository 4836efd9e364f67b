"""The band of the runs of a group: computed naively, by hand, and as the browser computes it."""

import json
import math
import statistics
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.frames.aggregate import mean_interval, student_t
from reportgen.frames.groups import BANDS, CENTERS, MOST_PLACES, Statistic, group_band
from reportgen.model import Series

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "groups.json").read_text(encoding="utf-8"))
COLUMNS = ("places", "center", "low", "high", "count")


def series(points):
    steps, values = zip(*points, strict=True) if points else ((), ())
    return Series("m", np.array(steps, dtype=float), np.full(len(steps), np.nan), np.array(values, dtype=float))


def member(described):
    """A run of the vectors: its points, or how to compute them."""
    if "points" in described:
        return [(step, math.nan if value is None else value) for step, value in described["points"]]
    start, by, factor, modulus = (described[key] for key in ("start", "by", "factor", "modulus"))
    return [(start + by * n, n * factor % modulus / modulus) for n in range(described["n"])]


def columns(band):
    rows = zip(*(getattr(band, name).tolist() for name in COLUMNS), strict=True)
    return [[None if isinstance(number, float) and math.isnan(number) else number for number in row] for row in rows]


def value_at(points, step):
    """What a run says at a step, exactly; None where it says nothing."""
    known = sorted((at, value) for at, value in dict(points).items() if math.isfinite(value))
    before = [point for point in known if point[0] <= step]
    after = [point for point in known if point[0] >= step]
    if not before or not after:
        return None
    (left, low), (right, high) = before[-1], after[0]
    if left == right:
        return Fraction(low)
    return Fraction(low) + (Fraction(high) - Fraction(low)) * Fraction(step - left) / Fraction(right - left)


def naive(runs, statistic):
    """Step by step, with fractions and the standard library."""
    rows = []
    for step in sorted({step for points in runs for step, _ in points}):
        values = [value for points in runs if (value := value_at(points, step)) is not None]
        if not values:
            rows.append([step, None, None, None, 0])
            continue
        mean = statistics.mean(values)
        center = mean if statistic.center == "mean" else statistics.median(values)
        n = len(values)
        deviation = statistics.stdev(values) if n > 1 else 0.0
        half = {"std": deviation, "sem": deviation / math.sqrt(n), "none": 0}
        half["ci95"] = half["sem"] * (student_t(n) if n > 1 else 0)
        middle = center if statistic.band == "none" else mean
        edges = [min(values), max(values)]
        if statistic.band != "minmax":
            edges = [float(middle) - half[statistic.band], float(middle) + half[statistic.band]]
        rows.append([step, float(center), *map(float, edges), n])
    return rows


def near(found, expected):
    assert len(found) == len(expected)
    scale = max((abs(number) for row in expected for number in row[1:4] if number is not None), default=0)
    for one, other in zip(found, expected, strict=True):
        assert (one[0], one[4]) == (other[0], other[4])
        for number, wanted in zip(one[1:4], other[1:4], strict=True):
            assert (number is None) == (wanted is None)
            assert number is None or number == pytest.approx(wanted, rel=1e-9, abs=1e-12 * scale)


VALUES = st.floats(-1e6, 1e6, width=32) | st.sampled_from([math.nan, math.inf, -math.inf])
RUNS = st.lists(st.lists(st.tuples(st.integers(0, 40), VALUES), max_size=12), max_size=6)
STATISTICS = st.builds(Statistic, st.sampled_from(CENTERS), st.sampled_from(BANDS))


@settings(deadline=None, max_examples=200)
@given(RUNS, STATISTICS)
def test_it_is_what_a_naive_computation_finds(runs, statistic):
    near(columns(group_band([series(points) for points in runs], statistic)), naive(runs, statistic))


@settings(deadline=None)
@given(RUNS, STATISTICS, st.randoms(use_true_random=False))
def test_the_order_of_the_runs_changes_nothing(runs, statistic, random):
    shuffled = random.sample(runs, len(runs))
    one, other = (group_band([series(points) for points in each], statistic) for each in (runs, shuffled))
    for name in (*COLUMNS, "bad"):
        assert np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True)


EVERY_FLOAT = st.floats(allow_nan=False, allow_infinity=False)


@settings(deadline=None)
@given(st.lists(st.lists(st.tuples(st.integers(0, 9), EVERY_FLOAT), min_size=1), min_size=1, max_size=5), STATISTICS)
def test_the_center_is_between_the_least_and_the_greatest_whatever_the_floats(runs, statistic):
    found = group_band([series(points) for points in runs], statistic)
    extremes = group_band([series(points) for points in runs], Statistic(band="minmax"))
    for column in (found.center, found.low, found.high):
        assert np.isfinite(column).all()
    assert (extremes.low <= found.center).all()
    assert (found.center <= extremes.high).all()
    assert (found.low <= found.high).all()


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 99), EVERY_FLOAT), min_size=1), STATISTICS)
def test_a_single_run_is_itself(points, statistic):
    found = group_band([series(points)], statistic)
    last = dict(points)
    assert found.places.tolist() == sorted(last)
    for column in (found.center, found.low, found.high):
        assert column.tolist() == [last[step] for step in sorted(last)]
    assert set(found.count) == {1}


@settings(deadline=None)
@given(st.lists(st.integers(-(10**9), 10**9).map(lambda number: number / 1000), min_size=2, max_size=60))
def test_the_interval_is_that_of_a_table(values):
    found = group_band([series([(0, value)]) for value in values], Statistic(band="ci95"))
    interval = mean_interval(values)
    slack = 1e-12 * max(map(abs, values))
    assert (found.low[0], found.high[0]) == (
        pytest.approx(interval.low, rel=1e-9, abs=slack),
        pytest.approx(interval.high, rel=1e-9, abs=slack),
    )


def test_what_is_no_number_is_left_out_and_counted():
    found = group_band([series([(0, 1), (1, math.nan), (2, 3)]), series([(1, math.inf)])])
    assert columns(found) == [[0, 1, 1, 1, 1], [1, 2, 2, 2, 1], [2, 3, 3, 3, 1]]
    assert found.bad.tolist() == [0, 2, 0]


@pytest.mark.parametrize("runs", [[], [[]], [[(math.nan, 1.0)]]])
def test_without_a_step_there_is_nothing(runs):
    assert columns(group_band([series(points) for points in runs])) == []


@pytest.mark.parametrize("band", BANDS)
def test_a_long_series_is_folded_and_its_spikes_are_kept(band):
    steps = np.arange(100_000.0)
    flat, spiky = np.zeros(len(steps)), np.zeros(len(steps))
    spiky[[7, 77_777]] = 1000, -1000
    short = series([(0, 0), (99_999, 0)])
    members = [Series("m", steps, steps, values) for values in (flat, spiky)]
    found = group_band([*members, short], Statistic(band=band))
    assert found.bucket == 32
    assert len(found.places) == -(-len(steps) // 32) <= MOST_PLACES
    assert found.places[-1] == steps[-1]
    assert set(found.count) == {3}
    touched = [7 // 32, 77_777 // 32]
    assert found.center[touched] == pytest.approx([1000 / 32 / 3, -1000 / 32 / 3])
    assert np.count_nonzero(found.center) == 2
    if band == "minmax":
        assert (found.high.max(), found.low.min()) == (1000, -1000)
        assert np.flatnonzero(found.high - found.low).tolist() == touched


def test_many_runs_are_looked_at_in_parts(monkeypatch):
    runs = [series([(step, math.sin(step * run)) for step in range(run, 60, run)]) for run in range(1, 9)]
    whole = columns(group_band(runs))
    monkeypatch.setattr("reportgen.frames.groups._AT_ONCE", 24)
    assert columns(group_band(runs)) == whole


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_the_browser_finds_the_same(case):
    """The numbers that groups.test.ts compares with; short ones are those of the naive computation."""
    runs = [member(described) for described in case["runs"]]
    statistic = Statistic(case["center"], case["band"])
    found = group_band([series(points) for points in runs], statistic)
    assert (found.bucket, len(found.places)) == (case["bucket"], case["entries"])
    rows = columns(found)
    near([rows[place] for place in case["at"]], case["rows"])
    if found.bucket == 1 and np.nanmax(np.abs(found.center)) < 1e299:  # the standard library's deviation overflows
        near(rows, naive(runs, statistic))


def test_the_browser_has_the_same_points_of_students_t():
    assert VECTORS["student"] == [student_t(count) for count in range(2, 2 + len(VECTORS["student"]))]
