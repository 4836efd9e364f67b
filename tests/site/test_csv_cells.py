"""Cells that any program reads as what was logged, and no spreadsheet computes."""

import csv
import io
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.site.csv_cells import csv_line, guarded, unguarded

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def read(line):
    return next(csv.reader(io.StringIO(line.decode(), newline="")))


@given(st.lists(TEXT, min_size=1, max_size=5))
def test_text_comes_back_and_begins_no_formula(texts):
    cells = read(csv_line(texts))
    assert [unguarded(cell) for cell in cells] == texts
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b")) for cell in cells)


@given(st.text())
def test_the_guard_comes_off_again(text):
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["plain", "'quoted'", "a=b", "", "1", "it's"])
def test_ordinary_text_is_not_touched(text):
    assert guarded(text) == text


@given(st.floats())
def test_numbers_keep_every_digit_and_have_no_quotes(value):
    line = csv_line([value])
    assert b'"' not in line
    back = float(line)
    assert math.isnan(back) if math.isnan(value) else (back, math.copysign(1, back)) == (value, math.copysign(1, value))


def test_kinds_of_values_are_told_apart():
    line = csv_line([None, "", 1, "1", -1.5, "-1.5", True, ["a", 2], {"b": None}, 10**30, "a\r\nb"])
    assert line == (
        b',"",1,"1",-1.5,"\'-1.5",true,"[""a"",2]","{""b"":null}",1000000000000000000000000000000,"a\r\nb"\r\n'
    )


def test_half_a_surrogate_pair_is_no_reason_to_fail():
    assert csv_line(["\ud800"]) == b'"?"\r\n'
