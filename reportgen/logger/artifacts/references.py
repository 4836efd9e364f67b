"""References: what belongs to an artifact but stays where it is."""

from __future__ import annotations

import os
from collections.abc import Iterator

from reportgen.errors import UsageError
from reportgen.logger.artifacts.contents import files_below
from reportgen.logger.artifacts.manifest import FILE_SCHEME, ArtifactEntry, entry_path, file_of_uri
from reportgen.logger.artifacts.objects import hash_file
from reportgen.logger.redact.masking import masked_url

WHERE = "Artifact.add_reference"
MOST_OBJECTS = 10_000_000


def references(
    uri: str | ArtifactEntry,
    name: str | None,
    checksum: bool,  # noqa: FBT001
    max_objects: int | None,
) -> Iterator[ArtifactEntry]:
    """The entries of a reference: one, or one for each file of a local folder.

    Raises:
        UsageError: the URI is none, or leads to no file or to too many.
    """
    if isinstance(uri, ArtifactEntry):
        place = entry_path(name) if name else uri.path
        yield ArtifactEntry(place, uri.digest, uri.size, uri.ref, uri.local_path)
        return
    if "://" not in uri:
        raise UsageError(f"{uri!r} is no URI", where=WHERE, remedy="Write file:///data/x, s3://bucket/key or the like.")
    plain = uri.removeprefix(FILE_SCHEME)
    path = plain if plain != uri and os.path.exists(plain) else file_of_uri(uri)
    if not path:
        # Passwords in front of the host are no part of where something is.
        yield ArtifactEntry(entry_path(name or _last_part(uri)), masked_url(uri), None, masked_url(uri))
    elif os.path.isfile(path):
        yield _file(path, name or os.path.basename(path), checksum=checksum)
    elif os.path.isdir(path):
        for count, (file, place) in enumerate(files_below(path)):
            if count >= (max_objects or MOST_OBJECTS):
                what = f"{path} has more than {max_objects or MOST_OBJECTS} files"
                raise UsageError(what, where=WHERE, remedy="Pass a higher max_objects.")
            yield _file(file, f"{name}/{place}" if name else place, checksum=checksum)
    else:
        raise UsageError(f"there is no file {path}", where=WHERE)


def _file(path: str, name: str, *, checksum: bool) -> ArtifactEntry:
    full = os.path.abspath(path)
    uri = f"file://{_quoted(full)}"
    digest, size = hash_file(full) if checksum else (uri, os.path.getsize(full))
    return ArtifactEntry(entry_path(name), digest, size, uri, full)


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path)


def _last_part(uri: str) -> str:
    """``images`` of ``s3://bucket/images/?versionId=3``."""
    rest = uri.split("://", 1)[1].split("?", 1)[0].split("#", 1)[0]
    return rest.rstrip("/").rsplit("/", 1)[-1] or "reference"
