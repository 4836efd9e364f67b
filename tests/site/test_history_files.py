"""Exact histories as files: whatever was logged comes back, and nothing else is taken for one."""

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.frames import Column, Rows, rows_of_run
from reportgen.site.history_csv import CHUNK, csv_of_rows, rows_of_csv
from reportgen.site.history_files import READERS, WRITERS, has_history, history_file
from tests.builders import START, project_model, run

KINDS = sorted(WRITERS)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NAMES = st.one_of(TEXT, st.sampled_from(["=1+1", "'=x", "_attempt", "_overwritten", 'a"",""b', "a\r\nb", "", "NaN"]))


@st.composite
def any_rows(draw):
    size = draw(st.integers(0, 6))
    floats = st.lists(st.floats(), min_size=size, max_size=size)
    flags = st.lists(st.booleans(), min_size=size, max_size=size).map(lambda found: np.array(found, dtype=bool))
    columns = {}
    for name in draw(st.lists(NAMES, unique=True, max_size=4)):
        values = np.array(draw(floats), dtype=float)
        logged = draw(st.one_of(st.none(), flags))
        if logged is not None:
            values[~logged] = np.nan
        columns[name] = Column(values, None if logged is None or logged.all() else logged)
    steps = np.array(draw(st.lists(st.floats(allow_nan=False), min_size=size, max_size=size)), dtype=float)
    times = np.array(draw(st.lists(st.floats(allow_infinity=False), min_size=size, max_size=size)), dtype=float)
    attempts = np.array(draw(st.lists(st.integers(1, 3), min_size=size, max_size=size)), dtype=np.int64)
    return Rows(steps, times, attempts, draw(flags), columns)


def same(one, other):
    return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")


@pytest.mark.parametrize("kind", KINDS)
@given(rows=any_rows())
def test_what_was_logged_comes_back(kind, rows):
    data = WRITERS[kind](rows)
    back = READERS[kind](data)
    assert data == WRITERS[kind](rows)
    for name in ("steps", "times", "attempts", "overwritten"):
        assert same(getattr(back, name), getattr(rows, name)), name
    assert list(back.columns) == list(rows.columns)
    for name, (values, logged) in rows.columns.items():
        found, known = back.columns[name]
        numbers = ~np.isnan(values)
        assert same(found, values)
        assert np.array_equal(np.signbit(found[numbers]), np.signbit(values[numbers]))
        assert (known is None) == (logged is None)
        assert logged is None or np.array_equal(known, logged)


@given(rows=any_rows())
def test_another_csv_reader_sees_the_same(rows):
    lines = list(csv.reader(io.StringIO(csv_of_rows(rows).decode(), newline="")))
    assert lines[0][:2] == ["_step", "_timestamp"]
    assert len(lines) == len(rows) + 1
    assert {len(line) for line in lines} == {len(lines[0])}
    for place, name in enumerate(rows.columns, len(lines[0]) - len(rows.columns)):
        values, logged = rows.columns[name]
        cells = [line[place] for line in lines[1:]]
        assert [cell == "" for cell in cells] == [False] * len(rows) if logged is None else (~logged).tolist()
        numbers = [float(cell) if cell else float("nan") for cell in cells]
        assert np.array_equal(numbers, values, equal_nan=True)


def test_nan_and_infinities_are_told_from_what_was_not_logged(tmp_path):
    described = run("a").metric("x", [float("nan"), float("inf"), float("-inf")]).metric("y", [1], steps=[3])
    logged = project_model(tmp_path, described.finished()).runs[0]
    text = history_file(logged, "csv").decode()
    assert text.splitlines() == [
        '"_step","_timestamp","x","y"',
        f"0,{START},NaN,",
        f"1,{START + 1},Infinity,",
        f"2,{START + 2},-Infinity,",
        f"3,{START + 3},,1.0",
    ]
    assert pd.read_csv(io.StringIO(text))["x"].tolist()[1:3] == [float("inf"), float("-inf")]


def test_many_rows_are_written_and_read_in_pieces():
    size = 2 * CHUNK + 3
    rng = np.random.default_rng(1)
    values = rng.standard_normal((4, size)) * 10.0 ** rng.integers(-300, 300, (4, size))
    known = rng.random(size) > 0.5
    columns = {f"m{place}": Column(np.where(known, column, np.nan), known) for place, column in enumerate(values)}
    steps = np.arange(float(size))
    rows = Rows(steps, steps + START, np.ones(size, dtype=np.int64), np.zeros(size, dtype=bool), columns)
    back = rows_of_csv(csv_of_rows(rows))
    assert all(same(back.columns[name].values, columns[name].values) for name in columns)
    assert same(back.columns["m0"].logged, known)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PAR1",
        b"<html>",
        b'"_step"\r\n1\r\n',
        b'"_step","_timestamp","a"\r\n1,2\r\n',
        b'"_step","_timestamp"\r\n1,[2]\r\n',
        b'"_step","_timestamp"\r\n1,x\r\n',
        b'"a","b"\r\n1,2\r\n',
        b'"_step","_timestamp"\r\n1,{}\r\n',
        b'"_step","_timestamp"\r\n1,' + b"[" * 5000,
        b'"_step","_timestamp","_attempt","_overwritten"\r\n1,2,,\r\n',
    ],
)
def test_anything_else_is_no_history(kind, data):
    with pytest.raises(ValueError, match=r"."):
        READERS[kind](data)


@given(data=st.binary(max_size=60))
def test_any_bytes_are_a_history_or_an_error(data):
    try:
        rows_of_csv(b'"_step","_timestamp","a"\r\n' + data)
    except ValueError:
        return


@pytest.mark.parametrize("kind", KINDS)
def test_the_rows_of_a_run_are_all_in_its_file(kind, tmp_path):
    described = run("a").metric("loss", [9, 8, 7]).attempt(2, starting_step=1).metric("loss", [5], steps=[1])
    project = project_model(tmp_path, described.finished(), run("empty").finished())
    rows = READERS[kind](history_file(project.runs[0], kind))
    assert rows.attempts.tolist() == rows_of_run(project.runs[0]).attempts.tolist() == [1, 1, 2, 1]
    assert rows.overwritten.tolist() == [False, True, False, True]
    assert [has_history(one) for one in project.runs] == [True, False]
