"""Every shape in turn: made in a temporary folder, built, shown, read raw, shown by others, and deleted again."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.loggers.measurements import ROOT
from benchmarks.scale.browser import Shown, chromium, first_panel
from benchmarks.scale.builds import CHANGES, Build, build, middle
from benchmarks.scale.peers import ENVIRONMENTS, Peer, Served
from benchmarks.scale.processes import MEGABYTE, Used, used
from benchmarks.scale.projects import Project, Shape

SHAPES = (
    Shape("100 runs", 100, 1000, 10, peers=True),
    Shape("1,000 runs", 1000, 1000, 10, peers=True),
    Shape("10,000 runs", 10_000, 1000, 10, repetitions=1),
    Shape("1,000,000 steps", 1, 1_000_000, 20),
    Shape("5,000 metrics", 1, 200, 5000),
)
SMALL = ("100 runs",)
"""What `SCALE=small` leaves."""


@dataclass
class Measured:
    """What was found about one shape.

    Attributes:
        builds: the middle one after each change.
        parsing: seconds for the raw limit.
        logs: megabytes of metrics.
        panel: how the workspace of the cold build was shown, or nothing.
        served: what each peer took.
        notes: what went wrong without spoiling a build.
    """

    shape: Shape
    logs: float
    builds: dict[str, Build] = field(default_factory=dict)
    parsing: float = 0.0
    panel: Shown | None = None
    served: dict[str, Served] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass
class _Repetitions:
    """All repetitions of what is measured about one shape."""

    builds: dict[str, list[Build]] = field(default_factory=lambda: {change: [] for change in CHANGES})
    parsing: list[float] = field(default_factory=list)
    panels: list[Shown] = field(default_factory=list)
    served: dict[str, list[Served]] = field(default_factory=dict)


def measure(shape: Shape, pythons: Mapping[str, str]) -> Measured:
    """One shape; what is compared takes turns, so that noise meets all alike."""
    with tempfile.TemporaryDirectory(prefix="bench-scale-", ignore_cleanup_errors=True) as name:
        print(f"making {shape.title} …", flush=True)
        project = Project(Path(name, "project"), shape)
        measured = Measured(shape, project.bytes_of_logs() / MEGABYTE)
        peers = [Peer(each, python, Path(name, each)) for each, python in pythons.items() if shape.peers]
        for peer in peers:
            print(f"making {shape.title} for {peer.name} …", flush=True)
            peer.write(shape)
        found = _Repetitions(served={peer.name: [] for peer in peers})
        for repetition in range(shape.repetitions):
            print(f"{shape.name}, {repetition + 1} of {shape.repetitions}: building …", flush=True)
            _build_all(project, found, measured.notes)
            found.parsing.append(raw_parsing(project).seconds)
            for peer in peers:
                print(f"{shape.name}, {repetition + 1} of {shape.repetitions}: {peer.name} …", flush=True)
                _attempt(measured.notes, lambda peer=peer: found.served[peer.name].append(peer.show(shape)), peer.name)
        measured.builds = {change: middle(builds) for change, builds in found.builds.items()}
        measured.parsing = median(found.parsing)
        if found.panels:
            seconds, kilobytes = zip(*((each.seconds, each.kilobytes) for each in found.panels), strict=True)
            measured.panel = Shown(median(seconds), median(kilobytes))
        measured.served = {
            name: Served(median(one.seconds for one in each), median(one.memory for one in each))
            for name, each in found.served.items()
            if each
        }
    return measured


def _build_all(project: Project, found: _Repetitions, notes: list[str]) -> None:
    """A build after each change, and the workspace of the cold one in Chromium."""
    executable = chromium()
    for change, builds in found.builds.items():
        builds.append(build(project, change))
        if change == "cold" and executable and not builds[-1].problem:
            _attempt(notes, lambda: found.panels.append(first_panel(project.site, executable)), "Chromium")
    project.restore()


def _attempt(notes: list[str], work: Callable[[], None], name: str) -> None:
    """What a browser or a peer cannot do is a note, and the rest is measured."""
    try:
        work()
    except Exception as error:  # noqa: BLE001 - of any library
        notes.append(f"{name}: {type(error).__name__}: {str(error).strip().splitlines()[0][:200]}")


def raw_parsing(project: Project) -> Used:
    """The logs of the project, read and decoded and nothing more."""
    command = [sys.executable, "-m", "benchmarks.scale.parsing", str(project.runs)]
    done = used(command, ROOT, os.environ)
    shape = project.shape
    if done.code or int(done.output) != shape.runs * shape.steps * (shape.metrics + 2):
        raise RuntimeError(f"parsing alone has failed: {done.output}")
    return done


def shapes_with_room(scale: str) -> tuple[Sequence[Shape], list[str]]:
    """The shapes that are asked for and fit on the disk, and what to say of those that do not."""
    wanted = [shape for shape in SHAPES if scale != "small" or shape.name in SMALL]
    place = tempfile.gettempdir()
    free = shutil.disk_usage(place).free
    room = f"{place} has {free / 1e9:.1f} GB left (TMPDIR names another place)"
    lacking = [f"{each.name} need up to {each.disk / 1e9:.1f} GB, and {room}" for each in wanted if each.disk > free]
    if lacking and scale == "full":
        raise SystemExit("\n".join(lacking))
    return [shape for shape in wanted if shape.disk <= free], [f"Left out: {each}." for each in lacking]


def measure_all(scale: str, pythons: Mapping[str, str]) -> tuple[list[Measured], list[str]]:
    """Every shape that there is room for, and notes for people."""
    shapes, notes = shapes_with_room(scale)
    found = []
    for shape in shapes:
        start = time.perf_counter()
        found.append(
            measure(
                shape,
                {name: pythons[environment] for name, environment in ENVIRONMENTS.items() if environment in pythons},
            )
        )
        print(f"{shape.name}: {time.perf_counter() - start:.0f} s", flush=True)
    return found, notes
