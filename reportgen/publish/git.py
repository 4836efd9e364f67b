"""The few questions that publishing asks git, each answered by the git command itself."""

import os
import subprocess
import sys
from pathlib import Path

from reportgen.errors import PublishError


def run_git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run git in a folder and give back its answer, whatever its exit status.

    Raises:
        PublishError: there is no git on this machine.
    """
    environment = dict(os.environ)
    if not sys.stdin or not sys.stdin.isatty():
        environment["GIT_TERMINAL_PROMPT"] = "0"  # a question that nobody can answer would hang for ever
    try:
        return subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except FileNotFoundError:
        raise PublishError("git is not installed", remedy="Install git, for example `apt-get install git`.") from None


def answer(folder: Path, *arguments: str) -> str:
    """What a git command prints, without the line break; empty when it failed or had nothing to say."""
    done = run_git(folder, *arguments)
    return done.stdout.strip() if done.returncode == 0 else ""


def repository_root(folder: Path) -> Path | None:
    """The top folder of the working tree that holds this folder, or None outside one."""
    root = answer(folder, "rev-parse", "--show-toplevel")
    return Path(root) if root else None


def complaint(done: subprocess.CompletedProcess[str]) -> str:
    """What git said when it failed, on one line: its words for a person, without progress and hints."""
    lines = [line.removeprefix("remote:").strip() for line in done.stderr.splitlines() if not line.startswith("hint:")]
    return " · ".join(line for line in lines if line) or f"git exited with status {done.returncode}"
