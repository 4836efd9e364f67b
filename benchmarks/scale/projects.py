"""Projects of made-up runs, written directly as run logs. Every run is made in full: none is a copy of another."""

from __future__ import annotations

import os
import shutil
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import orjson

PROJECT = "scale"
START = 1_763_868_000.0
GROWTH = 2010
"""Steps that a project is given beyond those of its shape."""
BLOCK_VALUES = 200_000
"""Values that are made at once."""


@dataclass(frozen=True)
class Shape:
    """How many runs there are, and how much each has logged.

    Attributes:
        name: for people, and in the table of budgets.
        repetitions: how often everything is measured; the medians count.
        peers: whether other programs show these numbers too.
    """

    name: str
    runs: int
    steps: int
    metrics: int
    repetitions: int = 3
    peers: bool = False

    @property
    def title(self) -> str:
        """The three numbers."""
        runs = "1 run" if self.runs == 1 else f"{self.runs:,} runs"
        return f"{runs} x {self.steps:,} steps x {self.metrics:,} metrics"

    @property
    def disk(self) -> int:
        """Bytes that the logs, the cache and the site need at most, about; with peers their files as well."""
        logs = (self.runs * self.steps + GROWTH) * (60 + 32 * self.metrics)
        return logs * (5 if self.peers else 2) + self.runs * 200_000


def metric_name(number: int) -> str:
    """In a section, as most are."""
    return f"train/m{number}"


def values(run: int, steps: range, metrics: int) -> npt.NDArray[np.float64]:
    """What a run logs at these steps, a row for each: a noisy decay that depends on nothing but its place."""
    step = np.arange(steps.start, steps.stop, dtype=np.float64)[:, None]
    metric = np.arange(metrics, dtype=np.float64)
    decay = np.exp(-step / (200 + 37 * (run % 101))) * (metric + 1)
    noise = np.sin(step * 12.9898 + metric * 78.233 + run * 37.719) * 43758.5453
    return decay + 0.1 * (noise - np.floor(noise))


def run_id(run: int) -> str:
    """The name of its folder; in the order of the alphabet they are in the order of their numbers."""
    return f"run{run:05d}"


def append_rows(folder: Path, run: int, steps: range, metrics: int) -> None:
    """Log these steps, as the logger writes them."""
    names = [metric_name(number) for number in range(metrics)]
    rows = max(1, BLOCK_VALUES // metrics)
    with (folder / run_id(run) / "metrics.jsonl").open("ab") as file:
        for first in range(steps.start, steps.stop, rows):
            block = range(first, min(first + rows, steps.stop))
            for step, row in zip(block, values(run, block, metrics).tolist(), strict=True):
                record = {"_step": step, "_timestamp": START + 10 * run + step, **dict(zip(names, row, strict=True))}
                file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))


def write_run(run: int, folder: Path, steps: int, metrics: int) -> None:
    """A run that has finished."""
    started = START + 10 * run
    config = {
        "lr": 10 ** -(1 + 3 * (run * 0.618 % 1)),
        "batch": (32, 64, 128)[run % 3],
        "optimizer": {"name": ("adam", "sgd")[run % 2]},
        "seed": run,
    }
    records: list[dict[str, object]] = [
        {"type": "start", "version": 1, "id": run_id(run), "project": PROJECT, "name": f"run {run}", "time": started},
        {"type": "config", "config": config},
        {"type": "finish", "time": started + steps, "exit_code": 0},
    ]
    own = folder / run_id(run)
    own.mkdir(parents=True)
    (own / "run.jsonl").write_bytes(b"".join(orjson.dumps(each) + b"\n" for each in records))
    append_rows(folder, run, range(steps), metrics)


class Project:
    """A project folder with the runs of a shape, which can change and be put back."""

    def __init__(self, folder: Path, shape: Shape) -> None:
        self.folder, self.shape = folder, shape
        self.runs = folder / "runs" / PROJECT
        write = partial(write_run, folder=self.runs, steps=shape.steps, metrics=shape.metrics)
        if shape.runs == 1:
            write(0)
        else:
            with ProcessPoolExecutor() as pool:
                list(pool.map(write, range(shape.runs), chunksize=max(1, shape.runs // 50)))
        self.last = shape.runs - 1
        self._size = self._log(self.last).stat().st_size
        self.steps = dict.fromkeys(range(shape.runs), shape.steps)
        """How many steps each run has logged by now."""

    def _log(self, run: int) -> Path:
        return self.runs / run_id(run) / "metrics.jsonl"

    @property
    def site(self) -> Path:
        """Where the site is built."""
        return self.folder / "site"

    def bytes_of_logs(self) -> int:
        """What a reader has to read of the metrics."""
        return sum(self._log(run).stat().st_size for run in self.steps)

    def forget(self) -> None:
        """As it was before the first build: no cache, no site.

        They are moved out of the way: for seconds after files were deleted, ext4 takes long to make others.
        """
        for derived in (self.folder / ".reportgen", self.site):
            if derived.exists():
                derived.rename(Path(tempfile.mkdtemp(dir=self.folder, prefix="gone-")) / derived.name)

    def append(self, rows: int) -> None:
        """The last run logs more steps."""
        first = self.steps[self.last]
        append_rows(self.runs, self.last, range(first, first + rows), self.shape.metrics)
        self.steps[self.last] += rows

    def add(self) -> None:
        """A new run, of 1,000 steps at most."""
        steps = min(self.shape.steps, 1000)
        write_run(self.shape.runs, self.runs, steps, self.shape.metrics)
        self.steps[self.shape.runs] = steps

    def restore(self) -> None:
        """The runs as they were made."""
        os.truncate(self._log(self.last), self._size)
        shutil.rmtree(self.runs / run_id(self.shape.runs), ignore_errors=True)
        self.steps = dict.fromkeys(range(self.shape.runs), self.shape.steps)
