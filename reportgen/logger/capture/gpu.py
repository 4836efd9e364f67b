"""NVIDIA GPUs through nvidia-ml-py, when it is installed and a device answers."""

from __future__ import annotations

import os
from collections.abc import Callable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DRIVER_TRACES = ("/dev/nvidiactl", "/dev/dxg", "/proc/driver/nvidia")
"""One of these is there where NVIDIA's driver is (the second under WSL). Looking is cheaper than importing pynvml."""


class GpuReader:
    """Reads every GPU of the machine.

    Args:
        nvml: the module ``pynvml``.
    """

    def __init__(self, nvml: Any) -> None:
        self._nvml = nvml
        nvml.nvmlInit()
        self._devices = [nvml.nvmlDeviceGetHandleByIndex(place) for place in range(nvml.nvmlDeviceGetCount())]

    def describe(self) -> list[dict[str, object]]:
        """Name and bytes of memory of each GPU."""
        described: list[dict[str, object]] = []
        for device in self._devices:
            name = self._nvml.nvmlDeviceGetName(device)
            memory = self._nvml.nvmlDeviceGetMemoryInfo(device)
            described.append({"name": name.decode() if isinstance(name, bytes) else name, "memory_total": memory.total})
        return described

    def read(self) -> dict[str, float]:
        """Current values of what each GPU can tell."""
        row: dict[str, float] = {}
        for place, device in enumerate(self._devices):
            for reading in (self._use, self._memory, self._temperature, self._power):
                for name, value in self._ask(reading, device).items():
                    row[f"gpu.{place}.{name}"] = value
        return row

    def _ask(self, reading: Callable[[Any], dict[str, float]], device: Any) -> dict[str, float]:
        try:
            return reading(device)
        except self._nvml.NVMLError:  # not every device supports every question
            return {}

    def _use(self, device: Any) -> dict[str, float]:
        rates = self._nvml.nvmlDeviceGetUtilizationRates(device)
        return {"gpu": rates.gpu, "memory": rates.memory}

    def _memory(self, device: Any) -> dict[str, float]:
        memory = self._nvml.nvmlDeviceGetMemoryInfo(device)
        return {"memoryAllocated": round(100 * memory.used / memory.total, 2), "memoryAllocatedBytes": memory.used}

    def _temperature(self, device: Any) -> dict[str, float]:
        return {"temp": self._nvml.nvmlDeviceGetTemperature(device, self._nvml.NVML_TEMPERATURE_GPU)}

    def _power(self, device: Any) -> dict[str, float]:
        return {"powerWatts": self._nvml.nvmlDeviceGetPowerUsage(device) / 1000}


def find_gpus() -> GpuReader | None:
    """A reader when there is a GPU that answers, else None."""
    if os.name == "posix" and not any(os.path.exists(trace) for trace in DRIVER_TRACES):
        return None
    try:
        import pynvml
    except ImportError:
        return None
    try:
        reader = GpuReader(pynvml)
        return reader if reader.describe() else None
    except (pynvml.NVMLError, OSError):
        return None
