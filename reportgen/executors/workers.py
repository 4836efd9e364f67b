"""What a stage sees of an executor."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

Item = TypeVar("Item")
Shared = TypeVar("Shared")
Result = TypeVar("Result")


class Workers(Protocol):
    """Does the same work on many items, perhaps at the same time and elsewhere."""

    def map(self, work: Callable[[Shared, Item], Result], shared: Shared, items: Sequence[Item]) -> Iterator[Result]:
        """The result of ``work(shared, item)`` for each item, in order.

        Args:
            work: a function of a module, found by its name where it runs.
            shared: sent to each worker once; nobody writes into it.
            items: small; each is sent to the worker that has its turn.

        Raises:
            Exception: what ``work`` raised. A worker that is lost is no error: its items are done again elsewhere.
        """
        ...

    def beside(self, work: Callable[..., Result], *given: Any) -> Callable[[], Result]:
        """Begin something else, if a worker can do it; what is returned waits for the result, or does the work now."""
        ...

    def sees(self, folder: Path) -> bool:
        """Whether every worker sees a folder of this machine."""
        ...


class Inline:
    """Does everything in this process, one item after the other."""

    def map(self, work: Callable[[Shared, Item], Result], shared: Shared, items: Sequence[Item]) -> Iterator[Result]:
        """As `Workers.map`."""
        return (work(shared, item) for item in items)

    def beside(self, work: Callable[..., Result], *given: Any) -> Callable[[], Result]:
        """As `Workers.beside`."""
        return partial(work, *given)

    def sees(self, folder: Path) -> bool:  # noqa: ARG002 (they are here)
        """As `Workers.sees`."""
        return True
