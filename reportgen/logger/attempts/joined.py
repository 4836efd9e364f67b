"""A run in a process that it was sent to: a worker becomes a further writer of the same run, at its first use."""

from __future__ import annotations

import os
from itertools import count

from reportgen.logger.attempts.attempt import Attempt
from reportgen.logger.attempts.earlier import Earlier
from reportgen.logger.run import FINISHED, Run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WORKER = "worker"

_runs: dict[tuple[int, str], Run] = {}
"""The runs that were sent from or to a process, by its number and their key: a run that comes twice is one writer."""


class Joining(Run):
    """Stands for a run until it is used: the first look at any of its state makes it one."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.__dict__["_plan"] = plan

    def __getattr__(self, name: str) -> Any:
        plan = None if name.startswith("__") else self.__dict__.pop("_plan", None)
        if plan is None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        self.__class__ = Run  # type: ignore[assignment]  # from here on it is one
        plan["settings"].disabled |= plan["finished"]
        Run.__init__(self, plan["settings"], plan["fields"], None, _attempt_of(plan))
        self._key = plan["key"]  # it may be sent on from here
        if plan["finished"]:
            self._inactive = FINISHED
        return getattr(self, name)


def comes_from_here(key: str, run: Run) -> None:
    """Know a run that is sent to other processes, for the case that it comes back."""
    _runs[os.getpid(), key] = run


def joined_run(plan: dict[str, Any]) -> Run:
    """The run in this process: itself where it comes from, and the same object each time that it is sent."""
    here = os.getpid(), plan["key"]
    if here not in _runs:
        _runs[here] = Joining(plan)
    return _runs[here]


def _attempt_of(plan: dict[str, Any]) -> Attempt:
    attempt = Attempt()
    attempt.number, attempt.starting_step, attempt.resumed = plan["number"], plan["step"], plan["resumed"]
    stem = f"{plan['writer']}-{WORKER}" if plan["writer"] else WORKER
    attempt.claims = ((f"{stem}{number}", attempt.number) for number in count(1))
    attempt.described = False
    attempt.earlier = Earlier()
    attempt.earlier.config = plan["config"]
    settings = plan["settings"]
    settings.capture = frozenset()
    settings.save_code, settings.code_dir, settings.quiet = False, "", True  # the first process has done and said it
    return attempt
