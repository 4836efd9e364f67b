"""What system metrics measure, in words and with their units, as the documentation of their capture has them."""

import re

LABELS = {
    "cpu": "CPU use (%)",
    "proc.cpu": "CPU use by this run (%, 100 a core)",
    "proc.cpu.threads": "Threads of this run",
    "memory_percent": "Memory in use (%)",
    "proc.memory.rssMB": "Memory of this run (MiB)",
    "proc.memory.percent": "Memory of this run (%)",
    "proc.memory.availableMB": "Memory left (MiB)",
    "disk.*.usagePercent": "Disk space in use (%)",
    "disk.*.usageGB": "Disk space in use (GiB)",
    "disk.*.in": "Read from disk (MiB)",
    "disk.*.out": "Written to disk (MiB)",
    "network.sent": "Sent (bytes)",
    "network.recv": "Received (bytes)",
    "network.tcpRetransmits": "TCP segments sent again",
}
GPU_LABELS = {
    "gpu": "Busy (% of time)",
    "memory": "Memory read or written (% of time)",
    "memoryAllocated": "Memory in use (%)",
    "memoryAllocatedBytes": "Memory in use (bytes)",
    "temp": "Temperature (°C)",
    "powerWatts": "Power (W)",
    "enforcedPowerLimitWatts": "Power limit (W)",
    "powerPercent": "Power (% of the limit)",
    "smClock": "SM clock (MHz)",
    "memoryClock": "Memory clock (MHz)",
    "graphicsClock": "Graphics clock (MHz)",
    "fanSpeed": "Fan speed (%)",
    "encoderUtilization": "Video encoder busy (%)",
    "correctedMemoryErrors": "Corrected memory errors",
    "uncorrectedMemoryErrors": "Uncorrected memory errors",
    "pcieLinkGen": "PCI Express generation",
    "maxPcieLinkGen": "PCI Express generation at most",
    "pcieLinkWidth": "PCI Express width (lanes)",
    "maxPcieLinkWidth": "PCI Express width at most (lanes)",
    "pcieLinkSpeed": "PCI Express speed (MB/s)",
}
"""What the metrics of a machine and of its GPUs measure, with units as docs/reference/capture.md has them."""

_GPU = re.compile(r"gpu\.(?:process\.)?(?P<gpu>\*|\d+)(?:\.mig\.(?P<part>\*|\d+))?\.(?P<what>\w+)")
_DISK = re.compile(r"disk\.(?:(?P<disk>.+)\.)?(?P<what>usagePercent|usageGB|in|out)")


def label_of(metric: str) -> str:
    """What a metric measures, or several of which the GPU or disk is a star; its name where that is not known."""
    name, at, writer = metric.partition("@")
    label, device = LABELS.get(name, ""), ""
    if match := _GPU.fullmatch(name):
        label, device = GPU_LABELS.get(match["what"], ""), "" if match["gpu"] == "*" else f"GPU {match['gpu']}"
        device += f", part {match['part']}" if device and match["part"] else ""
    elif match := _DISK.fullmatch(name):
        label, device = LABELS[f"disk.*.{match['what']}"], "" if match["disk"] in (None, "*") else match["disk"]
    if not label:
        return metric
    return f"{label}{f', {device}' if device else ''}{f', {writer}' if at else ''}"
