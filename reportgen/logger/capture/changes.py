"""What differs from a commit, submodules included, as patches that bring the code back."""

from __future__ import annotations

import os

from reportgen.logger.capture.git import Repository
from reportgen.logger.capture.patch import MOST_FILE_BYTES, Patch, add_new_files
from reportgen.schema import PATCH_FILE, PUSHED_PATCH_FILE

MOST_FILES = 500
MOST_LINES = 20_000
"""Changed lines of one file, beyond which it is left out of the patch."""
MOST_SUBMODULES = 50
LEFT_OUT_NAMED = 50
PLAIN_DIFF = (
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-renames",
    "--full-index",
    "--ignore-submodules=all",
)
"""Whatever the person has configured, the patch is one that ``git apply`` takes."""
Facts = dict[str, object]


def describe_code(repository: Repository, exclude: str) -> tuple[Facts, dict[str, bytes]]:
    """The ``git`` field of the run's record, and by file name the patches that turn a commit into the code that runs.

    One patch is from the commit, `PATCH_FILE`. Where the remote does not have that commit, another one is from the
    last commit that it has, which is then in ``pushed``.

    Args:
        repository: where to look.
        exclude: a folder whose files are no code: the run logs.
    """
    head = repository.head()
    commit = head.get("commit", "")
    pushed, unpushed = _pushed(repository, head)
    inside = Patch()
    submodules = _submodules(repository, commit, pushed, inside)
    patch = _changes(repository, commit, exclude)
    dirty = bool(patch.content or patch.left_out or any(each["dirty"] for each in submodules))
    patch.extend(inside)
    patches = {PATCH_FILE: patch.content}
    found: Facts = {**head, "dirty": dirty}
    if unpushed:
        found["unpushed"] = unpushed
    if pushed and pushed != commit:
        from_pushed = _changes(repository, pushed, exclude)
        from_pushed.extend(inside)
        found["pushed"] = pushed
        patches[PUSHED_PATCH_FILE.format(pushed)] = from_pushed.content
        patch.left_out += [name for name in from_pushed.left_out if name not in patch.left_out]
    if submodules:
        found["submodules"] = submodules
    if patch.left_out:
        found["left_out"] = patch.left_out[:LEFT_OUT_NAMED]
        found["left_out_count"] = len(patch.left_out)
    return found, {name: content for name, content in patches.items() if content}


def _pushed(repository: Repository, head: dict[str, str]) -> tuple[str, int]:
    """The last ancestor of the commit that its remote has, as far as is known here; and how many commits it lacks."""
    commit = head.get("commit", "")
    remote = repository.remote(head.get("branch", ""))
    if not commit or not remote:
        return commit, 0
    listed = repository.git("rev-list", "--first-parent", commit, "--not", f"--remotes={remote}")
    lacking = listed.content.decode("ascii", "replace").split()
    if not listed.complete or not lacking:
        return commit, 0
    return repository.text("rev-parse", "--verify", "-q", f"{lacking[-1]}^"), len(lacking)


def _submodules(repository: Repository, commit: str, pushed: str, patch: Patch) -> list[Facts]:
    """Each submodule that is checked out, parents first; what differs in it goes into a patch.

    Args:
        repository: has the submodules.
        commit: its commit.
        pushed: the commit that a restored one begins with, to compare with.
        patch: takes the changes.
    """
    keys = ("config", "-z", "-f", ".gitmodules", "--get-regexp", r"^submodule\..*\.path$")
    listed = repository.names(*keys)[0] if os.path.isfile(os.path.join(repository.top, ".gitmodules")) else []
    paths = [entry.partition("\n")[2] for entry in listed]
    found: list[Facts] = []
    for path in paths[:MOST_SUBMODULES]:
        inner = repository.submodule(path)
        if inner is not None:
            facts = _submodule(inner, patch)
            recorded = {
                each: repository.text("rev-parse", "--verify", "-q", f"{each}:{path}") for each in {commit, pushed}
            }
            facts["dirty"] = bool(facts["dirty"]) or recorded[commit] != facts.get("commit")
            if recorded[pushed]:
                facts["recorded"] = recorded[pushed]
            start = str(facts.get("commit", ""))
            found += [facts, *_submodules(inner, start, str(facts.get("pushed", start)), patch)]
    patch.left_out += [f"{repository.prefix}{path} (too many submodules)" for path in paths[MOST_SUBMODULES:]]
    return found


def _submodule(inner: Repository, patch: Patch) -> Facts:
    """Where a submodule stands. Its changes are from the last commit that its remote has."""
    head = inner.head()
    commit = head.get("commit", "")
    pushed, _ = _pushed(inner, head)
    changes = _changes(inner, pushed or commit, "")
    uncommitted = changes if pushed in ("", commit) else _changes(inner, commit, "")
    patch.extend(changes)
    names = {"commit": commit, "pushed": "" if pushed == commit else pushed, "remote": head.get("remote", "")}
    known: Facts = {name: value for name, value in names.items() if value}
    return {"path": inner.prefix.removesuffix("/"), **known, "dirty": bool(uncommitted.content or uncommitted.left_out)}


def _changes(repository: Repository, base: str, exclude: str) -> Patch:
    """The patch from a commit (empty: from nothing) to the files that are there."""
    base = base or repository.text("hash-object", "-t", "tree", "--stdin")  # of nothing: the empty tree
    patch = Patch()
    prefix = repository.prefix
    diff = (*PLAIN_DIFF, f"--src-prefix=a/{prefix}", f"--dst-prefix=b/{prefix}")
    wanted = _changed_files(repository, (*diff, base), exclude, patch)
    if wanted:
        done = repository.git("--literal-pathspecs", "diff", *diff, base, "--", *wanted)
        patch.add_diff(done.content, [prefix + path for path in wanted], complete=done.complete)
    new, complete = repository.names("ls-files", "--others", "--exclude-standard", "-z")
    if not complete:
        patch.left_out.append(f"{prefix}… (more untracked files than could be listed in time)")
    top = repository.top
    add_new_files(patch, top, prefix, [path for path in sorted(new) if not _is_excluded(top, path, exclude)])
    return patch


def _changed_files(repository: Repository, diff: tuple[str, ...], exclude: str, patch: Patch) -> list[str]:
    """The changed tracked files that go into the patch; binary, huge and too many files are left out."""
    listed, complete = repository.names("diff", "--numstat", "-z", *diff, "--")
    wanted: list[str] = []
    for entry in listed:
        added, removed, path = entry.split("\t", 2)
        if _is_excluded(repository.top, path, exclude) or path in wanted[-1:]:
            continue
        reason = _too_much(added, removed, os.path.join(repository.top, path), len(wanted))
        if reason:
            patch.left_out.append(f"{repository.prefix}{path} ({reason})")
        else:
            wanted.append(path)
    if not complete:
        patch.left_out.append(f"{repository.prefix}… (git diff failed, or found more than it could in time)")
    return wanted


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


def _is_excluded(top: str, path: str, exclude: str) -> bool:
    full = os.path.realpath(os.path.join(top, path)) if exclude else ""
    return bool(exclude) and (full == exclude or full.startswith(exclude + os.sep))
