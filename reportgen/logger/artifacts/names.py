"""What artifacts are called: ``digits-net:best``, ``digits/digits-net:v3``, ``lab/digits/digits-net``."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.errors import UsageError
from reportgen.logger.settings import NAME_BYTES, safe_name

LATEST = "latest"


class ArtifactName:
    """The parts of an artifact's name.

    Attributes:
        project: the project it belongs to; safe as a folder name.
        name: the artifact, safe as a folder name.
        version: a version (``v3``), an alias, or a digest.
    """

    def __init__(self, project: str, name: str, version: str) -> None:
        self.project = project
        self.name = name
        self.version = version

    def __str__(self) -> str:
        return f"{self.project}/{self.name}:{self.version}"


def parse_name(text: str, project: str) -> ArtifactName:
    """Take a name apart. An entity before the project is ignored: here a project is a folder.

    Args:
        text: ``[[entity/]project/]name[:version or alias]``; without the last part the latest version is meant.
        project: what the name belongs to when it names no project.

    Raises:
        UsageError: there is no name in it.
    """
    path, _, version = text.partition(":")
    *folders, name = path.split("/")
    if not name.strip():
        remedy = 'Name it as "name:alias" or "project/name:v3".'
        raise UsageError(f"{text!r} names no artifact", where="use_artifact", remedy=remedy)
    return ArtifactName(safe_name(folders[-1]) if folders else project, safe_artifact_name(name), version or LATEST)


def safe_artifact_name(name: str) -> str:
    """The name as one folder; a changed one ends in a checksum, so that two different names stay different.

    What is safe already stays as it is, so that the name of an artifact found is a name to find it by.
    """
    safe = safe_name(name)
    if safe == name:
        return safe
    from zlib import crc32

    checksum = f"-{crc32(name.encode('utf-8', 'replace')):08x}"
    kept = safe.encode()[: NAME_BYTES - len(checksum)].decode(errors="ignore")
    return (kept or "artifact") + checksum


def version_number(version: str) -> int | None:
    """The number of ``v3``; None for anything else."""
    digits = version.removeprefix("v")
    plain = digits.isascii() and digits.isdigit() and str(int(digits)) == digits
    return int(digits) if plain and version != digits else None


def alias_list(aliases: str | Iterable[str] | None) -> list[str]:
    """Aliases as a list of words without those that look like a version; ``/`` and ``:`` would not be found again."""
    words = [aliases] if isinstance(aliases, str) else [str(alias) for alias in aliases or ()]
    clean = [word.strip().replace("/", "-").replace(":", "-") for word in words]
    return list(dict.fromkeys(word for word in clean if word and version_number(word) is None))
