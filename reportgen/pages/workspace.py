"""The workspace of a project: a page that the browser fills from the project's datasets."""

from reportgen.charts import ChartRequest, line_chart, main_metric
from reportgen.document import Block, Chart, Notice, Page, Section, Workbench
from reportgen.model import Project
from reportgen.pages.context import PageContext
from reportgen.pages.first_steps import first_steps

MOST_FIRST = 6
"""Panels of a workspace that are there without JavaScript."""


def workspace_page(project: Project, context: PageContext) -> Page:
    """The page with the run list and the panels of all metrics; without runs it says how to log one."""
    blocks: tuple[Block, ...] = first_steps(project.name)
    if project.runs:
        blocks = (Workbench(project.name, _first_panels(project) if context.images else ()),)
    if project.problems:
        blocks = (
            Notice("warning", "Parts of this project could not be read", tuple(map(str, project.problems))),
            *blocks,
        )
    return Page(
        uri=context.links.workspace(project.name),
        template="workspace.html",
        kind="workspace",
        title="Workspace",
        sections=(Section("workspace", "Workspace", blocks, len(project.runs)),),
        project=project.name,
        description=f"Charts over the {len(project.runs)} runs of {project.name}",
    )


def _first_panels(project: Project) -> tuple[Chart, ...]:
    """The main metric and those that stand beside it, one panel each."""
    main = main_metric(project.runs)
    others = sorted(
        {metric for run in project.runs for metric in run.series} - {main}, key=lambda name: name.rpartition("/")
    )
    metrics = [*([main] if main else []), *others][:MOST_FIRST]
    requests = (
        ChartRequest(project, project.runs, {"metric": metric}, f"first-{number}")
        for number, metric in enumerate(metrics)
    )
    return tuple(line_chart(request) for request in requests)
