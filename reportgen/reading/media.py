"""Logged images, histograms and tables, with their files kept inside the run folder."""

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from reportgen import schema
from reportgen.model import Media, Problem, RunFile
from reportgen.reading.discover import is_inside
from reportgen.reading.rows import MOST_PROBLEMS
from reportgen.reading.stitching import Piece, Stitched

_FILES = f"{schema.FILES_FOLDER}/"


class MediaFiles:
    """Says whether the files that media name are where they may be.

    Args:
        folder: the run folder.
        listed: the regular files below its ``files/``; what is among them need not be looked for.

    Attributes:
        looked: path -> what is wrong with it ("" for nothing), for every path that had to be looked for.
    """

    def __init__(self, folder: Path, listed: Collection[str]) -> None:
        self._folder, self._listed = folder, listed
        self._root = ""
        self.looked: dict[str, str] = {}

    def find(self, path: Any) -> tuple[str, str]:
        """A path of a media value if it leads to a file inside the run folder, else "" and why not."""
        if path is None:
            return "", ""
        if not isinstance(path, str) or "\0" in path:
            return "", "its path is no file name"
        name = os.path.normpath(path)
        if ".." not in path and name.removeprefix(_FILES) in self._listed and name.startswith(_FILES):
            return name, ""
        if path not in self.looked:
            self.looked[path] = self._trouble(path)
        trouble = self.looked[path]
        return ("", trouble) if trouble else (name, "")

    def listing(self) -> str:
        """The hash of the names of the files that are listed."""
        names = "\n".join(sorted(self._listed)).encode("utf-8", "surrogatepass")
        return hashlib.sha256(names, usedforsecurity=False).hexdigest()

    def still(self, looked: Mapping[str, str]) -> bool:
        """Whether what was found when paths were looked for would be found now."""
        return all(self._trouble(path) == trouble for path, trouble in looked.items())

    def _trouble(self, path: str) -> str:
        target = self._folder / path
        self._root = self._root or os.path.realpath(self._folder)
        try:
            if Path(path).is_absolute() or not is_inside(target, self._root):
                return f"its path leads out of the run folder: {path[:200]}"
            if not target.is_file():
                return f"its file is missing: {path[:200]}"
        except (OSError, ValueError):
            return f"its path is no file name: {path[:200]}"
        return ""


def run_media(ranks: Iterable[Stitched], files: MediaFiles) -> Iterator[tuple[Piece, Media, str]]:
    """The media of a run, rank by rank in the order logged: the attempt of each, and what is wrong with its file."""
    for place, one in enumerate(ranks):
        for piece in one.pieces:
            rank = one.rank.name if place else ""
            for row, cell in piece.writer.metrics.media():
                step, time = float(piece.steps[row]), float(piece.writer.metrics.times[row])
                for value in cell.values:
                    path, trouble = files.find(value.get("path"))
                    kind = str(value[schema.MEDIA_TYPE])
                    yield piece, Media(cell.key, step, time, kind, value, path, rank), trouble


def media_problems(piece: Piece, troubles: list[tuple[Media, str]]) -> list[Problem]:
    """A problem for each of the first media of an attempt whose files are not where they may be."""
    where = piece.writer.where
    found = [
        Problem(where, f"{medium.key} at step {medium.step:g}: {trouble}")
        for medium, trouble in troubles[:MOST_PROBLEMS]
    ]
    if len(troubles) > MOST_PROBLEMS:
        found.append(Problem(where, f"and {len(troubles) - MOST_PROBLEMS} more media without their file"))
    return found


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
