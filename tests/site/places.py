"""Where a test writes datasets: a site folder and a cache of its own."""

from reportgen.executors import Inline
from reportgen.site.curves import DataPlace
from reportgen.site.data_files import DataFiles
from reportgen.site.ledger import Ledger
from reportgen.site.links import workspace_links
from reportgen.site.site_files import SiteFiles
from reportgen.storage import Folder


def data_place(folder, workspace, workers=None):
    """For the first project of a workspace: the site goes to ``site/`` and what is known of it to ``cache/``."""
    runs = workspace.projects[0].runs
    ledger = Ledger.opened(Folder(folder / "cache"), "sites/x/digits", runs)
    return DataPlace(
        workspace_links(workspace), DataFiles(SiteFiles(Folder(folder / "site"))), ledger, workers or Inline(), 10**6
    )
