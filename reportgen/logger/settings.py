"""What `init` was asked for, with the environment and the defaults filled in."""

from __future__ import annotations

import os
from collections.abc import Iterable

from reportgen.errors import UsageError
from reportgen.schema import DEFAULT_FOLDER

DEFAULT_PROJECT = "uncategorized"
MODES = ("online", "offline", "disabled")
"""``online`` and ``offline`` are the same: reportgen logs to disk. ``disabled`` does nothing."""
CAPTURES = ("console", "git", "packages", "system")
SAMPLE_SECONDS = 10.0
ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
ID_LENGTH = 8
NAME_BYTES = 200


class Settings:
    """Where a run goes and what is captured with it.

    Attributes:
        project: safe as a folder name.
        run_id: safe as a folder name.
        folder: absolute path of the run folder.
        root: absolute path of the folder that holds the projects.
        disabled: the run does nothing.
        strict: errors after `init` are raised.
        sample_seconds: seconds between samples of system metrics.
        capture: which of `CAPTURES` to record.
    """

    def __init__(self, project: str | None, run_id: str | None, folder: str | os.PathLike[str] | None) -> None:
        self.project = safe_name(project or os.environ.get("REPORTGEN_PROJECT") or DEFAULT_PROJECT) or DEFAULT_PROJECT
        self.root = os.path.abspath(folder or os.environ.get("REPORTGEN_DIR") or DEFAULT_FOLDER)
        self.run_id = safe_id(run_id) if run_id else new_id(os.path.join(self.root, self.project))
        self.folder = os.path.join(self.root, self.project, self.run_id)
        self.disabled = False
        self.strict = False
        self.sample_seconds = SAMPLE_SECONDS
        self.capture: frozenset[str] = frozenset(CAPTURES)

    def set_mode(self, mode: str | None, *, strict: bool | None) -> None:
        """Take the mode and strictness given, else the environment's."""
        mode = mode or os.environ.get("REPORTGEN_MODE") or MODES[0]
        if mode not in MODES:
            raise UsageError(f"unknown mode {mode!r}", where="init", remedy=f"Use one of {', '.join(MODES)}.")
        self.disabled = mode == "disabled"
        given = os.environ.get("REPORTGEN_STRICT", "").lower() not in ("", "0", "false", "no")
        self.strict = given if strict is None else strict

    def set_capture(self, capture: bool | Iterable[str], sample_seconds: float | None) -> None:  # noqa: FBT001 # or names
        """Take what to capture: everything, nothing, or some of `CAPTURES`."""
        chosen = CAPTURES if capture is True else () if capture is False else capture
        self.capture = frozenset([chosen] if isinstance(chosen, str) else chosen)
        if unknown := self.capture.difference(CAPTURES):
            what = f"cannot capture {', '.join(sorted(unknown))}"
            raise UsageError(what, where="init", remedy=f"Use True, False or some of {', '.join(CAPTURES)}.")
        seconds = os.environ.get("REPORTGEN_SAMPLE_SECONDS") if sample_seconds is None else sample_seconds
        try:
            self.sample_seconds = float(seconds or SAMPLE_SECONDS)
        except ValueError:
            remedy = "Give a number of seconds."
            raise UsageError(f"sample_seconds is {seconds!r}", where="init", remedy=remedy) from None


def new_id(project_folder: str) -> str:
    """A random id that is not yet a folder of the project."""
    while True:
        run_id = "".join(ID_ALPHABET[byte % len(ID_ALPHABET)] for byte in os.urandom(ID_LENGTH))
        if not os.path.lexists(os.path.join(project_folder, run_id)):
            return run_id


def safe_name(name: str) -> str:
    """The name with everything replaced that a folder name could trip over: separators, leading dots, control codes."""
    kept = "".join(letter if letter.isalnum() or letter in "._-" else "-" for letter in str(name))
    return kept.encode()[:NAME_BYTES].decode(errors="ignore").strip("-.")


def safe_id(run_id: str) -> str:
    """The id as a safe name; a changed one ends in a checksum, so that two different ids stay different."""
    safe = safe_name(run_id)
    if safe == str(run_id):
        return safe
    from zlib import crc32

    return f"{safe or 'run'}-{crc32(str(run_id).encode('utf-8', 'replace')):08x}"
