"""Means with intervals, and boxes."""

import pytest

from reportgen.frames.aggregate import mean_interval, quartiles


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
