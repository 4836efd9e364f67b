"""Asks the disk, now and then, to keep what was written: that is all a power cut can take."""

from __future__ import annotations

import threading
from collections.abc import Callable

from reportgen.logger.troubles import Troubles


class TimedSync:
    """Syncs in a thread of its own: a network disk may take minutes to answer, and nothing else waits for it.

    Args:
        sync: syncs.
        troubles: hears what goes wrong.
    """

    def __init__(self, sync: Callable[[], None], troubles: Troubles) -> None:
        self._sync = sync
        self._troubles = troubles
        self._seconds = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="reportgen-sync", daemon=True)

    def start(self, seconds: float) -> None:
        """Begin to sync every so many seconds; 0 never does."""
        self._seconds = seconds
        if seconds > 0:
            self._troubles.start(self._thread)

    def now(self, timeout: float) -> None:
        """Sync without waiting for the time to come, and for some seconds at most."""
        thread = threading.Thread(target=self._once, name="reportgen-sync-now", daemon=True)
        self._troubles.start(thread)
        if thread.is_alive():
            thread.join(timeout)

    def stop(self, timeout: float) -> None:
        """Sync once more and end, within some seconds."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _work(self) -> None:
        stopped = False
        while not stopped:
            stopped = self._stop.wait(self._seconds)
            self._once()

    def _once(self) -> None:
        with self._troubles.guard("sync", "cannot sync", background=True):
            self._sync()
