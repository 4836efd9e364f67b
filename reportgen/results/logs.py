"""Results from run logs on this machine's disk."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from reportgen import schema
from reportgen.config import BuildConfig
from reportgen.errors import ResultsError
from reportgen.frames import Rows, rows_of_run
from reportgen.model import Run
from reportgen.reading import load_run, load_workspace
from reportgen.reading.discover import is_run
from reportgen.results.files import LoadedFile
from reportgen.results.run import LoadedRun
from reportgen.site.run_files import contained


class LogContent:
    """A run as its log has it."""

    exact = True
    page = ""

    def __init__(self, run: Run) -> None:
        self._run = run

    def metrics(self) -> tuple[str, ...]:
        """As `Content.metrics`."""
        return tuple(sorted({*self._run.series, *self._run.overwritten}))

    def rows(self, metrics: Iterable[str]) -> Rows:
        """As `Content.rows`."""
        return rows_of_run(self._run, metrics)

    def files(self) -> tuple[LoadedFile, ...]:
        """As `Content.files`."""
        folder = self._run.folder / schema.FILES_FOLDER
        return tuple(LoadedFile(file.path, file.size, partial(_read, folder, file.path)) for file in self._run.files)


def runs_of_logs(folder: Path) -> Iterator[LoadedRun]:
    """The runs of a project folder, of a folder of projects or of runs, or of one run.

    Raises:
        ResultsError: it is none of these.
    """
    for run in _runs(folder.resolve()):
        yield LoadedRun(run, LogContent(run))


def _runs(folder: Path) -> Iterator[Run]:
    if is_run(folder):
        yield load_run(folder, folder.parent.name, config=_config(folder.parent.parent))
    elif (folder / schema.DEFAULT_FOLDER).is_dir():
        yield from _all(_config(folder / schema.DEFAULT_FOLDER))
    elif any(is_run(path) for path in _folders(folder)):
        # Runs directly in a folder: of the project that it is, or of none if it is the one that holds projects.
        name = "" if folder.name == schema.DEFAULT_FOLDER else folder.name
        config = replace(_config(folder), cache=_cache(folder.parent))
        yield from (replace(run, project=name or run.project) for run in _all(config))
    elif any(is_run(path) for project in _folders(folder) for path in _folders(project)):
        yield from _all(_config(folder))
    else:
        remedy = "Name the folder that holds runs/, a folder of runs, a built site, or the address of one."
        raise ResultsError("there are no runs here and no site", where=str(folder), remedy=remedy)


def _all(config: BuildConfig) -> Iterator[Run]:
    return (run for project in load_workspace(config).projects for run in project.runs)


def _config(runs: Path) -> BuildConfig:
    """How to read a folder of projects."""
    return BuildConfig(runs.parent, runs.parent / "site", runs=runs.name, cache=_cache(runs))


def _cache(runs: Path) -> Path:
    """The cache that a build of the project folder has, where this looks like one; else one of the user's."""
    own = runs.parent / ".reportgen" / "cache"
    if runs.name == schema.DEFAULT_FOLDER or own.is_dir():
        return own
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "reportgen" / hashlib.sha256(os.fsencode(runs)).hexdigest()[:16]


def _folders(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")]
    except OSError:
        return []


def _read(folder: Path, path: str) -> bytes:
    source = contained(folder, path)
    try:
        if source is not None:
            return source.read_bytes()
        reason = "it is not there, or a link that leads out of the run folder"
    except OSError as error:
        reason = str(error.strerror)
    raise ResultsError(f"this file cannot be read: {reason}", where=str(folder / path))
