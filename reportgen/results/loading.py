"""Where results are, told from what was given."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from reportgen.errors import ResultsError
from reportgen.results.logs import runs_of_logs
from reportgen.results.places import SiteAddress, SiteFolder
from reportgen.results.results import Results
from reportgen.results.site import runs_of_site
from reportgen.site.open_data import INDEX

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")


def load(source: str | os.PathLike[str] = ".", *, timeout: float = 30.0) -> Results:
    """The runs of a project, from their logs or from a site.

    Args:
        source: a project folder, a folder of runs, the folder of one run, the folder of a built site, or the address
            of a published one (http or https).
        timeout: seconds to wait for each answer of a server.

    Raises:
        ResultsError: there is nothing of this kind there, or it cannot be read.
    """
    scheme = SCHEME.match(source) if isinstance(source, str) else None
    if scheme and scheme[1].casefold() in ("http", "https"):
        return Results(runs_of_site(SiteAddress(_site_address(str(source)), timeout)))
    if scheme:
        remedy = "Give a folder, or an address that begins with https://."
        raise ResultsError(f"{scheme[1]} addresses cannot be loaded", where=str(source), remedy=remedy)
    folder = Path(source)
    if not folder.is_dir():
        raise ResultsError("there is no such folder", where=str(source))
    if (folder / INDEX).is_file() or (folder / "data" / "manifest.js").is_file():
        return Results(runs_of_site(SiteFolder(folder.resolve())))
    return Results(runs_of_logs(folder))


def _site_address(address: str) -> str:
    """The address of the folder that a site is in, from that of its first page or its index."""
    parts = urlsplit(address)
    path = parts.path.removesuffix(INDEX)
    if path.rpartition("/")[2].endswith((".html", ".txt")):
        path = path[: path.rindex("/") + 1]
    return urlunsplit((parts.scheme, parts.netloc, path.rstrip("/") + "/", "", ""))
