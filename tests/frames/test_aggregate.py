"""Means with intervals, and boxes."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.frames.aggregate import mean_interval, quartiles, rank_correlation


def test_an_interval_is_students():
    interval = mean_interval([0.97, 0.98, 0.96])
    assert interval.mean == pytest.approx(0.97)
    assert interval.high - interval.mean == pytest.approx(4.303 * 0.01 / 3**0.5)
    assert interval.text() == "0.97 ± 0.025 (n = 3)"


def test_one_number_has_no_interval():
    interval = mean_interval([0.5])
    assert (interval.low, interval.high) == (0.5, 0.5)
    assert interval.text() == "0.5 (n = 1)"


def test_many_numbers_use_the_normal_distribution():
    values = [0.0, 1.0] * 50
    assert mean_interval(values).high - 0.5 == pytest.approx(1.96 * 0.50252 / 10, rel=1e-4)


def test_a_box_ends_at_the_last_values_within_reach():
    box = quartiles([1, 2, 3, 4, 5, 100])
    assert (box.low, box.median, box.high, box.outliers) == (1, 3.5, 5, (100,))


@given(st.lists(st.tuples(*[st.integers(-3, 3) | st.floats(allow_nan=False, allow_infinity=False)] * 2), min_size=2))
def test_a_rank_correlation_is_pandas(points):
    left, right = ([float(point[axis]) for point in points] for axis in (0, 1))
    expected = pd.Series(left).rank().corr(pd.Series(right).rank())
    assert rank_correlation(left, right) == pytest.approx(expected, abs=1e-12, nan_ok=True)


def test_equals_share_their_rank_and_one_value_has_no_order():
    assert rank_correlation([1, 2, 2, 3], [10, 20, 20, 30]) == pytest.approx(1)
    assert rank_correlation([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert math.isnan(rank_correlation([1, 1, 1], [1, 2, 3]))
