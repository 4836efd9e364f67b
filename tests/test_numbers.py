"""How values are written for people."""

import math

import pytest

from reportgen.numbers import (
    format_decimals,
    format_duration,
    format_number,
    format_percent,
    format_scientific,
    format_size,
    format_time,
    full_text,
    short_text,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.98123, "0.9812"),
        (0.5, "0.5"),
        (2.0, "2"),
        (0.0, "0"),
        (1284, "1284"),
        (12345.678, "12346"),
        (999999.5, "1000000"),
        (1234567.8, "1.235e6"),
        (123456789, "123456789"),
        (10**20, "1e20"),
        (10**400, "∞"),
        (1.5e-5, "1.5e-5"),
        (0.0001, "0.0001"),
        (-0.25, "-0.25"),
        (math.nan, "NaN"),
        (-math.inf, "-∞"),
    ],
)
def test_a_number_has_four_significant_digits(value, text):
    assert format_number(value) == text


def test_digits_can_be_chosen():
    assert format_number(math.pi, 2) == "3.1"
    assert format_percent(0.98149, 2) == "98.15\N{NO-BREAK SPACE}%"
    assert format_decimals(2, 3) == "2.000"
    assert format_scientific(0.00001234) == "1.23e-5"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.34, "340 ms"),
        (12.34, "12.3 s"),
        (59.96, "1 min"),
        (200, "3 min 20 s"),
        (3599.8, "1 h"),
        (7500, "2 h 5 min"),
        (86400, "1 d"),
        (273600, "3 d 4 h"),
        (-90, "-1 min 30 s"),
        (math.nan, ""),
        (math.inf, ""),
    ],
)
def test_a_duration_has_its_two_largest_units(seconds, text):
    assert format_duration(seconds) == text


def test_a_moment_is_in_utc_and_nothing_when_unknown_or_absurd():
    assert format_time(0) == "1970-01-01 00:00"
    assert format_time(math.nan) == format_time(1e300) == format_time(-1e300) == ""


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 B"), (999, "999 B"), (1400, "1.4 kB"), (999_950, "1.0 MB"), (15e6, "15 MB")]
)
def test_a_size_counts_in_thousands(size, text):
    assert format_size(size) == text


def test_values_are_short_in_a_table_and_full_on_hover():
    nested = {"b": [1, math.nan], "a": "x" * 100}
    assert short_text(nested) == ('{"b": [1, "NaN"], "a": "' + "x" * 100)[:79] + "…"
    assert full_text(nested).endswith('x"}')
    assert (short_text(["a", "b"]), full_text(["a", "b"])) == ("a, b", '["a", "b"]')
    assert (short_text(True), short_text(None), short_text("two\n lines")) == ("true", "null", "two lines")
    assert full_text(0.1 + 0.2) == "0.30000000000000004"
    assert (full_text(10**5000), full_text([10**5000])) == ("∞", '["∞"]')
