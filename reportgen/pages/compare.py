"""Runs side by side: a page that the browser fills with those that its address names."""

from collections.abc import Sequence

from reportgen.document import Block, Comparison, Dataset, Link, Page, Section
from reportgen.model import Project, Run
from reportgen.pages.context import PageContext
from reportgen.pages.first_steps import first_steps


def compare_page(project: Project, compared: Sequence[str], context: PageContext) -> Page:
    """The page that compares runs of a project.

    Args:
        project: the runs.
        compared: for each run in order, where what is compared of it is: relative to the folder that holds ``data/``.
        context: where pages and datasets are.
    """
    links = context.links
    data = Dataset(links.key(project.name, "compare"), {"urls": list(compared)})
    blocks: tuple[Block, ...] = first_steps(project.name)
    if project.runs:
        blocks = (Comparison(project.name, data, Link("table of runs", links.runs_table(project.name))),)
    return Page(
        uri=links.compare(project.name),
        template="compare.html",
        kind="compare",
        title="Compare",
        sections=(Section("compare", "Compare", blocks),),
        project=project.name,
        description=f"Runs of {project.name} side by side: values, metrics, media and code",
    )


def compare_uri(runs: Sequence[Run], context: PageContext) -> str:
    """The uri of the page that compares these runs, the first being the baseline: see compare/address.ts."""
    ids = (run.id.replace("%", "%25").replace(",", "%2C") for run in runs)
    return f"{context.links.compare(runs[0].project)}#runs={','.join(ids)}"
