"""What was logged, as plain frozen values: the input nouns. Made by `reading`, used by everything after it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NewType

import numpy as np
from numpy.typing import NDArray

RunId = NewType("RunId", str)
Numbers = NDArray[np.float64]
"""A read-only column of float64."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the data, shown on the terminal and on the page of what it spoils.

    Attributes:
        where: file and line, relative to the project folder: ``runs/digits/a1/metrics.jsonl:12``.
        what: a sentence for a person.
    """

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One metric of one run, in the order logged; the three columns have the same length.

    Attributes:
        metric: its name.
        steps: step of each point; may repeat or go back.
        times: wall time of each point in seconds since the epoch; NaN where none was logged.
        values: the value; NaN and infinities are kept.
    """

    metric: str
    steps: Numbers
    times: Numbers
    values: Numbers

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True, slots=True)
class MetricDefinition:
    """How a metric (or a glob of metrics) wants to be shown, from a ``metric`` record."""

    name: str
    step_metric: str = ""
    summary: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Media:
    """One logged image, histogram or table.

    Attributes:
        key: the metric name that it was logged under.
        kind: one of `schema.MEDIA_KINDS`, or another ``_type`` that this version does not draw.
        value: the logged object as it stands in the row.
        path: its file, relative to the run folder and inside it; empty when the value carries its own data.
    """

    key: str
    step: float
    time: float
    kind: str
    value: Mapping[str, Any]
    path: str = ""


@dataclass(frozen=True, slots=True)
class ConsoleChunk:
    """A piece of console output: time in seconds since the epoch, ``stdout`` or ``stderr``, raw text."""

    time: float
    stream: str
    text: str


@dataclass(frozen=True, slots=True)
class RunFile:
    """A file below the run's ``files/`` folder: its path relative to that folder, and its size in bytes."""

    path: str
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One run, complete.

    Attributes:
        folder: the run folder on disk.
        name: the name given, or the id.
        state: one of `schema.STATES`.
        exit_code: from the finish record; None without one.
        started: first sign of life in seconds since the epoch; NaN if the log has no time at all.
        ended: time of the finish record, else the last sign of life; NaN likewise.
        config: nested as logged.
        summary: flat, dotted keys: set by hand over derived (last value, or as `MetricDefinition` asks).
        series: metric name -> points, for every metric with a number in it; ordered by name.
        system: system metric name -> points (steps count samples from 0).
        definitions: the ``metric`` records.
        environment: the start record without what stands in other fields: command, host, python, git, ….
        rows: rows logged (consecutive lines of one step are one row).
        problems: what could not be read.
    """

    id: RunId
    project: str
    folder: Path
    name: str
    state: str
    exit_code: int | None
    started: float
    ended: float
    tags: tuple[str, ...] = ()
    notes: str = ""
    group: str = ""
    job_type: str = ""
    config: Mapping[str, Any] = field(default_factory=dict)
    summary: Mapping[str, Any] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    system: Mapping[str, Series] = field(default_factory=dict)
    definitions: tuple[MetricDefinition, ...] = ()
    media: tuple[Media, ...] = ()
    console: tuple[ConsoleChunk, ...] = ()
    files: tuple[RunFile, ...] = ()
    environment: Mapping[str, Any] = field(default_factory=dict)
    rows: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def duration(self) -> float:
        """Seconds from the first to the last sign of life; NaN if unknown."""
        return self.ended - self.started


@dataclass(frozen=True, slots=True, eq=False)
class Project:
    """The runs below ``runs/<name>/``, oldest first (ties by id), so that a run keeps its place and its colour."""

    name: str
    runs: tuple[Run, ...]
    problems: tuple[Problem, ...] = ()

    def run(self, run_id: str) -> Run | None:
        """The run with this id, or the only one with this name; None if there is none."""
        named = [run for run in self.runs if run.name == run_id]
        by_id = next((run for run in self.runs if run.id == run_id), None)
        return by_id or (named[0] if len(named) == 1 else None)


@dataclass(frozen=True, slots=True, eq=False)
class Workspace:
    """A folder with ``runs/``: all its projects, by name, and what is wrong outside any of them."""

    folder: Path
    projects: tuple[Project, ...]
    problems: tuple[Problem, ...] = ()

    def all_problems(self) -> tuple[Problem, ...]:
        """Every problem, the workspace's own first, then project by project and run by run."""
        found = list(self.problems)
        for project in self.projects:
            found += project.problems
            for run in project.runs:
                found += run.problems
        return tuple(found)
