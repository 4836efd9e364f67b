"""The list of reports."""

from reportgen.document import Page, ReportCards, Section
from reportgen.pages.context import PageContext

NO_REPORTS = "No reports yet: a Markdown file in reports/ becomes one."


def reports_page(context: PageContext) -> Page:
    """The page that lists the site's reports, in the order given."""
    return Page(
        uri=context.links.reports(),
        template="reports.html",
        kind="reports",
        title="Reports",
        sections=(Section("reports", "Reports", (ReportCards(context.reports, NO_REPORTS),), len(context.reports)),),
        description="Reports on the runs of this site",
    )
