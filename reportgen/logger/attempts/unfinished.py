"""Remembers which run a command has not finished, so that the same command goes on with it: ``resume="auto"``.

The memory is a hidden file beside the project, one for each command: what was started, with which arguments, where, and
as which task of an array of jobs. It is written by a rename, so that nobody reads half of it.
"""

from __future__ import annotations

import os
import sys

from reportgen.logger.attempts.process_mark import process_mark
from reportgen.logger.attempts.ranks import digest
from reportgen.logger.attempts.tail import parsed
from reportgen.logger.writing.encoding import encode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LARGEST_FILE = 4096


class Unfinished:
    """The memory of one command in one project.

    Args:
        root: folder that holds the projects.
        project: folder of the project.
        job: a word that the ranks of a job share for this run; "" for a process alone.
        which: what else tells commands apart, such as the rank where ranks cannot know each other.
    """

    def __init__(self, root: str, project: str, job: str = "", which: str = "") -> None:
        task = os.environ.get("SLURM_ARRAY_TASK_ID", "")
        command = digest([_folder(), *_command(), task, which])
        self.path = os.path.join(root, f".{project}.{command}.unfinished")
        self.job = job

    def run_id(self) -> str:
        """The run to go on with; "" if there is none, or if the process that has begun it is still at work."""
        found = self._read()
        if not found or not isinstance(found.get("id"), str) or os.path.basename(found["id"]) != found["id"]:
            return ""
        if self.job and found.get("job") == self.job:  # a sibling was here first
            return str(found["id"])
        if found.get("finished") or (self._is_alive(found) and not found.get("preempting")):
            return ""
        return str(found["id"])

    def remember(self, run_id: str, *, preempting: bool = False) -> None:
        """Keep the id, unless that of a process at work is kept there."""
        found = self._read()
        ours = found is None or found.get("id") == run_id or (self.job and found.get("job") == self.job)
        if found is not None and not ours and self._is_alive(found) and not found.get("finished"):
            return
        self._write({"id": run_id, "preempting": preempting})

    def end(self, run_id: str, exit_code: int) -> None:
        """The run has ended. If it did so well, there is nothing to go on with any more.

        Ranks leave a note then, for those that come late to find the run that they belong to.
        """
        found = self._read()
        if found is None or found.get("id") != run_id:
            return
        if exit_code:
            self._write({**found, "process": None})
        elif self.job:
            self._write({"id": run_id, "finished": True})
        else:
            os.unlink(self.path)

    def _is_alive(self, found: dict[str, Any]) -> bool:
        pid, process = found.get("pid"), found.get("process")
        return isinstance(pid, int) and process is not None and process == process_mark(pid)

    def _read(self) -> dict[str, Any] | None:
        try:
            with open(self.path, "rb") as file:
                return parsed(file.read(LARGEST_FILE))
        except OSError:
            return None

    def _write(self, fields: dict[str, object]) -> None:
        pid = os.getpid()
        who = {"job": self.job, "pid": pid, "process": process_mark(pid)}
        unfinished = f"{self.path}.{os.urandom(4).hex()}.part"
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        with open(unfinished, "xb") as file:
            file.write(encode({**who, **fields}))
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, self.path)


def _command() -> list[str]:
    """What was started. A notebook's kernel is started with another file each time."""
    return ["notebook"] if "ipykernel" in sys.modules else sys.orig_argv


def _folder() -> str:
    try:
        return os.getcwd()
    except OSError:
        return ""
