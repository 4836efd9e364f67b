"""The example's run logs read in the plainest way, so that what a page says can be checked against what was logged."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

RUNS = Path(__file__).parents[2] / "example_project" / "runs" / "digits"


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a file as objects."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def run_ids() -> list[str]:
    """Every run of the example."""
    return sorted(folder.name for folder in RUNS.iterdir() if folder.is_dir())


def config(run_id: str) -> dict[str, Any]:
    """The configuration that a run was started with."""
    return next(record["config"] for record in records(RUNS / run_id / "run.jsonl") if record["type"] == "config")


def summary(run_id: str) -> dict[str, float]:
    """What was set by hand, over the last number of each metric."""
    found: dict[str, float] = {}
    for row in records(RUNS / run_id / "metrics.jsonl"):
        found |= {key: value for key, value in row.items() if isinstance(value, int | float) and key[0] != "_"}
    for record in records(RUNS / run_id / "run.jsonl"):
        if record["type"] == "summary":
            found |= record["summary"]
    return found


def mean(metric: str, runs: list[str]) -> float:
    """The mean of a summary value over runs."""
    values = [summary(run_id)[metric] for run_id in runs]
    return sum(values) / len(values)
