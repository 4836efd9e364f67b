"""Starts and stops everything that is recorded around a run."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from time import monotonic

from reportgen.logger.capture.console import ConsoleCapture
from reportgen.logger.capture.environment import current_folder, script_folder
from reportgen.logger.heartbeat import Heartbeat
from reportgen.logger.settings import Settings
from reportgen.logger.troubles import Troubles
from reportgen.logger.writing.run_log import RunLog
from reportgen.schema import REQUIREMENTS_FILE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportgen.logger.capture.command import Commands
    from reportgen.logger.capture.redirect import ConsoleRedirect
    from reportgen.logger.files.followed_files import FollowedFiles

DELAY = 0.05
"""Seconds until the surroundings are read, so that `init` has returned by then."""
HURRY_SHARE = 0.5
"""Of the time that `stop` has: how much of it git may go on. The rest is for writing what it has found."""
Update = Callable[[dict[str, object]], None]
"""Writes an update record."""


class Capture:
    """What happens beside training, in two daemon threads: the heartbeat, and one that reads the surroundings once.

    Args:
        settings: what to capture, and where the run logs are.
        run_log: where it goes.
        troubles: hears what goes wrong.
        update: gets what is found out after the start record: ``git``, ``gpu`` and more.
    """

    def __init__(self, settings: Settings, run_log: RunLog, troubles: Troubles, update: Update) -> None:
        self._settings = settings
        self._run_log = run_log
        self._troubles = troubles
        self._update = update
        self._hurry = threading.Event()
        self._hurry_seconds = 0.0
        self._commands: Commands | None = None
        self._reader = threading.Thread(target=self._read, name="reportgen-code", daemon=True)
        self.console: ConsoleCapture | ConsoleRedirect = self._console()
        self._followed: FollowedFiles | None = None
        self._heartbeat = Heartbeat(run_log, troubles, self._tick)

    def start(self) -> None:
        """Begin. Returns at once."""
        wanted = self._settings.capture
        if "console" in wanted:
            self._start_console()
        if wanted & {"environment", "git", "packages"}:
            self._troubles.start(self._reader)
        self._heartbeat.start(self._settings.sample_seconds, system="system" in wanted)

    def _console(self) -> ConsoleCapture:
        return ConsoleCapture(self._run_log.console.append, redact=self._settings.redact)

    def _start_console(self) -> None:
        """Redirect descriptors where that is asked for and works; else wrap what Python prints to."""
        if self._settings.console == "redirect":
            from reportgen.logger.capture.redirect import ConsoleRedirect

            with self._troubles.guard("redirect", "cannot redirect the console; what Python prints is captured"):
                path = self._run_log.console.path
                redirect = ConsoleRedirect(path, self._run_log.console.append, redact=self._settings.redact)
                redirect.start()
                self.console = redirect
                return
        self.console.start()

    def note_exception(self, error: BaseException) -> None:
        """Put into the console what Python prints only after the run has ended. An exit asked for prints nothing."""
        if not isinstance(error, SystemExit):
            from traceback import format_exception

            self.console.note("".join(format_exception(error)))

    def follow(self, files: FollowedFiles) -> None:
        """Look after files that are saved when they change and when the run ends."""
        self._followed = files

    def stop(self, timeout: float) -> None:
        """Wait, for some seconds at most, for what was begun, then end everything."""
        deadline = monotonic() + timeout
        self._hurry_seconds = HURRY_SHARE * timeout
        self._hurry.set()
        if self._commands is not None:
            self._commands.hurry(self._hurry_seconds)
        self.console.stop()
        if self._reader.is_alive():
            self._reader.join(timeout)
        self._heartbeat.stop(max(0.0, deadline - monotonic()))
        if self._followed is not None:
            self._followed.finish()

    def _tick(self) -> None:
        self.console.pump()
        if self._followed is not None:
            self._followed.tick()

    def _read(self) -> None:
        """What is quick first: the changes of a huge repository may take longer than the run."""
        self._hurry.wait(DELAY)
        guard = self._troubles.guard
        if "packages" in self._settings.capture:
            with guard("packages", "cannot list the installed packages", background=True):
                from reportgen.logger.capture.packages import requirements

                self._keep(REQUIREMENTS_FILE, requirements(sys.path, sys.prefix).encode("utf-8", "replace"))
        if "environment" in self._settings.capture:
            with guard("environment", "cannot describe the machine", background=True):
                from reportgen.logger.capture.inventory import inventory

                settings = self._settings
                self._update(inventory(settings.root, settings.env_keys, redact=settings.redact))
        if "git" in self._settings.capture:
            with guard("git", "cannot read the git repository", background=True):
                self._read_code()

    def _read_code(self) -> None:
        from reportgen.logger.capture.changes import describe_code
        from reportgen.logger.capture.command import Commands
        from reportgen.logger.capture.git import find_repository, head_by_hand

        self._commands = commands = Commands()
        if self._hurry.is_set():
            commands.hurry(self._hurry_seconds)
        places = [self._settings.git_root] if self._settings.git_root else [script_folder(), current_folder()]
        folders = [folder for folder in places if folder]  # where the code may be
        repository = find_repository(folders, commands)
        if repository is None:
            head = head_by_hand(folders, commands)
            if head:
                self._update({"git": head})
            return
        self._update({"git": repository.head()})
        found, patches = describe_code(repository, os.path.realpath(self._settings.root))
        masked: list[str] = []
        for name, patch in patches.items():
            if not self._settings.disable_code:
                masked += self._keep_patch(name, patch)
        self._update({"git": {**found, "masked": masked} if masked else found})

    def _keep_patch(self, name: str, patch: bytes) -> list[str]:
        """Keep a patch; returns the files in which secrets were masked."""
        from reportgen.logger.redact.masking import masked_patch

        clean, files = masked_patch(patch) if self._settings.redact else (patch, [])
        self._keep(name, clean)
        return files

    def _keep(self, path: str, content: bytes) -> None:
        target = os.path.join(self._settings.folder, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        try:
            with open(target, "xb") as file:
                file.write(content)
        except FileExistsError:
            return  # saved by hand, or by an earlier attempt
