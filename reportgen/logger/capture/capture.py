"""Starts and stops everything that is recorded around a run."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable

from reportgen.logger.capture.console import ConsoleCapture
from reportgen.logger.capture.environment import script_folder
from reportgen.logger.heartbeat import Heartbeat
from reportgen.logger.run_log import RunLog
from reportgen.logger.settings import Settings
from reportgen.logger.troubles import Troubles
from reportgen.schema import PATCH_FILE, REQUIREMENTS_FILE

DELAY = 0.05
"""Seconds until code and packages are read, so that `init` has returned by then."""
Update = Callable[[dict[str, object]], None]
"""Writes an update record."""


class Capture:
    """What happens beside training, in two daemon threads: the heartbeat, and one that reads code and packages.

    Args:
        settings: what to capture, and where the run logs are.
        run_log: where it goes.
        troubles: hears what goes wrong.
        update: gets what is found out after the start record: ``git``, ``gpu``.
    """

    def __init__(self, settings: Settings, run_log: RunLog, troubles: Troubles, update: Update) -> None:
        self._settings = settings
        self._run_log = run_log
        self._troubles = troubles
        self._update = update
        self._hurry = threading.Event()
        self._reader = threading.Thread(target=self._read, name="reportgen-code", daemon=True)
        self.console = ConsoleCapture(run_log.console.append)
        self._heartbeat = Heartbeat(run_log, troubles, self.console.pump, lambda gpus: update({"gpu": gpus}))

    def start(self) -> None:
        """Begin. Returns at once."""
        wanted = self._settings.capture
        if "console" in wanted:
            self.console.start()
        if wanted & {"git", "packages"}:
            self._reader.start()
        self._heartbeat.start(self._settings.sample_seconds, system="system" in wanted)

    def note_exception(self, error: BaseException) -> None:
        """Put into the console what Python prints only after the run has ended. An exit asked for prints nothing."""
        if not isinstance(error, SystemExit):
            from traceback import format_exception

            self.console.note("".join(format_exception(error)))

    def stop(self, timeout: float) -> None:
        """Wait, for some seconds at most, for what was begun, then end everything."""
        self._hurry.set()
        self.console.stop()
        if self._reader.is_alive():
            self._reader.join(timeout)
        self._heartbeat.stop(timeout)

    def _read(self) -> None:
        self._hurry.wait(DELAY)
        guard = self._troubles.guard
        if "git" in self._settings.capture:
            with guard("git", "cannot read the git repository", background=True):
                self._read_code()
        if "packages" in self._settings.capture:
            with guard("packages", "cannot list the installed packages", background=True):
                from reportgen.logger.capture.packages import requirements

                self._keep(REQUIREMENTS_FILE, requirements(sys.path).encode())

    def _read_code(self) -> None:
        from reportgen.logger.capture.git import describe_code, find_repository

        root = self._settings.git_root
        repository = find_repository([root] if root else _code_folders())
        if repository:
            found, patch = describe_code(repository, os.path.realpath(self._settings.root))
            if patch and not self._settings.disable_code:
                self._keep(PATCH_FILE, patch)
            self._update({"git": found})

    def _keep(self, path: str, content: bytes) -> None:
        target = os.path.join(self._settings.folder, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        try:
            with open(target, "xb") as file:
                file.write(content)
        except FileExistsError:
            return  # saved by hand, or by an earlier attempt


def _code_folders() -> Iterable[str]:
    """Where the code may be: beside the script, else where it was started."""
    script = script_folder()
    return filter(None, (script, os.getcwd()))
