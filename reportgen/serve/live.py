"""What the pages that are open are told: that something was built, or why it could not be."""

import threading
from typing import NamedTuple


class News(NamedTuple):
    """The state after so many builds; ``problem`` says why the last one failed, and is empty if it did not."""

    number: int
    problem: str


class Live:
    """The latest news, and whoever waits for them. Used by many threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._news = News(0, "")
        self._ended = False

    def tell(self, problem: str = "") -> None:
        """A build has ended, well or with a problem."""
        with self._changed:
            self._news = News(self._news.number + 1, problem)
            self._changed.notify_all()

    def end(self) -> None:
        """There will be no more news."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def after(self, number: int, seconds: float) -> News | None:
        """The news after those of a number; None if there are none for so many seconds, or will be none."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._news.number > number, seconds)
            return self._news if self._news.number > number else None

    @property
    def ended(self) -> bool:
        """Whether there will be no more news."""
        return self._ended
