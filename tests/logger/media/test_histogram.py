import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen import Histogram
from reportgen.logger.media.histogram import histogram
from tests.logger.logs import rows


def test_counts_stand_in_the_row(begin):
    run = begin()
    run.log({"h": Histogram([1, 2, 2, 3], num_bins=2)})
    assert rows(run.folder)[0]["h"] == {"_type": "histogram", "bins": [1.0, 2.0, 3.0], "values": [1, 3]}


def test_numpys_own_histogram(begin):
    run = begin()
    run.log({"h": Histogram(np_histogram=np.histogram([1.0, 2.0, 4.0], bins=3))})
    assert rows(run.folder)[0]["h"] == {"_type": "histogram", "bins": [1.0, 2.0, 3.0, 4.0], "values": [1, 1, 1]}


@settings(deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50), st.integers(1, 40))
def test_without_numpy_it_counts_as_many_in_the_same_range(numbers, bins):
    edges, counts = histogram(numbers, bins)
    assert (len(edges), len(counts), sum(counts)) == (bins + 1, bins, len(numbers))
    assert edges == sorted(edges)
    assert edges[0] <= min(numbers) <= max(numbers) <= edges[-1]
    expected, _ = histogram(np.array(numbers), bins)
    assert edges == pytest.approx(expected, abs=1e-9 * (edges[-1] - edges[0]))


@settings(deadline=None)
@given(st.lists(st.floats(), max_size=20), st.booleans())
def test_any_floats_at_all(numbers, as_array):
    edges, counts = histogram(np.array(numbers) if as_array else numbers, 8)
    assert sum(counts) == sum(math.isfinite(number) for number in numbers)
    assert all(math.isfinite(edge) for edge in edges)
    assert len(edges) == len(counts) + 1


@pytest.mark.parametrize("numbers", [[1.7e308, 1.7e308], [-1.7e308, 1.7e308], [5e-324, 0.0], [1e16, 1e16 + 2], [-1.0]])
@pytest.mark.parametrize("as_array", [True, False])
def test_ranges_that_are_hard_to_cut(numbers, as_array):
    edges, counts = histogram(np.array(numbers) if as_array else numbers, 64)
    assert sum(counts) == len(numbers)
    assert all(first < second for first, second in pairwise(edges))
    assert all(math.isfinite(edge) for edge in edges)


def test_the_number_of_bins_is_64_and_at_most_512():
    assert len(Histogram(range(1000)).values) == 64
    assert len(Histogram(range(1000), num_bins=10_000).values) == 512


def test_counts_are_called_as_wandb_calls_them():
    histogram = Histogram([1, 2], num_bins=2)
    assert histogram.histogram == histogram.values == [1, 1]


def test_nested_sequences_are_flattened():
    assert sum(Histogram([[1, 2], [3, [4]]]).values) == 4
    assert sum(Histogram(np.ones((3, 4))).values) == 12


@pytest.mark.parametrize(
    "wrong",
    [
        {"sequence": ["a"]},
        {"np_histogram": ([1], [1])},
        {"np_histogram": ([1] * 513, range(514))},
        {"np_histogram": ([1], [0, math.inf])},
        {"np_histogram": 5},
        {},
    ],
)
def test_what_is_no_histogram_is_told_when_logged(begin, capsys, wrong):
    run = begin()
    run.log({"h": Histogram(**wrong), "good": 1})
    assert rows(run.folder) == [{"_step": 0, "h": None, "good": 1}]
    assert "cannot log 'h'" in capsys.readouterr().err
