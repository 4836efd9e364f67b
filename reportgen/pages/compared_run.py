"""What the page that compares runs needs of one run besides the runs table. All of it is hostile text."""

from dataclasses import dataclass
from typing import Any

from reportgen import schema
from reportgen.model import Run
from reportgen.pages.context import PageContext
from reportgen.pages.forge import clean_commit, clean_remote, commit_page, comparison_address
from reportgen.pages.overview import command_text, git_facts, git_text, overview_facts
from reportgen.pages.recipe import left_out_notes
from reportgen.tables import variables_table

PATCH_BYTES = 1_000_000
"""A longer patch is compared as far as this."""
REQUIREMENTS_BYTES = 1_000_000
IN_THE_TABLE = frozenset(("State", "Started", "Duration", "Rows", "Group", "Job type"))
"""Facts that the runs table has, exactly."""


@dataclass(frozen=True, slots=True)
class ComparedRun:
    """What is compared of a run.

    Attributes:
        values: the fields of a ``ComparedRun`` of compare/payloads.ts that stand in the run's own dataset.
        patch: its uncommitted changes; the same text is one dataset for all runs that have it.
        packages: name -> version of what was installed; likewise.
    """

    values: dict[str, Any]
    patch: str
    packages: dict[str, str]


def compared_run(run: Run, context: PageContext) -> ComparedRun:
    """Everything about a run that is compared."""
    requirements = context.saved_text(run, schema.REQUIREMENTS_FILE, REQUIREMENTS_BYTES)
    patch = context.saved_text(run, schema.PATCH_FILE, PATCH_BYTES)
    values = {
        "facts": _facts(run),
        "command": _command(run),
        "code": _code(run),
        "cut": len(patch.encode("utf-8", "replace")) >= PATCH_BYTES,
        "metrics": list(run.series),
        "system": list(run.system),
    }
    return ComparedRun(values, patch, packages_of(requirements))


def packages_of(requirements: str) -> dict[str, str]:
    """Name -> version, or where it was installed from, of the lines of a requirements file."""
    found: dict[str, str] = {}
    for line in requirements.splitlines():
        text = line.strip()
        if text.startswith("# conda: "):
            name, _, version = text.removeprefix("# conda: ").partition("=")
            found.setdefault(f"{name} (conda)", version)
        elif text and not text.startswith("#"):
            requirement, _, origin = text.partition("  # ")
            name, _, version = requirement.partition("==" if "==" in requirement.partition(" @ ")[0] else " @ ")
            found.setdefault(name.strip(), f"{version.strip()} ({origin})" if origin else version.strip())
    return found


def _facts(run: Run) -> list[tuple[str, str, str]]:
    """(heading, label, value) of the machine, the code and the environment variables."""
    groups = overview_facts(run)
    facts = [(group.title, fact.label, fact.value) for group in groups for fact in group.facts]
    kept = [fact for fact in facts if not (fact[0] == "Run" and fact[1] in IN_THE_TABLE)]
    return [*kept, *(("Variables", key, full) for key, _short, full in variables_table(run).rows)]


def _command(run: Run) -> list[str]:
    command = run.environment.get("command")
    if isinstance(command, list | tuple):
        return [str(word) for word in command]
    return command_text(run).split()


def _code(run: Run) -> dict[str, Any]:
    """What is known of the code: its commit, where the forge shows it, and whether there was more than that."""
    git, commit, remote = git_facts(run), clean_commit(git_text(run, "commit")), git_text(run, "remote")
    dirty = git.get("dirty")
    return {
        "commit": commit,
        "page": commit_page(remote, commit),
        "repository": clean_remote(remote),
        "compare": comparison_address(remote),
        "dirty": dirty if isinstance(dirty, bool) else None,
        "leftOut": list(left_out_notes(git)),
    }
