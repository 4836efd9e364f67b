"""Which folders are runs, and which files are their logs."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportgen import schema
from reportgen.model import Problem

UNCATEGORIZED = "uncategorized"
"""The project of run folders that stand directly in the folder that should hold projects."""

_STREAM_FILE = re.compile(rf"({'|'.join(schema.STREAMS)})(?:\.(.+))?\.jsonl")


@dataclass(frozen=True, slots=True)
class StreamFile:
    """One file of a run log.

    Attributes:
        stream: one of `schema.STREAMS`.
        writer: who wrote it; empty for the first writer.
        where: the file as a `Problem` names it, relative to the project folder.
        size: in bytes, when it was found.
    """

    stream: str
    writer: str
    path: Path
    where: str
    size: int


@dataclass(frozen=True, slots=True)
class RunFolder:
    """A run folder that was found: its project, its path, and its path as a `Problem` names it."""

    project: str
    path: Path
    where: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder of projects holds: the runs, and the problems of each project ("" for those outside any)."""

    runs: tuple[RunFolder, ...]
    problems: tuple[tuple[str, Problem], ...]


def find_runs(runs_folder: Path, where: str) -> Found:
    """Find the run folders below the folder of projects, projects and runs in order of their names.

    A folder directly below with a run log in it is a run of the project `UNCATEGORIZED`. Hidden entries are skipped.
    """
    runs: list[RunFolder] = []
    problems: list[tuple[str, Problem]] = []
    for entry in _entries(runs_folder, where, problems, ""):
        place = f"{where}/{text_of(entry.name)}"
        if not entry.is_dir():
            problems.append(("", Problem(place, "a file among the projects was ignored")))
        elif is_run(Path(entry.path)):
            runs.append(RunFolder(UNCATEGORIZED, Path(entry.path), place))
        else:
            found = _runs_of_project(Path(entry.path), place)
            runs += found.runs
            # Problems of a folder that turns out to be no project have no page of their own.
            problems += found.problems if found.runs else [("", problem) for _, problem in found.problems]
            if not found.runs and not found.problems and not has_artifacts(Path(entry.path)):
                problems.append(("", Problem(place, "an empty project: it has no run folders")))
    return Found(tuple(runs), tuple(problems))


def _runs_of_project(folder: Path, where: str) -> Found:
    project = text_of(folder.name)
    runs: list[RunFolder] = []
    problems: list[tuple[str, Problem]] = []
    for entry in _entries(folder, where, problems, project):
        place = f"{where}/{text_of(entry.name)}"
        if entry.name == schema.ARTIFACTS_FOLDER:
            continue
        if not entry.is_dir():
            problems.append((project, Problem(place, "a file among the run folders was ignored")))
        elif is_run(Path(entry.path)):
            runs.append(RunFolder(project, Path(entry.path), place))
        else:
            what = f"no run log here: none of {', '.join(f'{stream}.jsonl' for stream in schema.STREAMS)}"
            problems.append((project, Problem(place, what)))
    return Found(tuple(runs), tuple(problems))


def _entries(folder: Path, where: str, problems: list[tuple[str, Problem]], project: str) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        problems.append((project, Problem(where, f"cannot be listed: {error.strerror}")))
        return
    yield from (entry for entry in entries if not entry.name.startswith("."))


def is_run(folder: Path) -> bool:
    """Whether a folder holds at least one file of a run log."""
    try:
        return any(_STREAM_FILE.fullmatch(path.name) for path in folder.iterdir())
    except OSError:
        return False


def has_artifacts(folder: Path) -> bool:
    """Whether artifacts were logged or linked to a project, which need not have runs: a registry has none."""
    return (folder / schema.ARTIFACTS_FOLDER).is_dir()


def project_folders(runs_folder: Path) -> Iterator[tuple[str, Path]]:
    """The folders that may be projects, runs or not, by name."""
    for entry in _entries(runs_folder, "", [], ""):
        if entry.is_dir():
            yield text_of(entry.name), Path(entry.path)


def find_streams(folder: Path, where: str) -> tuple[tuple[StreamFile, ...], tuple[Problem, ...]]:
    """The files of a run's log, the first writer's before others', and those that cannot be read.

    Only regular files are read, and links only where they stay inside the run folder: a log that someone sent may
    hold a pipe, or a link to a file of the reader's own.
    """
    streams: list[StreamFile] = []
    problems: list[Problem] = []
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 (names only, of thousands of runs)
    except OSError as error:
        return (), (Problem(where, f"cannot be listed: {error.strerror}"),)
    for name in names:
        match = _STREAM_FILE.fullmatch(name)
        if match is None:
            continue
        path, place = folder / name, f"{where}/{text_of(name)}"
        try:
            streams.append(StreamFile(match[1], text_of(match[2] or ""), path, place, _readable_size(path, folder)))
        except OSError as error:
            problems.append(Problem(place, f"cannot be read: {error.strerror or error}"))
    streams.sort(key=lambda file: (schema.STREAMS.index(file.stream), file.writer))
    return tuple(streams), tuple(problems)


def stream_file(folder: RunFolder, name: str, size: int = 0) -> StreamFile:
    """The file of a run's log that has a name."""
    match = _STREAM_FILE.fullmatch(name)
    if match is None:
        raise ValueError(f"no file of a run log: {name}")
    return StreamFile(match[1], text_of(match[2] or ""), folder.path / name, f"{folder.where}/{text_of(name)}", size)


def _readable_size(path: Path, folder: Path) -> int:
    """The size of a file that may be opened; OSError says why it may not."""
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        if not is_inside(path, os.path.realpath(folder)):
            raise OSError("a link that leads out of the run folder is not followed")
        found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise OSError("not a regular file")
    return found.st_size


def is_inside(path: Path, root: str) -> bool:
    """Whether a path, its links resolved, lies below a folder whose path has none."""
    return os.path.realpath(path).startswith(root.rstrip(os.sep) + os.sep)


def text_of(name: str) -> str:
    """A file name as text that any page can hold; bytes that are no UTF-8 become question marks."""
    return os.fsencode(name).decode("utf-8", "replace")
