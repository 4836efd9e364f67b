"""Which runs logged and used an artifact."""

from __future__ import annotations

import os
from collections.abc import Iterator

from reportgen.schema import ARTIFACT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class LineageRun:
    """A run as an artifact knows it.

    Attributes:
        id: name of its folder.
        project: name of its project's folder.
        folder: the run folder.
    """

    def __init__(self, root: str, project: str, run_id: str) -> None:
        self.id = run_id
        self.project = project
        self.folder = os.path.join(root, project, run_id)

    @property
    def path(self) -> str:
        """``project/id``."""
        return f"{self.project}/{self.id}"

    def __repr__(self) -> str:
        return f"<run {self.path}>"


def users(root: str, project: str, name: str, version: str) -> list[LineageRun]:
    """The runs below a folder of projects whose logs say that they used a version, by project and id."""
    found: list[LineageRun] = []
    for run in _runs(root):
        for record in _artifact_records(run.folder):
            of = record.get("project", run.project)
            if record.get("action") == "use" and (of, record.get("name"), record.get("version")) == (
                project,
                name,
                version,
            ):
                found.append(run)
                break
    return found


def _runs(root: str) -> Iterator[LineageRun]:
    for project in sorted(_listed(root)):
        for run_id in sorted(_listed(os.path.join(root, project))):
            if not run_id.startswith(("_", ".")):
                yield LineageRun(root, project, run_id)


def _artifact_records(folder: str) -> Iterator[dict[str, Any]]:
    from json import loads

    for name in _listed(folder):
        if not (name.startswith("run.") and name.endswith(".jsonl")):
            continue
        with open(os.path.join(folder, name), "rb") as file:
            for line in file:
                if f'"{ARTIFACT}"'.encode() in line:
                    try:
                        record = loads(line)
                    except ValueError:
                        continue
                    if isinstance(record, dict) and record.get("type") == ARTIFACT:
                        yield record


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []
