"""What the page of a run says of other runs: its neighbours, its forks, and who else has its artifacts.

It is worked out for all runs of a project at once, so that a page can be made of one run and this, and is made again
only when one of the two has changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.document import ArtifactList, Facts, LineageGraph, Link, Listing
from reportgen.model import Project, Run, RunId
from reportgen.pages.artifacts import artifact_lists
from reportgen.pages.context import PageContext
from reportgen.pages.forks import changed_table, fork_facts
from reportgen.pages.lineage_graph import lineage_graph


@dataclass(frozen=True, slots=True)
class Around:
    """The surroundings of a run in its project.

    Attributes:
        number: its place, which gives it its colour.
        previous: the next older run.
        next: the next younger one.
        changed: in what its configuration differs from that of the run it was forked from; None for no fork.
        reports: those that cite it.
        forks: the run that it was forked from, and those that were forked from it; None when it stands alone.
        artifacts: what it logged and used, with the other runs that did.
        lineage: the way of artifacts to it and from it; None without any.
    """

    number: int
    previous: Link | None = None
    next: Link | None = None
    forks: Facts | None = None
    changed: Listing | None = None
    reports: tuple[Link, ...] = ()
    artifacts: tuple[ArtifactList, ...] = ()
    lineage: LineageGraph | None = None


def around_runs(project: Project, context: PageContext) -> Iterator[Around]:
    """The surroundings of each run of a project, in order."""
    by_id = {run.id: run for run in project.runs}
    forked: dict[RunId, list[Run]] = {}
    for run in project.runs:
        if run.fork is not None:
            forked.setdefault(run.fork.run, []).append(run)
    links = [Link(run.name, context.links.run(run)) for run in project.runs]
    for number, run in enumerate(project.runs):
        parent = by_id.get(run.fork.run) if run.fork is not None else None
        yield Around(
            number=number,
            previous=links[number - 1] if number else None,
            next=links[number + 1] if number + 1 < len(links) else None,
            forks=fork_facts(run, parent, forked.get(run.id, ()), context),
            changed=changed_table(run, parent) if parent is not None else None,
            reports=context.citations.get((run.project, run.id), ()),
            artifacts=artifact_lists(run, context) if run.artifact_records else (),
            lineage=lineage_graph(run, context) if run.artifact_records else None,
        )
