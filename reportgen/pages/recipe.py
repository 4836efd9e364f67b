"""How to get the code of a run back, as shell commands. What a run log says of its repository is hostile text."""

import shlex
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from reportgen import schema
from reportgen.pages.forge import clean_commit, clean_remote

MOST_SUBMODULES = 100
MOST_LEFT_OUT = 100


def code_recipe(git: Mapping[str, Any], saved: Collection[str]) -> tuple[str, str]:
    """Shell commands that bring back the code of a run, and the name of the patch that they apply.

    Both may be empty: without a commit there is nothing to begin with, and a clean run has no patch.

    Args:
        git: the git part of the environment.
        saved: names of the run's saved files.
    """
    commit, pushed = clean_commit(_text(git, "commit")), clean_commit(_text(git, "pushed"))
    patch = _name(schema.PATCH_FILE) if _name(schema.PATCH_FILE) in saved else ""
    if pushed and (name := _name(schema.PUSHED_PATCH_FILE.format(pushed))) in saved:
        commit, patch = pushed, name
    if not commit:
        return "", patch
    remote = clean_remote(_text(git, "remote"))
    lines = [f"git checkout {commit}"]
    if remote:
        folder = remote.rstrip("/").removesuffix(".git").replace(":", "/").rpartition("/")[2]
        lines = [f"git clone {shlex.quote(remote)}", f"cd {shlex.quote('./' + folder)}", *lines]
    lines += _submodules(git)
    if patch:
        lines.append(f"git apply {shlex.quote('../' + patch if remote else patch)}")
    return "\n".join(lines), patch


def left_out_notes(git: Mapping[str, Any]) -> tuple[str, ...]:
    """What the patch of a run leaves out, as far as its log names it."""
    listed, count = git.get("left_out"), git.get("left_out_count")
    names = [name for name in listed if isinstance(name, str)][:MOST_LEFT_OUT] if isinstance(listed, list) else []
    more = count - len(names) if isinstance(count, int) else 0
    return (*names, *((f"and {more} more",) if more > 0 else ()))


def _submodules(git: Mapping[str, Any]) -> Iterator[str]:
    """Commands that bring each submodule to its commit, unless it is the one that its repository names."""
    listed = git.get("submodules")
    found = [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
    if any(clean_commit(_text(each, "recorded")) for each in found):
        yield "git submodule update --init --recursive"
    for each in found[:MOST_SUBMODULES]:
        path, commit = _safe_path(_text(each, "path")), clean_commit(_text(each, "pushed") or _text(each, "commit"))
        recorded, remote = clean_commit(_text(each, "recorded")), clean_remote(_text(each, "remote"))
        if not path or not commit or commit == recorded:
            continue
        if not recorded and remote:
            yield f"git clone {shlex.quote(remote)} {path}"
        if recorded or remote:
            yield f"git -C {path} checkout {commit}"
            yield f"git -C {path} submodule update --init --recursive"


def _safe_path(path: str) -> str:
    """The path for the shell; empty when it leaves the repository or is none that a person would write."""
    parts = path.split("/")
    return shlex.quote(f"./{path}") if path.isprintable() and not {"", ".", "..", ".git"} & set(parts) else ""


def _text(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""


def _name(path: str) -> str:
    return path.removeprefix(f"{schema.FILES_FOLDER}/")
