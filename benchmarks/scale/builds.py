"""Builds with the real command line in a fresh process: from nothing, and after each kind of change."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from statistics import median
from types import MappingProxyType

from benchmarks.scale.processes import MEGABYTE, used
from benchmarks.scale.projects import Project
from benchmarks.scale.sites import problem

CHANGES: Mapping[str, Callable[[Project], None]] = MappingProxyType(
    {
        "cold": Project.forget,
        "unchanged": lambda _: None,
        "one run changed": lambda project: project.append(10),
        "one run grown by 1,000 steps": lambda project: project.append(1000),
        "a new run": Project.add,
    }
)
"""What happens before each build, in this order."""


@dataclass(frozen=True)
class Build:
    """What a build used and what it left.

    Attributes:
        seconds: of the clock.
        cpu: seconds of all its processes.
        memory: the most megabytes of all its processes together.
        largest: megabytes of the largest process.
        size: megabytes of the site.
        files: of the site.
        problem: why it does not count, if anything is wrong.
    """

    seconds: float
    cpu: float
    memory: float
    largest: float
    size: float
    files: int
    problem: str = ""


def build(project: Project, change: str) -> Build:
    """Change the project, build its site, and look whether the site is right."""
    CHANGES[change](project)
    command = [sys.executable, "-m", "reportgen", "build", str(project.folder)]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "REPORTGEN"))}
    run = used(command, project.folder, inherited)
    wrong = f"exit code {run.code}: {run.output.strip()[-200:]}" if run.code else problem(project)
    return Build(run.seconds, run.cpu, run.memory, run.largest, *extent(project.site), wrong)


def extent(folder: Path) -> tuple[float, int]:
    """Megabytes and files of a folder."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return sum(sizes) / MEGABYTE, len(sizes)


def middle(builds: Sequence[Build]) -> Build:
    """The median of each figure; the problem of any."""
    figures = {
        field.name: median(getattr(each, field.name) for each in builds)
        for field in fields(Build)
        if field.name != "problem"
    }
    return Build(**figures, problem=next((each.problem for each in builds if each.problem), ""))
