"""The lives of a run, as its members: `Run.resumed`, `Run.starting_step`, `Run.mark_preempting`; its way to workers."""

from __future__ import annotations

import os
from collections.abc import Callable
from time import time as now

from reportgen.logger.attempts.attempt import Attempt
from reportgen.logger.config import Config
from reportgen.logger.recorder import Recorder
from reportgen.logger.writing.run_log import RunLog
from reportgen.logger.writing.timed_sync import TimedSync
from reportgen.schema import FORMAT_VERSION, UPDATE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

SYNC_TIMEOUT = 5.0
"""Seconds that a process which is about to be stopped waits for its disk."""


class RunAttempts(Recorder):
    """Knows which writer of the run this process is, and which attempt."""

    _attempt: Attempt
    _files: RunLog
    _sync: TimedSync
    _fields: dict[str, Any]
    _step: int
    config: Config
    _key = ""
    """Tells the run apart from others of this process when it is sent to another one."""

    @property
    def resumed(self) -> bool:
        """Whether the run goes on with what was logged before."""
        return self._attempt.resumed

    @property
    def starting_step(self) -> int:
        """The step that this process began with: 0 unless the run is resumed or a fork."""
        return self._attempt.starting_step

    def _who(self) -> dict[str, Any]:
        """The fields of the start record about who writes it. Tells what a person should know about that."""
        if self._attempt.notice:
            self._troubles.tell("attempt", self._attempt.notice)
        if self._attempt.unfinished is not None:
            with self._troubles.guard("auto", "cannot remember the run for the next attempt"):
                self._attempt.unfinished.remember(self.id)
        writer, number = self._files.writer, self._files.attempt
        said = self._attempt.said(self._fields, self.id, number)
        identity = {"version": FORMAT_VERSION, "id": self.id, "project": self.project}
        return {**identity, **said, **self._attempt.place(writer, number)}

    def mark_preempting(self) -> None:
        """Say that the process is about to be stopped and will be started again.

        What was logged is synced to disk, and the same command goes on with this run when it says ``resume="auto"``,
        unless the run still ends with exit code 0.
        """
        if not self._active:
            return
        self._record(UPDATE, {"preempting": True, "time": now()})
        with self._troubles.guard("auto", "cannot remember the run for the next attempt"):
            from reportgen.logger.attempts.plan import unfinished

            if self._attempt.unfinished is None:
                self._attempt.unfinished = unfinished(self.settings, self._attempt.rank)
            self._attempt.unfinished.remember(self.id, preempting=True)
            self._sync.now(SYNC_TIMEOUT)

    def _end_attempt(self, exit_code: int) -> None:
        """The run has ended: nothing is left to go on with if it did so well."""
        if self._attempt.unfinished is not None:
            self._attempt.unfinished.end(self.id, exit_code)

    def __reduce__(self) -> tuple[Callable[..., object], tuple[dict[str, Any]]]:
        """Sent to another process, the run becomes a further writer of its log, at its first use there."""
        from reportgen.logger.attempts.joined import comes_from_here, joined_run

        self._key = self._key or os.urandom(8).hex()
        comes_from_here(self._key, self)  # type: ignore[arg-type]  # the parts are only ever parts of a Run
        writer, number = ("", 1) if self.settings.disabled else (self._files.writer, self._files.attempt)
        plan = {
            "key": self._key,
            "settings": self.settings,
            "fields": dict(self._fields),
            "config": self._cleaner.tree(self.config.as_dict()),
            "writer": writer,
            "number": number,
            "step": self._step,
            "resumed": self.resumed,
            "finished": not self._active and not self.settings.disabled,
        }
        return joined_run, (plan,)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: object) -> Self:
        return self
