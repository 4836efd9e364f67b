"""Whatever the points are, no level hides an extreme, a gap or the end of a curve."""

from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from reportgen.frames import deeper_levels, overview_curve
from reportgen.frames.ramp import rounded
from reportgen.model import Run, RunId, Series

RUN = Run(RunId("a"), "p", Path("a"), "a", "finished", 0, 0.0, 1.0)
VALUES = st.one_of(
    arrays.arrays(np.float64, st.integers(1, 40), elements=st.floats()),
    arrays.arrays(np.float64, st.integers(500, 9000), elements=st.floats(), fill=st.floats()),
)


def levels(series):
    """Each level of a series as (bucket, whole curve)."""
    curve = overview_curve(series, RUN, 0)
    yield curve["bucket"], curve
    for level in deeper_levels(series, RUN, 0):
        tiles = [tile.curve for tile in level.tiles]
        joined = {
            key: np.concatenate([tile[key] for tile in tiles])
            for key in tiles[0]
            if key in ("last", "min", "max", "mean")
        }
        joined["bad"] = [pair for tile in tiles for pair in tile.get("bad", [])]
        assert len(joined["last"]) == level.entries
        yield level.bucket, joined


@settings(max_examples=60, deadline=None)
@given(VALUES)
def test_every_level_keeps_what_matters(values):
    series = Series("m", np.arange(len(values)) * 1.0, np.arange(len(values)) * 0.5, values)
    finite = values[np.isfinite(values)]
    for bucket, curve in levels(series):
        assert len(curve["last"]) == -(-len(values) // bucket)
        low, high = (curve.get(key, curve["last"]) for key in ("min", "max"))
        if len(finite):
            extremes = rounded(np.array([finite.min(), finite.max()]))
            assert (np.nanmin(low), np.nanmax(high)) == tuple(extremes)
        else:
            assert np.isnan(low).all()
        np.testing.assert_array_equal(curve["last"][-1:], rounded(values[-1:]))
        assert sum(count for _, count in curve.get("bad", [])) == np.count_nonzero(~np.isfinite(values))
        drawn = ~np.isnan(low)
        assert (low[drawn] <= high[drawn]).all()


@settings(max_examples=30, deadline=None)
@given(VALUES)
def test_levels_are_deterministic(values):
    series = Series("m", np.arange(len(values)) * 1.0, np.arange(len(values)) * 0.5, values)
    assert [repr(level) for level in levels(series)] == [repr(level) for level in levels(series)]
