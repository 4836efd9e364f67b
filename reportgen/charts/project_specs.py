"""Charts of a project over its runs: files ``specs/<name>.json`` whose data have the name ``runs``.

They are compiled here and get their rows in the browser, which knows what runs are shown: ``name``, ``color``, … of
each run, and below ``config``, ``summary`` and ``system`` their keys, so that a field is ``config.lr`` or
``summary['val/acc']``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportgen.charts.spec_file import read_spec, sized, without_addresses
from reportgen.charts.specification import WIDTH, vega_of
from reportgen.errors import BlockError

DATA = "runs"
MOST = 100
"""Specifications of a project."""


@dataclass(frozen=True, slots=True)
class ProjectSpec:
    """A chart of the project.

    Attributes:
        name: the file's, without its extension.
        vega: None when it cannot be drawn.
        problem: what is wrong with the file, or was left out of it.
    """

    name: str
    title: str
    vega: Mapping[str, Any] | None = None
    problem: str = ""


def project_specs(folder: Path, cache: Path | None = None) -> tuple[ProjectSpec, ...]:
    """The charts of a project folder over the data ``runs``, by name; other specifications are of logged tables."""
    paths = sorted(folder.rglob("*.json"))[:MOST] if folder.is_dir() else []
    names = (path.relative_to(folder).with_suffix("").as_posix() for path in paths)
    return tuple(spec for name in names if (spec := _project_spec(folder, name, cache)) is not None)


def _project_spec(folder: Path, name: str, cache: Path | None) -> ProjectSpec | None:
    try:
        source = read_spec(folder, name)
    except BlockError as error:
        return ProjectSpec(name, name, problem=f"{error.what}.")
    if not _is_over_runs(source):
        return None
    found = [0]
    spec = without_addresses(source, found)
    title = _title(spec.pop("title", None)) or name
    try:
        vega = spec if "marks" in spec else vega_of(sized(spec, WIDTH), cache)
    except ValueError as error:
        return ProjectSpec(name, title, problem=f"specs/{name}.json cannot be compiled: {str(error)[:300]}")
    vega = {key: value for key, value in vega.items() if key not in ("background", "$schema")}
    left_out = f"specs/{name}.json: addresses are left out, as a site loads nothing from elsewhere." if found[0] else ""
    return ProjectSpec(name, title, vega, left_out)


def _is_over_runs(value: Any) -> bool:
    """Whether some part of a specification takes its data from ``runs``."""
    if isinstance(value, list):
        return any(_is_over_runs(item) for item in value)
    if not isinstance(value, dict):
        return False
    data = value.get("data")
    tables = data if isinstance(data, list) else [data]
    if any(isinstance(table, dict) and table.get("name") == DATA and "values" not in table for table in tables):
        return True
    return any(_is_over_runs(item) for key, item in value.items() if key != "data")


def _title(title: Any) -> str:
    text = title.get("text") if isinstance(title, dict) else title
    return text if isinstance(text, str) else ""
