"""The GitHub Actions workflow: read back as YAML, as GitHub would."""

import shlex
from pathlib import Path, PurePosixPath

import pytest
import yaml

from reportgen.errors import PublishError
from reportgen.publish import Workflow, workflow_text, write_workflow

WORKFLOW = Workflow(folder=PurePosixPath("study"), branch="main", requirement="git+https://example.org/reportgen@ab12")


def parsed(workflow: Workflow) -> dict:
    return yaml.safe_load(workflow_text(workflow))


def actions(job: dict) -> list[str]:
    return [step["uses"].split("@")[0] for step in job["steps"] if "uses" in step]


def test_it_builds_and_deploys_with_the_pages_actions() -> None:
    jobs = parsed(WORKFLOW)["jobs"]
    assert set(jobs) == {"build", "deploy"}
    assert actions(jobs["build"]) == [
        "actions/checkout",
        "actions/setup-python",
        "actions/configure-pages",
        "actions/upload-pages-artifact",
    ]
    assert actions(jobs["deploy"]) == ["actions/deploy-pages"]
    assert jobs["deploy"]["needs"] == "build"
    assert jobs["deploy"]["environment"]["url"] == "${{ steps.deployment.outputs.page_url }}"
    assert [step["id"] for step in jobs["deploy"]["steps"]] == ["deployment"]


def test_only_the_deployment_may_write_and_one_runs_at_a_time() -> None:
    workflow = parsed(WORKFLOW)
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert "permissions" not in workflow["jobs"]["build"]
    assert workflow["concurrency"] == {"group": "pages", "cancel-in-progress": False}


def test_it_runs_on_the_branch_and_by_hand() -> None:
    triggers = parsed(Workflow(PurePosixPath(), "trunk", ""))[True]  # YAML 1.1 reads the key `on` as true
    assert triggers == {"push": {"branches": ["trunk"]}, "workflow_dispatch": None}


@pytest.mark.parametrize(
    ("folder", "command", "site"),
    [
        (".", ["reportgen", "build"], "site"),
        ("study", ["reportgen", "build", "study"], "study/site"),
        ("my studies/été: 'a' \"b\" #1", ["reportgen", "build", "my studies/été: 'a' \"b\" #1"], None),
    ],
)
def test_the_build_step_runs_the_documented_command(folder: str, command: list[str], site: str | None) -> None:
    steps = parsed(Workflow(PurePosixPath(folder), "main", ""))["jobs"]["build"]["steps"]
    (build,) = [step for step in steps if step.get("name") == "Build the site"]
    (upload,) = [step for step in steps if "upload-pages-artifact" in step.get("uses", "")]
    assert shlex.split(build["run"]) == command
    assert upload["with"]["path"] == (site or f"{folder}/site")


def test_what_is_installed_is_the_requirement_or_a_variable_of_the_repository() -> None:
    def install(workflow: Workflow) -> dict:
        steps = parsed(workflow)["jobs"]["build"]["steps"]
        return next(step for step in steps if step.get("name") == "Install reportgen")

    assert install(WORKFLOW)["env"] == {"REPORTGEN": "git+https://example.org/reportgen@ab12"}
    assert install(Workflow(PurePosixPath(), "main", ""))["env"] == {"REPORTGEN": "${{ vars.REPORTGEN }}"}
    assert 'pip install "$REPORTGEN"' in install(WORKFLOW)["run"]


def test_a_workflow_that_is_there_is_replaced_only_when_asked(tmp_path: Path) -> None:
    path = write_workflow(tmp_path, WORKFLOW)
    assert path == tmp_path / ".github" / "workflows" / "reportgen.yml"
    path.write_text("mine")
    with pytest.raises(PublishError, match="there already") as caught:
        write_workflow(tmp_path, WORKFLOW)
    assert "--force" in caught.value.remedy
    assert path.read_text() == "mine"
    write_workflow(tmp_path, WORKFLOW, force=True)
    assert path.read_text() == workflow_text(WORKFLOW)
