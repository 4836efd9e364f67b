"""What is measured and how: fresh processes, the loggers in turns, several repetitions, medians."""

from __future__ import annotations

import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.loggers.adapters import MODULES
from benchmarks.loggers.worker import WORK

ROOT = Path(__file__).resolve().parents[2]
WORK_SECONDS = 200e-6
"""Work between two calls of the paced loop."""
SAMPLES, SAMPLE_SECONDS = 30, 10
"""Samples that are measured, and the seconds between them in a run of a person."""
START = """
import time
start = time.perf_counter()
import {module}
imported = time.perf_counter()
{init}
ready = time.perf_counter()
open({out!r}, "w").write(repr([imported - start, ready - imported]))
{finish}
"""
INITS = {
    "reportgen": ("run = reportgen.init(project='bench', dir='runs')", "run.finish()"),
    "wandb": ("run = wandb.init(project='bench', mode='offline')", "run.finish()"),
    "trackio": ("trackio.init(project='bench', name='run', embed=False)", "trackio.finish()"),
    "tensorboardX": ("writer = tensorboardX.SummaryWriter('tb')", "writer.close()"),
}
QUIET = {
    "WANDB_MODE": "offline",
    "WANDB_SILENT": "true",
    "WANDB_ERROR_REPORTING": "false",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "DO_NOT_TRACK": "1",
}
"""No logger may reach for the network."""


@dataclass(frozen=True)
class Plan:
    """How much is measured.

    Attributes:
        pythons: the interpreter of each logger's environment.
        repetitions: fresh processes of each kind.
        calls: rows that a process logs.
    """

    pythons: dict[str, str] = field(default_factory=lambda: {"reportgen": sys.executable})
    repetitions: int = 5
    calls: int = 10_000


@contextmanager
def workplace() -> Iterator[Path]:
    """A scratch git repository with a changed file, since that is where people train."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "train.py").write_text("print('train')\n" * 100)
        commit = ["-c", "user.name=bench", "-c", "user.email=bench@example.org", "commit", "-qm", "first"]
        for arguments in (["init", "-q"], ["add", "train.py"], commit):
            subprocess.run(["git", *arguments], cwd=folder, check=True)
        (folder / "train.py").write_text("print('changed')\n" * 100)
        yield folder


def environment(folder: Path) -> dict[str, str]:
    """The worker finds this package, keeps compiled modules as usual, and sees nothing of the user's settings."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "REPORTGEN"))}
    places = {"PYTHONPATH": str(ROOT), "HOME": str(folder), "TRACKIO_DIR": str(folder / "trackio")}
    return inherited | QUIET | places


def work(python: str, task: str, loggers: list[str], folder: Path, **options: int) -> dict[str, float]:
    """Run one worker and give back what it found; nothing when it was killed."""
    out = folder / "found.json"
    out.unlink(missing_ok=True)
    command = [
        python,
        "-m",
        "benchmarks.loggers.worker",
        task,
        "--loggers",
        *loggers,
        "--folder",
        str(folder / "logs"),
        "--out",
        str(out),
    ]
    for name, value in options.items():
        command += [f"--{name}", str(value)]
    done = subprocess.run(command, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False)
    if not out.exists():
        if task != "killed":
            raise RuntimeError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
        return {}
    return json.loads(out.read_text())


def latencies(plan: Plan, scalars: int) -> dict[str, dict[str, float]]:
    """For each logger the median microseconds of a call, of the raw write in the same process, and their ratio."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for _ in range(plan.repetitions):
        for name, python in plan.pythons.items():
            with workplace() as folder:
                each = work(python, "latency", ["raw", name], folder, scalars=scalars, calls=plan.calls)
                found[name].append((each[name], each["raw"]))
    return {
        name: {
            "log": statistics.median(log for log, _ in pairs),
            "raw": statistics.median(raw for _, raw in pairs),
            "ratio": statistics.median(log / raw for log, raw in pairs),
        }
        for name, pairs in found.items()
    }


def rounds_of_work() -> int:
    """How many hashes of 8 KiB take this machine `WORK_SECONDS`."""
    trials = []
    for _ in range(20):
        start = time.perf_counter()
        for _ in range(200):
            hashlib.sha256(WORK)
        trials.append((time.perf_counter() - start) / 200)
    return max(1, round(WORK_SECONDS / min(trials)))


def step_costs(plan: Plan, scalars: int) -> dict[str, float]:
    """Microseconds that logging adds to a step of the paced loop: the step with it less the step without."""
    found: dict[str, list[float]] = defaultdict(list)
    rounds = rounds_of_work()
    for _ in range(plan.repetitions):
        for name, python in plan.pythons.items():
            with workplace() as folder:
                options = {"scalars": scalars, "calls": plan.calls // 2, "work": rounds}
                without = work(sys.executable, "paced", ["nothing"], folder, **options)["nothing"]
                found[name].append(work(python, "paced", [name], folder, **options)[name] - without)
    return {name: statistics.median(costs) for name, costs in found.items()}


def start_times(plan: Plan) -> dict[str, dict[str, float]]:
    """Milliseconds until the import is done, and from there until ``init()`` has returned."""
    found: dict[str, list[list[float]]] = defaultdict(list)
    for _ in range(2 * plan.repetitions + 1):
        for name, python in plan.pythons.items():
            init, finish = INITS[name]
            with workplace() as folder:
                out = folder / "found.txt"
                program = START.format(module=MODULES[name], init=init, finish=finish, out=str(out))
                command = [python, "-c", program]
                done = subprocess.run(
                    command, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False
                )
                if not out.exists():
                    raise RuntimeError(f"{name} did not start\n{done.stdout}{done.stderr}")
                found[name].append(json.loads(out.read_text()))
    return {
        name: {
            "import": 1000 * statistics.median(one[0] for one in times),
            "init": 1000 * statistics.median(one[1] for one in times),
        }
        for name, times in found.items()
    }


def rows_lost(plan: Plan, scalars: int) -> dict[str, int]:
    """The most rows that any repetition lost when its process was killed right after the last call."""
    worst: dict[str, int] = dict.fromkeys(plan.pythons, 0)
    for _ in range(plan.repetitions):
        for name, python in plan.pythons.items():
            with workplace() as folder:
                work(python, "killed", [name], folder, scalars=scalars, calls=plan.calls)
                kept = work(python, "count", [name], folder)[name]
                worst[name] = max(worst[name], plan.calls - int(kept))
    return worst


def sampler_load(plan: Plan) -> dict[str, float]:
    """Per cent of a core that system metrics cost at a sample every `SAMPLE_SECONDS`."""
    found = []
    for _ in range(plan.repetitions):
        with workplace() as folder:
            each = work(plan.pythons["reportgen"], "sampled", ["reportgen"], folder, calls=SAMPLES)
            found.append((each["with"] - each["without"]) / 1e6 / SAMPLE_SECONDS * 100)
    return {"reportgen": statistics.median(found)}
