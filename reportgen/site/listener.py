"""Whoever waits for a build and hears how it is getting on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportgen.executors import Workers
from reportgen.executors.workers import Item, Result, Shared


def silent(_stage: str, _done: int, _total: int) -> None:
    """Hear nothing of progress."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Where a build says what a person should know.

    Attributes:
        warn: a sentence about something that is wrong with the data.
        progress: what is being done, how many of it are done, and how many there are.
    """

    warn: Callable[[str], object]
    progress: Callable[[str, int, int], object] = silent

    def reading(self, done: int, total: int, parsed: int) -> None:  # noqa: ARG002 (what reading tells)
        """Hear how far reading has come."""
        self.progress("Reading runs", done, total)


@dataclass(frozen=True, slots=True)
class Heard:
    """Workers whose progress with one kind of work somebody hears of."""

    workers: Workers
    listener: Listener
    what: str

    def map(self, work: Callable[[Shared, Item], Result], shared: Shared, items: Sequence[Item]) -> Iterator[Result]:
        """As `Workers.map`."""
        for done, result in enumerate(self.workers.map(work, shared, items), 1):
            self.listener.progress(self.what, done, len(items))
            yield result

    def beside(self, work: Callable[..., Result], *given: Any) -> Callable[[], Result]:
        """As `Workers.beside`."""
        return self.workers.beside(work, *given)

    def sees(self, folder: Path) -> bool:
        """As `Workers.sees`."""
        return self.workers.sees(folder)
