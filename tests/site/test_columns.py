"""Columns of numbers in datasets: rules, packed bytes and lists, and what a reader makes of them."""

import gzip
import json
import math
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from reportgen.errors import ResultsError
from reportgen.results import shapes
from reportgen.results.curves import numbers_of
from reportgen.site.columns import SHORTEST_PACKED, packed, ramp
from reportgen.site.data_files import encode

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "columns.json").read_text(encoding="utf-8"))


def read(encoded):
    """What the reader of published sites makes of a column."""
    return numbers_of(msgspec.json.decode(encoded, type=shapes.Numbers))


def kind(values):
    """``f4``, ``f8``, ``from`` or ``list``."""
    written = json.loads(encode(np.asarray(values, dtype=float)))
    return next(iter(written)) if isinstance(written, dict) else "list"


def test_a_short_column_is_a_list_as_exact_as_its_range_asks_for():
    column = np.array([0.123456789, 1234567.891, -1.23456789e-9, 5.0, math.nan, math.inf])
    assert encode(column).decode() == "[0.123457,1234568.0,-1.23457e-9,5.0,null,null]"


def test_whole_numbers_keep_every_digit():
    assert encode(np.array([1234567.0, 7654321.0, -3.0])).decode() == "[1234567,7654321,-3]"
    assert encode(np.array([2.0**53 - 1, 0.5])).decode() == "[9007199254740991.0,0.5]"


def test_evenly_spaced_columns_are_ramps():
    assert ramp(np.arange(0.0, 100.0)) == {"from": 0, "by": 1, "n": 100}
    assert ramp(np.arange(10) * 0.1) == {"from": 0, "by": pytest.approx(0.1), "n": 10}
    assert ramp(np.array([5.0, 5.0, 5.0])) == {"from": 5, "by": 0, "n": 3}
    assert ramp(np.array([0.5, 0.25, 0.0])) == {"from": 0.5, "by": -0.25, "n": 3}


def test_the_last_of_a_ramp_may_be_anywhere():
    assert ramp(np.array([15.0, 31.0, 47.0, 50.0])) == {"from": 15, "by": 16, "n": 4, "to": 50}
    assert read(encode(np.array([15.0, 31.0, 47.0, 50.0]))).tolist() == [15, 31, 47, 50]
    assert ramp(np.array([15.0, 31.0, 47.0, math.nan])) is None


@pytest.mark.parametrize(
    "column",
    [
        *([], [1.0], [1.0, 2.0], [1.0, 2.0, 4.0], [1.0, 2.0, math.nan], [0.0, 1.0, 2.01], [0.0, math.inf, math.inf]),
        [0.0, 1e9, 2e9 + 1, 3e9],  # near evenly spaced, but whole numbers are exact
    ],
)
def test_other_columns_are_not(column):
    assert ramp(np.array(column)) is None


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_packed_columns_are_what_the_browser_unpacks(vector):
    values = np.array(vector["numbers"], dtype=float)
    assert packed(values) == vector["packed"]
    shown = read(json.dumps(vector["packed"]))
    single = "f4" in vector["packed"]
    np.testing.assert_array_equal(shown.astype(np.float32) if single else shown, values)


NOISE = np.random.default_rng(3).normal(size=1000)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (NOISE, "f4"),
        (NOISE[: SHORTEST_PACKED - 1], "list"),
        (np.where(NOISE > 2, np.nan, NOISE), "f4"),
        (np.full(100, np.nan), "f4"),
        (NOISE + 1000, "f8"),  # of 32 bits hardly six digits of the range would be left
        ((NOISE + 1000).astype(np.float32), "f4"),  # logged from a tensor: exact as it is
        (NOISE * 1e300, "f8"),
        (np.append(NOISE, 1e-40), "f8"),
        (np.round(NOISE, 4), "list"),
        (np.round(NOISE * 1e6), "f4"),
        (np.round(NOISE * 1e9), "f8"),
        (np.append(NOISE[:99], 2.0**24 + 1), "f8"),
    ],
)
def test_a_column_is_written_as_its_numbers_ask_for(values, expected):
    assert kind(values) == expected


@pytest.mark.parametrize(
    "values", [NOISE, np.cumsum(NOISE), np.exp(-np.arange(1000) / 300), np.round(np.abs(NOISE), 3)]
)
def test_no_column_is_larger_compressed_than_as_a_list_of_six_digits(values):
    as_list = json.dumps([float(f"{value:.6g}") for value in values.tolist()]).replace(" ", "").encode()
    assert len(gzip.compress(encode(values))) <= len(gzip.compress(as_list))


NUMBERS = st.one_of(
    arrays.arrays(np.float64, st.integers(0, 80), elements=st.floats(allow_nan=True, allow_infinity=True)),
    arrays.arrays(np.float64, st.integers(0, 80), elements=st.floats(-1e6, 1e6)),
    arrays.arrays(np.float64, st.integers(0, 80), elements=st.integers(-(2**53) + 1, 2**53 - 1).map(float)),
    st.builds(
        lambda offset, size, parts: offset + size * parts,
        st.floats(-1e12, 1e12),
        st.floats(1e-9, 1e9),
        arrays.arrays(np.float64, st.integers(0, 80), elements=st.floats(-1, 1)),
    ),
)


@given(NUMBERS)
@example(np.append(np.arange(40.0), [0.5, 2.0**53 - 1]))
@example(np.append(np.zeros(40), 5e-324))
def test_nothing_is_off_by_more_than_can_be_seen(values):
    shown = read(encode(values))
    assert len(shown) == len(values)
    finite = np.isfinite(values)
    assert np.isnan(shown[~finite]).all()
    known, seen = values[finite].astype(np.longdouble), shown[finite].astype(np.longdouble)
    if not len(known):
        return
    off = np.abs(seen - known)
    assert (off <= 1.01e-6 * (known.max() - known.min()) + 1e-15 * np.abs(known)).all()
    whole = (known == np.rint(known)) & (np.abs(known) < 2.0**53)
    assert not off[whole].any()


@pytest.mark.parametrize("column", [{"f4": "AAA="}, {"f4": "!"}, {"f8": "AAAAAA=="}, {"n": 1 << 40}])
def test_a_damaged_column_is_an_error_that_says_so(column):
    with pytest.raises(ResultsError, match="column"):
        read(json.dumps(column))


def test_floats_of_32_bits_are_read_as_the_decimals_they_were():
    values = np.round(np.abs(NOISE) + 1, 5).astype(np.float32)
    assert kind(values) == "f4"
    assert read(encode(values.astype(float))).tolist() == [float(str(value)) for value in values]
