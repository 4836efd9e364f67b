"""The thread that ticks: console, system metrics and files that need care, all off the hot path."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from reportgen.logger.troubles import Troubles
from reportgen.logger.writing.encoding import encode_line
from reportgen.logger.writing.run_log import RunLog
from reportgen.schema import TIMESTAMP

TICK = 1.0
FIRST_TICK = 0.2
"""Seconds until the thread begins its work, so that it does not slow down `init`."""
LONGEST_SILENCE = 60.0
"""A sign of life is written at least this often, whatever the sample interval."""


class Heartbeat:
    """Samples, tends the files and pumps until it is stopped.

    Args:
        run_log: gets the samples, and is tended.
        troubles: hears what goes wrong.
        pump: called at each tick.
    """

    def __init__(self, run_log: RunLog, troubles: Troubles, pump: Callable[[], None]) -> None:
        self._run_log = run_log
        self._troubles = troubles
        self._pump = pump
        self._read: Callable[[], dict[str, float]] = dict
        self._sample_seconds = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="reportgen", daemon=True)

    def start(self, sample_seconds: float, *, system: bool) -> None:
        """Begin to tick.

        Args:
            sample_seconds: seconds between samples.
            system: sample system metrics; without, a sample is only a sign of life.
        """
        self._sample_seconds = max(0.1, sample_seconds)
        self._system = system
        self._troubles.start(self._thread)

    def stop(self, timeout: float) -> None:
        """Take a last sample and end, within some seconds."""
        self._stop.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout)

    def _beat(self) -> None:
        guard = self._troubles.guard
        stopped = self._stop.wait(FIRST_TICK)
        with guard("system", "cannot read system metrics", background=True):
            if self._system:
                from reportgen.logger.capture.readings import Readings

                self._read = Readings(self._run_log.folder).read
        next_sample = time.monotonic() + min(TICK, self._sample_seconds) / 2
        while not stopped:
            with guard("heartbeat", "the logger's thread had trouble", background=True):
                now = time.monotonic()
                self._pump()
                if now >= next_sample:
                    next_sample = now + min(self._sample_seconds, LONGEST_SILENCE)
                    self._sample()
                self._run_log.tend()
            stopped = self._stop.wait(min(TICK, max(0.01, next_sample - time.monotonic())))
        with guard("heartbeat", "the logger's thread had trouble", background=True):
            self._sample()

    def _sample(self) -> None:
        row: dict[str, object] = {TIMESTAMP: round(time.time(), 3)}
        with self._troubles.guard("system", "cannot read system metrics", background=True):
            row |= self._read()
        self._run_log.system.append(encode_line(row))
