"""Installed packages, read from their metadata folders: no import, next to no parsing, a few milliseconds."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable

from reportgen.logger.capture.redact import masked_url

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HEAD_BYTES = 4096
"""Of a metadata file: name and version stand at its beginning."""


def requirements(search_path: Iterable[str], prefix: str = "") -> str:
    """A requirements file of everything installed on a search path, sorted; the first of two versions counts.

    Lines are ``name==version``, or ``name @ git+address@commit`` for what was installed from a repository. Packages of
    conda, which need not be Python's, stand behind in comments.

    Args:
        search_path: folders, as in ``sys.path``.
        prefix: a conda environment, as ``sys.prefix`` may be one.
    """
    found: dict[str, str] = {}
    for folder in search_path:
        for name, line in _installed(folder or "."):
            found.setdefault(name, line)
    lines = [found[name] for name in sorted(found)]
    return "".join(f"{line}\n" for line in (*lines, *_conda_packages(os.path.join(prefix, "conda-meta"))))


def _conda_packages(folder: str) -> list[str]:
    try:
        files = sorted(name for name in os.listdir(folder) if name.endswith(".json"))
    except OSError:
        return []
    return [f"# conda: {'='.join(name.removesuffix('.json').rsplit('-', 2))}" for name in files]


def _installed(folder: str) -> Iterable[tuple[str, str]]:
    try:
        entries = os.listdir(folder)
    except OSError:
        return
    for entry in entries:
        stem, ending = os.path.splitext(entry)
        if ending not in (".dist-info", ".egg-info"):
            continue
        name, _, version = stem.partition("-")
        version = version.partition("-py")[0]
        place = os.path.join(folder, entry)
        if not name or not version or "-" in version:  # an old build, or an egg-info of a checkout: it stands inside
            name, version = _name_and_version(place)
        if name and version:
            plain = normalized(name)
            yield plain, _line(plain, version, place)


def normalized(name: str) -> str:
    """The name as an index spells it."""
    return "-".join(filter(None, name.lower().replace("_", "-").replace(".", "-").split("-")))


def _name_and_version(place: str) -> tuple[str, str]:
    """Both from the metadata themselves; empty when they do not say."""
    fields = {"name": "", "version": ""}
    for name in ("METADATA", "PKG-INFO", ""):
        head = _head(os.path.join(place, name) if name else place)
        for line in head.split("\n\n")[0].splitlines():
            key, _, value = line.partition(":")
            if fields.get(key.lower()) == "":
                fields[key.lower()] = value.strip()
    return fields["name"], fields["version"]


def _head(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read(HEAD_BYTES)
    except OSError:
        return ""


def _line(name: str, version: str, place: str) -> str:
    """The requirement of a package; PEP 610 has written down where it came from if that was no index."""
    plain = f"{name}=={version}"
    try:
        with open(os.path.join(place, "direct_url.json"), "rb") as file:
            return _with_origin(name, plain, json.loads(file.read()))
    except (OSError, ValueError, TypeError, AttributeError, LookupError):
        return plain


def _with_origin(name: str, plain: str, origin: dict[str, Any]) -> str:
    address = "".join(masked_url(str(origin["url"])).split())
    if version := origin.get("vcs_info"):
        return f"{name} @ {version['vcs']}+{address}@{version['commit_id']}  # {plain}".replace("\n", "")
    editable = "editable, " if origin.get("dir_info", {}).get("editable") else ""
    return f"{plain}  # {editable}{address}"
