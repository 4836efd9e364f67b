"""Columns of numbers made small."""

import json
import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportgen.frames.digits import rounded, significant


@pytest.mark.parametrize(
    ("value", "short"),
    [
        (0.0, "0.0"),
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333"),
        (-2 / 3, "-0.666667"),
        (123456.789, "123457.0"),
        (1234567.0, "1234570.0"),
        (9.99999999, "10.0"),
        (1e-5 / 3, "3.33333e-06"),
        (1e22 / 3, "3.33333e+21"),
        (1e100 / 3, "3.33333e+99"),
        (1e-100 / 3, "3.33333e-101"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.79769e+308"),
    ],
)
def test_six_significant_digits(value, short):
    assert json.dumps(significant(np.array([value]))[0]) == short


def test_significant_digits_are_those_of_formatting():
    values = np.random.default_rng(1).normal(size=2000) * 10.0 ** np.random.default_rng(2).integers(-15, 25, 2000)
    assert significant(values).tolist() == [float(f"{value:.6g}") for value in values]


def test_what_is_not_finite_becomes_nan():
    assert np.isnan(rounded(np.array([np.nan, np.inf, -np.inf]))).all()
    np.testing.assert_array_equal(rounded(np.array([1.0, np.inf, 3.0])), [1, np.nan, 3])


@pytest.mark.parametrize(
    ("values", "short"),
    [
        ([0.0, 1 / 3, 1.0], [0.0, 0.333333, 1.0]),
        ([100 + 1 / 3, 100 + 2 / 3], [100.3333333, 100.6666667]),
        ([1e6 / 3, 2e6 / 3], [333333.3, 666666.7]),
        ([1 / 3, 1e-9 / 3], [0.3333333, 3.33333e-10]),
        ([1e9 / 3, 1e-3 / 3], [333333300.0, 0.000333333]),
        ([0.1 + 0.2], [0.1 + 0.2]),
        ([1e15 + 0.5, 1e15 + 1], [1e15 + 0.5, 1e15 + 1]),
    ],
)
def test_digits_are_as_many_as_the_range_needs_and_near_zero_six_of_their_own(values, short):
    assert rounded(np.array(values)).tolist() == short


COLUMNS = st.one_of(
    st.lists(st.floats(), max_size=30),
    st.lists(st.floats(-1e6, 1e6), max_size=30),
    st.builds(
        lambda offset, size, parts: [offset + size * part for part in parts],
        st.floats(-1e12, 1e12),
        st.floats(1e-9, 1e9),
        st.lists(st.floats(-1, 1), max_size=30),
    ),
)


@given(COLUMNS)
@example([0.0, 5.0, 1 / 3])
@example([-1.7e308, 1.7e308, 1.0])
@example([0.0, 1e-320])
def test_no_value_is_farther_off_than_a_millionth_of_the_range(numbers):
    values = np.array(numbers, dtype=float)
    before = values.copy()
    drawn = rounded(values)
    np.testing.assert_array_equal(values, before)
    finite = [value for value in numbers if math.isfinite(value)]
    for value, shown in zip(numbers, drawn.tolist(), strict=True):
        if not math.isfinite(value):
            assert math.isnan(shown)
        elif shown != value:
            # Halves, for the range of floats may be larger than any float.
            assert abs(shown / 2 - value / 2) <= 1e-6 * (1 + 1e-9) * (max(finite) / 2 - min(finite) / 2)
    order = np.argsort(before, kind="stable")
    kept = drawn[order][np.isfinite(before[order])]
    assert (kept[1:] >= kept[:-1]).all()
    np.testing.assert_array_equal(rounded(drawn.copy()), drawn)


@given(st.lists(st.one_of(st.integers(-(2**53) + 1, 2**53 - 1), st.floats(-1e15, 1e15)), max_size=20))
def test_whole_numbers_are_exact(numbers):
    for value, shown in zip(numbers, rounded(np.array(numbers, dtype=float)).tolist(), strict=True):
        if isinstance(value, int):
            assert shown == value
