"""Where a run comes from and what came of it: links between a run and its forks."""

from reportgen.document import Fact, Facts
from reportgen.model import Fork, Project, Run
from reportgen.numbers import format_number
from reportgen.pages.context import PageContext

MOST_FORKS = 50
NAME_CHARACTERS = 200


def fork_facts(project: Project, run: Run, context: PageContext) -> Facts | None:
    """The run that this one was forked from, and those that were forked from it; None when it stands alone."""
    facts = []
    if run.fork is not None:
        parent = next((other for other in project.runs if other.id == run.fork.run), None)
        name, uri = (parent.name, context.links.run(parent)) if parent else (run.fork.run[:NAME_CHARACTERS], "")
        gone = "" if parent else ", which is not in this project"
        facts.append(Fact("Forked from", f"{name} at step {_step(run.fork)}{gone}", uri=uri))
    forks = [(other, other.fork) for other in project.runs if other.fork is not None and other.fork.run == run.id]
    facts += [
        Fact(f"At step {_step(fork)}", other.name, uri=context.links.run(other)) for other, fork in forks[:MOST_FORKS]
    ]
    if len(forks) > MOST_FORKS:
        facts.append(Fact("", f"and {len(forks) - MOST_FORKS:,} more"))
    return Facts("Forks", tuple(facts)) if facts else None


def _step(fork: Fork) -> str:
    return format_number(fork.step, 15)
