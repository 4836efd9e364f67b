"""Who a process is: its number alone says little, for numbers are used again."""

from __future__ import annotations

import os

_PROC = "/proc"


def process_mark(pid: int) -> str | None:
    """A text that no other process of this machine has, before or after; None if there is no such process.

    Without ``/proc`` it is the number of the process alone, and without that only this process has one.
    """
    try:
        with open(f"{_PROC}/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
        with open(f"{_PROC}/sys/kernel/random/boot_id", "rb") as file:
            boot = file.read().strip()
    except OSError:
        return None if os.path.exists(f"{_PROC}/self/stat") or not _exists(pid) else f"{_host()}/{pid}"
    if fields[0] in (b"Z", b"X"):  # ended, and its parent has not asked for its exit code yet
        return None
    return f"{boot.decode(errors='replace')}/{pid}/{fields[19].decode(errors='replace')}"


def launcher_mark(variable: str) -> str | None:
    """The mark of the process that began this job: the nearest ancestor that was started without a variable.

    Args:
        variable: one that the launcher gives to each rank, so that all between it and this process have it.
    """
    pid = os.getppid()
    while started_with(pid, variable):
        above = _parent(pid)
        if above is None or above <= 1:
            break
        pid = above
    return process_mark(pid)


def started_with(pid: int, variable: str) -> bool:
    """Whether a process was started with a variable in its environment; False when that cannot be known."""
    try:
        with open(f"{_PROC}/{pid}/environ", "rb") as file:
            return any(entry.startswith(variable.encode() + b"=") for entry in file.read().split(b"\0"))
    except OSError:
        return False


def _parent(pid: int) -> int | None:
    try:
        with open(f"{_PROC}/{pid}/stat", "rb") as file:
            return int(file.read().rpartition(b")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return None


def _exists(pid: int) -> bool:
    if pid == os.getpid():
        return True
    if os.name != "posix":  # there, signal 0 is no question
        return False
    try:
        os.kill(pid, 0)
    except OSError as error:
        return isinstance(error, PermissionError)
    return True


def _host() -> str:
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
