"""A git repository: where it is, and at which commit. Never touches the index, the network or the person's terminal."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from reportgen.logger.capture.command import Commands, Output
from reportgen.logger.capture.git_files import find_git_folder, read_head, read_remote
from reportgen.logger.capture.redact import masked_url

MOST_BYTES = 8 * 2**20
"""Of a diff. It is read whole, so that the patch may be filled with those files that fit."""
MOST_NAME_BYTES = 2**20
"""Of a list of files."""
PLACES = ("GIT_DIR", "GIT_WORK_TREE")
"""Variables that say where a repository is. They hold for the repository of the script, not for submodules."""
LOCAL_VARIABLES = (
    *PLACES,
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_DIFF_OPTS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
)
"""What git sets for its hooks, what would lead astray in another folder, and what would change the form of a patch."""


class Repository:
    """A git work tree, read through the git command.

    Attributes:
        top: folder of the work tree.
        prefix: its path below the outermost repository, with a slash behind it; empty for that one.

    Args:
        top: folder of the work tree.
        commands: runs git.
        environment: variables for git.
        prefix: as above.
    """

    def __init__(self, top: str, commands: Commands, environment: Mapping[str, str], prefix: str = "") -> None:
        self.top = top
        self.prefix = prefix
        self._commands = commands
        self._environment = environment
        self._head: dict[str, str] = {}

    def git(self, *arguments: str, most_bytes: int = MOST_BYTES) -> Output:
        """What a git command prints, within limits."""
        return _git(self._commands, self._environment, self.top, *arguments, most_bytes=most_bytes)

    def text(self, *arguments: str) -> str:
        """What a git command that prints one line prints; empty when it fails."""
        done = self.git(*arguments)
        return _text(done.content).removesuffix("\n") if done.complete else ""

    def names(self, *arguments: str) -> tuple[list[str], bool]:
        """What a git command prints with ``-z``, and whether that is all."""
        done = self.git(*arguments, most_bytes=MOST_NAME_BYTES)
        content = done.content if done.complete else done.content[: done.content.rfind(b"\0") + 1]
        return [name for name in _text(content).split("\0") if name], done.complete

    def submodule(self, path: str) -> Repository | None:
        """The repository of a submodule; None when it is not checked out or its path leads elsewhere."""
        top = os.path.normpath(os.path.join(self.top, path))
        inside = top.startswith(self.top.rstrip(os.sep) + os.sep)
        if not inside or os.path.islink(top) or not os.path.exists(os.path.join(top, ".git")):
            return None
        return Repository(top, self._commands, _environment(()), f"{self.prefix}{path}/")

    def recorded(self, commit: str, path: str) -> str:
        """The commit of a submodule that a commit names; empty when it names none."""
        return self.text("rev-parse", "--verify", "-q", f"{commit}:{path}") if commit else ""

    def head(self) -> dict[str, str]:
        """``commit``, ``branch`` and ``remote``, as far as there are."""
        if self._head:
            return self._head
        branch = self.text("symbolic-ref", "--short", "-q", "HEAD")
        commit = self.text("rev-parse", "--verify", "-q", "HEAD^{commit}")
        found = {"commit": commit, "branch": branch, "remote": self._address(self.remote(branch))}
        self._head = {name: value for name, value in found.items() if value}
        return self._head

    def remote(self, branch: str) -> str:
        """Name of the remote that a branch is pushed to, else of the usual one; empty without."""
        names = self.text("remote").split("\n")
        upstream = self.text("config", f"branch.{branch}.remote") if branch else ""
        return next((name for name in (upstream, "origin", names[0]) if name in names), "")

    def _address(self, remote: str) -> str:
        return masked_url(self.text("remote", "get-url", remote)) if remote else ""


def find_repository(folders: Iterable[str], commands: Commands) -> Repository | None:
    """The repository around the first folder that is in one that git reads."""
    places = PLACES if any(place in os.environ for place in PLACES) else ()
    for folder in folders:
        for kept in dict.fromkeys((places, ())):
            environment = _environment(kept)
            done = _git(commands, environment, folder, "rev-parse", "--show-toplevel")
            top = _text(done.content).removesuffix("\n")
            if done.complete and top and (not kept or _is_below(folder, top)):
                return Repository(top, commands, environment)
    return None


def head_by_hand(folders: Iterable[str], commands: Commands) -> dict[str, object]:
    """What the files of a repository tell that git cannot or will not read; empty when there is none."""
    for folder in folders:
        found = find_git_folder(folder)
        if found:
            missing = _git(commands, _environment(()), folder, "--version").missing
            reason = "git is not installed" if missing else "git does not read this repository: is it another user's?"
            remote = masked_url(read_remote(found[1]))
            left_out = {"left_out": [f"all changes ({reason})"], "left_out_count": 1}
            return {**read_head(found[1]), **({"remote": remote} if remote else {}), **left_out}
    return {}


def _git(
    commands: Commands, environment: Mapping[str, str], folder: str, *arguments: str, most_bytes: int = MOST_NAME_BYTES
) -> Output:
    return commands.run(["git", "-c", "core.fsmonitor=false", "-C", folder, *arguments], environment, most_bytes)


def _environment(kept: Iterable[str]) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if name not in LOCAL_VARIABLES}
    environment |= {name: os.path.abspath(os.environ[name]) for name in kept if os.environ.get(name)}
    quiet = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    return environment | quiet


def _is_below(folder: str, top: str) -> bool:
    return (os.path.realpath(folder) + os.sep).startswith(os.path.realpath(top).rstrip(os.sep) + os.sep)


def _text(content: bytes) -> str:
    """Bytes that are no UTF-8 survive as surrogates."""
    return content.decode("utf-8", "surrogateescape")
