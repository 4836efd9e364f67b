"""A folder of run logs as a `Workspace`."""

from pathlib import Path

import numpy as np

from reportgen.config import BuildConfig
from reportgen.errors import ProjectError
from reportgen.model import Problem, Project, Run, Workspace
from reportgen.reading.discover import Found, RunFolder, StreamFile, find_runs, find_streams
from reportgen.reading.load import RunLog, run_folder, run_of
from reportgen.reading.stream import FileRead, read_file


def load_workspace(config: BuildConfig) -> Workspace:
    """Read every run of a project folder. Bad data become problems on what they spoil, never errors.

    Raises:
        ProjectError: the folder is none, or has no folder with runs.
    """
    if not config.folder.is_dir():
        raise ProjectError("no such folder", where=str(config.folder), remedy="Name the folder that holds runs/.")
    if not config.runs_folder.is_dir():
        remedy = f"A training script that calls reportgen.init() writes its runs to {config.runs}/ where it is started."
        raise ProjectError(f"it has no {config.runs}/ folder", where=str(config.folder), remedy=remedy)
    found = find_runs(config.runs_folder, run_folder(config.runs_folder, "", config).where)
    runs = [run_of(read_log(folder), config) for folder in found.runs]
    problems = tuple(problem for project, problem in found.problems if not project)
    return Workspace(config.folder, _projects(found, runs), problems)


def load_run(folder: Path, project: str, *, config: BuildConfig) -> Run:
    """Read one run."""
    return run_of(read_log(run_folder(folder, project, config)), config)


def read_log(folder: RunFolder) -> RunLog:
    """Read the files of a run; one that cannot be opened is a problem of the run."""
    streams, problems = find_streams(folder.path, folder.where)
    files: list[tuple[StreamFile, FileRead]] = []
    for file in streams:
        try:
            files.append((file, read_file(file)))
        except OSError as error:
            problems += (Problem(file.where, f"cannot be read: {error.strerror}"),)
    return RunLog(folder, tuple(files), problems)


def _projects(found: Found, runs: list[Run]) -> tuple[Project, ...]:
    by_project: dict[str, list[Run]] = {}
    for run in runs:
        by_project.setdefault(run.project, []).append(run)
    return tuple(
        Project(
            name=name,
            runs=tuple(sorted(members, key=_age)),
            problems=tuple(problem for project, problem in found.problems if project == name),
        )
        for name, members in sorted(by_project.items())
    )


def _age(run: Run) -> tuple[bool, float, str]:
    """Oldest first; a run without any time comes last."""
    unknown = bool(np.isnan(run.started))
    return unknown, 0.0 if unknown else run.started, run.id
