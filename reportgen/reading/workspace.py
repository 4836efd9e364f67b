"""A folder of run logs as a `Workspace`."""

import math
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import msgspec

from reportgen.artifacts import ArtifactVersion
from reportgen.config import BuildConfig
from reportgen.errors import ProjectError
from reportgen.executors import Workers, open_workers
from reportgen.executors.processes import cores
from reportgen.model import Problem, Project, Reading, Run, Workspace
from reportgen.reading.artifacts import project_artifacts
from reportgen.reading.discover import Found, RunFolder, find_runs, is_run, project_folders
from reportgen.reading.facts import VERSION, Shown, decode_shown, packed_facts
from reportgen.reading.families import Family, family, line_keys, shown_by
from reportgen.reading.logs import ReadRun, TellProgress, read_logs, read_run
from reportgen.reading.own_run import Origin, OwnRun, run_of
from reportgen.reading.store import Entries, Entry, fact_files


def load_workspace(
    config: BuildConfig, workers: Workers | None = None, tell_progress: TellProgress | None = None
) -> Workspace:
    """Read every run of a project folder. Bad data become problems on what they spoil, never errors.

    Args:
        config: which folder, and where what was read is kept.
        workers: parse what is new, if it is much; by default so many processes as the config says.
        tell_progress: hears of each run that is done.

    Raises:
        ProjectError: the folder is none, or has no folder with runs.
    """
    if not config.folder.is_dir():
        raise ProjectError("no such folder", where=str(config.folder), remedy="Name the folder that holds runs/.")
    if not config.runs_folder.is_dir():
        remedy = f"A training script that calls reportgen.init() writes its runs to {config.runs}/ where it is started."
        raise ProjectError(f"it has no {config.runs}/ folder", where=str(config.folder), remedy=remedy)
    found = find_runs(config.runs_folder, run_folder(config.runs_folder, "", config).where)
    storage = config.cache_storage
    kept = {project: fact_files(storage, project, VERSION).load() for project in {run.project for run in found.runs}}
    known = {run: kept[run.project][_key(run)].facts for run in found.runs if _key(run) in kept[run.project]}
    with ExitStack() as stack:
        workers = workers or stack.enter_context(open_workers(config.executor, config.jobs))
        logs = read_logs(found.runs, storage, known, workers, config.jobs or cores())
        read = list(_told(logs, len(found.runs), tell_progress))
    artifacts, broken = _artifacts(config, found)
    found = replace(found, problems=(*found.problems, *broken))
    problems = tuple(problem for project, problem in found.problems if not project)
    reused = sum(run.reused for run in read)
    seen = tuple((run.own.folder.where, run.own.facts.seen) for run in read)
    reading = Reading(len(read) - reused, reused, sum(run.parsed for run in read), seen)
    return Workspace(config.folder, _projects(found, read, kept, config), problems, artifacts, reading)


def load_run(folder: Path, project: str, *, config: BuildConfig) -> Run:
    """Read one run. The run that it was forked from is looked for beside it."""
    storage = config.cache_storage
    runs: dict[str, OwnRun] = {}
    wanted: Path | None = folder
    while wanted is not None:
        own = read_run(run_folder(wanted, project, config), storage).own
        runs[own.id] = own
        fork = own.facts.fork
        wanted = None if fork is None or fork.run in runs else _beside(folder, fork.run)
    relatives = family(tuple(runs.values()))
    wanted_forks = [name for name in relatives.parents if runs[name].folder.path == folder]
    return next(run for run in _runs(relatives, shown_by(relatives, wanted_forks), config.now) if run.folder == folder)


def _beside(folder: Path, name: str) -> Path | None:
    """The folder of another run of the same project; None if there is none."""
    other = folder.parent / name
    return other if "\0" not in name and os.path.basename(name) == name and is_run(other) else None  # noqa: PTH119


def run_folder(folder: Path, project: str, config: BuildConfig) -> RunFolder:
    """A run folder that the caller knows of."""
    return RunFolder(project, folder, config.where(folder))


def _told(logs: Iterator[ReadRun], total: int, tell_progress: TellProgress | None) -> Iterator[ReadRun]:
    parsed = 0
    for done, run in enumerate(logs, 1):
        parsed += run.parsed
        if tell_progress:
            tell_progress(done, total, parsed)
        yield run


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


def _projects(
    found: Found, read: Sequence[ReadRun], kept: Mapping[str, Entries], config: BuildConfig
) -> tuple[Project, ...]:
    by_project: dict[str, list[ReadRun]] = {}
    for run in read:
        by_project.setdefault(run.own.folder.project, []).append(run)
    return tuple(
        Project(
            name=name,
            runs=tuple(sorted(_project_runs(name, members, kept[name], config), key=_age)),
            problems=tuple(problem for project, problem in found.problems if project == name),
        )
        for name, members in sorted(by_project.items())
    )


def _project_runs(name: str, members: Sequence[ReadRun], kept: Entries, config: BuildConfig) -> list[Run]:
    """The runs of a project; what is known of them is kept for the next build."""
    relatives = family([run.own for run in members])
    keys = line_keys(relatives)
    shown = {fork: found for fork in relatives.parents if (found := _shown(kept, relatives.runs[fork], keys[fork]))}
    shown |= shown_by(relatives, [fork for fork in relatives.parents if fork not in shown])
    entries: Entries = {}
    for run in members:
        if run.packed is None:
            continue
        fork, key = run.own.id, _key(run.own.folder)
        packed = packed_facts(shown[fork]) if fork in shown else None
        entry = Entry(run.packed, keys[fork], packed) if packed else Entry(run.packed)
        entries[key] = kept[key] if kept.get(key) == entry else entry
    fact_files(config.cache_storage, name, VERSION).keep(entries, kept)
    return _runs(relatives, shown, config.now)


def _shown(kept: Entries, own: OwnRun, key: str) -> Shown | None:
    """What is known of what a fork shows, if it and those that it comes from have not changed."""
    entry = kept.get(_key(own.folder))
    try:
        return decode_shown(entry.shown) if entry and entry.line == key else None
    except msgspec.MsgspecError:
        return None


def _runs(relatives: Family, shown: Mapping[str, Shown], now: float) -> list[Run]:
    """The runs of a project, parents before their forks."""
    runs: dict[str, Run] = {}
    for name, own in relatives.runs.items():
        line, problem = relatives.line(name), relatives.problems.get(name)
        origin = Origin(
            line=tuple(relatives.link(each) for each in line),
            digests=tuple(runs[each].digest for each in line[-2:-1]),
            shown=shown.get(name),
            problems=(problem,) if problem else (),
        )
        runs[name] = run_of(own, origin, now)
    return list(runs.values())


def _key(folder: RunFolder) -> bytes:
    return os.fsencode(folder.path.name)


def _age(run: Run) -> tuple[bool, float, str]:
    """Oldest first; a run without any time comes last."""
    unknown = math.isnan(run.started)
    return unknown, 0.0 if unknown else run.started, run.id
