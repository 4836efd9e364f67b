"""What goes wrong after `init`: told once on stderr, or raised when the run is strict."""

from __future__ import annotations

import sys
from threading import Thread
from types import TracebackType


def describe(error: BaseException) -> str:
    """An error in one line, for a person."""
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def say(message: str) -> None:
    """Print a message for the person at the terminal; never raises."""
    try:
        sys.stderr.write(f"reportgen: {message}\n")
    except Exception:  # noqa: BLE001 # no stderr, a closed one, one that a signal handler finds in use: nobody to tell
        return


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
        self._lost: dict[str, int] = {}

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

    def refused(self, path: str, error: OSError) -> None:
        """Report that a file or a folder cannot be written: once for all of them that have the same reason."""
        message = f"cannot write {path}; what is logged waits in memory until it works"
        self.report(f"write:{error.errno}", message, error)

    def start(self, thread: Thread) -> None:
        """Start a thread beside training. A process that may have no more goes on without it."""
        with self.guard("thread", "no thread can be started, so less is captured and nothing is synced on a timer"):
            thread.start()

    def lose(self, what: str, count: int) -> None:
        """Count what is lost for good."""
        if count:
            self._lost[what] = self._lost.get(what, 0) + count

    def tell_losses(self) -> None:
        """Say what was lost, if anything."""
        if self._lost and not self.silent:
            say("lost: " + ", ".join(f"{n} {what}" for what, n in self._lost.items()))
        self._lost.clear()

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
