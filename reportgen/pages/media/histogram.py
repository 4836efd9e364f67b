"""Logged histograms."""

from reportgen.document import HistogramBars
from reportgen.pages.media.logged_medium import LoggedMedium, Shown, finite

MOST_BINS = 512


def shown_histogram(medium: LoggedMedium) -> Shown | None:
    """The histogram as bars; None when its bins and counts do not fit."""
    bins, values = medium.value.get("bins"), medium.value.get("values")
    if not isinstance(bins, list) or not isinstance(values, list) or len(bins) != len(values) + 1:
        return None
    edges = [number for edge in bins if (number := finite(edge)) is not None]
    counts = [number for count in values if (number := finite(count)) is not None]
    if not 0 < len(counts) <= MOST_BINS or len(counts) != len(values) or len(edges) != len(bins):
        return None
    return Shown(HistogramBars(tuple(edges), tuple(counts)))
