"""How a run ends with its process: at exit, by an exception, by SIGTERM; and what a forked child may do (nothing).

The hooks are installed by the first run and taken out when the last one has finished.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
from types import FrameType, TracebackType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from reportgen.logger.run import Run

SIGTERM_TIMEOUT = 1.0
"""Seconds that SIGTERM waits for captures: whoever sends it will not wait long."""
INTERRUPTED = 130
TERMINATED = 143


class Lifetime:
    """The runs of this process that have not finished, and its hooks into the process."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._exit_code = 0
        self._registered = False
        self._hooks: list[tuple[str, Any, Any]] = []
        self._mask = threading.local()  # of each thread that is forking

    def runs(self) -> list[Run]:
        """The runs that are going on, the latest last."""
        return list(self._runs)

    def begin(self, run: Run, *, signals: bool = True) -> None:
        """Take a run into care.

        Args:
            run: the run.
            signals: it ends with SIGTERM; not so a worker's, which is stopped in this way when there is no more work.
        """
        self._runs.append(run)
        if len(self._runs) == 1:
            self._exit_code = 0
            self._hook("excepthook", self._excepthook(sys.excepthook))
            self._hook("exit", self._exit(sys.exit))
            self._finish_with_worker()
        if signals:
            self._catch_sigterm()
        if not self._registered:
            self._registered = True
            atexit.register(self._finish)
            if hasattr(os, "register_at_fork"):
                os.register_at_fork(
                    before=self._hold_sigterm, after_in_parent=self._let_sigterm, after_in_child=self._forget
                )

    def _finish_with_worker(self) -> None:
        """In a process of multiprocessing: it may end without the functions of `atexit`."""
        processes = sys.modules.get("multiprocessing.process")
        if processes is None or processes.parent_process() is None:
            return
        from multiprocessing.util import Finalize

        Finalize(None, self._finish_worker, exitpriority=0)

    def _finish_worker(self) -> None:
        error = sys.exc_info()[1]  # this runs while the exception of the worker is on its way
        if error is not None:
            self._exit_code = exit_code_of_exception(error)
        self._finish()

    def end(self, run: Run) -> None:
        """Let go of a run."""
        if run in self._runs:
            self._runs.remove(run)
            if not self._runs:
                self._unhook()

    def _finish(self, timeout: float | None = None) -> None:
        for run in list(self._runs):
            if timeout is not None:
                run.capture_timeout = timeout
            run.finish(self._exit_code)

    def _forget(self) -> None:
        """In a forked child: its parent's runs are not its own."""
        runs, self._runs = self._runs, []
        for run in runs:
            run.detach()
        if runs:
            self._unhook()
        self._let_sigterm()

    def _hold_sigterm(self) -> None:
        """Before a fork: a SIGTERM that arrived before the child has dropped our handler would be lost."""
        if self._runs and hasattr(signal, "pthread_sigmask"):
            self._mask.before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})

    def _let_sigterm(self) -> None:
        before = self._mask.__dict__.pop("before", None)
        if before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _hook(self, name: str, hook: Any) -> None:
        self._hooks.append((name, getattr(sys, name), hook))
        setattr(sys, name, hook)

    def _unhook(self) -> None:
        for name, before, hook in self._hooks:
            if getattr(sys, name) is hook:  # else somebody has put another one around it, which calls ours: harmless
                setattr(sys, name, before)
        self._hooks.clear()
        self._release_sigterm()

    def _excepthook(self, before: Any) -> Any:
        def note_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            if not hasattr(sys, "ps1"):  # an interactive session goes on after an exception
                self._exit_code = exit_code_of_exception(error)
            before(kind, error, trace)

        return note_exception

    def _exit(self, before: Any) -> Any:
        def note_exit(status: object = None, /) -> None:
            if threading.current_thread() is threading.main_thread():
                self._exit_code = exit_code_of(status)
            before(status)

        return note_exit

    def _catch_sigterm(self) -> None:
        try:
            if signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
                signal.signal(signal.SIGTERM, self._terminated)
        except ValueError:
            return  # not the main thread: signals are not ours

    def _release_sigterm(self) -> None:
        try:
            if signal.getsignal(signal.SIGTERM) == self._terminated:
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
        except ValueError:
            return

    def _terminated(self, number: int, _: FrameType | None) -> None:
        self._exit_code = TERMINATED
        try:
            self._finish(SIGTERM_TIMEOUT)
        finally:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)


def exit_code_of(status: object) -> int:
    """The exit code of ``sys.exit(status)``."""
    if status is None:
        return 0
    return int(status) if isinstance(status, int) else 1


def exit_code_of_exception(error: BaseException | None) -> int:
    """The exit code of a block that ended with this exception, or without one."""
    if error is None:
        return 0
    if isinstance(error, SystemExit):
        return exit_code_of(error.code)
    return INTERRUPTED if isinstance(error, KeyboardInterrupt) else 1


LIFETIME = Lifetime()
