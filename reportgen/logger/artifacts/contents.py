"""What goes into an artifact: files, folders, references and media, each under a name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from reportgen.errors import UsageError
from reportgen.logger.artifacts.manifest import ArtifactEntry, Manifest, entry_path
from reportgen.logger.artifacts.objects import copy_hashed, hash_file
from reportgen.logger.artifacts.surroundings import Staging, current_store, guard, running

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO, Any

WHERE = "Artifact"
POLICIES = ("mutable", "immutable")


class Contents:
    """The part of an artifact that its files are put into. Once it is logged, nothing more goes in.

    Attributes:
        left_out: what was to go in and could not.
    """

    def __init__(self) -> None:
        self._manifest: Manifest | None = Manifest()
        self._staging = Staging()
        self.left_out: list[str] = []

    @property
    def manifest(self) -> Manifest:
        """The entries, as ``manifest.entries`` by path."""
        if self._manifest is None:
            self._manifest = self._load_manifest()
        return self._manifest

    def add_file(  # noqa: PLR0913, PLR0917 # wandb's signature
        self,
        local_path: str | os.PathLike[str],
        name: str | None = None,
        is_tmp: bool | None = False,  # noqa: FBT001, FBT002, ARG002 # as in wandb; a name is kept as it is given
        skip_cache: bool | None = False,  # noqa: FBT001, FBT002, ARG002 # as in wandb; there is no cache
        policy: str | None = "mutable",
        overwrite: bool = False,  # noqa: FBT001, FBT002
    ) -> ArtifactEntry | None:
        """Add a file.

        Args:
            local_path: the file.
            name: its path in the artifact; by default its own name.
            is_tmp: has no meaning here.
            skip_cache: has no meaning here.
            policy: ``mutable``: a copy is taken now; ``immutable``: the file is read when the artifact is logged.
            overwrite: replace an entry of this name that has another content.

        Returns:
            The entry; None if it could not be added.
        """
        path = os.fspath(local_path)
        with guard(f"add_file:{path}", f"cannot add {path} to an artifact"):
            if not os.path.isfile(path):
                raise UsageError(f"{path} is no file", where="Artifact.add_file", remedy="add_dir takes folders.")
            return self._add_file(path, name or os.path.basename(path), policy, overwrite=overwrite)
        self._leave_out(path)
        return None

    def add_dir(
        self,
        local_path: str | os.PathLike[str],
        name: str | None = None,
        skip_cache: bool | None = False,  # noqa: FBT001, FBT002, ARG002 # as in wandb
        policy: str | None = "mutable",
        merge: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        """Add every file of a folder.

        Args:
            local_path: the folder.
            name: folder in the artifact to put them in; by default its top.
            skip_cache: has no meaning here.
            policy: as for `add_file`.
            merge: replace entries of the same name that have another content.
        """
        top = os.fspath(local_path)
        with guard(f"add_dir:{top}", f"cannot add {top} to an artifact"):
            if not os.path.isdir(top):
                raise UsageError(f"{top} is no folder", where="Artifact.add_dir", remedy="add_file takes files.")
            for path, place in files_below(top):
                self._add_file(path, f"{name or ''}/{place}", policy, overwrite=merge)
            return
        self._leave_out(top)

    def add_reference(
        self,
        uri: str | ArtifactEntry,
        name: str | None = None,
        checksum: bool = True,  # noqa: FBT001, FBT002
        max_objects: int | None = None,
    ) -> list[ArtifactEntry]:
        """Add something that stays where it is. Nothing is fetched, whatever the URI says.

        Args:
            uri: ``file://`` of a file or folder, any other URI, or an entry of another artifact.
            name: its path in the artifact; by default the last part of the URI.
            checksum: read local files and record their SHA-256; without, and for any other URI, the URI is the digest.
            max_objects: how many files of a folder may be added.

        Returns:
            The entries.
        """
        with guard(f"add_reference:{uri}", f"cannot add the reference {uri} to an artifact"):
            from reportgen.logger.artifacts.references import references

            return [self._put(entry, overwrite=False) for entry in references(uri, name, checksum, max_objects)]
        self._leave_out(str(uri))
        return []

    def add(self, obj: object, name: str, overwrite: bool = False) -> ArtifactEntry | None:  # noqa: FBT001, FBT002
        """Add a medium, such as a `Table` or an `Image`; `get` gives it back.

        Args:
            obj: the medium, or a bare picture, figure or frame.
            name: what to call it.
            overwrite: replace an entry of this name that has another content.

        Returns:
            The entry that describes it; None if it could not be added.
        """
        with guard(f"add:{name}", f"cannot add {name} to an artifact"):
            from reportgen.logger.artifacts.media import stored_files

            place, files = stored_files(obj, name, self._staging.folder())
            for path, source in files.items():
                self._add_file(source, path, "immutable", overwrite=overwrite).staged = True
            return self.manifest.entries[place]
        self._leave_out(name)
        return None

    @contextmanager
    def new_file(self, name: str, mode: str = "x", encoding: str | None = None) -> Iterator[IO[Any]]:
        """A file to write in a ``with`` block, which is added at its end.

        Args:
            name: its path in the artifact.
            mode: ``x`` or ``w`` for text, ``xb`` or ``wb`` for bytes; ``w`` may replace an entry.
            encoding: of text; by default UTF-8.
        """
        path = self._staging.path(name)
        binary = "b" in mode
        with open(path, "xb" if binary else "x", encoding=None if binary else encoding or "utf-8") as file:
            yield file
        with guard(f"new_file:{name}", f"cannot add {name} to an artifact"):
            self._add_file(path, name, "immutable", overwrite="w" in mode).staged = True
            return
        self._leave_out(name)

    def remove(self, item: str | os.PathLike[str] | ArtifactEntry) -> None:
        """Take an entry, or everything below a folder of the artifact, out again.

        Args:
            item: an entry or a path.
        """
        path = item.path if isinstance(item, ArtifactEntry) else entry_path(os.fspath(item))
        with guard(f"remove:{path}", f"cannot remove {path} from an artifact"):
            self._require_draft()
            entries = self.manifest.entries
            found = [name for name in entries if name == path or name.startswith(f"{path}/")]
            if not found:
                raise UsageError(f"there is no entry {path}", where="Artifact.remove")
            for name in found:
                del entries[name]

    def get_added_local_path_name(self, local_path: str) -> str | None:
        """The name in the artifact of a file that was added.

        Args:
            local_path: the file.
        """
        if not os.path.isfile(local_path):
            return None
        digest, _ = hash_file(local_path)
        return next((entry.path for entry in self.manifest if entry.digest == digest), None)

    @property
    def digest(self) -> str:
        """SHA-256 over the names and contents: equal for equal artifacts."""
        return self.manifest.digest()

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return self.manifest.size

    @property
    def file_count(self) -> int:
        """How many entries there are, references included."""
        return len(self.manifest)

    def _add_file(self, path: str, name: str, policy: str | None, *, overwrite: bool) -> ArtifactEntry:
        if policy not in (None, *POLICIES):
            raise UsageError(f"unknown policy {policy!r}", where=WHERE, remedy=f"Use {' or '.join(POLICIES)}.")
        digest, size = hash_file(path)
        if policy != "immutable":
            path, digest, size = self._copied(path, digest, size)
        return self._put(ArtifactEntry(entry_path(name), digest, size, local_path=os.path.abspath(path)), overwrite)

    def _copied(self, path: str, digest: str, size: int) -> tuple[str, str, int]:
        """A copy that no later change of the file reaches: in the project's store, so that logging it costs nothing."""
        run, store = running(), current_store()
        if store is not None:
            digest, size = store.objects.put_file(path, digest, size)
            return store.objects.path(digest), digest, size
        if run is not None:  # disabled: nothing is ever logged
            return path, digest, size
        copy = self._staging.path(path)
        return copy, *copy_hashed(path, copy)

    def _put(self, entry: ArtifactEntry, overwrite: bool) -> ArtifactEntry:  # noqa: FBT001
        self._require_draft()
        known = self.manifest.entries.get(entry.path)
        if known and known.digest != entry.digest and not overwrite:
            remedy = "Give it another name, or pass overwrite=True (merge=True for add_dir)."
            raise UsageError(f"{entry.path} is there with another content", where=WHERE, remedy=remedy)
        self.manifest.entries[entry.path] = entry
        return entry

    def _leave_out(self, what: str) -> None:
        """Remember what could not be added, so that the version says that it is not whole."""
        if what not in self.left_out:
            self.left_out.append(what)

    def _require_draft(self) -> None:
        """Raise unless the artifact still takes files."""

    def _load_manifest(self) -> Manifest:
        return Manifest()


def files_below(top: str) -> Iterator[tuple[str, str]]:
    """Every file of a folder with its path below it, in order. Links are followed, but not in circles."""
    seen: set[str] = set()
    folders = [(top, "")]
    while folders:
        folder, prefix = folders.pop(0)
        real = os.path.realpath(folder)
        if real in seen:
            continue
        seen.add(real)
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            if os.path.isdir(path):
                folders.append((path, f"{prefix}{name}/"))
            elif os.path.isfile(path):
                yield path, prefix + name
