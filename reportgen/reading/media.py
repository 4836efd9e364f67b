"""Logged images, histograms and tables, with their files kept inside the run folder."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from reportgen import schema
from reportgen.model import Media, Problem, RunFile
from reportgen.reading.discover import is_inside
from reportgen.reading.rows import Rows


def run_media(rows: Rows, folder: Path, where: str, rank: str = "") -> tuple[list[Media], list[Problem]]:
    """The media of a stream in the order logged, and a problem for each whose file is not where it may be."""
    media: list[Media] = []
    problems: list[Problem] = []
    root = os.path.realpath(folder) if rows.media else ""
    for cell in rows.media:
        step, time = float(rows.steps[cell.row]), float(rows.times[cell.row])
        for value in cell.values:
            path, trouble = _contained(value.get("path"), folder, root)
            if trouble:
                problems.append(Problem(where, f"{cell.key} at step {step:g}: {trouble}"))
            media.append(Media(cell.key, step, time, str(value[schema.MEDIA_TYPE]), value, path, rank))
    return media, problems


def _contained(path: Any, folder: Path, root: str) -> tuple[str, str]:
    """A path of a media value if it leads to a file inside the run folder, else "" and why not."""
    if path is None:
        return "", ""
    if not isinstance(path, str) or "\0" in path:
        return "", "its path is no file name"
    target = folder / path
    try:
        if Path(path).is_absolute() or not is_inside(target, root):
            return "", f"its path leads out of the run folder: {path[:200]}"
        if not target.is_file():
            return "", f"its file is missing: {path[:200]}"
    except (OSError, ValueError):
        return "", f"its path is no file name: {path[:200]}"
    return os.path.normpath(path), ""


def run_files(folder: Path) -> tuple[RunFile, ...]:
    """Every regular file below ``files/``, by path. Links are not followed."""
    top = folder / schema.FILES_FOLDER
    if top.is_symlink():
        return ()
    return tuple(sorted(_walk(str(top), ""), key=lambda file: file.path))


def _walk(top: str, prefix: str) -> Iterable[RunFile]:
    folders = [(top, prefix)]
    while folders:
        folder, path = folders.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    name = path + os.fsencode(entry.name).decode("utf-8", "replace")
                    if entry.is_dir(follow_symlinks=False):
                        folders.append((entry.path, f"{name}/"))
                    elif entry.is_file(follow_symlinks=False):
                        yield RunFile(name, entry.stat(follow_symlinks=False).st_size)
        except OSError:
            continue
