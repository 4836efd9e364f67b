"""Where a site is read from: its folder, or its address. Only what lies below it is ever opened."""

import http.client
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urljoin, urlsplit

from reportgen.errors import ResultsError
from reportgen.site.run_files import contained

MEBIBYTE = 1024**2
LARGEST = 1024 * MEBIBYTE
"""Bytes of a file, unpacked, above which it is not read."""
BLOCK = MEBIBYTE
PORTS = {"http": 80, "https": 443}


class Place(Protocol):
    """A site that can be read."""

    def read(self, url: str) -> bytes:
        """A file by its url, relative to the folder that holds ``data/``.

        Raises:
            ResultsError: it cannot be read, is too large, or is no part of the site.
        """
        ...

    def where(self, url: str) -> str:
        """The path or address of a file, for people."""
        ...


@dataclass(frozen=True, slots=True)
class SiteFolder:
    """A site on disk."""

    folder: Path

    def read(self, url: str) -> bytes:
        """As `Place.read`."""
        path = contained(self.folder, unquote(inside(url)))
        try:
            if path is None:
                raise ResultsError("this file of the site is not there", where=self.where(url))
            if path.stat().st_size > LARGEST:
                raise ResultsError(_too_large(), where=self.where(url))
            return path.read_bytes()
        except OSError as error:
            raise ResultsError(f"this file cannot be read: {error.strerror}", where=self.where(url)) from error

    def where(self, url: str) -> str:
        """As `Place.where`."""
        return str(self.folder / unquote(url))


@dataclass(frozen=True, slots=True)
class SiteAddress:
    """A site on a web server. ``address`` ends in a slash; ``timeout`` is in seconds, for each answer."""

    address: str
    timeout: float = 30.0
    opener: urllib.request.OpenerDirector = field(init=False, repr=False)

    def __post_init__(self) -> None:
        opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(),
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
            _SameOrigin(),
        ):
            opener.add_handler(handler)
        object.__setattr__(self, "opener", opener)

    def read(self, url: str) -> bytes:
        """As `Place.read`."""
        address = urljoin(self.address, inside(url))
        headers = {"Accept-Encoding": "gzip", "User-Agent": "reportgen"}
        request = urllib.request.Request(address, headers=headers)  # noqa: S310 (no handler for anything but http)
        try:
            with self.opener.open(request, timeout=self.timeout) as answer:
                packed = answer.headers.get("Content-Encoding", "").casefold() == "gzip"
                return _unpacked(answer, address) if packed else _whole(answer, address)
        except urllib.error.HTTPError as error:
            error.close()
            raise ResultsError(f"the server answers {error.code} {error.reason}", where=address) from error
        except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
            reason = getattr(error, "reason", "") or error
            raise ResultsError(f"this cannot be read: {reason}", where=address) from error

    def where(self, url: str) -> str:
        """As `Place.where`."""
        return urljoin(self.address, url)


class _SameOrigin(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to where the site was said to be."""

    def redirect_request(  # noqa: PLR0913, PLR0917 (urllib's signature)
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """Refuse to leave the origin."""
        if _origin(newurl) not in (_origin(req.full_url), ("https", _origin(req.full_url)[1], 443)):
            remedy = "Load that address, if you trust it."
            raise ResultsError(f"the server leads on to {newurl}", where=req.full_url, remedy=remedy)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _origin(address: str) -> tuple[str, str, int]:
    parts = urlsplit(address)
    return parts.scheme, parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)


def inside(url: str) -> str:
    """The url, if it is relative and stays below the place that it starts from.

    Raises:
        ResultsError: it leads out of the site.
    """
    parts, path = urlsplit(url), unquote(unquote(url))
    outside = parts.scheme or parts.netloc or path.startswith("/") or "\\" in path or ".." in path.split("/")
    if outside or not parts.path or parts.query or parts.fragment:
        raise ResultsError("the site's index leads out of the site", where=url)
    return url


def _whole(answer: Any, address: str) -> bytes:
    content: bytes = answer.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ResultsError(_too_large(), where=address)
    return content


def _unpacked(answer: Any, address: str) -> bytes:
    """The answer without its compression, piece by piece, so that a small one cannot become endless."""
    unpacker, parts, size = zlib.decompressobj(wbits=31), list[bytes](), 0
    while block := unpacker.unconsumed_tail or answer.read(BLOCK):
        part = unpacker.decompress(block, BLOCK)
        size += len(part)
        parts.append(part)
        if size > LARGEST:
            raise ResultsError(_too_large(), where=address)
    if not unpacker.eof:
        raise ResultsError("the answer ends too early", where=address)
    return b"".join(parts)


def _too_large() -> str:
    return f"this file has more than {LARGEST // MEBIBYTE:,} MB, which is not read"
