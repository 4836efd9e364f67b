"""Installed packages, read from the names of their metadata folders: no import, no parsing, a few milliseconds."""

from __future__ import annotations

import os
from collections.abc import Iterable


def requirements(search_path: Iterable[str]) -> str:
    """Lines ``name==version`` of everything installed on a search path, sorted; the first of two versions counts."""
    found: dict[str, str] = {}
    for folder in search_path:
        for name, version in _installed(folder):
            found.setdefault(name, version)
    return "".join(f"{name}=={found[name]}\n" for name in sorted(found))


def _installed(folder: str) -> Iterable[tuple[str, str]]:
    try:
        entries = os.listdir(folder or ".")
    except OSError:
        return
    for entry in entries:
        stem, ending = os.path.splitext(entry)
        if ending not in (".dist-info", ".egg-info"):
            continue
        name, _, version = stem.partition("-")
        version = version.partition("-py")[0]
        if name and version:
            yield name.replace("_", "-").lower(), version
