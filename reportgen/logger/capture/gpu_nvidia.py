"""NVIDIA GPUs through nvidia-ml-py, when it is installed and a device answers."""

from __future__ import annotations

import os
from collections.abc import Callable

from reportgen.logger.capture.gpu import memory_allocated, power_percent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DRIVER_TRACES = ("/dev/nvidiactl", "/dev/dxg", "/proc/driver/nvidia")
"""One of these is there where NVIDIA's driver is (the second under WSL). Looking is cheaper than importing pynvml."""
OF_PROCESS = ("gpu", "memory", "temp", "powerWatts", "powerPercent", "enforcedPowerLimitWatts")
"""What is logged once more, as ``gpu.process.<i>.…``, for a GPU that the run uses."""
MILLIWATTS = 1000


class NvidiaReader:
    """Reads every NVIDIA GPU of the machine. What a device does not support it is asked only once.

    Attributes:
        count: how many there are.

    Args:
        nvml: the module ``pynvml``.
    """

    def __init__(self, nvml: Any) -> None:
        self._nvml = nvml
        nvml.nvmlInit()
        self.count: int = nvml.nvmlDeviceGetCount()
        self._devices = [Device(nvml, nvml.nvmlDeviceGetHandleByIndex(place)) for place in range(self.count)]

    def describe(self) -> dict[str, object]:
        """``gpu``: name, memory, UUID and MIG devices of each; ``gpu_driver`` and ``cuda``: their versions."""
        nvml = self._nvml
        cuda = _answer(nvml, nvml.nvmlSystemGetCudaDriverVersion)
        found = {
            "gpu": [device.describe() for device in self._devices],
            "gpu_driver": _text(_answer(nvml, nvml.nvmlSystemGetDriverVersion)),
            "cuda": f"{cuda // 1000}.{cuda % 1000 // 10}" if isinstance(cuda, int) else None,
        }
        return {name: value for name, value in found.items() if value}

    def read(self, pids: frozenset[int]) -> dict[str, float]:
        """Current values by metric name; ``pids`` are the processes of the run."""
        row: dict[str, float] = {}
        for place, device in enumerate(self._devices):
            values = device.read()
            row |= {f"gpu.{place}.{name}": value for name, value in values.items()}
            own = device.used_by(pids)
            if own is not None:
                of_process = {name: values[name] for name in OF_PROCESS if name in values} | own
                row |= {f"gpu.process.{place}.{name}": value for name, value in of_process.items()}
        return row


class Device:
    """One GPU, and the questions that it still answers.

    Args:
        nvml: the module ``pynvml``.
        handle: what NVML calls the device.
    """

    def __init__(self, nvml: Any, handle: Any) -> None:
        self._nvml = nvml
        self._handle = handle
        self._total = 0
        numbers = {
            "temp": lambda: nvml.nvmlDeviceGetTemperature(handle, nvml.NVML_TEMPERATURE_GPU),
            "powerWatts": lambda: nvml.nvmlDeviceGetPowerUsage(handle) / MILLIWATTS,
            "enforcedPowerLimitWatts": lambda: nvml.nvmlDeviceGetEnforcedPowerLimit(handle) / MILLIWATTS,
            "smClock": lambda: nvml.nvmlDeviceGetClockInfo(handle, nvml.NVML_CLOCK_SM),
            "memoryClock": lambda: nvml.nvmlDeviceGetClockInfo(handle, nvml.NVML_CLOCK_MEM),
            "graphicsClock": lambda: nvml.nvmlDeviceGetClockInfo(handle, nvml.NVML_CLOCK_GRAPHICS),
            "fanSpeed": lambda: nvml.nvmlDeviceGetFanSpeed(handle),
            "encoderUtilization": lambda: nvml.nvmlDeviceGetEncoderUtilization(handle)[0],
            "correctedMemoryErrors": lambda: self._errors(nvml.NVML_MEMORY_ERROR_TYPE_CORRECTED),
            "uncorrectedMemoryErrors": lambda: self._errors(nvml.NVML_MEMORY_ERROR_TYPE_UNCORRECTED),
            "pcieLinkGen": lambda: nvml.nvmlDeviceGetCurrPcieLinkGeneration(handle),
            "pcieLinkSpeed": lambda: nvml.nvmlDeviceGetPcieSpeed(handle),
            "pcieLinkWidth": lambda: nvml.nvmlDeviceGetCurrPcieLinkWidth(handle),
            "maxPcieLinkGen": lambda: nvml.nvmlDeviceGetMaxPcieLinkGeneration(handle),
            "maxPcieLinkWidth": lambda: nvml.nvmlDeviceGetMaxPcieLinkWidth(handle),
        }
        self._questions: dict[str, Callable[[], dict[str, float]]] = {
            "use": self._use,
            "memory": self._memory,
            **{name: _named(name, question) for name, question in numbers.items()},
            "mig": self._mig_memory,
        }
        self._lists = [nvml.nvmlDeviceGetComputeRunningProcesses, nvml.nvmlDeviceGetGraphicsRunningProcesses]

    def describe(self) -> dict[str, object]:
        """Name, bytes of memory, UUID and MIG devices."""
        nvml = self._nvml
        memory = _answer(nvml, lambda: nvml.nvmlDeviceGetMemoryInfo(self._handle))
        found = {
            "name": _text(_answer(nvml, lambda: nvml.nvmlDeviceGetName(self._handle))) or "NVIDIA GPU",
            "memory_total": memory.total if memory else None,
            "uuid": _text(_answer(nvml, lambda: nvml.nvmlDeviceGetUUID(self._handle))),
            "mig": [Device(nvml, part).describe() for part in self._parts()],
        }
        return {name: value for name, value in found.items() if value}

    def read(self) -> dict[str, float]:
        """The answer to every question that the device supports."""
        row: dict[str, float] = {}
        for name, question in list(self._questions.items()):
            try:
                row |= question()
            except self._nvml.NVMLError as error:
                if self._is_final(error):
                    del self._questions[name]
        return row | power_percent(row)

    def used_by(self, pids: frozenset[int]) -> dict[str, float] | None:
        """Memory that some processes have on this device, where it tells; None when they do not use it."""
        used: dict[int, int | None] = {}
        for running in list(self._lists):
            try:
                used |= {each.pid: each.usedGpuMemory for each in running(self._handle) if each.pid in pids}
            except self._nvml.NVMLError as error:
                if self._is_final(error):
                    self._lists.remove(running)
        if not used:
            return None
        known = [memory for memory in used.values() if memory is not None]
        return memory_allocated(sum(known), self._total) if known else {}

    def _use(self) -> dict[str, float]:
        rates = self._nvml.nvmlDeviceGetUtilizationRates(self._handle)
        return {"gpu": rates.gpu, "memory": rates.memory}

    def _memory(self) -> dict[str, float]:
        memory = self._nvml.nvmlDeviceGetMemoryInfo(self._handle)
        self._total = memory.total
        return memory_allocated(memory.used, memory.total)

    def _mig_memory(self) -> dict[str, float]:
        row: dict[str, float] = {}
        for place, part in enumerate(self._parts()):
            memory = self._nvml.nvmlDeviceGetMemoryInfo(part)
            for name, value in memory_allocated(memory.used, memory.total).items():
                row[f"mig.{place}.{name}"] = value
        if not row:
            raise self._nvml.NVMLError(self._nvml.NVML_ERROR_NOT_SUPPORTED)
        return row

    def _errors(self, kind: int) -> float:
        nvml = self._nvml
        count: float = nvml.nvmlDeviceGetMemoryErrorCounter(
            self._handle, kind, nvml.NVML_VOLATILE_ECC, nvml.NVML_MEMORY_LOCATION_DEVICE_MEMORY
        )
        return count

    def _parts(self) -> list[Any]:
        """The MIG devices that this one is divided into; none where it is not."""
        nvml = self._nvml
        mode = _answer(nvml, lambda: nvml.nvmlDeviceGetMigMode(self._handle))
        if not mode or mode[0] != nvml.NVML_DEVICE_MIG_ENABLE:
            return []
        most = _answer(nvml, lambda: nvml.nvmlDeviceGetMaxMigDeviceCount(self._handle)) or 0
        found = [self._part(place) for place in range(most)]
        return [part for part in found if part is not None]

    def _part(self, place: int) -> Any:
        nvml = self._nvml
        return _answer(nvml, lambda: nvml.nvmlDeviceGetMigDeviceHandleByIndex(self._handle, place))

    def _is_final(self, error: Any) -> bool:
        """Whether an error means that asking again is of no use."""
        nvml = self._nvml
        return error.value in (
            nvml.NVML_ERROR_NOT_SUPPORTED,
            nvml.NVML_ERROR_FUNCTION_NOT_FOUND,
            nvml.NVML_ERROR_NO_PERMISSION,
            nvml.NVML_ERROR_INVALID_ARGUMENT,
        )


def _named(name: str, question: Callable[[], float]) -> Callable[[], dict[str, float]]:
    return lambda: {name: question()}


def _answer(nvml: Any, question: Callable[[], Any]) -> Any:
    """The answer to a question; None when it is not supported."""
    try:
        return question()
    except nvml.NVMLError:
        return None


def _text(value: Any) -> str:
    """A text of NVML, which older versions of nvidia-ml-py leave as bytes."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")


def find_nvidia() -> NvidiaReader | None:
    """A reader when there is a GPU that answers, else None."""
    if os.name == "posix" and not any(os.path.exists(trace) for trace in DRIVER_TRACES):
        return None
    try:
        import pynvml
    except ImportError:
        return None
    try:
        reader = NvidiaReader(pynvml)
    except (pynvml.NVMLError, OSError):
        return None
    return reader if reader.count else None
