"""System metrics through psutil. Import this module only in a thread beside training."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

import psutil

from reportgen.logger.capture.cgroup import Limits
from reportgen.logger.capture.inventory import allowed_cpus, mounts_of
from reportgen.logger.capture.process_tree import ProcessTree, Usage

MEGABYTE = 2**20
GIGABYTE = 2**30
SHORTEST_INTERVAL = 0.05
"""Seconds over which a use in per cent means something."""
MOST_DEVICES = 16
LINUX = sys.platform.startswith("linux")


class SystemReader:
    """Reads the machine, and this process with its descendants. Disk and network count from the making of the reader.

    Args:
        folder: a folder on the disk to watch.
        root: folder that stands for ``/`` where control groups are looked up.
    """

    def __init__(self, folder: str, root: str = "/") -> None:
        self._mounts = mounts_of(folder)
        self._limits = Limits(root)
        self._tree = ProcessTree(os.getpid()) if LINUX else None
        self._process = psutil.Process()
        self._cpus = allowed_cpus()
        self._asked = time.monotonic()
        self._machine_use()  # measures since the call before
        self._group_seconds = self._limits.cpu_seconds()
        self._usage = self._read_tree()
        self._devices = _devices()
        self._disks = psutil.disk_io_counters(perdisk=True) or {}
        self._network = psutil.net_io_counters()
        self._retransmits = tcp_retransmits()

    def read(self) -> dict[str, float]:
        """Current values by metric name; what the machine does not tell is left out."""
        row: dict[str, float] = {}
        for reading in (self._processor, self._memory, self._disk_use, self._disk_traffic, self._traffic):
            row.update(_ask(reading))
        return row

    def pids(self) -> frozenset[int]:
        """This process and its descendants, as of the last reading."""
        return self._usage.pids

    def _processor(self) -> dict[str, float]:
        before, self._usage = self._usage, self._read_tree()
        row: dict[str, float] = {"proc.cpu.threads": self._usage.threads}
        now = time.monotonic()
        passed = now - self._asked
        if passed >= SHORTEST_INTERVAL:
            self._asked = now
            row["cpu"] = round(self._group_use(passed), 1)
            row["proc.cpu"] = round(100 * max(0.0, self._usage.cpu_seconds - before.cpu_seconds) / passed, 1)
        return row

    def _group_use(self, passed: float) -> float:
        """Use, in per cent, of what the run may have: a container's quota, else the CPUs it may run on."""
        seconds, before = self._limits.cpu_seconds(), self._group_seconds
        self._group_seconds = seconds
        machine = self._machine_use()
        if seconds is None or before is None or not self._limits.cpus:
            return machine
        return 100 * max(0.0, seconds - before) / passed / self._limits.cpus

    def _machine_use(self) -> float:
        if not self._cpus:
            return psutil.cpu_percent()
        each = psutil.cpu_percent(percpu=True)
        allowed = [each[number] for number in self._cpus if number < len(each)]
        return sum(allowed) / len(allowed) if allowed else 0.0

    def _read_tree(self) -> Usage:
        return (self._tree.read() if self._tree else None) or usage_by_psutil(self._process)

    def _memory(self) -> dict[str, float]:
        machine = psutil.virtual_memory()
        percent: float = machine.percent
        total, available = float(machine.total), float(machine.available)
        used = self._limits.memory_used()
        if used is not None and self._limits.memory and self._limits.memory < total:
            total = self._limits.memory
            available = min(available, max(0, total - used))
            percent = round(100 * used / total, 1)
        return {
            "memory_percent": percent,
            "proc.memory.rssMB": round(self._usage.memory / MEGABYTE, 2),
            "proc.memory.percent": round(100 * self._usage.memory / total, 3),
            "proc.memory.availableMB": round(available / MEGABYTE, 2),
        }

    def _disk_use(self) -> dict[str, float]:
        row: dict[str, float] = {}
        for mount in self._mounts:
            use = psutil.disk_usage(mount)
            row[f"disk.{mount}.usagePercent"] = use.percent
            row[f"disk.{mount}.usageGB"] = round(use.used / GIGABYTE, 3)
        return row

    def _disk_traffic(self) -> dict[str, float]:
        row: dict[str, float] = {}
        now = psutil.disk_io_counters(perdisk=True) or {}  # containers often hide them
        for name in self._devices:
            if name in now and name in self._disks:
                read = now[name].read_bytes - self._disks[name].read_bytes
                written = now[name].write_bytes - self._disks[name].write_bytes
                row[f"disk.{name}.in"] = round(read / MEGABYTE, 3)
                row[f"disk.{name}.out"] = round(written / MEGABYTE, 3)
        return row

    def _traffic(self) -> dict[str, float]:
        row: dict[str, float] = {}
        now, start = psutil.net_io_counters(), self._network
        if now is not None and start is not None:
            row["network.sent"] = now.bytes_sent - start.bytes_sent
            row["network.recv"] = now.bytes_recv - start.bytes_recv
        again = tcp_retransmits()
        if again is not None and self._retransmits is not None:
            row["network.tcpRetransmits"] = again - self._retransmits
        return row


def physical_cores() -> int | None:
    """How many cores the machine has, each of which may be several CPUs."""
    return psutil.cpu_count(logical=False)


def usage_by_psutil(process: psutil.Process) -> Usage:
    """What a process and its descendants use, on any system."""
    cpu, memory, threads, pids = 0.0, 0, 0, []
    for each in (process, *process.children(recursive=True)):
        try:
            times = each.cpu_times()
            cpu += times.user + times.system + getattr(times, "children_user", 0) + getattr(times, "children_system", 0)
            memory += each.memory_info().rss
            threads += each.num_threads()
        except psutil.Error:
            continue  # it has just ended, or is none of ours
        pids.append(each.pid)
    return Usage(cpu, memory, threads, frozenset(pids))


def tcp_retransmits(proc: str = "/proc") -> int | None:
    """TCP segments that this machine has sent again; None where it does not tell."""
    try:
        with open(f"{proc}/net/snmp", encoding="ascii") as file:
            names, values = [line.split() for line in file if line.startswith("Tcp:")][:2]
            return int(values[names.index("RetransSegs")])
    except (OSError, ValueError, LookupError):
        return None


def _devices(block: str = "/sys/block") -> list[str]:
    """Names of the disks that are hardware; where that is not told, of all."""
    names = psutil.disk_io_counters(perdisk=True) or {}
    if LINUX:
        names = {name: names[name] for name in names if os.path.exists(f"{block}/{name}/device")}
    return sorted(names)[:MOST_DEVICES]


def _ask(reading: Callable[[], dict[str, float]]) -> dict[str, float]:
    try:
        return reading()
    except (psutil.Error, OSError, RuntimeError, NotImplementedError):
        return {}
