"""Files in a bucket, or wherever else fsspec reaches. The environment says who we are, as fsspec reads it."""

import errno
import mimetypes
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from reportgen.errors import InstallationError, StorageError

EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gcs", "gcs": "gcs"}
"""Scheme -> the extra of this package that brings its library."""
MD5 = re.compile(r'"?([0-9a-f]{32})"?')
VERSIONS = ("ETag", "etag", "generation", "md5Hash", "checksum", "mtime", "LastModified", "updated", "created")
"""What stores call that which differs between two states of a file."""
TIMES = ("LastModified", "last_modified", "updated", "mtime", "created")
HASHED = re.compile(r"\.[0-9a-f]{8,}\.\w+$")
"""The end of a name that holds a hash of the content."""
FOREVER, ASK_AGAIN = "public, max-age=31536000, immutable", "no-cache"
TEXT = ("text/", "application/json", "image/svg+xml")
KINDS = {
    "avif": "image/avif",
    "js": "text/javascript",
    "jsonl": "application/x-ndjson",
    "md": "text/markdown",
    "mjs": "text/javascript",
    "parquet": "application/vnd.apache.parquet",
    "webp": "image/webp",
    "woff2": "font/woff2",
}
"""What not every version of Python knows, or not as that."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as a store lists it.

    Attributes:
        name: relative, with slashes.
        size: in bytes.
        version: differs between two states of the file; empty if the store says nothing of the kind.
        modified: seconds since the epoch of the last change; 0 if unknown.
        md5: hexadecimal, of the content; empty if the store does not list it.
    """

    name: str
    size: int
    version: str = ""
    modified: int = 0
    md5: str = ""


@dataclass(frozen=True, slots=True)
class UrlStorage:
    """A `Storage` at a URL.

    Attributes:
        url: without a slash at its end.
    """

    url: str

    def read(self, name: str) -> bytes:
        """As `Storage.read`."""
        return self.read_from(name, 0)

    def read_from(self, name: str, start: int) -> bytes:
        """The content of a file from a place on."""
        with self._opened(name) as (store, path):
            found: bytes = store.cat_file(path, start=start) if start else store.cat_file(path)
            return found

    def write(self, name: str, data: bytes) -> None:
        """As `Storage.write`: stores put an object whole or not at all."""
        with self._opened(name) as (store, path):
            store.pipe_file(path, data, **_headers(store, name))

    def place(self, source: Path, name: str) -> int:
        """As `Storage.place`."""
        size = source.stat().st_size
        with self._opened(name) as (store, path):
            store.put_file(str(source), path, **_headers(store, name))
        return size

    def fetch(self, name: str, target: Path) -> None:
        """Copy a file to this machine."""
        with self._opened(name) as (store, path):
            store.get_file(path, str(target))

    def delete(self, name: str) -> None:
        """As `Storage.delete`."""
        self.delete_all((name,))

    def delete_all(self, names: Sequence[str]) -> None:
        """Delete files, many with each request where the store can."""
        if not names:
            return
        with self._opened("") as (store, path):
            try:
                store.rm([f"{path}/{name}" for name in names])
            except FileNotFoundError:
                for name in names if len(names) > 1 else ():
                    self.delete(name)

    def sizes(self, folder: str = "") -> Iterator[tuple[str, int]]:
        """As `Storage.sizes`."""
        for file in self.files(folder):
            yield file.name, file.size

    def files(self, folder: str = "") -> Iterator[StoredFile]:
        """Every file below a folder, as the store lists it."""
        with self._opened("") as (store, path):
            try:
                found: Mapping[str, Mapping[str, Any]] = store.find(f"{path}/{folder}" if folder else path, detail=True)
            except FileNotFoundError:
                return
        for place, info in sorted(found.items()):
            name = place.removeprefix(path).removeprefix("/")
            if info.get("type") == "file" and name and not name.endswith("/"):
                yield _stored_file(name, info)

    def file(self, name: str) -> StoredFile:
        """A file as the store lists it."""
        with self._opened(name) as (store, path):
            return _stored_file(name, store.info(path))

    @contextmanager
    def _opened(self, name: str) -> Iterator[tuple[Any, str]]:
        """The store of fsspec, which keeps one for each process and place, and the path of a file there."""
        where = f"{self.url}/{name}" if name else self.url
        with _in_words(where):
            store, root = _store(self.url)
            yield store, f"{root}/{name}" if name else root


def _store(url: str) -> tuple[Any, str]:
    scheme = url.partition("://")[0]
    try:
        import fsspec

        # Listings are never kept: what another process wrote a moment ago is there.
        store, path = fsspec.core.url_to_fs(url, use_listings_cache=False)
    except ImportError as error:
        remedy = f"pip install 'reportgen[{EXTRAS.get(scheme, 's3')}]'"
        if scheme not in EXTRAS and "fsspec" not in str(error):
            remedy = f"pip install what fsspec needs for {scheme}:// ({error})"
        raise InstallationError(
            "the package for this kind of place is not installed", where=url, remedy=remedy
        ) from error
    except ValueError as error:
        remedy = "Use a URL that fsspec knows, such as s3://bucket/folder or gs://bucket/folder."
        raise StorageError(f"not a place for files: {error}", where=url, remedy=remedy) from error
    return store, str(path).rstrip("/")


@contextmanager
def _in_words(where: str) -> Iterator[None]:
    """Whatever a store raises as an OSError that says where: each has errors of its own."""
    try:
        yield
    except (InstallationError, StorageError):
        raise
    except OSError as error:
        kinds = ((FileNotFoundError, errno.ENOENT), (PermissionError, errno.EACCES), (OSError, errno.EIO))
        number = error.errno or next(number for kind, number in kinds if isinstance(error, kind))
        raise OSError(number, f"{error.strerror or error or type(error).__name__}", where) from error
    except Exception as error:
        if type(error).__module__ == "builtins":  # a bug
            raise
        raise OSError(errno.EIO, str(error) or type(error).__name__, where) from error


def _headers(store: Any, name: str) -> dict[str, Any]:
    """What a web server tells a browser of a file, as far as the store keeps that."""
    kind, age = content_type(name), FOREVER if HASHED.search(name) else ASK_AGAIN
    protocols = (store.protocol,) if isinstance(store.protocol, str) else tuple(store.protocol)
    if "s3" in protocols:
        return {"ContentType": kind, "CacheControl": age}
    if "gs" in protocols:
        return {"content_type": kind, "fixed_key_metadata": {"cache_control": age}}
    return {}


def content_type(name: str) -> str:
    """The media type of a file by its name, which does not depend on the machine."""
    known = KINDS.get(name.rpartition(".")[2].lower())
    kind = known or mimetypes.MimeTypes().guess_type(name.rpartition("/")[2])[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith(TEXT) else kind


def _stored_file(name: str, info: Mapping[str, Any]) -> StoredFile:
    version = next((f"{key} {info[key]}" for key in VERSIONS if info.get(key)), "")
    modified = next((seconds for key in TIMES if (seconds := _seconds(info.get(key)))), 0)
    return StoredFile(name, int(info.get("size") or 0), version, modified, _md5(info))


def _seconds(value: Any) -> int:
    try:
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        return int(value.timestamp()) if isinstance(value, datetime) else int(value or 0)
    except ValueError:
        return 0


def _md5(info: Mapping[str, Any]) -> str:
    """The MD5 that a store lists. The ETag of S3 is one, unless the object was put in parts or encrypted."""
    if encoded := info.get("md5Hash"):
        return b64decode(encoded).hex()
    found = MD5.fullmatch(str(info.get("ETag") or ""))
    return found.group(1) if found else ""
