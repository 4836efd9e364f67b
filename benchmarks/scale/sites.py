"""Whether a built site says what was logged: a fast build that is wrong does not count."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.scale.projects import PROJECT, Project, metric_name, run_id, values

TOLERANCE = 1e-6
"""The noise of what is logged is 0.1, so a value of another step or run is found."""


def dataset(path: Path) -> Any:
    """The data in a file of a site."""
    matched = re.fullmatch(r'reportgen\.put\("(?:[^"\\]|\\.)*",(.*)\);\s*', path.read_text(encoding="utf-8"), re.DOTALL)
    if matched is None:
        raise ValueError(f"{path.name} is no dataset")
    return json.loads(matched[1])


def project_index(site: Path) -> Any:
    """Where everything of the project is."""
    manifest = dataset(site / "data" / "manifest.js")
    return dataset(site / manifest["projects"][PROJECT]["url"])


def workspace(site: Path) -> Path:
    """The page with all curves."""
    return site / project_index(site)["pages"]["workspace"]


def references(value: Any) -> Iterator[str]:
    """The urls of datasets within a dataset."""
    if isinstance(value, dict):
        if value.keys() == {"key", "url"}:
            yield value["url"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from references(each)


def problem(project: Project) -> str:
    """What is wrong with the built site; nothing if every run is there with its last values, and every dataset."""
    try:
        index = project_index(project.site)
        runs = dataset(project.site / index["runs"]["url"])
    except (OSError, ValueError, KeyError) as error:
        return f"{type(error).__name__}: {error}"
    missing = [url for url in references(index) if not (project.site / url).is_file()]
    missing += [url for url in runs["urls"] if not (project.site / url).is_file()]
    if missing:
        return f"{len(missing)} files are missing: {missing[0]}"
    if runs["ids"] != [run_id(run) for run in project.steps]:
        return f"{len(runs['ids'])} runs instead of {len(project.steps)}"
    columns = {column["key"]: column["values"] for column in runs["columns"]}
    if columns.get("rows") != list(project.steps.values()):
        return "numbers of rows differ"
    return wrong_values(project, columns)


def wrong_values(project: Project, columns: dict[str, list[float]]) -> str:
    """Which metric's last values differ from those that were logged."""
    metrics = project.shape.metrics
    logged = np.concatenate([values(run, range(steps - 1, steps), metrics) for run, steps in project.steps.items()])
    for number in range(metrics):
        name = metric_name(number)
        shown = columns.get(f"summary.{name}")
        if shown is None:
            return f"no last values of {name}"
        if not np.allclose(np.array(shown, float), logged[:, number], rtol=0, atol=TOLERANCE):
            return f"last values of {name} differ"
    return ""
