"""What goes wrong after `init`: told once on stderr, or raised when the run is strict."""

from __future__ import annotations

import sys
from types import TracebackType


def describe(error: BaseException) -> str:
    """An error in one line, for a person."""
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def say(message: str) -> None:
    """Print a message for the person at the terminal; never raises."""
    try:
        sys.stderr.write(f"reportgen: {message}\n")
    except (AttributeError, OSError, ValueError):
        return  # no stderr, or a closed one: nobody to tell


class Troubles:
    """The troubles of one run. Each topic is told once, so that a full disk does not flood the console.

    Attributes:
        strict: raise instead of telling.
        silent: print nothing.
        quiet: print no hints.
    """

    def __init__(self, *, strict: bool, silent: bool = False, quiet: bool = False) -> None:
        self.strict = strict
        self.silent = silent
        self.quiet = quiet
        self._told: set[str] = set()

    def report(self, topic: str, message: str, error: Exception) -> None:
        """Tell about an error, or raise it when strict."""
        if self.strict:
            raise error
        self.tell(topic, f"{message} ({describe(error)})")

    def tell(self, topic: str, message: str) -> None:
        """Tell about something that is no error, or that happened in a thread where raising reaches nobody."""
        if topic not in self._told:
            self._told.add(topic)
            if not self.silent:
                say(message)

    def hint(self, topic: str, message: str) -> None:
        """Tell about something that does no harm."""
        if not self.quiet:
            self.tell(topic, message)

    def guard(self, topic: str, message: str, *, background: bool = False) -> Guard:
        """A ``with`` block that reports what is raised in it; in the background it never raises."""
        return Guard(self, topic, message, quiet=background or not self.strict)


class Guard:
    """Turns exceptions of a ``with`` block into a trouble."""

    __slots__ = ("_message", "_quiet", "_topic", "_troubles")

    def __init__(self, troubles: Troubles, topic: str, message: str, *, quiet: bool) -> None:
        self._troubles = troubles
        self._topic = topic
        self._message = message
        self._quiet = quiet

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, Exception) or not self._quiet:
            return False
        self._troubles.tell(self._topic, f"{self._message} ({describe(error)})")
        return True
