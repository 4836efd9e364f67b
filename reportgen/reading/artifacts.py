"""The artifacts beside a project's runs. What lies there may have been sent by anybody: every field is checked."""

import hashlib
import math
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportgen import schema
from reportgen.artifacts import ArtifactFile, ArtifactKey, ArtifactVersion
from reportgen.model import Problem
from reportgen.reading.discover import is_inside
from reportgen.reading.lines import parse_line
from reportgen.reading.records import decoded, number

MOST_BYTES = 1 << 26
"""A record or a list of files that is longer is not read."""
MOST_FILES = 1000
"""Entries of a version that are kept."""
LATEST = "latest"

_VERSION = re.compile(r"v(0|[1-9]\d{0,8})")
_NUMBER = re.compile(r"0|[1-9]\d{0,8}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_CHANGEABLE = ("tags", "description", "metadata")


@dataclass(slots=True)
class _Collection:
    """The versions of one artifact while they are read: records by number, and what its aliases lead to."""

    records: dict[int, dict[str, Any]] = field(default_factory=dict)
    leads: dict[str, int] = field(default_factory=dict)


def project_artifacts(folder: Path, project: str, where: str) -> tuple[list[ArtifactVersion], list[Problem]]:
    """Every version of every artifact of a project, by name and number, and what is wrong with them.

    Args:
        folder: the folder of the project.
        project: its name.
        where: the folder as a `Problem` names it.
    """
    top = folder / schema.ARTIFACTS_FOLDER
    root = os.path.realpath(top)
    if not top.is_dir() or not is_inside(top, os.path.realpath(folder)):
        return [], []
    versions: list[ArtifactVersion] = []
    problems: list[Problem] = []
    place = f"{where}/{schema.ARTIFACTS_FOLDER}"
    for name in _names(top / schema.ARTIFACT_VERSIONS):
        path, shown = top / schema.ARTIFACT_VERSIONS / name, f"{place}/{schema.ARTIFACT_VERSIONS}/{_text_of(name)}"
        if not path.is_dir():
            continue
        collection = _replay(path, root, shown, problems)
        for version, record in sorted(collection.records.items()):
            aliases = tuple(alias for alias, leads_to in collection.leads.items() if leads_to == version)
            key = ArtifactKey(project, _text_of(name), f"v{version}")
            versions.append(
                _version(key, record, aliases, _files(top, root, record, f"{shown}/v{version}.json", problems))
            )
    return versions, problems


def _replay(folder: Path, root: str, where: str, problems: list[Problem]) -> _Collection:
    """Versions and changes in the order in which they happened: a change follows the version it names as ``after``."""
    collection = _Collection()
    changes: dict[int, list[dict[str, Any]]] = {}
    for _, change in _numbered(
        folder / schema.ARTIFACT_CHANGES, _NUMBER, root, f"{where}/{schema.ARTIFACT_CHANGES}", problems
    ):
        after = _version_number(change.get("after"))
        if after is not None:
            changes.setdefault(after, []).append(change)
    collection.records = dict(_numbered(folder, _VERSION, root, where, problems))
    for version in sorted({*collection.records, *changes}):
        record = collection.records.get(version, {})
        collection.leads |= dict.fromkeys(_words(record.get("aliases")), version)
        for change in changes.get(version, ()):
            _apply(change, collection)
    alive = [version for version, record in collection.records.items() if record.get("deleted") is not True]
    collection.leads = {alias: version for alias, version in collection.leads.items() if version in alive}
    if alive:
        collection.leads.setdefault(LATEST, alive[-1])
    return collection


def _apply(change: Mapping[str, Any], collection: _Collection) -> None:
    version = _version_number(change.get("version"))
    if version is None or version not in collection.records:
        return
    collection.leads |= dict.fromkeys(_words(change.get("add")), version)
    for alias in _words(change.get("remove")):
        if collection.leads.get(alias) == version:
            del collection.leads[alias]
    changed = {key: change[key] for key in (*_CHANGEABLE, "deleted") if key in change}
    collection.records[version] = collection.records[version] | changed


def _version(
    key: ArtifactKey, record: Mapping[str, Any], aliases: tuple[str, ...], files: tuple[ArtifactFile, ...] | None
) -> ArtifactVersion:
    run, source, metadata = (_mapping(record.get(name)) for name in ("run", "source", "metadata"))
    linked = tuple(_text(source.get(part)) for part in ("project", "name", "version"))
    count = _whole(record.get("files"))
    return ArtifactVersion(
        key=key,
        type=_text(record.get("type")),
        digest=_text(record.get("digest")),
        size=_whole(record.get("size")),
        count=count if count is not None else len(files or ()),
        time=number(record.get("time")),
        run=(_text(run.get("project")), _text(run.get("id"))),
        aliases=aliases,
        tags=tuple(_words(record.get("tags"))),
        description=_text(record.get("description")),
        metadata=decoded(dict(metadata)),
        source=ArtifactKey(*linked) if all(linked) else None,
        files=files,
        deleted=record.get("deleted") is True,
        left_out=tuple(_words(record.get("left_out"))),
    )


def _files(
    top: Path, root: str, record: Mapping[str, Any], where: str, problems: list[Problem]
) -> tuple[ArtifactFile, ...] | None:
    """The list of files of a version. A link's list is in another project, and lists are left out of some copies."""
    digest = record.get("digest")
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        problems.append(Problem(where, "the version names no list of files"))
        return None
    content = _content(top / schema.ARTIFACT_OBJECTS / digest[:2] / digest, root)
    if content is None:
        return None
    if hashlib.sha256(content, usedforsecurity=False).hexdigest() != digest:
        problems.append(Problem(where, "its list of files is damaged: it has another SHA-256"))
        return None
    found = (_file(parse_line(line)) for line in content.split(b"\n", MOST_FILES)[:MOST_FILES] if line)
    return tuple(file for file in found if file is not None)


def _file(fields: Mapping[str, Any] | None) -> ArtifactFile | None:
    path = _text(fields.get("path")) if fields else ""
    if not fields or not path:
        return None
    digest, reference = _text(fields.get("digest")), _text(fields.get("ref"))
    return ArtifactFile(path, _whole(fields.get("size")), digest if _DIGEST.fullmatch(digest) else "", reference)


def _numbered(
    folder: Path, pattern: re.Pattern[str], root: str, where: str, problems: list[Problem]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The JSON objects in files that are named after a number, in order."""
    names = (
        name for name in _names(folder) if name.endswith(".json") and pattern.fullmatch(name.removesuffix(".json"))
    )
    for count, name in sorted((int(name.removeprefix("v").removesuffix(".json")), name) for name in names):
        content = _content(folder / name, root)
        record = None if content is None else parse_line(content)
        if record is None:
            problems.append(Problem(f"{where}/{name}", "not a JSON object, so it was skipped"))
        else:
            yield count, record


def _content(path: Path, root: str) -> bytes | None:
    """The bytes of a regular file below a folder, unless it is missing, too large or a link that leads out."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > MOST_BYTES or not is_inside(path, root):
            return None
        return path.read_bytes()
    except (OSError, ValueError):
        return None


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 (names only, of what may be thousands)
    except OSError:
        return []


def _version_number(value: Any) -> int | None:
    return int(value[1:]) if isinstance(value, str) and _VERSION.fullmatch(value) else None


def _words(value: Any) -> list[str]:
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < math.inf else None


def _text_of(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "replace")
