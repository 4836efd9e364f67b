"""One measurement in a process of its own, which writes what it found as JSON; see `measurements`."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import statistics
import time
from pathlib import Path

from benchmarks.loggers.adapters import LOGGERS, Logger

BLOCK = 100
"""Calls of one logger before it is the other's turn."""
WORK = bytes(8192)


def made_metrics(count: int) -> dict[str, float]:
    """A fresh row, as a training step would have."""
    return {f"train/m{number:02d}": random.random() for number in range(count)}


def opened(name: str, folder: Path) -> Logger:
    """A logger on an empty folder of its own."""
    logger = LOGGERS[name]()
    own = folder / name
    own.mkdir(parents=True)
    logger.open(own)
    return logger


def latency(arguments: argparse.Namespace) -> dict[str, float]:
    """Microseconds of a call, the median for each logger; the loggers take turns, so noise meets them all alike."""
    loggers = {name: opened(name, arguments.folder) for name in arguments.loggers}
    taken: dict[str, list[int]] = {name: [] for name in loggers}
    clock = time.perf_counter_ns
    for step in range(0, arguments.calls, BLOCK):
        for name, logger in loggers.items():
            log = logger.log
            for number in range(step, step + BLOCK):
                metrics = made_metrics(arguments.scalars)
                start = clock()
                log(number, metrics)
                taken[name].append(clock() - start)
    for logger in loggers.values():
        logger.close()
    return {name: statistics.median(values) / 1000 for name, values in taken.items()}


def paced(arguments: argparse.Namespace) -> dict[str, float]:
    """Microseconds of a training step that works between its calls; the median, as a busy machine spoils any mean."""
    (name,) = arguments.loggers
    logger = opened(name, arguments.folder)
    taken = []
    clock = time.perf_counter_ns
    for step in range(arguments.calls):
        start = clock()
        for _ in range(arguments.work):
            hashlib.sha256(WORK)  # leaves the interpreter's lock to other threads, as a tensor library does
        logger.log(step, made_metrics(arguments.scalars))
        taken.append(clock() - start)
    logger.close()
    return {name: statistics.median(taken) / 1000}


def sampled(arguments: argparse.Namespace) -> dict[str, float]:
    """Processor time of this process in microseconds for each sample, with system metrics and without."""
    import reportgen

    taken = {}
    for name, capture in (("with", ["system"]), ("without", False)):
        run = reportgen.init(project="bench", dir=arguments.folder / name, capture=capture, sample_seconds=0.1)
        path = Path(run.folder, "system.jsonl")
        first = wait_for_lines(path, 2)  # psutil is imported by then
        start = time.process_time_ns()
        last = wait_for_lines(path, first + arguments.calls)
        taken[name] = (time.process_time_ns() - start) / (last - first) / 1000
        run.finish()
    return taken


def wait_for_lines(path: Path, count: int) -> int:
    """Wait until a file has so many lines; returns how many there are. Costs both measurements the same."""
    found = 0
    while found < count:
        time.sleep(0.5)
        found = path.read_bytes().count(b"\n") if path.exists() else 0
    return found


def killed(arguments: argparse.Namespace) -> dict[str, float]:
    """Nothing comes back: the process ends itself with SIGKILL right after the last call."""
    (name,) = arguments.loggers
    logger = opened(name, arguments.folder)
    for step in range(arguments.calls):
        logger.log(step, made_metrics(arguments.scalars))
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def count(arguments: argparse.Namespace) -> dict[str, float]:
    """Rows that can be read back from what `killed` left."""
    return {name: LOGGERS[name]().rows(arguments.folder / name) for name in arguments.loggers}


TASKS = {"latency": latency, "sampled": sampled, "paced": paced, "killed": killed, "count": count}


def main() -> None:
    """Do the task that the command line names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("--loggers", nargs="+", choices=LOGGERS, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scalars", type=int, default=3)
    parser.add_argument("--calls", type=int, default=10_000)
    parser.add_argument("--work", type=int, default=0)
    arguments = parser.parse_args()
    arguments.out.write_text(json.dumps(TASKS[arguments.task](arguments)))


if __name__ == "__main__":
    main()
