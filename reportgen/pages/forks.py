"""Where a run comes from and what came of it: links between a run and its forks."""

from collections.abc import Sequence

from reportgen.document import Cell, Column, Fact, Facts, Listing
from reportgen.model import Fork, Run
from reportgen.numbers import format_number
from reportgen.pages.compare import compare_uri
from reportgen.pages.context import PageContext
from reportgen.tables import flat_rows

MOST_FORKS = 50
MOST_CHANGES = 200
NAME_CHARACTERS = 200


def fork_facts(run: Run, parent: Run | None, forks: Sequence[Run], context: PageContext) -> Facts | None:
    """The run that this one was forked from, and those that were forked from it; None when it stands alone.

    Args:
        run: the run.
        parent: what it was forked from, if that is in the project.
        forks: the runs that were forked from it.
        context: where they are.
    """
    facts = []
    if run.fork is not None:
        name, uri = (parent.name, context.links.run(parent)) if parent else (run.fork.run[:NAME_CHARACTERS], "")
        gone = "" if parent else ", which is not in this project"
        facts.append(Fact("Forked from", f"{name} at step {_step(run.fork)}{gone}", uri=uri))
        if parent:
            facts.append(Fact("Compare", f"{name} and this run", uri=compare_uri((parent, run), context)))
    facts += [
        Fact(f"At step {_step(other.fork)}", other.name, uri=context.links.run(other))
        for other in forks[:MOST_FORKS]
        if other.fork is not None
    ]
    if len(forks) > MOST_FORKS:
        facts.append(Fact("", f"and {len(forks) - MOST_FORKS:,} more"))
    return Facts("Forks", tuple(facts)) if facts else None


def changed_table(run: Run, parent: Run) -> Listing | None:
    """The keys of the configuration that a fork and its parent do not have in common; None if there are none."""
    own, before = ({key: (short, full) for key, short, full in flat_rows(one.config)} for one in (run, parent))
    keys = [key for key in {**before, **own} if own.get(key) != before.get(key)]
    rows = tuple(
        (Cell(key, key), *(Cell(*side[key]) if key in side else Cell("—") for side in (own, before)))
        for key in keys[:MOST_CHANGES]
    )
    columns = tuple(Column(key, label, "", "string") for key, label in (("key", "Config"), ("own", "This run")))
    note = f"The first {MOST_CHANGES} of {len(keys):,} are listed." if len(keys) > MOST_CHANGES else ""
    before_name = Column("parent", parent.name[:NAME_CHARACTERS], "", "string")
    return Listing("changed", "Changed in this fork", (*columns, before_name), rows, note) if rows else None


def _step(fork: Fork) -> str:
    return format_number(fork.step, 15)
