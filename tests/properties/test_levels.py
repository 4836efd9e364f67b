"""Whatever the points are, no level hides an extreme, a gap or the end of a curve."""

from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from reportgen.frames import level_buckets, log_curve, log_starts, overview_curve, points_of, tile_of, tile_starts
from reportgen.model import Run, RunId, Series

RUN = Run(RunId("a"), "p", Path("a"), "a", "finished", 0, 0.0, 1.0)
LARGEST = np.finfo(np.float64).max
VALUES = st.one_of(
    arrays.arrays(np.float64, st.integers(1, 40), elements=st.floats()),
    arrays.arrays(np.float64, st.integers(500, 9000), elements=st.floats(), fill=st.floats()),
)


def levels(series):
    """Each level of a series as (raw points an entry, whole curve)."""
    points = points_of(series, RUN)
    curve = overview_curve(points, 0)
    yield curve["bucket"], curve
    for bucket in level_buckets(len(points)):
        tiles = [tile_of(points, bucket, first) for first in tile_starts(len(points), bucket)]
        joined = {
            key: np.concatenate([tile[key] for tile in tiles])
            for key in tiles[0]
            if key in ("last", "min", "max", "mean")
        }
        joined["bad"] = [row for tile in tiles for row in tile.get("bad", [])]
        yield bucket, joined


def counts(values):
    return [int(kind.sum()) for kind in (np.isnan(values), values == np.inf, values == -np.inf)]


def is_whole(curve, values):
    """Whether a curve keeps the extremes, the gaps and the end of what was logged."""
    finite = values[np.isfinite(values)]
    low, high = (curve.get(key, curve["last"]) for key in ("min", "max"))
    low, high = low[np.isfinite(low)], high[np.isfinite(high)]
    if len(finite):
        assert (low.min(), high.max()) == (finite.min(), finite.max())
    else:
        assert not len(low)
    assert (low <= high).all() if len(low) == len(high) else True
    np.testing.assert_array_equal(curve["last"][-1:], values[-1:])
    found = np.array(curve.get("bad", [])).reshape(-1, 4)[:, 1:].sum(axis=0)
    assert found.tolist() == counts(values)


@settings(max_examples=60, deadline=None)
@given(VALUES)
def test_every_level_keeps_what_matters(values):
    series = Series("m", np.arange(len(values)) * 1.0, np.arange(len(values)) * 0.5, values)
    for bucket, curve in levels(series):
        assert len(curve["last"]) == -(-len(values) // bucket)
        is_whole(curve, values)


@settings(max_examples=60, deadline=None)
@given(VALUES, st.sampled_from([0.0, 1.0, 1e6, -3.0]), st.booleans())
def test_the_logarithmic_level_keeps_what_matters(values, first, falls):
    steps = first + np.arange(len(values)) * (-1.0 if falls else 1.0)
    points = points_of(Series("m", steps, np.full(len(values), np.nan), values), RUN)
    curve = log_curve(points, log_starts(points))
    is_whole(curve, values)
    ends = curve["ends"]
    assert ends[-1] == len(values) - 1
    assert (np.diff(ends) > 0).all()
    assert np.diff(ends, prepend=-1).max() == curve["bucket"]
    for start, end, mean in zip(np.append(0, ends[:-1] + 1).astype(int), ends.astype(int), curve["mean"], strict=True):
        part = values[start : end + 1]
        part = part[np.isfinite(part)]
        with np.errstate(all="ignore"):
            expected = np.clip(np.sum(part / len(part)), -LARGEST, LARGEST) if len(part) else np.nan
        np.testing.assert_allclose(mean, expected, rtol=1e-9, atol=1e-9 * np.abs(part).max(initial=0))


@settings(max_examples=30, deadline=None)
@given(VALUES)
def test_levels_are_deterministic(values):
    series = Series("m", np.arange(len(values)) * 1.0, np.arange(len(values)) * 0.5, values)
    assert [repr(level) for level in levels(series)] == [repr(level) for level in levels(series)]
