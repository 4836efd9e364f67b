"""Previews of curves: every extreme is where it was, to less than a pixel, and the browser reads the same."""

import base64
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from reportgen.frames import Points, preview_entries, preview_of, preview_places
from reportgen.frames.preview import NONE, STEPS
from reportgen.site import previews
from reportgen.site.data_files import encode

VECTOR = Path(__file__).parents[1] / "vectors" / "preview.json"


def points(values, steps=None):
    values = np.array(values, dtype=float)
    steps = np.arange(len(values), dtype=float) if steps is None else np.array(steps, dtype=float)
    return Points(steps, steps, values)


def preview(drawn, entries=16):
    """A preview, and its levels as rows: least, greatest, place."""
    made = preview_of(drawn, preview_places(drawn, entries))
    return made, np.frombuffer(made.levels, np.uint8).reshape(3, -1)


def test_the_browser_reads_the_same():
    runs = [
        points(100 - np.arange(100)),
        points([1.5, 2.5, 0.5]),
        points([math.nan] * 40),
        points(np.where(np.arange(64) == 40, 9, 1), np.arange(64) * 5 + 3),
    ]
    shares = [previews.packed(number, preview_of(run, preview_places(run, 16))) for number, run in enumerate(runs)]
    assert json.loads(encode(previews.joined("loss", shares))) == json.loads(VECTOR.read_text())


@pytest.mark.parametrize(("runs", "entries"), [(1, 0), (64, 0), (65, 32), (128, 32), (129, 16), (100_000, 16)])
def test_the_more_runs_the_fewer_entries_and_none_for_few_runs(runs, entries):
    assert preview_entries(runs) == entries


def test_one_spike_in_a_million_is_in_it():
    values = np.zeros(1_000_000)
    values[123_456] = 1
    made, (least, greatest, _) = preview(points(values))
    assert (made.low, made.high) == (0, 1)
    assert greatest.max() == STEPS
    assert np.flatnonzero(greatest == STEPS).tolist() == [123_456 // 65_536]
    assert set(least.tolist()) == {0}


def test_steps_that_go_back_are_within_what_all_span():
    made, (_, _, places) = preview(points(np.arange(4.0), [5, 9, 2, 7]))
    assert (made.first, made.last) == (2, 9)
    assert places[:4].tolist() == [round((step - 2) / 7 * STEPS) for step in (5, 9, 2, 7)]


VALUES = arrays.arrays(np.float64, st.integers(1, 300), elements=st.floats(allow_nan=True, allow_infinity=True))


@given(VALUES, st.sampled_from([16, 32]))
@example(np.array([-1.7e308, 1.7e308]), 16)
@example(np.array([math.inf, 1.0, -math.inf]), 16)
@example(np.full(5, 5e-324), 16)
@example(np.array([0.0, 5e-324]), 16)
def test_extremes_are_off_by_less_than_a_level(values, entries):
    made, (least, greatest, _) = preview(points(values), entries)
    finite = values[np.isfinite(values)].astype(np.longdouble)
    if not len(finite):
        assert math.isnan(made.low)
        assert (least == NONE).all()
        return
    assert (made.low, made.high) == (float(finite.min()), float(finite.max()))
    bucket = -(-len(values) // entries)
    bucket = 1 << (bucket - 1).bit_length()
    size = np.longdouble(made.high) - np.longdouble(made.low)
    for number, start in enumerate(range(0, len(values), bucket)):
        part = values[start : start + bucket]
        known = part[np.isfinite(part)].astype(np.longdouble)
        for level, extreme in ((least[number], min), (greatest[number], max)):
            if not len(known):
                assert level == NONE
            else:
                shown = made.low + size * np.longdouble(level) / STEPS
                assert abs(shown - extreme(known)) <= size / STEPS * 0.51 + np.longdouble(5e-324)


def test_a_hundred_runs_take_few_bytes_each():
    shares = [
        previews.packed(number, preview_of(run, preview_places(run, 16)))
        for number, run in enumerate(points(np.random.default_rng(number).normal(size=1000)) for number in range(100))
    ]
    part = encode(previews.joined("loss", shares))
    assert len(part) < 100 * 85
    assert len(base64.b64decode(json.loads(part)["levels"])) == 100 * 3 * 16
