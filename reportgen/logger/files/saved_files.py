"""Files that a run keeps: copies below ``files/``, and how they come back."""

from __future__ import annotations

import os
from collections.abc import Iterable

from reportgen.errors import UsageError
from reportgen.logger.settings import safe_id, safe_name
from reportgen.schema import FILES_FOLDER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO


def places(pattern: str, base: str | None, run_folder: str, ignore: Iterable[str] = ()) -> dict[str, str]:
    """The files that a file, a folder or a glob stands for, and where each goes below ``files/``, in order.

    A file keeps its path below ``base`` (by default the current folder); one from elsewhere keeps only its name. What
    a pattern finds by chance in the run folder is no file to save, nor is one whose place fits a glob of ``ignore``. A
    pattern for what is below ``files/`` finds those files where they are.
    """
    from fnmatch import fnmatch

    run = os.path.realpath(run_folder)
    files = os.path.join(run, FILES_FOLDER)
    in_place = _is_below(pattern, files)
    start = files if in_place else os.path.realpath(base or os.getcwd())
    found = {source: _place(source, start) for source in sorted(_sources(pattern))}
    return {
        source: place
        for source, place in found.items()
        if (in_place or not _is_below(source, run)) and not any(fnmatch(place, glob) for glob in ignore)
    }


def restore_file(  # noqa: PLR0913 # wandb's signature, and where the run is
    run_folder: str, name: str, run_path: str | None, root: str | None, *, replace: bool, keep: bool
) -> TextIO:
    """A file that a run has saved, copied below ``root`` and open for reading.

    Args:
        run_folder: the run that asks.
        name: path below the ``files/`` folder.
        run_path: the run that has it; by default the one that asks.
        root: where it is copied to; by default the ``files/`` folder of the run that asks.
        replace: copy it although it is there.
        keep: the run that asks is going on; without, the default of ``root`` is the current folder.

    Raises:
        UsageError: there is no such file.
    """
    source_folder = os.path.join(_folder_of(run_path, run_folder) if run_path else run_folder, FILES_FOLDER)
    source = os.path.realpath(os.path.join(source_folder, name))
    if not source.startswith(os.path.realpath(source_folder) + os.sep) or not os.path.isfile(source):
        remedy = 'Name a file below files/ of the run, and another run as "project/id".'
        raise UsageError(f"there is no file {name!r} in {source_folder}", where="restore", remedy=remedy)
    place = root or (os.path.join(run_folder, FILES_FOLDER) if keep else os.getcwd())
    target = os.path.join(place, os.path.relpath(source, os.path.realpath(source_folder)))
    if os.path.realpath(target) != source and (replace or not os.path.exists(target)):
        copy_whole(source, target)
    return open(target, encoding="utf-8", errors="surrogateescape")  # the caller closes it


def _folder_of(run_path: str, run_folder: str) -> str:
    """The folder of ``[entity/][project/]id`` beside another run's."""
    *before, run_id = run_path.strip("/").split("/")
    root, project = os.path.split(os.path.dirname(run_folder))
    return os.path.join(root, safe_name(before[-1]) if before else project, safe_id(run_id))


def _is_below(path: str, folder: str) -> bool:
    return os.path.realpath(path).startswith(folder + os.sep)


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


def copy_whole(source: str, target: str) -> None:
    """Copy a file so that the target is never seen half written."""
    from shutil import copyfile

    os.makedirs(os.path.dirname(target), exist_ok=True)
    unfinished = f"{target}.{os.urandom(4).hex()}.part"
    try:
        copyfile(source, unfinished)
        os.replace(unfinished, target)
    except OSError:
        if os.path.exists(unfinished):
            os.unlink(unfinished)
        raise
