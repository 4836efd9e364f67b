"""What a container or a batch system lets a process have of the machine: Linux control groups, version 1 and 2."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

UNLIMITED = 2**60
"""Bytes. Version 1 says a number beyond all memory where there is no limit."""
MICROSECONDS = 1e-6
NANOSECONDS = 1e-9


class Limits:
    """The tightest limits on this process, and how much of them is used.

    Attributes:
        memory: bytes of memory; None when the group may use all of the machine's.
        cpus: how many CPUs' worth of time; None likewise. May be a fraction.

    Args:
        root: folder that stands for ``/``.
    """

    def __init__(self, root: str = "/") -> None:
        groups = _groups(root)
        clocks = groups.get("cpu", [])
        self.memory, self._memory_folder = _tightest(groups.get("memory", []), _memory_limit)
        self.cpus, self._cpu_folder = _tightest(clocks, _cpu_limit)
        spent = groups.get("cpuacct", [])  # version 1 counts elsewhere than it limits
        same = len(spent) == len(clocks) and self._cpu_folder
        self._spent_folder = spent[clocks.index(self._cpu_folder)] if same else ""

    def memory_used(self) -> float | None:
        """Bytes that count against the limit, without what the kernel would give up at once; None without a limit."""
        folder = self._memory_folder
        used = _number(folder, "memory.current", "memory.usage_in_bytes") if folder else None
        if used is None:
            return None
        fields = _fields(folder, "memory.stat")
        return max(0.0, used - fields.get("total_inactive_file", fields.get("inactive_file", 0.0)))

    def cpu_seconds(self) -> float | None:
        """CPU time that the group has used so far; None without a limit."""
        if not self._cpu_folder:
            return None
        microseconds = _fields(self._cpu_folder, "cpu.stat").get("usage_usec")
        if microseconds is not None:
            return microseconds * MICROSECONDS
        nanoseconds = _number(self._spent_folder, "cpuacct.usage") if self._spent_folder else None
        return None if nanoseconds is None else nanoseconds * NANOSECONDS


def membership(text: str) -> dict[str, str]:
    """Path of the group by controller, from ``/proc/self/cgroup``; that of version 2 has the empty name."""
    paths = {}
    for line in text.split("\n"):
        _, first, rest = line.partition(":")
        controllers, second, path = rest.partition(":")
        if first and second and path.startswith("/"):
            for controller in controllers.split(","):
                paths[controller] = path
    return paths


def mounts(text: str) -> dict[str, tuple[str, str]]:
    """Root and place of each mounted hierarchy by controller, from ``/proc/self/mountinfo``; as in `membership`."""
    found: dict[str, tuple[str, str]] = {}
    for line in text.split("\n"):
        fields, _, rest = line.partition(" - ")
        kind, _, source = rest.partition(" ")
        options = source.partition(" ")[2]
        top, place = [*fields.split(" "), *[""] * 5][3:5]
        if place and kind in ("cgroup", "cgroup2"):
            for controller in [""] if kind == "cgroup2" else options.split(","):
                found.setdefault(controller, (_unquoted(top), _unquoted(place)))
    return found


def _groups(root: str) -> dict[str, list[str]]:
    """Folders of the group of this process and of those around it, innermost first, by controller."""
    paths = membership(_read(root, "proc/self/cgroup"))
    found: dict[str, list[str]] = {}
    for controller, (top, place) in mounts(_read(root, "proc/self/mountinfo")).items():
        path = paths.get(controller, "/")
        inner = path[len(top.rstrip("/")) :] if (path + "/").startswith(top.rstrip("/") + "/") else path
        folders = list(_upwards(os.path.join(root, place.lstrip("/")), inner))
        for name in [controller] if controller else ["memory", "cpu"]:
            found.setdefault(name, []).extend(folders)
    return found


def _upwards(place: str, path: str) -> Iterator[str]:
    parts = [part for part in path.split("/") if part and part != ".."]
    for length in range(len(parts), -1, -1):
        folder = os.path.join(place, *parts[:length])
        if os.path.isdir(folder):
            yield folder


def _tightest(folders: list[str], limit: Callable[[str], float | None]) -> tuple[float | None, str]:
    """The least limit among some groups, and the folder of the group that has it."""
    found = [(value, folder) for folder in folders if (value := limit(folder)) is not None]
    return min(found) if found else (None, "")


def _memory_limit(folder: str) -> float | None:
    limit = _number(folder, "memory.max", "memory.limit_in_bytes")
    return limit if limit is not None and 0 < limit < UNLIMITED else None


def _cpu_limit(folder: str) -> float | None:
    words = _read(folder, "cpu.max").split() or [_read(folder, f"cpu.cfs_{name}_us") for name in ("quota", "period")]
    quota, period = [*map(_parsed, words), None, None][:2]
    return quota / period if quota and period and quota > 0 and period > 0 else None


def _number(folder: str, *names: str) -> float | None:
    """The number in the first of some files that there is."""
    text = next(filter(None, (_read(folder, name) for name in names)), "")
    return _parsed(text)


def _fields(folder: str, name: str) -> dict[str, float]:
    """Numbers by name, one on a line."""
    found = {}
    for line in _read(folder, name).split("\n"):
        key, _, value = line.partition(" ")
        number = _parsed(value)
        if number is not None:
            found[key] = number
    return found


def _parsed(text: str) -> float | None:
    text = text.strip()
    return float(text) if text.removeprefix("-").isascii() and text.removeprefix("-").isdecimal() else None


def _unquoted(path: str) -> str:
    """Spaces and the like stand in mountinfo as octal codes."""
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        path = path.replace(code, letter)
    return path


def _read(folder: str, name: str) -> str:
    try:
        with open(os.path.join(folder, name), encoding="utf-8", errors="surrogateescape") as file:
            return file.read()
    except (OSError, ValueError):
        return ""
