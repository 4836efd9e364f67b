"""Items by the batch: sending one costs more than many of them take."""

from collections.abc import Callable, Sequence
from typing import Any

from reportgen.executors.workers import Item

BATCHES = 8
"""Batches that each worker gets: enough that all end at about the same time."""
LARGEST_BATCH = 32


def batches_of(items: Sequence[Item], workers: int) -> list[Sequence[Item]]:
    """All items in order, so many at a time that each of the workers gets several batches."""
    size = min(LARGEST_BATCH, max(1, len(items) // (workers * BATCHES)))
    return [items[first : first + size] for first in range(0, len(items), size)]


def do_batch(work: Callable[[Any, Any], Any], shared: Any, batch: Sequence[Any]) -> list[Any]:
    """The results of a batch, where it is done."""
    return [work(shared, item) for item in batch]
