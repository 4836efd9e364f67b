"""System metrics through psutil. Import this module only in the thread that samples."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import psutil

MEGABYTE = 2**20
GIGABYTE = 2**30
SHORTEST_INTERVAL = 0.05
"""Seconds over which a use in per cent means something."""


class SystemReader:
    """Reads the machine and this process. Disk and network count from the making of the reader.

    Args:
        folder: a folder on the disk to watch.
    """

    def __init__(self, folder: str) -> None:
        while not os.path.isdir(folder):
            folder = os.path.dirname(folder)
        self._folder = folder
        self._process = psutil.Process()
        self._asked = time.monotonic()
        psutil.cpu_percent()  # both measure since the call before
        self._process.cpu_percent()
        self._disk = psutil.disk_io_counters()
        self._network = psutil.net_io_counters()

    def read(self) -> dict[str, float]:
        """Current values by metric name; what the machine does not tell is left out."""
        row: dict[str, float] = {}
        for reading in (self._processor, self._memory, self._disk_use, self._disk_traffic, self._traffic):
            row.update(_ask(reading))
        return row

    def _processor(self) -> dict[str, float]:
        now = time.monotonic()
        threads: dict[str, float] = {"proc.cpu.threads": self._process.num_threads()}
        if now - self._asked < SHORTEST_INTERVAL:
            return threads
        self._asked = now
        return {"cpu": psutil.cpu_percent(), "proc.cpu": self._process.cpu_percent(), **threads}

    def _memory(self) -> dict[str, float]:
        machine = psutil.virtual_memory()
        own = self._process.memory_info().rss
        return {
            "memory_percent": machine.percent,
            "proc.memory.rssMB": round(own / MEGABYTE, 2),
            "proc.memory.percent": round(100 * own / machine.total, 3),
            "proc.memory.availableMB": round(machine.available / MEGABYTE, 2),
        }

    def _disk_use(self) -> dict[str, float]:
        use = psutil.disk_usage(self._folder)
        return {"disk.usagePercent": use.percent, "disk.usageGB": round(use.used / GIGABYTE, 3)}

    def _disk_traffic(self) -> dict[str, float]:
        now, start = psutil.disk_io_counters(), self._disk
        if now is None or start is None:  # containers often hide them
            return {}
        read, written = now.read_bytes - start.read_bytes, now.write_bytes - start.write_bytes
        return {"disk.in": round(read / MEGABYTE, 3), "disk.out": round(written / MEGABYTE, 3)}

    def _traffic(self) -> dict[str, float]:
        now, start = psutil.net_io_counters(), self._network
        if now is None or start is None:
            return {}
        return {
            "network.sent": now.bytes_sent - start.bytes_sent,
            "network.recv": now.bytes_recv - start.bytes_recv,
        }


def _ask(reading: Callable[[], dict[str, float]]) -> dict[str, float]:
    try:
        return reading()
    except (psutil.Error, OSError, RuntimeError, NotImplementedError):
        return {}
