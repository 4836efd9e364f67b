"""What was logged, as plain frozen values: the input nouns. Made by `reading`, used by everything after it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NewType

import numpy as np
from numpy.typing import NDArray

from reportgen.artifacts import ArtifactRecord, ArtifactVersion
from reportgen.definitions import MetricDefinition, definition_of

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
class Media:
    """One logged image, histogram or table.

    Attributes:
        key: the metric name that it was logged under.
        kind: one of `schema.MEDIA_KINDS`, or another ``_type`` that this version does not draw.
        value: the logged object as it stands in the row.
        path: its file, relative to the run folder and inside it; empty when the value carries its own data.
        rank: name of the `Rank` that logged it; empty for the run's main one.
    """

    key: str
    step: float
    time: float
    kind: str
    value: Mapping[str, Any]
    path: str = ""
    rank: str = ""


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


@dataclass(frozen=True, slots=True)
class Attempt:
    """One life of a run's main process; a run that was resumed has several. Unknown numbers are NaN, others None.

    Attributes:
        number: 1 for the first.
        writer: as in the names of its files; empty for ``metrics.jsonl``.
        started: its start record, else its first sign of life, in seconds since the epoch.
        ended: its finish record, else its last sign of life.
        first_step: the step that its rows begin with.
        last_step: the step that they end with.
        preempted: whether it said that it was about to be stopped, and then did not end well.
    """

    number: int
    writer: str = ""
    started: float = math.nan
    ended: float = math.nan
    first_step: float = math.nan
    last_step: float = math.nan
    exit_code: int | None = None
    preempted: bool = False
    host: str = ""
    pid: int | None = None


@dataclass(frozen=True, slots=True)
class Rank:
    """One of the processes that log a run at the same time, over all its attempts.

    Attributes:
        name: what it is called: ``rank 1``, its label, or the name of its files; ``main`` for a process without any.
        rank: its number in a distributed job; None for a writer that is no rank.
        attempts: how often it was started.
        first_step: the lowest step that one of its attempts begins with; NaN without rows.
    """

    name: str
    rank: int | None = None
    label: str = ""
    host: str = ""
    local_rank: int | None = None
    world_size: int | None = None
    pid: int | None = None
    started: float = math.nan
    ended: float = math.nan
    exit_code: int | None = None
    attempts: int = 1
    first_step: float = math.nan


@dataclass(frozen=True, slots=True, eq=False)
class Tail:
    """Points that a later attempt has replaced: who logged them, in which attempt."""

    rank: str
    attempt: int
    points: Series


@dataclass(frozen=True, slots=True)
class Fork:
    """Where a run begins: as a copy of another run of its project, up to and with a step."""

    run: RunId
    step: float


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that the run wanted a person to know. ``level`` is one of `schema.LEVELS`; ``time`` may be NaN."""

    time: float
    title: str
    text: str
    level: str


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One run, complete, and yet light: its points, media and console are read each time that they are asked for.

    Attributes:
        folder: the run folder on disk.
        name: the name given, or the id.
        state: one of `schema.STATES`.
        exit_code: from the finish record; None without one.
        started: first sign of life in seconds since the epoch; NaN if the log has no time at all.
        ended: time of the finish record, else the last sign of life; NaN likewise.
        config: nested as logged.
        summary: flat, dotted keys: set by hand over derived (last value, or as `MetricDefinition` asks).
        series: metric name -> points, for every metric with a number in it; ordered by name. What is shown: the points
            of the first rank that logged it, without those that a later attempt has replaced.
        by_rank: metric -> name of rank -> points, the one in ``series`` first, for every metric that several ranks
            logged or the main one did not.
        overwritten: metric -> the points that later attempts have replaced.
        overwritten_media: media of rows that later attempts have replaced.
        system: system metric name -> points (steps count samples from 0), of the first rank that has it.
        system_by_rank: the same as ``by_rank`` for system metrics: each node has its own.
        definitions: the ``metric`` records, those of one name put together, in the order of the last of each.
        environment: the start record without what stands in other fields: command, host, python, git, ….
        attempts: the lives of the main process, in order.
        ranks: the processes that log at the same time, the main one first.
        fork: where the run begins; None when that is nowhere else.
        alerts: by time.
        artifact_records: the artifacts that it logged and used, in the order of its log.
        rows: rows logged (consecutive lines of one step are one row).
        problems: what could not be read.
        digest: hash of everything that its pages show: two builds with the same one show the same; empty if unknown.
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
    by_rank: Mapping[str, Mapping[str, Series]] = field(default_factory=dict)
    overwritten: Mapping[str, tuple[Tail, ...]] = field(default_factory=dict)
    overwritten_media: Sequence[Media] = ()
    system: Mapping[str, Series] = field(default_factory=dict)
    system_by_rank: Mapping[str, Mapping[str, Series]] = field(default_factory=dict)
    definitions: tuple[MetricDefinition, ...] = ()
    media: Sequence[Media] = ()
    console: Sequence[ConsoleChunk] = ()
    files: tuple[RunFile, ...] = ()
    environment: Mapping[str, Any] = field(default_factory=dict)
    attempts: tuple[Attempt, ...] = ()
    ranks: tuple[Rank, ...] = ()
    fork: Fork | None = None
    alerts: tuple[Alert, ...] = ()
    artifact_records: tuple[ArtifactRecord, ...] = ()
    rows: int = 0
    problems: tuple[Problem, ...] = ()
    digest: str = ""

    @property
    def duration(self) -> float:
        """Seconds from the first to the last sign of life; NaN if unknown."""
        return self.ended - self.started

    def definition(self, metric: str) -> MetricDefinition:
        """How a metric wants to be shown: what its own definition says, else the last glob that fits; else nothing."""
        return definition_of(metric, self.definitions)


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


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading took, and what it has seen.

    Attributes:
        read: runs whose logs had changed.
        reused: runs that were known.
        parsed: bytes that were parsed.
        seen: each run folder, as problems name it, and for each file of its log what was read of it: name, bytes up to
            the last final line and their hash, bytes after that and theirs.
    """

    read: int = 0
    reused: int = 0
    parsed: int = 0
    seen: tuple[tuple[str, tuple[tuple[str, int, str, int, str], ...]], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class Workspace:
    """A folder with ``runs/``: its projects, by name, the artifacts of all, and what is wrong outside any project."""

    folder: Path
    projects: tuple[Project, ...]
    problems: tuple[Problem, ...] = ()
    artifacts: tuple[ArtifactVersion, ...] = ()
    reading: Reading = Reading()

    def all_problems(self) -> tuple[Problem, ...]:
        """Every problem, the workspace's own first, then project by project and run by run."""
        found = list(self.problems)
        for project in self.projects:
            found += project.problems
            for run in project.runs:
                found += run.problems
        return tuple(found)
