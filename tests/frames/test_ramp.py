"""Columns of numbers made small."""

import json

import numpy as np
import pytest

from reportgen.frames.ramp import compact, rounded


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
    assert json.dumps(rounded(np.array([value]))[0]) == short


def test_what_is_not_finite_becomes_nan():
    assert np.isnan(rounded(np.array([np.nan, np.inf, -np.inf]))).all()


def test_rounding_is_that_of_formatting():
    values = np.random.default_rng(1).normal(size=2000) * 10.0 ** np.random.default_rng(2).integers(-15, 25, 2000)
    assert rounded(values).tolist() == [float(f"{value:.6g}") for value in values]


def test_evenly_spaced_numbers_are_a_ramp():
    assert compact(np.arange(10, 30, 5.0)) == {"from": 10, "by": 5, "n": 4}
    assert compact(np.array([0.5, 0.25, 0.0])) == {"from": 0.5, "by": -0.25, "n": 3}
    assert compact(np.full(3, 7.0)) == {"from": 7, "by": 0, "n": 3}


@pytest.mark.parametrize("values", [[], [1.0], [1.0, 2.0], [1.0, 2.0, 4.0], [1.0, np.nan, 3.0], [0.0, np.inf, np.inf]])
def test_anything_else_stays_a_list(values):
    assert compact(np.array(values)) is not None
    assert isinstance(compact(np.array(values)), np.ndarray)
