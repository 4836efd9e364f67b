"""Histograms: how many values fall between which edges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isfinite
from sys import float_info

from reportgen.errors import UsageError
from reportgen.logger.arrays import is_array, on_host
from reportgen.logger.media.store import Clean, Media, MediaStore
from reportgen.schema import HISTOGRAM, MEDIA_TYPE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WHERE = "reportgen.Histogram"
MOST_BINS = 512


class Histogram(Media):
    """The distribution of some numbers; those that are not finite are left out.

    Args:
        sequence: numbers, nested or not, or an array.
        np_histogram: counts and edges as ``numpy.histogram`` returns them, instead of ``sequence``.
        num_bins: number of bins of equal width, at most 512.
    """

    def __init__(
        self,
        sequence: object = None,
        np_histogram: tuple[Sequence[float], Sequence[float]] | None = None,
        num_bins: int = 64,
    ) -> None:
        self.bins: list[float] = []
        self.values: list[int | float] = []
        self._trouble: Exception | None = None
        try:
            if np_histogram is not None:
                self.bins, self.values = _given(*np_histogram)
            else:
                self.bins, self.values = histogram(sequence, max(1, min(int(num_bins), MOST_BINS)))
        except Exception as error:  # noqa: BLE001 # nothing raises into training; `stored` reports it
            self._trouble = error

    @property
    def histogram(self) -> list[int | float]:
        """The counts; another name of ``values``."""
        return self.values

    def stored(self, store: MediaStore, clean: Clean) -> dict[str, Any]:  # noqa: ARG002 # histograms stand in the row itself
        """Return the value of the row."""
        if self._trouble:
            raise self._trouble
        return {MEDIA_TYPE: HISTOGRAM, "bins": self.bins, "values": self.values}


def _given(counts: Iterable[float], edges: Iterable[float]) -> tuple[list[float], list[int | float]]:
    """Edges and counts that somebody else has found.

    Raises:
        UsageError: they are none, or more than `MOST_BINS`.
    """
    bins, values = [float(edge) for edge in edges], [_count(count) for count in counts]
    if len(bins) != len(values) + 1:
        raise UsageError(f"{len(values)} counts and {len(bins)} edges", where=WHERE, remedy="There is one edge more.")
    if len(values) > MOST_BINS:
        raise UsageError(f"{len(values)} bins", where=WHERE, remedy=f"Give at most {MOST_BINS}.")
    if not all(map(isfinite, bins + values)):
        raise UsageError("counts and edges that are not finite", where=WHERE)
    return bins, values


def histogram(sequence: object, bins: int) -> tuple[list[float], list[int | float]]:
    """Edges and counts of the finite numbers in a sequence; with no number at all, one empty bin."""
    if is_array(sequence):
        import numpy as np

        array = np.asarray(on_host(sequence)).ravel().astype("float64")
        array = array[np.isfinite(array)]
        if not array.size:
            return [0.0, 1.0], [0]
        lowest, highest, usual = _range(float(array.min()), float(array.max()), bins)
        if usual:
            counts, edges = np.histogram(array, bins=bins, range=(lowest, highest))
            return edges.tolist(), counts.tolist()
        numbers = array.tolist()
    else:
        numbers = [number for number in _flat(sequence) if isfinite(number)]
    if not numbers:
        return [0.0, 1.0], [0]
    return _histogram(numbers, bins)


def _histogram(numbers: list[float], bins: int) -> tuple[list[float], list[int | float]]:
    lowest, highest, _ = _range(min(numbers), max(numbers), bins)
    width = highest / bins - lowest / bins  # divided first: the difference may overflow
    counts: list[int | float] = [0] * bins
    for number in numbers:
        counts[max(0, min(bins - 1, int(number / width - lowest / width)))] += 1
    edges = [lowest * (1 - place / bins) + highest * (place / bins) for place in range(bins)]
    return [*edges, highest], counts


def _range(lowest: float, highest: float, bins: int) -> tuple[float, float, bool]:
    """Edges that can be cut into bins: wider when all numbers are about the same; and whether numpy can do it."""
    width = highest / bins - lowest / bins
    if width <= max(abs(lowest), abs(highest), 1e-290) * 1e-14:
        margin = max(0.5, abs(lowest) * 1e-6)
        lowest, highest = max(-float_info.max, lowest - margin), min(float_info.max, highest + margin)
    return lowest, highest, highest - lowest < float("inf")


def _flat(sequence: Any) -> Iterable[float]:
    if isinstance(sequence, Iterable) and not isinstance(sequence, (str, bytes)):
        for part in sequence:
            yield from _flat(part)
    else:
        yield float(sequence)  # raises a TypeError that says what it is


def _count(count: float) -> int | float:
    """Counts stay whole numbers; densities and weights do not."""
    return int(count) if float(count).is_integer() else float(count)
