"""The workspace of a project: a page that the browser fills from the project's datasets."""

from reportgen.document import Block, Notice, Page, Section, Workbench
from reportgen.model import Project
from reportgen.pages.context import PageContext
from reportgen.pages.first_steps import first_steps


def workspace_page(project: Project, context: PageContext) -> Page:
    """The page with the run list and the panels of all metrics; without runs it says how to log one."""
    blocks: tuple[Block, ...] = (Workbench(project.name),) if project.runs else first_steps(project.name)
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
