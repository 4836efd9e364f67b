"""``reportgen publish`` and ``reportgen new`` as typed at a terminal."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from reportgen.cli import main
from tests.publish.conftest import Repository


def reportgen(*arguments: str | Path) -> Result:
    """Run a command; a traceback would fail the test that asked for a message."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_publish_without_a_target_explains_the_choices() -> None:
    result = reportgen("publish")
    assert result.exit_code == 2
    assert "reportgen publish gh-pages" in result.output
    assert "reportgen new --github" in result.output


def test_publish_pushes_the_site_and_says_where(repository: Repository) -> None:
    result = reportgen("publish", "gh-pages", repository.folder, "--message", "Friday's runs")
    assert result.exit_code == 0, result.output
    assert repository.git("log", "--format=%s", "gh-pages", at=repository.bare) == "Friday's runs"
    assert repository.git("rev-parse", "--short=10", "gh-pages", at=repository.bare) in result.output
    again = reportgen("publish", "gh-pages", repository.folder)
    assert "nothing was pushed" in again.output


def test_the_site_may_be_elsewhere(repository: Repository, tmp_path: Path) -> None:
    moved = repository.site.rename(tmp_path / "public")
    assert reportgen("publish", "gh-pages", repository.folder, "--site-dir", moved).exit_code == 0
    assert "index.html" in repository.published()


def test_a_mistake_is_a_message_with_a_remedy(repository: Repository) -> None:
    (repository.site / "index.html").unlink()
    result = reportgen("publish", "gh-pages", repository.folder)
    assert result.exit_code == 2
    assert "no site here yet" in result.output
    assert "reportgen build" in result.output


def test_what_github_will_not_take_is_a_warning(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.publish.limits.FILE_LIMIT", 200)
    result = reportgen("publish", "gh-pages", repository.folder)
    assert result.exit_code == 0
    assert "warning: assets/picture.png has" in result.output


def test_publish_can_build_first(repository: Repository) -> None:
    run = repository.folder / "runs" / "digits" / "a1"
    run.mkdir(parents=True)
    (run / "metrics.jsonl").write_text('{"_step": 0, "loss": 0.5}\n{"_step": 1, "loss": 0.25}\n')
    result = reportgen("publish", "gh-pages", repository.folder, "--build")
    assert result.exit_code == 0, result.output
    published = repository.published()
    assert published == repository.site_files() | {".nojekyll": b""}
    assert "runs/a1/index.html" in published


def test_new_without_a_choice_says_what_there_is(repository: Repository) -> None:
    result = reportgen("new", repository.folder)
    assert result.exit_code == 2
    assert "--github" in result.output


def test_new_writes_a_workflow_into_the_repository_of_the_project(repository: Repository) -> None:
    study = repository.folder / "studies" / "digits"
    study.mkdir(parents=True)
    result = reportgen("new", "--github", study, "--install", "git+https://example.org/reportgen@v0.1.0")
    assert result.exit_code == 0, result.output
    path = repository.folder / ".github" / "workflows" / "reportgen.yml"
    workflow = yaml.safe_load(path.read_text())
    steps = workflow["jobs"]["build"]["steps"]
    assert workflow[True]["push"] == {"branches": ["main"]}  # YAML 1.1 reads the key `on` as true
    assert "reportgen build studies/digits" in [step.get("run") for step in steps]
    assert [step["with"]["path"] for step in steps if "upload" in step.get("uses", "")] == ["studies/digits/site"]
    assert [step["env"] for step in steps if "env" in step] == [
        {"REPORTGEN": "git+https://example.org/reportgen@v0.1.0"}
    ]
    assert str(path) in result.output


def test_new_overwrites_only_when_asked(repository: Repository) -> None:
    assert reportgen("new", "--github", repository.folder, "--branch", "trunk").exit_code == 0
    refused = reportgen("new", "--github", repository.folder)
    assert refused.exit_code == 2
    assert "--force" in refused.output
    path = repository.folder / ".github" / "workflows" / "reportgen.yml"
    assert yaml.safe_load(path.read_text())[True]["push"] == {"branches": ["trunk"]}
    assert reportgen("new", "--github", repository.folder, "--force").exit_code == 0
    assert yaml.safe_load(path.read_text())[True]["push"] == {"branches": ["main"]}


def test_new_says_when_github_has_to_be_told_what_to_install(repository: Repository) -> None:
    result = reportgen("new", "--github", repository.folder, "--install", "")
    assert result.exit_code == 0
    assert "variable REPORTGEN" in result.output


def test_new_works_before_there_is_a_repository(tmp_path: Path) -> None:
    assert reportgen("new", "--github", tmp_path).exit_code == 0
    assert (tmp_path / ".github" / "workflows" / "reportgen.yml").is_file()
