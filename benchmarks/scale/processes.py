"""A command and all the processes that it starts: how long, how much processor time, how much memory (on Linux)."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1e6
OUTPUT_BYTES = 2000
SAMPLE_SECONDS = 0.05
SAMPLING_SHARE = 20
"""A sample that took long is followed by so many times its duration without one: the cost stays below 5 % of a core."""


@dataclass(frozen=True)
class Used:
    """What a command used.

    Attributes:
        seconds: from its start to its end.
        cpu: processor seconds of it and all that it waited for.
        memory: the most megabytes that its processes held together, each shared page counted once (PSS, sampled).
        largest: megabytes of the largest process at its peak (``ru_maxrss``).
        code: its exit code.
        output: the end of what it printed.
    """

    seconds: float
    cpu: float
    memory: float
    largest: float
    code: int
    output: str


def tree(pid: int) -> list[int]:
    """A process and its descendants."""
    found, todo = [], [pid]
    while todo:
        each = todo.pop()
        found.append(each)
        try:
            for children in Path(f"/proc/{each}/task").glob("*/children"):
                todo += map(int, children.read_text().split())
        except OSError:
            continue  # it has ended meanwhile
    return found


def proportional_size(pid: int) -> int:
    """Bytes of a process; those of pages that several share in equal parts (PSS)."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:")), 0)


class Watched:
    """A command that runs in a session of its own, and a thread that samples its memory."""

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - closed in end()
        self._start = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._peak, self._ended = 0, threading.Event()
        self._sampler = threading.Thread(target=self._sample, daemon=True)
        self._sampler.start()

    def _sample(self) -> None:
        cost = 0.0
        while not self._ended.wait(max(SAMPLE_SECONDS, SAMPLING_SHARE * cost)):
            start = time.thread_time()
            self._peak = max(self._peak, sum(map(proportional_size, tree(self.process.pid))))
            cost = time.thread_time() - start

    @property
    def elapsed(self) -> float:
        """Seconds since it was started."""
        return time.perf_counter() - self._start

    @property
    def memory(self) -> float:
        """The most megabytes so far."""
        return self._peak / MEGABYTE

    @property
    def ended(self) -> bool:
        """Whether it has, without collecting what it used: `end` does that."""
        return os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def printed(self) -> str:
        """The end of what it has printed so far; read at a place, as it shares the file's position."""
        size = os.fstat(self._output.fileno()).st_size
        return os.pread(self._output.fileno(), OUTPUT_BYTES, max(0, size - OUTPUT_BYTES)).decode(errors="replace")

    def end(self) -> Used:
        """Wait until it has ended."""
        _, status, usage = os.wait4(self.process.pid, 0)
        seconds = self.elapsed
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self._ended.set()
        self._sampler.join()
        output = self.printed()
        self._output.close()
        largest = usage.ru_maxrss * 1024 / MEGABYTE
        cpu = usage.ru_utime + usage.ru_stime
        return Used(seconds, cpu, max(self.memory, largest), largest, self.process.returncode, output)


def used(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Used:
    """Run a command to its end; an interrupt ends it too, which Ctrl-C does not do by itself in another session."""
    watched = Watched(command, folder, environment)
    try:
        return watched.end()
    except BaseException:
        with suppress(ProcessLookupError):  # it may have ended just now
            os.killpg(watched.process.pid, signal.SIGKILL)
        raise


@contextmanager
def served(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Iterator[Watched]:
    """A server, which is ended with everything that it started."""
    watched = Watched(command, folder, environment)
    try:
        yield watched
    finally:
        os.killpg(watched.process.pid, signal.SIGTERM)
        patience = threading.Timer(5, os.killpg, [watched.process.pid, signal.SIGKILL])
        patience.start()
        watched.end()
        patience.cancel()
