"""GPUs of any maker: what is asked of them, and what they are."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class GpuReader(Protocol):
        """Reads the GPUs of one maker."""

        def describe(self) -> dict[str, object]:
            """Fields of the environment: ``gpu``, a list, and what is known of the driver."""

        def read(self, pids: frozenset[int]) -> dict[str, float]:
            """Current values by metric name; ``pids`` are the processes of the run."""


def find_gpus() -> list[GpuReader]:
    """A reader for each maker of whom there is a GPU that answers."""
    from reportgen.logger.capture.gpu_amd import find_amd
    from reportgen.logger.capture.gpu_nvidia import find_nvidia

    nvidia = find_nvidia()
    amd = find_amd(first=nvidia.count if nvidia else 0)
    return [reader for reader in (nvidia, amd) if reader]


def describe_gpus() -> dict[str, object]:
    """The fields of the environment about GPUs; empty without any."""
    found: dict[str, object] = {}
    devices: list[object] = []
    for reader in find_gpus():
        described = reader.describe()
        listed = described.pop("gpu", [])
        devices += listed if isinstance(listed, list) else []
        found |= described
    return {"gpu": devices, **found} if devices else {}


def power_percent(row: dict[str, float]) -> dict[str, float]:
    """``powerPercent`` of the limit, where a row has both."""
    watts, most = row.get("powerWatts"), row.get("enforcedPowerLimitWatts")
    return {} if watts is None or not most else {"powerPercent": round(100 * watts / most, 2)}


def memory_allocated(used: float, total: float) -> dict[str, float]:
    """Both names under which used memory is logged: per cent of all, and bytes."""
    share = {"memoryAllocated": round(100 * used / total, 2)} if total else {}
    return {**share, "memoryAllocatedBytes": used}
