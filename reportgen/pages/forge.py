"""Git remotes as they stand in run logs, made fit to show: credentials gone, web pages only of known forges."""

import re
from urllib.parse import quote

FORGES = {"github.com": "commit", "gitlab.com": "-/commit", "bitbucket.org": "commits", "codeberg.org": "commit"}
"""Host -> path between repository and commit on its web pages."""
COMPARISONS = {
    "github.com": "compare/{old}...{new}",
    "gitlab.com": "-/compare/{old}...{new}",
    "bitbucket.org": "branches/compare/{new}..{old}",
    "codeberg.org": "compare/{old}...{new}",
}
"""Host -> path between repository and the page that compares two commits."""

_HTTPS = re.compile(r"https?://(?:[^@/\s]*@)?(?P<host>[\w.-]+(?::\d+)?)/(?P<path>[\w./~+-]+?)(?:\.git)?/?")
_SSH = re.compile(r"(?:ssh://)?(?P<user>[\w.-]+)@(?P<host>[\w.-]+)(?::\d+/|[:/])(?P<path>[\w./~+-]+?)(?:\.git)?/?")
_COMMIT = re.compile(r"[0-9a-fA-F]{7,64}")


def clean_remote(remote: str) -> str:
    """The remote without user, password or token; empty when it is no address that git could clone."""
    remote = remote.strip()
    if match := _HTTPS.fullmatch(remote):
        scheme = remote.partition(":")[0]
        return f"{scheme}://{match['host']}/{match['path']}" + (".git" if remote.rstrip("/").endswith(".git") else "")
    return remote if _SSH.fullmatch(remote) and not remote.startswith("-") else ""


def clean_commit(commit: str) -> str:
    """The commit when it looks like one, else nothing."""
    return commit if _COMMIT.fullmatch(commit) else ""


def repository_page(remote: str) -> str:
    """The https address of the repository's web page at a known forge; empty otherwise."""
    match = _HTTPS.fullmatch(remote.strip()) or _SSH.fullmatch(remote.strip())
    if match is None or match["host"].lower() not in FORGES or ".." in match["path"]:
        return ""
    return f"https://{match['host'].lower()}/{quote(match['path'].strip('/'))}"


def commit_page(remote: str, commit: str) -> str:
    """The https address of a commit's web page at a known forge; empty otherwise."""
    page, commit = repository_page(remote), clean_commit(commit)
    return f"{page}/{FORGES[page.split('/')[2]]}/{commit}" if page and commit else ""


def comparison_address(remote: str) -> str:
    """The https address that compares two commits at a known forge, with ``{old}`` and ``{new}``; empty otherwise."""
    page = repository_page(remote)
    return f"{page}/{COMPARISONS[page.split('/')[2]]}" if page else ""
