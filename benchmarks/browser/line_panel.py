"""A line panel of 100 runs with 500 points each, drawn, and a crosshair over ten of them; uPlot on the same data."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.browser.contests import Contest, Subject
from reportgen.site.columns import packed

RUNS, POINTS = 100, 500
PANELS = 10
TIMES_UPLOT = 1.5
MOVE_MS = 8.0


@functools.lru_cache(maxsize=1)
def curves() -> NDArray[np.float64]:
    """What every run has logged: a row for each."""
    random = np.random.default_rng(7)
    fall = np.exp(-np.linspace(0, 4, POINTS))[None, :] * random.uniform(0.5, 2, (RUNS, 1))
    values: NDArray[np.float64] = fall + random.normal(0, 0.02, (RUNS, POINTS))
    return values


def write(folder: Path) -> list[Path]:
    """The datasets of a site with one metric."""
    data = folder / "data"
    data.mkdir()
    names = [f"run-{number}" for number in range(RUNS)]
    columns = [
        {"key": "name", "label": "name", "group": "run", "type": "string", "values": names},
        {"key": "started", "label": "started", "group": "run", "type": "time", "values": list(range(RUNS))},
    ]
    ramp = {"from": 0, "by": 1, "n": POINTS}
    drawn = [
        {"run": run, "rows": POINTS, "bucket": 1, "step": ramp, "time": ramp, "last": packed(row)}
        for run, row in enumerate(curves())
    ]
    part = {"first": 0, "last": RUNS - 1, "data": _ref("ov")}
    entry = {"name": "loss", "section": "", "hidden": False, "runs": RUNS, "overviews": [part]}
    index: dict[str, Any] = {"project": "bench", "pages": {}, "runs": _ref("runs"), "column": ""}
    index |= {"metrics": [entry], "system": [], "panels": [], "views": []}
    datasets = {
        "manifest": {"version": 1, "generator": "bench", "projects": {"bench": _ref("index")}},
        "bench/index": index,
        "bench/runs": {
            "project": "bench",
            "ids": names,
            "urls": [f"runs/{name}/index.html" for name in names],
            "columns": columns,
        },
        "bench/ov": {"metric": "loss", "curves": drawn},
    }
    for key, payload in datasets.items():
        name = key.rpartition("/")[2]
        (data / f"{name}.js").write_text(f"reportgen.put({json.dumps(key)},{json.dumps(payload)});\n", encoding="utf-8")
    numbers = folder / "numbers.js"
    numbers.write_text(f"window.bench.numbers = {json.dumps(curves().round(6).tolist())};\n", encoding="utf-8")
    return [numbers]


def _ref(name: str) -> dict[str, str]:
    return {"key": f"bench/{name}", "url": f"data/{name}.js"}


def expected() -> Mapping[str, object]:
    """How many lines there are, and the step that the crosshair stands at."""
    return {"draw": [RUNS, None], f"move over {PANELS}": [RUNS, POINTS // 2]}


LINE_PANEL = Contest(
    title=f"line panel, {RUNS} x {POINTS}",
    subjects=(
        Subject("reportgen", "line_panel.js"),
        Subject("uPlot", "uplot.js", "uplot@1.6.32", ("dist/uPlot.min.css", "dist/uPlot.iife.min.js")),
    ),
    budgets={"draw": None, f"move over {PANELS}": MOVE_MS},
    write=write,
    expected=expected,
    multiples={"draw": TIMES_UPLOT},
)
