"""Runs commands that together have a limited time, and each a limited output: a repository may be of any size."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence

SECONDS = 30.0
"""All commands together."""
EACH_SECONDS = 10.0
"""One command."""
CHUNK = 2**16
PATIENCE = 1.0
"""Seconds that a command has to end when it has nothing more to say."""
GLANCE = 0.05
"""Seconds between looks at the clock."""


class Output:
    """What a command printed.

    Attributes:
        content: its output, the beginning of it if there was too much or it took too long.
        complete: it ended by itself, and well.
        missing: there is no such command.
    """

    __slots__ = ("complete", "content", "missing")

    def __init__(self, content: bytes, *, complete: bool, missing: bool = False) -> None:
        self.content = content
        self.complete = complete
        self.missing = missing


class Commands:
    """Runs one command after the other until their time is over, then none.

    Args:
        seconds: time for all of them.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._deadline = time.monotonic() + seconds

    @property
    def seconds_left(self) -> float:
        """Time that is left for all further commands; not negative."""
        return max(0.0, self._deadline - time.monotonic())

    def hurry(self, seconds: float) -> None:
        """From another thread: end the running command and all later ones within some seconds."""
        self._deadline = min(self._deadline, time.monotonic() + seconds)

    def run(self, command: Sequence[str], environment: Mapping[str, str], most_bytes: int) -> Output:
        """Output of a command. It is killed when it prints more, or when its time is over."""
        if not self.seconds_left:
            return Output(b"", complete=False)
        try:
            process = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=os.name == "posix",
            )
        except FileNotFoundError:
            return Output(b"", complete=False, missing=True)
        except OSError:
            return Output(b"", complete=False)
        ended, stopped = threading.Event(), threading.Event()
        clock = (process, ended, stopped)
        threading.Thread(target=self._watch, args=clock, name="reportgen-clock", daemon=True).start()
        try:
            content, whole = _read(process, most_bytes)
        finally:
            ended.set()
            if process.poll() is None:
                _kill(process)
        return Output(content, complete=whole and _status(process) == 0 and not stopped.is_set())

    def _watch(self, process: subprocess.Popen[bytes], ended: threading.Event, stopped: threading.Event) -> None:
        latest = time.monotonic() + EACH_SECONDS
        while not ended.wait(GLANCE):
            if time.monotonic() >= min(latest, self._deadline):
                stopped.set()
                _kill(process)
                return


def _read(process: subprocess.Popen[bytes], most_bytes: int) -> tuple[bytes, bool]:
    """The output, and whether it is all of it."""
    parts: list[bytes] = []
    length = 0
    assert process.stdout  # noqa: S101 # for the type checker: it is a pipe
    with process.stdout as pipe:
        while part := os.read(pipe.fileno(), CHUNK):
            parts.append(part[: most_bytes - length])
            length += len(part)
            if length > most_bytes:
                return b"".join(parts), False
    _status(process)
    return b"".join(parts), True


def _status(process: subprocess.Popen[bytes]) -> int | None:
    """How a command has ended; None when it does not, though it has closed its output or was killed."""
    try:
        return process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        return None


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a command and everything that it has started and that may hold its output open."""
    try:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except OSError:
        return  # gone meanwhile
