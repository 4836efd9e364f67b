"""What pip has to be told, on another machine, to install this very reportgen."""

import json
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path
from urllib.parse import unquote, urlsplit

from reportgen.publish.git import answer


def installed_requirement(distribution: Distribution | None = None) -> str:
    """Where the installed reportgen came from, as a requirement; empty when no other machine could get it there.

    An installation from a repository is named with its commit (PEP 610), one from a checkout with the commit and the
    public address of that checkout's ``origin``. One that came from a package index is not named: on PyPI the name
    ``reportgen`` belongs to another project.
    """
    try:
        distribution = distribution or Distribution.from_name("reportgen")
    except PackageNotFoundError:  # imported from a folder that was never installed
        return ""
    recorded = distribution.read_text("direct_url.json")
    if not recorded:
        return ""
    origin = json.loads(recorded)
    url = str(origin.get("url", ""))
    if version_control := origin.get("vcs_info"):
        return f"{version_control['vcs']}+{url}@{version_control['commit_id']}"
    if urlsplit(url).scheme != "file":
        return url
    return _checkout_requirement(unquote(urlsplit(url).path)) if "dir_info" in origin else ""


def _checkout_requirement(folder: str) -> str:
    if not Path(folder).is_dir():
        return ""
    address = urlsplit(answer(Path(folder), "remote", "get-url", "origin"))
    commit = answer(Path(folder), "rev-parse", "HEAD")
    if address.scheme not in {"http", "https"} or not address.hostname or not commit:
        return ""
    # Without the name and password that an address may carry.
    return f"git+{address.scheme}://{address.hostname}{address.path}@{commit}"
