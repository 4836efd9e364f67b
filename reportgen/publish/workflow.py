"""The GitHub Actions workflow that builds a project's site and deploys it with the Pages actions."""

import json
import re
import shlex
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from reportgen.errors import PublishError

WORKFLOW_FILE = ".github/workflows/reportgen.yml"
TEMPLATE = Path(__file__).with_name("github_workflow.yml")
REPOSITORY_VARIABLE = "${{ vars.REPORTGEN }}"
"""Read on GitHub from the repository's variables: where the requirement goes when it is not known here."""


@dataclass(frozen=True, slots=True)
class Workflow:
    """What differs between projects.

    Attributes:
        folder: the project folder, relative to the repository.
        branch: a push to this branch publishes.
        requirement: what pip installs; empty leaves it to the repository's variable ``REPORTGEN``.
    """

    folder: PurePosixPath
    branch: str
    requirement: str


def workflow_text(workflow: Workflow) -> str:
    """The workflow as YAML. Every value is written as a JSON string, which YAML reads as it is."""
    path = workflow.folder.as_posix()
    fields = {
        "branch": workflow.branch,
        "requirement": workflow.requirement or REPOSITORY_VARIABLE,
        "build": "reportgen build" if path == "." else f"reportgen build {shlex.quote(path)}",
        "site": (workflow.folder / "site").as_posix(),
    }
    template = TEMPLATE.read_text(encoding="utf-8")
    return re.sub(r"@([a-z]+)@", lambda marker: json.dumps(fields[marker[1]], ensure_ascii=False), template)


def write_workflow(root: Path, workflow: Workflow, *, force: bool = False) -> Path:
    """Write the workflow into a repository and give back its path.

    Raises:
        PublishError: it is there already, and ``force`` was not asked for.
    """
    path = root / WORKFLOW_FILE
    if path.exists() and not force:
        raise PublishError("the workflow is there already", where=str(path), remedy="Replace it with --force.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(workflow_text(workflow), encoding="utf-8")
    return path
