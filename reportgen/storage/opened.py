"""The storage that somebody named."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from reportgen.storage.folder import Folder
from reportgen.storage.storage import Storage

URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:(:[a-zA-Z0-9+.-]+:)?//")
"""How a URL begins. A single letter is a drive of Windows."""


def is_url(location: str | Path) -> bool:
    """Whether a location is a URL and no path."""
    return isinstance(location, str) and URL.match(location) is not None


def storage_of(location: str | Path) -> Storage:
    """The storage at a path of this machine or at a URL that fsspec knows; ``file://`` is this machine too."""
    if not isinstance(location, str) or not is_url(location):
        return Folder(Path(location))
    if location.startswith(("file://", "local://")):
        return Folder(Path(unquote(urlsplit(location).path)))
    from reportgen.storage.url import UrlStorage

    return UrlStorage(location.rstrip("/"))


def cached_storage(url: str, folder: Path) -> Storage:
    """The storage at a URL, of which what was read stays in a folder of this machine."""
    from reportgen.storage.read_through import ReadThrough
    from reportgen.storage.url import UrlStorage

    return ReadThrough(UrlStorage(url), folder)
