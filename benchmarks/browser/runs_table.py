"""The runs table with 10,000 runs and 100 columns: opened, sorted, filtered, scrolled; Tabulator on the same data."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.browser.contests import Contest, Subject

RUNS = 10_000
COLUMNS = 100
NAMES = 5
"""Columns that are neither configuration nor summary."""
SORTED, FILTERED = "config.c1", "config.c0"
THRESHOLD = 0.25


@functools.lru_cache(maxsize=1)
def runs_data() -> dict[str, Any]:
    """The runs as a site has them: ``RunsData`` of ``types.ts``."""
    random = np.random.default_rng(5)
    names = [f"run-{number:05d}" for number in range(RUNS)]
    states = random.choice(["finished", "failed", "crashed"], RUNS, p=[0.9, 0.05, 0.05]).tolist()
    tags = [["sweep"] if number % 3 else ["sweep", "edge"] for number in range(RUNS)]
    columns = [
        _column("name", "run", "string", names),
        _column("state", "run", "state", states),
        _column("tags", "run", "list", tags),
        _column("started", "run", "time", [1_750_000_000 + 60 * number for number in range(RUNS)]),
        _column("duration", "run", "duration", random.uniform(10, 10_000, RUNS).round(3).tolist()),
    ]
    half = (COLUMNS - NAMES) // 2
    for number in range(half):
        words = number % 5 == 4
        values = random.choice(["adam", "sgd", "lion"], RUNS) if words else random.permutation(RUNS) / RUNS
        columns.append(_column(f"config.c{number}", "config", "string" if words else "number", values.tolist()))
    for number in range(COLUMNS - NAMES - half):
        values = random.uniform(0, 1, RUNS).round(6)
        columns.append(_column(f"summary.metric{number}/loss", "summary", "number", values.tolist()))
    return {"project": "bench", "ids": names, "urls": [f"runs/{name}/index.html" for name in names], "columns": columns}


def _column(key: str, group: str, kind: str, values: list[Any]) -> dict[str, Any]:
    label = key if group == "run" else key.partition(".")[2]
    return {"key": key, "label": label, "group": group, "type": kind, "values": values}


def write(folder: Path) -> list[Path]:
    """The data as the datasets of a site, loaded when they are asked for."""
    index: dict[str, Any] = {"project": "bench", "metrics": [], "system": [], "panels": [], "views": []}
    index["pages"] = {name: f"{name}/index.html" for name in ("home", "workspace", "runs", "reports")}
    index["runs"] = {"key": "bench/runs", "url": "data/runs.js"}
    manifest = {
        "version": 1,
        "generator": "bench",
        "projects": {"bench": {"key": "bench/index", "url": "data/index.js"}},
    }
    data = folder / "data"
    data.mkdir()
    for name, key, payload in (
        ("manifest", "manifest", manifest),
        ("index", "bench/index", index),
        ("runs", "bench/runs", runs_data()),
    ):
        (data / f"{name}.js").write_text(f"reportgen.put({json.dumps(key)},{json.dumps(payload)});\n", encoding="utf-8")
    return []


def expected() -> Mapping[str, object]:
    """The name in the first row, and how many runs there are, after each task."""
    columns = {
        column["key"]: np.array(column["values"]) for column in runs_data()["columns"] if column["type"] == "number"
    }
    ordered = np.argsort(columns[SORTED], kind="stable")
    passing = [int(run) for run in ordered if columns[FILTERED][run] < THRESHOLD]
    names = runs_data()["ids"]
    return {
        "open": [names[0], RUNS],
        "sort": [names[ordered[0]], RUNS],
        "filter": [names[passing[0]], len(passing)],
        "scroll": [names[passing[len(passing) // 2]], len(passing)],
    }


RUNS_TABLE = Contest(
    title=f"runs table, {RUNS:,} x {COLUMNS}",
    subjects=(
        Subject("reportgen", "runs_table.js"),
        Subject(
            "Tabulator",
            "tabulator.js",
            "tabulator-tables@6.5.3",
            ("dist/css/tabulator_simple.min.css", "dist/js/tabulator.min.js"),
        ),
    ),
    budgets={"open": 80, "sort": 100, "filter": 80, "scroll": 40},
    write=write,
    expected=expected,
)
