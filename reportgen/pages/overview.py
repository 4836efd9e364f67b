"""The overview of a run: facts about where and how it ran. The environment is hostile text in unknown shapes."""

import math
import shlex
from collections.abc import Mapping
from typing import Any

from reportgen import schema
from reportgen.document import Fact, Facts
from reportgen.model import Run
from reportgen.numbers import format_duration, format_size, format_time, short_text
from reportgen.pages.attempts import PREEMPTED, was_preempted
from reportgen.pages.forge import clean_commit, clean_remote, commit_page, repository_page

COMMIT_DIGITS = 10


def overview_facts(run: Run, requirements: str = "") -> tuple[Facts, ...]:
    """What is known of the run, of the machine it ran on and of its code; a heading without facts is left out.

    ``requirements`` is the text of the run's list of installed packages.
    """
    groups = (
        Facts("Run", _run_facts(run)),
        Facts("Machine", _machine_facts(run)),
        Facts("Code", _code_facts(run, requirements)),
    )
    return tuple(group for group in groups if group.facts)


def command_text(run: Run) -> str:
    """The command as one would type it; empty when it was not logged."""
    command = run.environment.get("command")
    if isinstance(command, list | tuple):
        return shlex.join(str(word) for word in command)
    return command if isinstance(command, str) else ""


def git_facts(run: Run) -> Mapping[str, Any]:
    """The git part of the environment; empty when there is none."""
    git = run.environment.get("git")
    return git if isinstance(git, Mapping) else {}


def git_text(run: Run, key: str) -> str:
    """One text of the git part of the environment; empty when it is missing or no text."""
    value = git_facts(run).get(key)
    return value if isinstance(value, str) else ""


def _run_facts(run: Run) -> tuple[Fact, ...]:
    state = run.state if run.exit_code in (None, 0) else f"{run.state} (exit code {run.exit_code})"
    state = f"{state} ({PREEMPTED})" if was_preempted(run) else state
    started = f"{format_time(run.started)} UTC" if math.isfinite(run.started) else ""
    facts = [
        Fact("State", state),
        Fact("Started", started),
        Fact("Duration", format_duration(run.duration)),
        Fact("Rows", str(run.rows)),
        Fact("Id", run.id, copy=True),
        Fact("Entity", _text(run, "entity")),
        Fact("Group", run.group),
        Fact("Job type", run.job_type),
        Fact("Sweep", _text(run, "sweep_id")),
        Fact("Command", command_text(run), copy=True),
    ]
    return _known(facts)


def _machine_facts(run: Run) -> tuple[Fact, ...]:
    facts = [
        Fact("Host", _text(run, "host")),
        Fact("Python", _text(run, "python")),
        Fact("OS", _text(run, "os", "platform")),
        Fact("CPU", _cpu(run)),
        Fact("Memory", _memory(run)),
        Fact("GPU", _gpu(run)),
    ]
    return _known(facts)


def _code_facts(run: Run, requirements: str) -> tuple[Fact, ...]:
    commit, remote = clean_commit(git_text(run, "commit")), git_text(run, "remote")
    short = commit[:COMMIT_DIGITS] + (" and uncommitted changes" if git_facts(run).get("dirty") is True else "")
    facts = [
        Fact("Commit", short if commit else "", commit_page(remote, commit)),
        Fact("Branch", git_text(run, "branch")),
        Fact("Repository", clean_remote(remote), repository_page(remote)),
        Fact("Program", _text(run, "program")),
        Fact("Packages", _packages(requirements)),
    ]
    return _known(facts)


def _known(facts: list[Fact]) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.value)


def _text(run: Run, *keys: str) -> str:
    """The first of these keys of the environment that holds text or a number."""
    for key in keys:
        value = run.environment.get(key)
        if isinstance(value, str | int | float) and value != "":
            return short_text(value)
    return ""


def _cpu(run: Run) -> str:
    value = run.environment.get("cpu")
    if isinstance(value, Mapping):
        parts = (value.get("name"), value.get("count") or value.get("cores"))
    else:
        parts = (value, run.environment.get("cpu_count"))
    name = parts[0] if isinstance(parts[0], str) else ""
    count = parts[1] if isinstance(parts[1], int) else parts[0] if isinstance(parts[0], int) else None
    cores = f"{count} cores" if count else ""
    return ", ".join(part for part in (name, cores) if part)


def _memory(run: Run) -> str:
    value = run.environment.get("memory")
    if isinstance(value, Mapping):
        value = value.get("total")
    return (
        format_size(value) if isinstance(value, int | float) and not isinstance(value, bool) else _text(run, "memory")
    )


def _gpu(run: Run) -> str:
    value = run.environment.get("gpu") or run.environment.get("gpus")
    devices = value if isinstance(value, list) else [value]
    names = [device.get("name") if isinstance(device, Mapping) else device for device in devices]
    known = [name for name in names if isinstance(name, str) and name]
    counted = {name: known.count(name) for name in known}
    return ", ".join(name if count == 1 else f"{count} {name}" for name, count in counted.items())


def _packages(requirements: str) -> str:
    """How many packages were installed."""
    count = sum(bool(line.strip()) and not line.lstrip().startswith("#") for line in requirements.splitlines())
    return f"{count} installed, see {schema.REQUIREMENTS_FILE}" if count else ""
