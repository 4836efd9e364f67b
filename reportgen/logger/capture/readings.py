"""Everything that is sampled: the machine with its processes, and the GPUs."""

from __future__ import annotations

import os

from reportgen.logger.capture.gpu import find_gpus

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportgen.logger.capture.system import SystemReader


class Readings:
    """The readers that this machine has a use for.

    Args:
        folder: a folder on the disk to watch.
    """

    def __init__(self, folder: str) -> None:
        self._system: SystemReader | None = None
        try:
            from reportgen.logger.capture.system import SystemReader

            self._system = SystemReader(folder)
        except ImportError:
            pass  # without psutil only the GPUs are sampled
        self._gpus = find_gpus()

    def read(self) -> dict[str, float]:
        """Current values by metric name."""
        row = self._system.read() if self._system else {}
        pids = self._system.pids() if self._system else frozenset({os.getpid()})
        for gpus in self._gpus:
            row |= gpus.read(pids)
        return row
