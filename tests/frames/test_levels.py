"""Curves reduced for drawing."""

from pathlib import Path

import numpy as np
import pytest

from reportgen.frames import deeper_levels, overview_curve, overview_entries
from reportgen.frames.levels import OVERVIEW_ENTRIES, RAW_ROWS, TILE_ENTRIES, overview_bucket
from reportgen.model import Run, RunId, Series

STARTED = 1000.0
RUN = Run(RunId("a"), "p", Path("a"), "a", "finished", 0, STARTED, 2000.0)
UNTIMED = Run(RunId("a"), "p", Path("a"), "a", "finished", None, float("nan"), float("nan"))


def series(values, *, steps=None, times=None):
    values = np.asarray(values, dtype=float)
    steps = np.arange(len(values), dtype=float) if steps is None else np.asarray(steps, dtype=float)
    return Series("m", steps, STARTED + np.arange(len(values)) / 10 if times is None else np.asarray(times), values)


def test_a_short_series_is_drawn_raw():
    curve = overview_curve(series([3, 2, 1.23456789]), RUN, 4)
    assert (curve["run"], curve["rows"], curve["bucket"]) == (4, 3, 1)
    assert curve["step"] == {"from": 0, "by": 1, "n": 3}
    assert curve["last"].tolist() == [3, 2, 1.23457]
    assert set(curve) == {"run", "rows", "bucket", "step", "time", "last"}
    assert list(deeper_levels(series([3, 2, 1]), RUN, 4)) == []


def test_time_is_seconds_since_the_run_started():
    assert overview_curve(series([1, 2], times=[1000.25, 1001.12345]), RUN, 0)["time"].tolist() == [0.25, 1.123]


def test_time_of_a_run_that_never_said_when_it_started():
    curve = overview_curve(series([1, 2, 3], times=[np.nan, 50.0, 51.5]), UNTIMED, 0)
    np.testing.assert_array_equal(curve["time"], [np.nan, 0.0, 1.5])
    assert np.isnan(overview_curve(series([1], times=[np.nan]), UNTIMED, 0)["time"]).all()


@pytest.mark.parametrize(("rows", "bucket"), [(1, 1), (2048, 1), (2049, 8), (4096, 8), (4097, 16), (100_000, 256)])
def test_the_overview_is_as_fine_as_fits(rows, bucket):
    assert overview_bucket(rows) == bucket
    curve = overview_curve(series(np.sin(np.arange(rows))), RUN, 0)
    assert len(curve["last"]) <= (OVERVIEW_ENTRIES if bucket > 1 else RAW_ROWS)


@pytest.mark.parametrize(
    ("runs", "entries"), [(0, 512), (64, 512), (65, 256), (128, 256), (129, 128), (256, 128), (257, 64), (10**6, 64)]
)
def test_the_more_runs_the_fewer_entries_each(runs, entries):
    assert overview_entries(runs) == entries


@pytest.mark.parametrize(("rows", "bucket"), [(256, 1), (257, 8), (512, 8), (513, 16), (100_000, 2048)])
def test_an_overview_of_many_runs_is_coarser(rows, bucket):
    curve = overview_curve(series(np.sin(np.arange(rows))), RUN, 0, entries=64)
    assert curve["bucket"] == bucket
    assert len(curve["last"]) == -(-rows // bucket)


def test_entries_stand_at_the_last_point_of_their_bucket():
    values = np.arange(4099.0)
    curve = overview_curve(series(values, steps=values * 2), RUN, 0)
    assert curve["bucket"] == 16
    np.testing.assert_array_equal(curve["step"], np.append(np.arange(15, 4099, 16), 4098) * 2)
    assert curve["last"].tolist()[-2:] == [4095, 4098]
    assert curve["min"].tolist()[-2:] == [4080, 4096]
    assert curve["max"].tolist()[-2:] == [4095, 4098]
    assert curve["mean"].tolist()[-2:] == [4087.5, 4097]


def test_a_spike_of_one_step_is_in_every_level():
    values = np.zeros(100_000)
    values[54_321] = 9
    assert overview_curve(series(values), RUN, 0)["max"].max() == 9
    for level in deeper_levels(series(values), RUN, 0):
        assert max(tile.curve.get("max", tile.curve["last"]).max() for tile in level.tiles) == 9


def test_nan_and_infinities_are_counted_and_not_drawn():
    values = np.ones(4096)  # 8 rows an entry
    values[:8] = np.nan
    values[8], values[23] = np.inf, -np.inf
    curve = overview_curve(series(values), RUN, 0)
    assert curve["bad"] == [[0, 8], [1, 1], [2, 1]]
    assert np.isnan([curve[key][0] for key in ("last", "min", "max", "mean")]).all()
    assert [curve[key][1] for key in ("last", "min", "max", "mean")] == [1, 1, 1, 1]
    assert np.isnan(curve["last"][2])
    assert curve["min"][2] == 1


def test_bad_raw_points():
    curve = overview_curve(series([1, np.nan, np.inf]), RUN, 0)
    assert curve["bad"] == [[1, 1], [2, 1]]
    np.testing.assert_array_equal(curve["last"], [1, np.nan, np.nan])


def test_levels_lead_down_to_the_raw_points_in_tiles():
    values = np.sin(np.arange(100_000))
    levels = [(level.bucket, level.entries, list(level.tiles)) for level in deeper_levels(series(values), RUN, 0)]
    assert [(bucket, entries) for bucket, entries, _ in levels] == [(32, 3125), (4, 25_000), (1, 100_000)]
    for _, entries, tiles in levels:
        assert [tile.first for tile in tiles] == list(range(0, entries, TILE_ENTRIES))
        assert tiles[-1].last == entries - 1
        assert all(len(tile.curve["last"]) == tile.last - tile.first + 1 <= TILE_ENTRIES for tile in tiles)
        assert all(tile.curve["rows"] == 100_000 for tile in tiles)
    raw = np.concatenate([tile.curve["last"] for tile in levels[-1][2]])
    np.testing.assert_allclose(raw, values, rtol=1e-5)
    assert "min" not in levels[-1][2][0].curve
    assert levels[-1][2][1].curve["step"] == {"from": 4096, "by": 1, "n": 4096}


def test_steps_are_exact_however_large():
    steps = 12_345_678_901 + np.array([0, 3, 4])
    assert overview_curve(series([1, 2, 3], steps=steps), RUN, 0)["step"].tolist() == steps.tolist()
