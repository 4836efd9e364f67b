"""The code of a run: commit, branch, remote, and what differs from the commit. Never touches the index."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable

from reportgen.logger.capture.patch import MOST_FILE_BYTES, Patch, source_patch
from reportgen.logger.redact.masking import masked_url

TIMEOUT = 10.0
"""Seconds for one git command."""
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
"""What a repository without a commit is compared with."""
MOST_FILES = 500
MOST_LINES = 20_000
"""Changed lines of one file, beyond which it is left out of the patch."""
LEFT_OUT_NAMED = 50
PLAIN_DIFF = (
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-renames",
    "--full-index",
    "--ignore-submodules=all",
    "--src-prefix=a/",
    "--dst-prefix=b/",
)
"""Whatever the person has configured, the patch is one that ``git apply`` takes."""


class Repository:
    """A git work tree, read through the git command."""

    def __init__(self, top: str) -> None:
        self.top = top

    def git(self, *arguments: str) -> str | None:
        """Output of a git command; None when it fails. Bytes that are no UTF-8 survive as surrogates."""
        return run_git(self.top, *arguments)


def run_git(folder: str, *arguments: str) -> str | None:
    """Output of a git command in a folder; None when it fails, takes too long or git is not there."""
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    command = ["git", "-c", "core.fsmonitor=false", "-C", folder, *arguments]
    try:
        done = subprocess.run(
            command, env=environment, timeout=TIMEOUT, check=False, capture_output=True, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else None


def find_repository(folders: Iterable[str]) -> Repository | None:
    """The repository around the first folder that is in one."""
    for folder in folders:
        top = run_git(folder, "rev-parse", "--show-toplevel")
        if top:
            return Repository(top.removesuffix("\n"))
    return None


def describe_code(repository: Repository, exclude: str) -> tuple[dict[str, object], bytes]:
    """The ``git`` field of the run's record, and the patch that turns the commit into the code that runs.

    Args:
        repository: where to look.
        exclude: a folder whose files are no code: the run logs.
    """
    commit = (repository.git("rev-parse", "--verify", "-q", "HEAD") or "").strip()
    branch = (repository.git("symbolic-ref", "--short", "-q", "HEAD") or "").strip()
    tracked = _tracked_changes(repository, commit or EMPTY_TREE, exclude)
    untracked = _untracked(repository, exclude)
    patch = source_patch(repository.top, untracked, start=tracked)
    names = {"commit": commit, "branch": branch, "remote": _remote(repository)}
    found: dict[str, object] = {name: value for name, value in names.items() if value}
    found["dirty"] = bool(patch.content or patch.left_out)
    if patch.left_out:
        found["left_out"] = patch.left_out[:LEFT_OUT_NAMED]
        found["left_out_count"] = len(patch.left_out)
    return found, patch.content


def _remote(repository: Repository) -> str:
    names = (repository.git("remote") or "").split()
    if not names:
        return ""
    name = "origin" if "origin" in names else names[0]
    return masked_url((repository.git("remote", "get-url", name) or "").strip())


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + os.sep)


def _tracked_changes(repository: Repository, base: str, exclude: str) -> Patch:
    """The patch of changed tracked files; binary, huge and too many files are left out."""
    listed = repository.git("diff", "--numstat", "-z", *PLAIN_DIFF, base, "--")
    if listed is None:
        return Patch(b"", ["git diff failed or took too long"])
    wanted: list[str] = []
    left_out: list[str] = []
    for entry in filter(None, listed.split("\0")):
        added, removed, path = entry.split("\t", 2)
        full = os.path.join(repository.top, path)
        if _is_below(os.path.realpath(full), exclude):
            continue
        reason = _too_much(added, removed, full, len(wanted))
        if reason:
            left_out.append(f"{path} ({reason})")
        else:
            wanted.append(path)
    if not wanted:
        return Patch(b"", left_out)
    patch = repository.git("--literal-pathspecs", "diff", *PLAIN_DIFF, base, "--", *wanted)
    if patch is None:
        return Patch(b"", [*left_out, "git diff failed or took too long"])
    return Patch(b"", left_out).with_sections(patch.encode("utf-8", "surrogateescape"), wanted)


def _too_much(added: str, removed: str, path: str, files: int) -> str:
    """Why a changed file is left out; empty if it is not."""
    if added == "-":
        return "binary"
    if files >= MOST_FILES:
        return "too many files"
    if int(added) + int(removed) > MOST_LINES:
        return "too many changed lines"
    try:
        large = os.lstat(path).st_size > 4 * MOST_FILE_BYTES
    except OSError:
        large = False  # deleted
    return "too large" if large else ""


def _untracked(repository: Repository, exclude: str) -> list[str]:
    listed = repository.git("ls-files", "--others", "--exclude-standard", "-z") or ""
    paths = filter(None, listed.split("\0"))
    return sorted(
        path for path in paths if not _is_below(os.path.realpath(os.path.join(repository.top, path)), exclude)
    )
