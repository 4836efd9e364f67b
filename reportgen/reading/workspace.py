"""A folder of run logs as a `Workspace`."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from reportgen.artifacts import ArtifactVersion
from reportgen.config import BuildConfig
from reportgen.errors import ProjectError
from reportgen.model import Problem, Project, Run, Workspace
from reportgen.reading.artifacts import project_artifacts
from reportgen.reading.discover import Found, find_runs, project_folders
from reportgen.reading.forks import OwnRun, with_forks
from reportgen.reading.load import own_run, run_folder, run_of
from reportgen.reading.logs import read_log, read_logs


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
    logs = read_logs(found.runs, config.cache_folder, config.jobs)
    runs = [own_run(log, config) for log in logs]
    artifacts, broken = _artifacts(config, found)
    found = replace(found, problems=(*found.problems, *broken))
    problems = tuple(problem for project, problem in found.problems if not project)
    return Workspace(config.folder, _projects(found, runs), problems, artifacts)


def _artifacts(config: BuildConfig, found: Found) -> tuple[tuple[ArtifactVersion, ...], list[tuple[str, Problem]]]:
    """The artifacts of all projects, and their problems as `Found` has them."""
    with_runs = {run.project for run in found.runs}
    artifacts: list[ArtifactVersion] = []
    problems: list[tuple[str, Problem]] = []
    for project, folder in project_folders(config.runs_folder):
        versions, broken = project_artifacts(folder, project, run_folder(folder, project, config).where)
        artifacts += versions
        problems += ((project if project in with_runs else "", problem) for problem in broken)
    return tuple(artifacts), problems


def load_run(folder: Path, project: str, *, config: BuildConfig) -> Run:
    """Read one run. If it is a fork, it has only its own rows: those before them are in another run."""
    return run_of(read_log(run_folder(folder, project, config), config.cache_folder), config)


def _projects(found: Found, runs: list[OwnRun]) -> tuple[Project, ...]:
    by_project: dict[str, list[OwnRun]] = {}
    for one in runs:
        by_project.setdefault(one.run.project, []).append(one)
    return tuple(
        Project(
            name=name,
            runs=tuple(sorted(with_forks(members), key=_age)),
            problems=tuple(problem for project, problem in found.problems if project == name),
        )
        for name, members in sorted(by_project.items())
    )


def _age(run: Run) -> tuple[bool, float, str]:
    """Oldest first; a run without any time comes last."""
    unknown = bool(np.isnan(run.started))
    return unknown, 0.0 if unknown else run.started, run.id
