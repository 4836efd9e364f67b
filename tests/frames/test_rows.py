"""Rows put together again from metrics, and what becomes of steps that repeat."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.frames import LoggedPoints, rows_frame, rows_of_points, rows_of_run, with_metrics
from tests.builders import START, project_model, run

NAN = float("nan")


def rows_of(folder, described):
    return rows_of_run(project_model(folder, described).runs[0])


def records(frame):
    """Rows as dicts without the gaps."""
    return [
        {key: value for key, value in row.items() if value == value}  # noqa: PLR0124
        for row in frame.to_dict(orient="records")
    ]


def test_metrics_of_one_row_are_one_row(tmp_path):
    rows = rows_of(tmp_path, run("a").metric("loss", [3, 2, 1]).metric("acc", [0.5], steps=[1]).finished())
    assert records(rows_frame(rows)) == [
        {"_step": 0, "_timestamp": START, "loss": 3.0},
        {"_step": 1, "_timestamp": START + 1, "acc": 0.5, "loss": 2.0},
        {"_step": 2, "_timestamp": START + 2, "loss": 1.0},
    ]
    assert rows_frame(rows)["_step"].dtype == np.int64


@pytest.fixture
def repeated(tmp_path):
    described = run("a")
    for step, time, more in ((0, 0, '"loss": 9, "acc": 1'), (1, 1, '"loss": 8'), (0, 2, '"loss": "NaN"')):
        described.line("metrics", f'{{"_step": {step}, "_timestamp": {START + time}, {more}}}\n'.encode())
    return rows_of(tmp_path, described.finished())


def test_the_last_value_of_a_step_counts_also_when_it_is_no_number(repeated):
    frame = rows_frame(repeated)
    assert frame["_step"].tolist() == [0, 1]
    assert frame["_timestamp"].tolist() == [START + 2, START + 1]
    assert np.isnan(frame["loss"][0])
    assert frame["acc"][0] == 1.0


def test_all_rows_are_there_when_asked_for(repeated):
    frame = rows_frame(repeated, "all")
    assert frame["_step"].tolist() == [0, 0, 1]
    assert frame["loss"].tolist()[::2] == [9.0, 8.0]
    assert list(frame.columns) == ["_step", "_timestamp", "acc", "loss"]


def test_what_an_attempt_has_overwritten_is_only_in_all_rows(tmp_path):
    described = run("a").metric("loss", [9, 8, 7, 6]).attempt(2, starting_step=2)
    rows = rows_of(tmp_path, described.metric("loss", [5], steps=[2]).finished())
    assert rows_frame(rows)["loss"].tolist() == [9.0, 8.0, 5.0]
    assert rows_frame(rows, "all")["loss"].tolist() == [9.0, 8.0, 7.0, 5.0, 6.0]
    assert rows_frame(rows, "attempt")["attempt"].tolist() == [1, 1, 1, 2, 1]
    assert rows.overwritten.tolist() == [False, False, True, False, True]


def test_a_run_without_numbers_has_no_rows(tmp_path):
    frame = rows_frame(rows_of(tmp_path, run("a").finished()))
    assert list(frame.columns) == ["_step", "_timestamp"]
    assert len(frame) == 0


NUMBERS = st.sampled_from([0.0, 1.0, 2.0, 0.5])
POINT = st.tuples(NUMBERS, st.sampled_from([NAN, 10.0, 11.0]), st.integers(1, 2), st.booleans(), st.floats())


def points(found):
    steps, times, attempts, overwritten, values = (list(column) for column in zip(*found, strict=True))
    return LoggedPoints(
        np.array(steps), np.array(times), np.array(attempts), np.array(overwritten, dtype=bool), np.array(values)
    )


@given(st.dictionaries(st.sampled_from("abc"), st.lists(POINT, min_size=1, max_size=8), min_size=1))
def test_no_point_is_lost_or_invented(logged):
    rows = rows_of_points({name: points(found) for name, found in logged.items()})
    assert (np.diff(rows.steps) >= 0).all()
    for name, found in logged.items():
        values, known = rows.columns[name]
        known = np.ones(len(rows), dtype=bool) if known is None else known
        columns = (rows.steps, rows.times, rows.attempts, rows.overwritten, values)
        back = zip(*(column[known].tolist() for column in columns), strict=True)
        assert sorted(map(repr, back)) == sorted(map(repr, found))


@given(st.dictionaries(st.sampled_from("abc"), st.lists(POINT, min_size=1, max_size=8), min_size=1))
def test_some_metrics_of_all_rows_are_the_rows_of_some_metrics(logged):
    made = {name: points(found) for name, found in logged.items()}
    some = [name for name in made if name != "a"]
    chosen = with_metrics(rows_of_points(made), some)
    alone = rows_of_points({name: made[name] for name in some})
    for repeats in ("last", "all", "attempt"):
        assert rows_frame(chosen, repeats).equals(rows_frame(alone, repeats))


@given(st.lists(POINT, min_size=1, max_size=12))
def test_one_row_a_step_holds_the_last_value_that_is_not_overwritten(found):
    rows = rows_of_points({"a": points(found)})
    frame = rows_frame(rows)
    kept = [place for place in range(len(rows)) if not rows.overwritten[place]]
    last = {rows.steps[place]: rows.columns["a"].values[place] for place in kept}
    assert frame["_step"].tolist() == list(last)
    assert repr(frame["a"].tolist()) == repr([float(value) for value in last.values()])
