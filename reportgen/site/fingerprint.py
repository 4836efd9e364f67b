"""Keys of what was made: hashes of all that went into it, so that what has the same key need not be made again."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

_BUILDER = ("charts", "document", "frames", "markdown", "pages", "reading", "site", "tables")
"""Rooms of the program whose code decides what a site looks like."""

_encode = msgspec.msgpack.Encoder(enc_hook=repr, order="deterministic").encode


def fingerprint(*parts: Any) -> str:
    """The hash of some values: plain ones, dataclasses and containers of them."""
    return hashlib.sha256(_encode(parts)).hexdigest()[:32]


@cache
def program_fingerprint(*folders: Path) -> str:
    """The hash of the code, templates and names of assets that make a site; a change of any makes everything anew.

    Args:
        folders: template folders.
    """
    templates = (path for folder in folders for path in folder.rglob("*") if path.suffix in (".html", ".yml", ".json"))
    return _hashed(_code_fingerprint(), sorted(templates))


@cache
def _code_fingerprint() -> str:
    package = Path(__file__).resolve().parent.parent
    code = (path for room in _BUILDER for path in (package / room).rglob("*.py"))
    return _hashed("", [*sorted(package.glob("*.py")), *sorted(code)])


def _hashed(before: str, paths: Iterable[Path]) -> str:
    digest = hashlib.sha256(before.encode())
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
