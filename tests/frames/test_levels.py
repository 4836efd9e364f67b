"""Curves reduced for drawing."""

import json
from pathlib import Path

import numpy as np
import pytest

from reportgen.frames import level_buckets, level_spans, overview_entries, points_of, tile_last, tile_of, tile_starts
from reportgen.frames import overview_curve as overview_of
from reportgen.frames.levels import OVERVIEW_ENTRIES, RAW_ROWS, TILE_ENTRIES, overview_bucket
from reportgen.model import Run, RunId, Series

VECTORS = Path(__file__).parents[1] / "vectors" / "tiles.json"
STARTED = 1000.0
RUN = Run(RunId("a"), "p", Path("a"), "a", "finished", 0, STARTED, 2000.0)
UNTIMED = Run(RunId("a"), "p", Path("a"), "a", "finished", None, float("nan"), float("nan"))


def series(values, *, steps=None, times=None):
    values = np.asarray(values, dtype=float)
    steps = np.arange(len(values), dtype=float) if steps is None else np.asarray(steps, dtype=float)
    return Series("m", steps, STARTED + np.arange(len(values)) / 10 if times is None else np.asarray(times), values)


def overview_curve(points, run, number, entries=OVERVIEW_ENTRIES):
    return overview_of(points_of(points, run), number, entries)


def levels_of(points):
    """Of each level the raw points an entry, and all tiles by their first entry."""
    points = points_of(points, RUN)
    for bucket in level_buckets(len(points)):
        yield bucket, {first: tile_of(points, bucket, first) for first in tile_starts(len(points), bucket)}


def test_a_short_series_is_drawn_raw():
    curve = overview_curve(series([3, 2, 1.23456789]), RUN, 4)
    assert (curve["run"], curve["rows"], curve["bucket"]) == (4, 3, 1)
    assert curve["step"].tolist() == [0, 1, 2]
    assert curve["last"].tolist() == [3, 2, 1.23456789]
    assert set(curve) == {"run", "rows", "bucket", "step", "time", "last"}
    assert level_buckets(RAW_ROWS) == []


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
    for _, tiles in levels_of(series(values)):
        assert max(tile.get("max", tile["last"]).max() for tile in tiles.values()) == 9


def test_nan_and_infinities_are_counted_and_not_drawn():
    values = np.ones(4096)  # 8 rows an entry
    values[:8] = np.nan
    values[8], values[23] = np.inf, -np.inf
    curve = overview_curve(series(values), RUN, 0)
    assert curve["bad"] == [[0, 8, 0, 0], [1, 0, 1, 0], [2, 0, 0, 1]]
    assert np.isnan([curve[key][0] for key in ("last", "min", "max", "mean")]).all()
    assert [curve[key][1] for key in ("last", "min", "max", "mean")] == [1, 1, 1, 1]
    assert curve["last"][2] == -np.inf  # a gap once it is written
    assert curve["min"][2] == 1


def test_bad_raw_points():
    curve = overview_curve(series([1, np.nan, np.inf]), RUN, 0)
    assert curve["bad"] == [[1, 1, 0, 0], [2, 0, 1, 0]]


def test_levels_lead_down_to_the_raw_points_in_tiles():
    values = np.sin(np.arange(100_000))
    levels = dict(levels_of(series(values)))
    assert list(levels) == [64, 8, 1]
    for bucket, tiles in levels.items():
        entries = -(-100_000 // bucket)
        assert list(tiles) == list(range(0, entries, TILE_ENTRIES))
        ends = [tile_last(100_000, bucket, first) for first in tiles]
        assert [len(tile["last"]) for tile in tiles.values()] == [
            last - first + 1 for first, last in zip(tiles, ends, strict=True)
        ]
        assert ends[-1] == entries - 1
        for first, tile in tiles.items():
            rows = values[first * bucket : (first + TILE_ENTRIES) * bucket]
            assert (tile.get("min", tile["last"]).min(), tile.get("max", tile["last"]).max()) == (
                rows.min(),
                rows.max(),
            )
    np.testing.assert_array_equal(np.concatenate([tile["last"] for tile in levels[1].values()]), values)
    assert "min" not in levels[1][0]
    assert not {"run", "rows"} & levels[1][0].keys()
    np.testing.assert_array_equal(levels[1][4096]["step"], np.arange(4096, 8192))


@pytest.mark.parametrize("odd", [np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("place", [0, 5000, 9999])
def test_spans_leave_out_what_is_no_place(odd, place):
    times = np.arange(10_000.0)
    times[place] = odd
    spans = level_spans(points_of(series(times, times=STARTED + times), RUN), 1)
    known = [part[np.isfinite(part)] for part in np.split(times, range(TILE_ENTRIES, 10_000, TILE_ENTRIES))]
    assert [span["time"] for span in spans] == [[part.min(), part.max()] for part in known]


@pytest.mark.parametrize("rows", [2049, 4096, 32_768, 32_769, 1_000_000, 10**7])
def test_the_coarsest_level_is_one_tile_and_finer_than_the_overview(rows):
    buckets = level_buckets(rows)
    assert buckets == [8**power for power in reversed(range(len(buckets)))]
    assert len(tile_starts(rows, buckets[0])) == 1
    assert buckets[0] < overview_bucket(rows) <= 8 * buckets[0]


def test_appended_points_change_the_last_tile_of_each_level_alone():
    values = np.sin(np.arange(50_000))
    before, after = dict(levels_of(series(values[:-1000]))), dict(levels_of(series(values)))
    for bucket, tiles in before.items():
        assert all(repr(tile) == repr(after[bucket][first]) for first, tile in list(tiles.items())[:-1])


def test_spans_say_where_the_entries_of_each_tile_are():
    steps = np.arange(20_000.0)
    steps[9000] = -5  # goes back
    times = STARTED + np.arange(20_000) / 8
    times[:8192] = np.nan
    points = points_of(series(steps, steps=steps, times=times), RUN)
    first, second, third, *_, last = level_spans(points, 1)
    assert first == {"step": [0, 4095]}
    assert second == {"step": [4096, 8191]}
    assert third == {"step": [-5, 12_287], "time": [1024, 1535.875]}
    assert last["step"] == [16_384, 19_999]
    (whole,) = level_spans(points, 8)
    assert whole == {"step": [7, 19_999], "time": [1024.875, 2499.875]}


def test_tiles_are_those_that_the_browser_expects():
    vector = json.loads(VECTORS.read_text(encoding="utf-8"))
    rows = vector["rows"]
    points = points_of(series(np.zeros(rows), steps=np.arange(rows) ** 2 // 100, times=np.full(rows, np.nan)), RUN)
    levels = [
        {
            "bucket": bucket,
            "tiles": [
                {"first": first, "last": tile_last(rows, bucket, first), **span}
                for first, span in zip(tile_starts(rows, bucket), level_spans(points, bucket), strict=True)
            ],
        }
        for bucket in level_buckets(rows)
    ]
    assert levels == vector["levels"]


def test_steps_are_exact_however_large():
    steps = 12_345_678_901 + np.array([0, 3, 4])
    assert overview_curve(series([1, 2, 3], steps=steps), RUN, 0)["step"].tolist() == steps.tolist()
