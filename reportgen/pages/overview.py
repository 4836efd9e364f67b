"""The overview of a run: facts about where and how it ran. The environment is hostile text in unknown shapes."""

import math
import shlex
from collections.abc import Mapping
from typing import Any

from reportgen import schema
from reportgen.document import Fact, Facts
from reportgen.model import Run
from reportgen.numbers import format_duration, format_time
from reportgen.pages.attempts import PREEMPTED, was_preempted
from reportgen.pages.forge import clean_commit, clean_remote, commit_page, repository_page
from reportgen.pages.machine import environment_text, known_facts, machine_facts

COMMIT_DIGITS = 10


def overview_facts(run: Run, requirements: str = "", saved: str = "") -> tuple[Facts, ...]:
    """What is known of the run, of the machine it ran on and of its code; a heading without facts is left out.

    ``requirements`` is the text of the run's list of installed packages, ``saved`` where that is in the site.
    """
    groups = (
        Facts("Run", _run_facts(run)),
        Facts("Machine", machine_facts(run)),
        Facts("Code", _code_facts(run, requirements, saved)),
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
        Fact("Entity", environment_text(run, "entity")),
        Fact("Group", run.group),
        Fact("Job type", run.job_type),
        Fact("Sweep", environment_text(run, "sweep_id")),
        Fact("Command", command_text(run), copy=True),
    ]
    return known_facts(facts)


def _code_facts(run: Run, requirements: str, saved: str) -> tuple[Fact, ...]:
    commit, remote = clean_commit(git_text(run, "commit")), git_text(run, "remote")
    facts = [
        Fact("Commit", _commit(run, commit), commit_page(remote, commit)),
        Fact("Branch", git_text(run, "branch")),
        Fact("Repository", clean_remote(remote), repository_page(remote)),
        Fact("Submodules", _submodules(run)),
        Fact("Program", environment_text(run, "program")),
        Fact("Packages", _packages(requirements), uri=saved),
    ]
    return known_facts(facts)


def _commit(run: Run, commit: str) -> str:
    """The commit in short, and what else there is to the code."""
    git = git_facts(run)
    unpushed = git.get("unpushed")
    words = [commit[:COMMIT_DIGITS]]
    if git.get("dirty") is True:
        words.append("uncommitted changes")
    if isinstance(unpushed, int) and unpushed > 0:
        words.append("1 commit not pushed" if unpushed == 1 else f"{unpushed} commits not pushed")
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if commit else ""


def _submodules(run: Run) -> str:
    """How many submodules there are, and how many of them are changed."""
    listed = git_facts(run).get("submodules")
    if not isinstance(listed, list) or not listed:
        return ""
    changed = sum(isinstance(each, Mapping) and each.get("dirty") is True for each in listed)
    return f"{len(listed)}, {changed} of them changed" if changed else str(len(listed))


def _packages(requirements: str) -> str:
    """How many packages were installed."""
    count = sum(bool(line.strip()) and not line.lstrip().startswith("#") for line in requirements.splitlines())
    return f"{count} installed, see {schema.REQUIREMENTS_FILE}" if count else ""
