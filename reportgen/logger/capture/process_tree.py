"""This process and its descendants, such as the workers that load data, from Linux's ``/proc``."""

from __future__ import annotations

import os
import time

SEARCH_SHARE = 0.0005
"""Share of a core that looking for new processes may take. On a machine with very many it is done less often."""
STATE, PARENT, USER, SYSTEM, WAITED_USER, WAITED_SYSTEM, THREADS, BORN, PAGES = 0, 1, 11, 12, 13, 14, 17, 19, 21
"""Places in ``/proc/<pid>/stat`` behind the name of the program."""


class Usage:
    """What some processes use together.

    Attributes:
        cpu_seconds: CPU time so far, that of children which have ended included.
        memory: resident bytes. Pages that two processes share count twice.
        threads: how many there are.
        pids: the processes.
    """

    __slots__ = ("cpu_seconds", "memory", "pids", "threads")

    def __init__(self, cpu_seconds: float, memory: float, threads: int, pids: frozenset[int]) -> None:
        self.cpu_seconds = cpu_seconds
        self.memory = memory
        self.threads = threads
        self.pids = pids


class ProcessTree:
    """Reads a process and everything it has started.

    Args:
        root: the process.
        proc: where ``/proc`` is.
    """

    def __init__(self, root: int, proc: str = "/proc") -> None:
        self._root = root
        self._proc = proc
        self._ticks = os.sysconf("SC_CLK_TCK")
        self._page = os.sysconf("SC_PAGE_SIZE")
        self._known: dict[int, str] = {}
        self._next_search = 0.0

    def read(self) -> Usage | None:
        """What they use now; None when ``/proc`` does not tell."""
        if time.monotonic() >= self._next_search:
            self._search()
        cpu, memory, threads, pids = 0, 0, 0, []
        for pid, born in [(self._root, ""), *self._known.items()]:
            fields = self._stat(pid)
            if not fields or (born and fields[BORN] != born):  # ended, and perhaps its number was given to another one
                self._known.pop(pid, None)
                continue
            cpu += sum(int(fields[place]) for place in (USER, SYSTEM, WAITED_USER, WAITED_SYSTEM))
            memory += int(fields[PAGES])
            threads += int(fields[THREADS])
            pids.append(pid)
        return Usage(cpu / self._ticks, memory * self._page, threads, frozenset(pids)) if pids else None

    def _search(self) -> None:
        """Find the descendants among all processes."""
        start = time.thread_time()
        children: dict[int, list[tuple[int, str]]] = {}
        for name in os.listdir(self._proc):
            fields = self._stat(int(name)) if name.isdecimal() else []
            if fields:
                children.setdefault(int(fields[PARENT]), []).append((int(name), fields[BORN]))
        self._known = {}
        waiting = [self._root]
        while waiting:
            for pid, born in children.pop(waiting.pop(), ()):
                self._known[pid] = born
                waiting.append(pid)
        self._next_search = time.monotonic() + (time.thread_time() - start) / SEARCH_SHARE

    def _stat(self, pid: int) -> list[str]:
        """The fields behind the program's name, which may contain anything; empty when the process is gone."""
        try:
            with open(f"{self._proc}/{pid}/stat", "rb") as file:
                fields = file.read().rpartition(b")")[2].decode("ascii", "replace").split()
        except OSError:
            return []
        return fields if len(fields) > PAGES else []
