"""What can be known of a repository without git: where git is missing or refuses to look at another person's folder."""

from __future__ import annotations

import os
from collections.abc import Iterator

LARGEST_FILE = 64 * 2**20
"""Bytes of ``packed-refs`` beyond which it is not read."""
MOST_LINKS = 5
HASH_LENGTHS = (40, 64)
DIGITS = frozenset("0123456789abcdef")


def find_git_folder(folder: str) -> tuple[str, str] | None:
    """The work tree around a folder, and its ``.git`` folder; None outside of one."""
    folder = os.path.realpath(folder)
    while True:
        found = _git_folder(os.path.join(folder, ".git"))
        if found:
            return folder, found
        if _is_git_folder(folder):  # code in there is not versioned
            return None
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def read_head(git_folder: str) -> dict[str, str]:
    """``commit`` and ``branch``, as far as the files tell."""
    found = {}
    name = "HEAD"
    for _ in range(MOST_LINKS):
        content = _read(os.path.join(git_folder, name)) or _read(os.path.join(_shared(git_folder), name))
        content = content.strip() or packed_refs(_read(os.path.join(_shared(git_folder), "packed-refs"))).get(name, "")
        if not content.startswith("ref:"):
            if is_hash(content):
                found["commit"] = content
            break
        name = content.removeprefix("ref:").strip()
        if name.startswith("refs/heads/") and ".." not in name:
            found.setdefault("branch", name.removeprefix("refs/heads/"))
        if not name.startswith("refs/") or ".." in name:
            break
    if found.get("branch", "").startswith(".invalid"):  # the refs are kept in another format
        found.pop("branch")
    return found


def read_remote(git_folder: str) -> str:
    """The address of ``origin``, else of the first remote; empty without."""
    remotes = dict(config_urls(_read(os.path.join(_shared(git_folder), "config"))))
    return remotes.get("origin") or next(iter(remotes.values()), "")


def packed_refs(text: str) -> dict[str, str]:
    """Hash by name of each ref in a ``packed-refs`` file. Lines of any other form are passed over."""
    refs = {}
    for line in text.split("\n"):
        digest, space, name = line.partition(" ")
        if space and is_hash(digest) and name.startswith("refs/"):
            refs[name] = digest
    return refs


def config_urls(text: str) -> Iterator[tuple[str, str]]:
    """Name and address of each remote of a ``config`` file."""
    remote = ""
    for line in map(str.strip, text.split("\n")):
        if line.startswith("["):
            head = line.removeprefix("[").partition("]")[0]
            kind, _, name = head.partition(" ")
            remote = name.strip().strip('"') if kind.lower() == "remote" else ""
            continue
        key, equals, value = line.partition("=")
        if remote and equals and key.strip().lower() == "url":
            yield remote, value.strip().strip('"')


def is_hash(word: str) -> bool:
    """Whether a word is the name of a commit."""
    return len(word) in HASH_LENGTHS and DIGITS.issuperset(word)


def _git_folder(path: str) -> str:
    """The folder that a ``.git`` is or points to: in worktrees and submodules it is a file."""
    if os.path.isfile(path):
        line = _read(path).partition("\n")[0]
        if not line.startswith("gitdir:"):
            return ""
        path = os.path.join(os.path.dirname(path), line.removeprefix("gitdir:").strip())
    return path if _is_git_folder(path) else ""


def _is_git_folder(path: str) -> bool:
    kept = any(os.path.exists(os.path.join(path, name)) for name in ("objects", "commondir"))
    return kept and os.path.isfile(os.path.join(path, "HEAD"))


def _shared(git_folder: str) -> str:
    """Where a worktree keeps what it shares with the others."""
    common = _read(os.path.join(git_folder, "commondir")).strip()
    return os.path.join(git_folder, common) if common else git_folder


def _read(path: str) -> str:
    try:
        if os.path.getsize(path) > LARGEST_FILE:
            return ""
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            return file.read()
    except (OSError, ValueError):
        return ""
