"""Stage 5: pages. Pure functions from the model to `document.Page`; one module for each kind of page.

- ``home_page(context, *, project=None, title="", prose="") -> Page``: the site's home (``project=None``; shows the
  project itself when there is only one), or the home of one of several projects. ``prose`` is the HTML of ``index.md``
  where the caller does not show it itself.
- ``workspace_page(project, context) -> Page``
- ``runs_page(project, context) -> Page``
- ``compare_page(project, compared, context) -> Page``, with where what is compared of each run is
- ``compared_run(run, context) -> ComparedRun``: that
- ``run_page(run, around, context) -> Page``, with what `around_runs` gives for it
- ``reports_page(context) -> Page``
- ``media_beside_others(run, links, published, url)``: what the workspace shows of the media of a run

``find_citations(workspace, reports)`` finds which reports cite which runs, for ``PageContext.citations``.

``PageContext(links, workspace, reports=(), published=…, read_text=…, sha256=…)`` holds the rest: ``links`` is
`site.links.Links`, ``reports`` the cards in the order to show them, ``published(run, path)`` says whether a file below
the run's ``files/`` is copied into the site (default: yes), the last two read files of a run folder without ever
leaving it.
"""

from reportgen.pages.around import Around, around_runs
from reportgen.pages.citations import find_citations
from reportgen.pages.compare import compare_page
from reportgen.pages.compared_run import ComparedRun, compared_run
from reportgen.pages.context import Links, PageContext
from reportgen.pages.home import home_page
from reportgen.pages.media.beside_others import HISTOGRAM, media_beside_others
from reportgen.pages.reports import reports_page
from reportgen.pages.run import run_page
from reportgen.pages.runs import runs_page
from reportgen.pages.workspace import workspace_page

__all__ = [
    "HISTOGRAM",
    "Around",
    "ComparedRun",
    "Links",
    "PageContext",
    "around_runs",
    "compare_page",
    "compared_run",
    "find_citations",
    "home_page",
    "media_beside_others",
    "reports_page",
    "run_page",
    "runs_page",
    "workspace_page",
]
