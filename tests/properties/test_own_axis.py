"""Wherever the points of a metric are on another one, none is drawn where it was not and none is lost."""

import math
from pathlib import Path

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reportgen.definitions import MetricDefinition
from reportgen.frames import level_buckets, placed, points_of, tile_of, tile_starts, x_column
from reportgen.model import Run, RunId, Series

VALUES = st.floats(allow_nan=True, allow_infinity=True)
ROWS = st.lists(
    st.fixed_dictionaries({"step": st.integers(0, 9)}, optional={"loss": VALUES, "epoch": VALUES}), max_size=40
)


def columns(rows, metric):
    of = [(row["step"], place, row[metric]) for place, row in enumerate(rows) if metric in row]
    return Series(metric, *(np.array(column, dtype=float) for column in zip(*of, strict=True))) if of else None


def logged(rows, sync):
    found = {name: points for name in ("loss", "epoch") if (points := columns(rows, name)) is not None}
    definitions = (MetricDefinition("loss", "epoch", step_sync=sync),)
    return Run(RunId("a"), "p", Path("a"), "a", "finished", 0, 0.0, 1.0, series=found, definitions=definitions)


def expected(rows, sync):
    """The rule, row by row, for steps that do not go back."""
    out = []
    for place, row in enumerate(rows):
        if "loss" not in row:
            continue
        same = [other["epoch"] for other in rows if "epoch" in other and other["step"] == row["step"]]
        before = [other["epoch"] for other in rows[:place] if "epoch" in other]
        x = same[-1] if same else before[-1] if sync and before else math.nan
        out.append(x if math.isfinite(x) else math.nan)
    return out


@given(ROWS, st.booleans())
def test_the_rule_holds_for_steps_that_do_not_go_back(rows, sync):
    rows = sorted(rows, key=lambda row: row["step"])
    run = logged(rows, sync)
    if {"loss", "epoch"} <= run.series.keys():
        found = x_column(run, "epoch", run.series["loss"])
        np.testing.assert_array_equal(found, expected(rows, sync))


@given(ROWS, st.booleans())
def test_rounds_that_begin_again_are_each_like_a_run(rows, sync):
    """Steps that go back: with the times of the rows, each round that has the metric goes by its own values."""
    rounds = [sorted(rows, key=lambda row: row["step"])] * 2
    assume(rows and rounds[0][-1]["step"] > rounds[0][0]["step"])
    assume(any("epoch" in row and row["step"] == rounds[0][0]["step"] for row in rows))
    both = logged([row for one in rounds for row in one], sync)
    if "loss" in both.series:
        np.testing.assert_array_equal(x_column(both, "epoch", both.series["loss"]), expected(rounds[0], sync) * 2)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6) | st.just(math.nan), min_size=1, max_size=30), st.sampled_from([1, 150]))
def test_drawn_points_are_those_with_a_place_in_order(places, repeated):
    x = np.array(places * repeated)
    points = Series("loss", np.arange(len(x)) * 1.0, np.arange(len(x)) * 1.0, np.arange(len(x)) * 1.0)
    run = logged([], sync=True)
    there = placed(points, x)
    known = x[np.isfinite(x)]
    if there is None:
        assert not len(known)
        return
    np.testing.assert_array_equal(np.sort(known), there.x)
    np.testing.assert_array_equal(x[there.points.values.astype(int)], there.x)
    for value in np.unique(known):
        assert (np.diff(there.points.values[there.x == value]) > 0).all()
    along = points_of(there.points, run, there.x)
    for bucket in level_buckets(len(along)):
        tiles = [tile_of(along, bucket, first) for first in tile_starts(len(along), bucket)]
        ends = np.concatenate([tile["x"] for tile in tiles])
        assert (np.diff(ends) >= 0).all()
        assert ends[-1] == there.x[-1]
