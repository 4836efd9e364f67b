"""Looking into the files of a run folder without ever leaving it: a run log may name any path."""

import hashlib
from pathlib import Path

HASH_LIMIT = 100 * 1024 * 1024
"""Bytes; larger files are listed without a digest."""


def contained(folder: Path, path: str) -> Path | None:
    """The regular file at ``path`` below ``folder``; None when it is missing or leads out of the folder."""
    if not path or "\0" in path:
        return None
    try:
        inside = folder.resolve()
        found = (inside / path).resolve()
        return found if found.is_relative_to(inside) and found.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None


def read_contained(folder: Path, path: str, limit: int) -> str | None:
    """The first ``limit`` bytes of a file of the run as text; None when there is no such file."""
    content = bytes_contained(folder, path, limit)
    return None if content is None else content.decode("utf-8", errors="replace")


def bytes_contained(folder: Path, path: str, limit: int) -> bytes | None:
    """The first ``limit`` bytes of a file of the run; None when there is no such file."""
    found = contained(folder, path)
    if found is None:
        return None
    try:
        with found.open("rb") as stream:
            return stream.read(limit)
    except OSError:
        return None


def sha256_contained(folder: Path, path: str) -> str:
    """SHA-256 of a file of the run in hex; empty when it is missing or too large to be worth it."""
    found = contained(folder, path)
    try:
        if found is None or found.stat().st_size > HASH_LIMIT:
            return ""
        with found.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
