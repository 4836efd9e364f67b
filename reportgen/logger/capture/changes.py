"""What differs from a commit, submodules included, as patches that bring the code back."""

from __future__ import annotations

import os
from collections.abc import Iterable

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
    submodules = _submodules(repository, (commit, pushed or commit), exclude, inside)
    patch = _changes(repository, commit, exclude)
    dirty = _any(patch.dirty, *(each["dirty"] for each in submodules))
    patch.extend(inside)
    patches = {PATCH_FILE: patch.content}
    found: Facts = {**head, "dirty": dirty}
    left_out = [*patch.left_out, *patch.gaps]
    if unpushed:
        found["unpushed"] = unpushed
    if pushed and pushed != commit:
        from_pushed = _changes(repository, pushed, exclude)
        from_pushed.extend(inside)
        left_out = list(dict.fromkeys([*left_out, *from_pushed.left_out, *from_pushed.gaps]))
        found["pushed"] = pushed
        patches[PUSHED_PATCH_FILE.format(pushed)] = from_pushed.content
    if submodules:
        found["submodules"] = submodules
    if left_out:
        found["left_out"] = left_out[:LEFT_OUT_NAMED]
        found["left_out_count"] = len(left_out)
    known = {name: value for name, value in found.items() if value is not None}
    return known, {name: content for name, content in patches.items() if content}


def _any(*answers: object) -> bool | None:
    """Whether one of some answers is yes; None when none is and one is not known."""
    return True if True in answers else None if None in answers else False


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


def _submodules(repository: Repository, commits: tuple[str, str], exclude: str, patch: Patch) -> list[Facts]:
    """Each submodule that is checked out, parents first; what differs in it goes into a patch.

    Args:
        repository: has the submodules.
        commits: its commit, and the one that it is restored from.
        exclude: a folder whose files are no code.
        patch: takes the changes.
    """
    keys = ("config", "-z", "-f", ".gitmodules", "--get-regexp", r"^submodule\..*\.path$")
    listed = repository.names(*keys)[0] if os.path.isfile(os.path.join(repository.top, ".gitmodules")) else []
    paths = [entry.partition("\n")[2] for entry in listed]
    found: list[Facts] = []
    for path in paths[:MOST_SUBMODULES]:
        inner = repository.submodule(path)
        if inner is not None:
            facts = _submodule(inner, exclude, patch)
            now, first = (repository.recorded(each, path) for each in commits)
            facts["dirty"] = _any(facts["dirty"], now != facts.get("commit"))
            if first:
                facts["recorded"] = first
            start = str(facts.get("commit", ""))
            found += [facts, *_submodules(inner, (start, str(facts.get("pushed", start))), exclude, patch)]
    patch.left_out += [f"{repository.prefix}{path} (too many submodules)" for path in paths[MOST_SUBMODULES:]]
    return found


def _submodule(inner: Repository, exclude: str, patch: Patch) -> Facts:
    """Where a submodule stands. Its changes are from the last commit that its remote has."""
    head = inner.head()
    commit = head.get("commit", "")
    pushed, _ = _pushed(inner, head)
    changes = _changes(inner, pushed or commit, exclude)
    uncommitted = changes if pushed in ("", commit) else _changes(inner, commit, exclude)
    patch.extend(changes)
    names = {"commit": commit, "pushed": "" if pushed == commit else pushed, "remote": head.get("remote", "")}
    known: Facts = {name: value for name, value in names.items() if value}
    return {"path": inner.prefix.removesuffix("/"), **known, "dirty": uncommitted.dirty}


def _changes(repository: Repository, base: str, exclude: str) -> Patch:
    """The patch from a commit (empty: from nothing) to the files that are there."""
    base = base or repository.text("hash-object", "-t", "tree", "--stdin")  # of nothing: the empty tree
    patch = Patch()
    prefix, outside = repository.prefix, Outside(repository.top, exclude)
    diff = (*PLAIN_DIFF, f"--src-prefix=a/{prefix}", f"--dst-prefix=b/{prefix}")
    listed, complete = repository.names("diff", "--numstat", "-z", *diff, base, "--")
    if not complete:
        patch.gaps.append(f"{prefix}… (git diff failed, or found more than it could in time)")
    wanted = _wanted(repository, filter(lambda entry: outside(entry.split("\t", 2)[2]), listed), patch)
    if wanted:
        done = repository.git("--literal-pathspecs", "diff", "--unified=3", *diff, base, "--", *wanted)
        patch.add_diff(done.content, [prefix + path for path in wanted], complete=done.complete)
    new, complete = repository.names("ls-files", "--others", "--exclude-standard", "-z")
    if not complete:
        patch.gaps.append(f"{prefix}… (more untracked files than could be listed in time)")
    add_new_files(patch, repository.top, prefix, sorted(filter(outside, new)))
    return patch


def _wanted(repository: Repository, listed: Iterable[str], patch: Patch) -> list[str]:
    """Of the changed tracked files those for the patch; binary, huge and too many files are left out.

    Args:
        repository: has them.
        listed: lines of ``git diff --numstat``.
        patch: gets the names of the others.
    """
    wanted: dict[str, None] = {}
    for entry in listed:
        added, removed, path = entry.split("\t", 2)
        reason = _too_much(added, removed, os.path.join(repository.top, path), len(wanted))
        if reason:
            patch.left_out.append(f"{repository.prefix}{path} ({reason})")
        else:
            wanted[path] = None
    return list(wanted)


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


class Outside:
    """Tells which files of a work tree are not in a folder, links resolved.

    Args:
        top: folder of the work tree.
        exclude: the folder; empty for none.
    """

    def __init__(self, top: str, exclude: str) -> None:
        self._top = top
        self._exclude = exclude
        self._known: dict[str, bool] = {}

    def __call__(self, path: str) -> bool:
        """Whether a path below the work tree is outside. Folders are looked at once: there may be very many files."""
        folder, _, name = path.rstrip("/").rpartition("/")
        if folder not in self._known:
            self._known[folder] = not _is_in(os.path.realpath(os.path.join(self._top, folder)), self._exclude)
        return self._known[folder] and os.path.join(os.path.realpath(self._top), folder, name) != self._exclude


def _is_in(path: str, folder: str) -> bool:
    return bool(folder) and (path + os.sep).startswith(folder.rstrip(os.sep) + os.sep)
