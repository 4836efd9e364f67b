"""AMD GPUs through the files of the Linux driver amdgpu: no package is needed."""

from __future__ import annotations

import os
from collections.abc import Iterator

from reportgen.logger.capture.gpu import memory_allocated, power_percent

CARDS = "/sys/class/drm"
DRIVER_VERSION = "/sys/module/amdgpu/version"
VENDOR = "0x1002"
GENERATIONS = {"2.5": 1, "5.0": 2, "8.0": 3, "16.0": 4, "32.0": 5, "64.0": 6}
"""PCI Express by gigatransfers a second."""
NUMBERS = {
    "gpu": (("gpu_busy_percent",), 1),
    "memory": (("mem_busy_percent",), 1),
    "temp": (("hwmon/temp1_input", "hwmon/temp2_input"), 1e-3),
    "powerWatts": (("hwmon/power1_average", "hwmon/power1_input"), 1e-6),
    "enforcedPowerLimitWatts": (("hwmon/power1_cap",), 1e-6),
    "graphicsClock": (("hwmon/freq1_input",), 1e-6),
    "memoryClock": (("hwmon/freq2_input",), 1e-6),
    "pcieLinkWidth": (("current_link_width",), 1),
    "maxPcieLinkWidth": (("max_link_width",), 1),
}
"""Metric -> files below the device, of which the first that there is counts, and what makes its unit ours."""


class AmdReader:
    """Reads every AMD GPU of the machine.

    Attributes:
        count: how many there are.

    Args:
        cards: folder with the cards.
        first: number of the first one in names of metrics.
    """

    def __init__(self, cards: str = CARDS, first: int = 0) -> None:
        self._devices = [Device(folder) for folder in _amd_cards(cards)]
        self._first = first
        self.count = len(self._devices)

    def describe(self) -> dict[str, object]:
        """``gpu``: name, memory and unique id of each; ``gpu_driver``: its version, where it has one of its own."""
        driver = _read(DRIVER_VERSION)
        found: dict[str, object] = {"gpu": [device.describe() for device in self._devices]}
        return {**found, "gpu_driver": f"amdgpu {driver}"} if driver else found

    def read(self, pids: frozenset[int]) -> dict[str, float]:  # noqa: ARG002 # the files do not tell who uses a GPU
        """Current values by metric name."""
        row: dict[str, float] = {}
        for place, device in enumerate(self._devices, self._first):
            row |= {f"gpu.{place}.{name}": value for name, value in device.read().items()}
        return row


class Device:
    """One GPU, and which files it has.

    Args:
        folder: its ``device`` folder.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        sensors = os.path.join(folder, "hwmon")
        names = sorted(os.listdir(sensors)) if os.path.isdir(sensors) else []
        self._sensors = os.path.join(sensors, names[0]) if names else sensors
        files = {name: next(filter(self._has, choice), "") for name, (choice, _) in NUMBERS.items()}
        self._files = {name: self._path(file) for name, file in files.items() if file}
        self._total = _number(self._path("mem_info_vram_total"))

    def describe(self) -> dict[str, object]:
        """Name, bytes of memory and unique id."""
        model = _read(self._path("product_name")) or f"AMD GPU {_read(self._path('device'))}".strip()
        found = {"name": model, "memory_total": self._total, "uuid": _read(self._path("unique_id"))}
        return {name: int(value) if isinstance(value, float) else value for name, value in found.items() if value}

    def read(self) -> dict[str, float]:
        """What the files say now."""
        row: dict[str, float] = {}
        for name, path in self._files.items():
            value = _number(path)
            if value is not None:
                row[name] = round(value * NUMBERS[name][1], 3)
        used = _number(self._path("mem_info_vram_used"))
        if used is not None:
            row |= memory_allocated(used, self._total or 0)
        for name, file in (("pcieLinkGen", "current_link_speed"), ("maxPcieLinkGen", "max_link_speed")):
            generation = GENERATIONS.get(_read(self._path(file)).partition(" ")[0])
            if generation:
                row[name] = generation
        fan, most = _number(self._path("hwmon/pwm1")), _number(self._path("hwmon/pwm1_max"))
        if fan is not None and most:
            row["fanSpeed"] = round(100 * fan / most, 1)
        return row | power_percent(row)

    def _path(self, file: str) -> str:
        head, slash, name = file.partition("/")
        return os.path.join(self._sensors, name) if slash and head == "hwmon" else os.path.join(self._folder, file)

    def _has(self, file: str) -> bool:
        return _number(self._path(file)) is not None


def find_amd(cards: str = CARDS, first: int = 0) -> AmdReader | None:
    """A reader when there is a GPU of AMD's, else None."""
    try:
        reader = AmdReader(cards, first)
    except OSError:
        return None
    return reader if reader.count else None


def _amd_cards(cards: str) -> Iterator[str]:
    """The device folders of the cards in the order of their numbers; outputs such as ``card0-DP-1`` are none."""
    names = os.listdir(cards) if os.path.isdir(cards) else []
    numbers = sorted(int(name[4:]) for name in names if name.startswith("card") and name[4:].isdecimal())
    for number in numbers:
        folder = os.path.join(cards, f"card{number}", "device")
        if _read(os.path.join(folder, "vendor")) == VENDOR:
            yield folder


def _number(path: str) -> float | None:
    try:
        return float(_read(path))
    except ValueError:
        return None


def _read(path: str) -> str:
    try:
        with open(path, encoding="ascii", errors="replace") as file:
            return file.read().strip()
    except OSError:
        return ""
