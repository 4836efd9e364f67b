"""Stage 7: takes a built site somewhere that others can read it.

Nothing here builds or changes a site, and nothing is sent anywhere but where the user names.
"""

from reportgen.publish.github_pages import PagesBranch, Published, check_site, publish_branch
from reportgen.publish.limits import pages_warnings
from reportgen.publish.requirement import installed_requirement
from reportgen.publish.workflow import Workflow, workflow_text, write_workflow

__all__ = [
    "PagesBranch",
    "Published",
    "Workflow",
    "check_site",
    "installed_requirement",
    "pages_warnings",
    "publish_branch",
    "workflow_text",
    "write_workflow",
]
