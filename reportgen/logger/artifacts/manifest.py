"""What an artifact consists of: a list of entries, whose digest is the digest of the artifact."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from reportgen.errors import ArtifactError, UsageError
from reportgen.logger.artifacts.objects import copy_hashed, damaged, hash_file, is_digest, missing

FILE_SCHEME = "file://"


class ArtifactEntry:
    """One file of an artifact, or a reference to something elsewhere.

    Attributes:
        path: its name in the artifact, with forward slashes.
        digest: SHA-256 of the content; of a reference that is never fetched, the URI.
        size: bytes; None where unknown.
        ref: the URI of a reference; empty for a file.
        local_path: a file on this machine with the content; empty where there is none.
        root: folder that `download` writes below by default.
        staged: the local file is the artifact's own, made by ``new_file`` or ``add``.
    """

    __slots__ = ("digest", "local_path", "path", "ref", "root", "size", "staged")

    def __init__(self, path: str, digest: str, size: int | None, ref: str = "", local_path: str = "") -> None:
        self.path = path
        self.digest = digest
        self.size = size
        self.ref = ref
        self.local_path = local_path
        self.root = ""
        self.staged = False

    def __repr__(self) -> str:
        return f"<artifact entry {self.path}>"

    @property
    def name(self) -> str:
        """The path, as wandb's files call it."""
        return self.path

    def ref_target(self) -> str:
        """The URI of a reference.

        Raises:
            UsageError: this is a file.
        """
        if not self.ref:
            raise UsageError("only a reference has a target", where=self.path)
        return self.ref

    def download(self, root: str | os.PathLike[str] | None = None) -> str:
        """Copy the content below a folder, unless it is there already, and return the path of the copy.

        Args:
            root: the folder; by default that of the artifact.

        Raises:
            ArtifactError: the content is missing or damaged, or lies where reportgen does not reach.
        """
        target = os.path.join(os.fspath(root) if root is not None else self.root, *self.path.split("/"))
        if os.path.isfile(target) and self.matches(target):
            return target
        self._require_local()
        os.makedirs(os.path.dirname(os.path.abspath(target)), exist_ok=True)
        unfinished = f"{target}.{os.urandom(4).hex()}.part"
        try:
            digest, _ = copy_hashed(self.local_path, unfinished)
            if is_digest(self.digest) and digest != self.digest:
                raise damaged(self.local_path)
            os.replace(unfinished, target)
        finally:
            if os.path.exists(unfinished):
                os.unlink(unfinished)
        return target

    def matches(self, path: str) -> bool:
        """Whether a file has the content of this entry."""
        if self.size is not None and os.path.getsize(path) != self.size:
            return False
        return is_digest(self.digest) and hash_file(path)[0] == self.digest

    def check(self) -> None:
        """Read the content and compare it with the digest; a reference that is never fetched is taken as it is.

        Raises:
            ArtifactError: the content is missing or damaged.
        """
        if is_digest(self.digest):
            self._require_local()
            if not self.matches(self.local_path):
                raise damaged(self.local_path)

    def is_out_of_reach(self) -> bool:
        """Whether this is a reference to what reportgen never fetches."""
        return bool(self.ref) and not self.local_path

    def _require_local(self) -> None:
        if self.is_out_of_reach():
            remedy = "Fetch entry.ref_target() yourself, or pass allow_missing_references=True to go on without it."
            raise ArtifactError(
                f"{self.ref} is a reference; reportgen never fetches those", where=self.path, remedy=remedy
            )
        if not os.path.isfile(self.local_path):
            raise missing(self.local_path)


class Manifest:
    """The entries of an artifact by path."""

    def __init__(self, entries: Mapping[str, ArtifactEntry] | None = None) -> None:
        self.entries: dict[str, ArtifactEntry] = dict(entries or {})

    def __iter__(self) -> Iterator[ArtifactEntry]:
        return iter([self.entries[path] for path in sorted(self.entries)])

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def size(self) -> int:
        """Bytes of all entries whose size is known."""
        return sum(entry.size or 0 for entry in self.entries.values())

    def content(self) -> bytes:
        """The list as it is stored: a JSON object a line, in the order of the paths; equal for equal artifacts."""
        from json import dumps  # orjson would do, but these bytes must not depend on what is installed

        lines = []
        for entry in self:
            fields: dict[str, object] = {"path": entry.path, "digest": entry.digest, "size": entry.size}
            if entry.ref:
                fields["ref"] = entry.ref
            lines.append(dumps(fields, separators=(",", ":")) + "\n")
        return "".join(lines).encode("ascii")

    def digest(self) -> str:
        """SHA-256 of `content`: the digest of the artifact."""
        from hashlib import sha256

        return sha256(self.content()).hexdigest()


def read_manifest(content: bytes, where: str) -> Manifest:
    """The manifest that `Manifest.content` wrote, or that somebody has sent: no path of it leads out of a folder.

    Raises:
        ArtifactError: a line is no entry.
    """
    from json import loads

    manifest = Manifest()
    for number, line in enumerate(content.splitlines(), 1):
        try:
            fields = loads(line)
            entry = _entry(fields) if isinstance(fields, dict) else None
        except (ValueError, RecursionError, UsageError):
            entry = None
        if entry is None:
            raise ArtifactError("the list of an artifact's files is broken", where=f"{where}:{number}")
        manifest.entries[entry.path] = entry
    return manifest


def _entry(fields: Mapping[str, object]) -> ArtifactEntry | None:
    path, digest, size, ref = (fields.get(name) for name in ("path", "digest", "size", "ref"))
    if not isinstance(path, str) or not isinstance(digest, str) or entry_path(path) != path:
        return None
    if not isinstance(ref, str | None) or not (is_digest(digest) or ref) or isinstance(size, bool):
        return None
    local = file_of_uri(ref) if ref else ""
    return ArtifactEntry(path, digest, size if isinstance(size, int) else None, ref or "", local)


def entry_path(name: str) -> str:
    """A name as the path of an entry: relative, with forward slashes, without ``.`` and ``..``.

    Raises:
        UsageError: the name leads out of the artifact or is none.
    """
    parts = [part for part in name.replace(os.sep, "/").split("/") if part not in ("", ".")]
    drive = os.name == "nt" and ":" in name
    if not parts or ".." in parts or "\0" in name or drive:
        remedy = "Give a relative path below the artifact."
        raise UsageError(f"{name!r} cannot be the name of a file in an artifact", where="Artifact", remedy=remedy)
    return "/".join(parts)


def file_of_uri(uri: str) -> str:
    """The path of a ``file://`` URI; empty for any other."""
    if not uri.startswith(FILE_SCHEME):
        return ""
    from urllib.parse import unquote

    return unquote(uri.removeprefix(FILE_SCHEME).removeprefix("localhost"))
