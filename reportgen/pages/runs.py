"""The runs table of a project."""

from reportgen.document import Block, Link, Page, Section
from reportgen.model import Project
from reportgen.pages.context import PageContext
from reportgen.pages.first_steps import first_steps
from reportgen.tables import RunsTableOptions, runs_table


def runs_page(project: Project, context: PageContext) -> Page:
    """The page with the table of all runs, its state kept in the URL; newest first until the reader sorts it.

    ``facts`` holds ``table`` and ``records``, the Links to the same as CSV and as JSON; each None without runs.
    """
    blocks: tuple[Block, ...] = first_steps(project.name)
    if project.runs:
        options = RunsTableOptions(id="runs", every_column=True, sort=("-started",), url=True, link=context.links.run)
        blocks = (runs_table(project, project.runs, options),)
    return Page(
        uri=context.links.runs_table(project.name),
        template="runs.html",
        kind="runs",
        title="Runs",
        sections=(Section("runs", "Runs", blocks, len(project.runs)),),
        project=project.name,
        facts={
            "table": Link("runs.csv", context.links.runs_csv(project.name)) if project.runs else None,
            "records": Link("runs.json", context.links.runs_json(project.name)) if project.runs else None,
        },
        description=f"The {len(project.runs)} runs of {project.name} with their configuration and results",
    )
