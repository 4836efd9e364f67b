"""The versions of one artifact: files that only ever get more. No lock, no database, no clock.

``v3.json`` is a version, made once and never changed. ``changes/7.json`` changes what may change: aliases, tags,
description, metadata, and whether it is deleted. A change names the newest version it knew, so that the order of all
that happened to the aliases can be read from names alone: version 0, the changes after it, version 1, and so on.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from reportgen.errors import UsageError
from reportgen.logger.artifacts.exclusive import publish
from reportgen.logger.artifacts.names import LATEST, version_number
from reportgen.schema import ARTIFACT_CHANGES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

CHANGEABLE = ("tags", "description", "metadata", "ttl")
"""Fields that a change may set."""


class Version:
    """A version as it stands now.

    Attributes:
        name: ``v3``.
        record: the fields of its file, with later changes in them.
        aliases: the aliases that lead to it, ``latest`` among them.
    """

    def __init__(self, name: str, record: dict[str, Any]) -> None:
        self.name = name
        self.record = record
        self.aliases: list[str] = []

    @property
    def digest(self) -> str:
        """Digest of its list of files."""
        return str(self.record.get("digest", ""))


class Collection:
    """The versions of one artifact, below one folder."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._known: dict[int, tuple[tuple[int, int, int], dict[str, Any] | None]] = {}

    def add(self, record: Mapping[str, Any]) -> tuple[str, bool]:
        """Add a version, unless one with the same content is there.

        Of processes that add equal content at the same time one makes the version and the others find it: a number is
        taken only after everything below it has been looked at.

        Args:
            record: the fields of the version.

        Returns:
            The version, and whether it is new.
        """
        deleted = {change.get("version") for change in self._changes() if change.get("deleted")}
        number = 0
        while True:
            known = self._read(number)
            if known is None and not self._exists(number):
                if publish(self._path(number), _encoded({**record, "version": f"v{number}"})):
                    return f"v{number}", True
                continue
            _same_type(known, record)
            if known and known.get("digest") == record["digest"] and f"v{number}" not in deleted:
                return f"v{number}", False
            number += 1

    def change(self, version: str, fields: Mapping[str, Any]) -> None:
        """Change a version: ``add`` and ``remove`` aliases, set some of `CHANGEABLE`, or ``deleted``."""
        record = {"version": version, "after": f"v{max(self._numbers(), default=0)}", **fields}
        number = max(self._change_numbers(), default=-1) + 1
        while not publish(os.path.join(self.folder, ARTIFACT_CHANGES, f"{number}.json"), _encoded(record)):
            number += 1

    def versions(self) -> list[Version]:
        """The versions that were not deleted, oldest first."""
        return [version for version in self._replay().values() if not version.record.get("deleted")]

    def find(self, wanted: str) -> Version | None:
        """A version by its name, one of its aliases, or its digest."""
        for version in self.versions():
            if wanted in (version.name, version.digest) or wanted in version.aliases:
                return version
        return None

    def _replay(self) -> dict[str, Version]:
        versions: dict[str, Version] = {}
        leads: dict[str, str] = {}
        changes: dict[str, list[dict[str, Any]]] = {}
        for change in self._changes():
            changes.setdefault(str(change.get("after")), []).append(change)
        known_to_changes = (number for after in changes if (number := version_number(after)) is not None)
        for number in sorted({*self._numbers(), *known_to_changes}):
            name, record = f"v{number}", self._read(number)
            if record is not None:
                versions[name] = Version(name, dict(record))
                leads.update(dict.fromkeys(_words(record.get("aliases")), name))
            for change in changes.get(name, ()):
                _apply(change, versions, leads)
        alive = [name for name, version in versions.items() if not version.record.get("deleted")]
        if alive and leads.get(LATEST) not in alive:
            leads[LATEST] = alive[-1]
        for alias, name in leads.items():
            if name in versions:
                versions[name].aliases.append(alias)
        return versions

    def _numbers(self) -> Iterator[int]:
        for name in _names(self.folder):
            number = version_number(name.removesuffix(".json")) if name.endswith(".json") else None
            if number is not None:
                yield number

    def _change_numbers(self) -> Iterator[int]:
        for name in _names(os.path.join(self.folder, ARTIFACT_CHANGES)):
            number = version_number("v" + name.removesuffix(".json")) if name.endswith(".json") else None
            if number is not None:
                yield number

    def _changes(self) -> Iterator[dict[str, Any]]:
        for number in sorted(self._change_numbers()):
            record = read_record(os.path.join(self.folder, ARTIFACT_CHANGES, f"{number}.json"))
            if record is not None:
                yield record

    def _read(self, number: int) -> dict[str, Any] | None:
        """The record of a version, read once: versions never change, but somebody may clear the folder."""
        path = self._path(number)
        try:
            found = os.stat(path)
        except OSError:
            return None
        stamp = (found.st_ino, found.st_mtime_ns, found.st_size)
        known = self._known.get(number)
        if known is None or known[0] != stamp:
            known = self._known[number] = (stamp, read_record(path))
        return known[1]

    def _exists(self, number: int) -> bool:
        return os.path.lexists(self._path(number))

    def _path(self, number: int) -> str:
        return os.path.join(self.folder, f"v{number}.json")


def read_record(path: str) -> dict[str, Any] | None:
    """The JSON object in a file; None if there is none."""
    from json import loads

    try:
        with open(path, "rb") as file:
            record = loads(file.read())
    except (OSError, ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _apply(change: Mapping[str, Any], versions: Mapping[str, Version], leads: dict[str, str]) -> None:
    name = str(change.get("version"))
    if name not in versions:
        return
    leads.update(dict.fromkeys(_words(change.get("add")), name))
    for alias in _words(change.get("remove")):
        if leads.get(alias) == name:
            del leads[alias]
    versions[name].record.update({field: change[field] for field in (*CHANGEABLE, "deleted") if field in change})


def _words(value: object) -> list[str]:
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _same_type(known: Mapping[str, Any] | None, record: Mapping[str, Any]) -> None:
    if known and known.get("type") != record["type"]:
        what = f"the artifact {record['name']!r} is of type {known.get('type')!r}, not {record['type']!r}"
        raise UsageError(what, where="log_artifact", remedy="Give it another name or the same type.")


def _encoded(record: Mapping[str, Any]) -> bytes:
    from json import dumps

    return (dumps(record) + "\n").encode("ascii")
