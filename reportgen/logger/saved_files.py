"""Files that a run keeps: copies below ``files/``, so that later changes of the original do not reach them."""

from __future__ import annotations

import os
from collections.abc import Iterable

from reportgen.errors import UsageError
from reportgen.schema import FILES_FOLDER


def save_files(pattern: str, base: str | None, run_folder: str, ignore: Iterable[str] = ()) -> list[str]:
    """Copy a file, a folder or what a glob finds into the run folder.

    A file keeps its path below ``base`` (by default the current folder); one from elsewhere keeps only its name. Files
    whose path then fits a glob of ``ignore`` are left out.

    Returns:
        Paths relative to the ``files/`` folder, sorted.
    """
    sources = sorted(_sources(pattern))
    if not sources:
        raise UsageError(f"no file matches {pattern!r}", where="save", remedy="Give a file, a folder or a glob.")
    from fnmatch import fnmatch

    start = os.path.realpath(base or os.getcwd())
    inside = os.path.realpath(run_folder) + os.sep
    saved = []
    for source in sources:
        real = os.path.realpath(source)
        place = _place(source, start)
        if not real.startswith(inside) and not any(fnmatch(place, glob) for glob in ignore):
            saved.append(_copy(source, place, run_folder))
    return saved


def _sources(pattern: str) -> set[str]:
    from glob import glob

    found = {pattern} if os.path.exists(pattern) else set(glob(pattern, recursive=True))
    files = {path for path in found if os.path.isfile(path)}
    for folder in found - files:
        files.update(os.path.join(parent, name) for parent, _, names in os.walk(folder) for name in names)
    return {path for path in files if os.path.isfile(path)}


def _place(source: str, start: str) -> str:
    """Where a file goes below ``files/``: never outside it."""
    parent, name = os.path.split(os.path.abspath(source))
    place = os.path.relpath(os.path.join(os.path.realpath(parent), name), start)
    return name if place.startswith(os.pardir + os.sep) or os.path.isabs(place) else place


def _copy(source: str, place: str, run_folder: str) -> str:
    from shutil import copyfile

    target = os.path.join(run_folder, FILES_FOLDER, place)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    unfinished = f"{target}.{os.urandom(4).hex()}.part"
    try:
        copyfile(source, unfinished)
        os.replace(unfinished, target)
    except OSError:
        if os.path.exists(unfinished):
            os.unlink(unfinished)
        raise
    return place.replace(os.sep, "/")
