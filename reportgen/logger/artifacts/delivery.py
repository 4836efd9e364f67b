"""How the contents of an artifact come back: as files in a folder, and as media."""

from __future__ import annotations

import os
from collections.abc import Iterable

from reportgen.errors import ArtifactError
from reportgen.logger.artifacts.identity import Identity
from reportgen.logger.artifacts.manifest import ArtifactEntry, entry_path


class Delivery(Identity):
    """The part of an artifact that gives its contents back, or raises: the script cannot go on without them."""

    def get_entry(self, name: str) -> ArtifactEntry:
        """The entry of a name.

        Args:
            name: a path in the artifact.

        Raises:
            ArtifactError: there is none.
        """
        entry = self.manifest.entries.get(entry_path(name))
        if entry is None:
            some = ", ".join(sorted(self.manifest.entries)[:5]) or "nothing"
            raise ArtifactError(f"{self.name} has no entry {name}", where="Artifact", remedy=f"It has {some}.")
        entry.root = entry.root or self._root()
        return entry

    def get_path(self, name: str) -> ArtifactEntry:
        """The same as `get_entry`, under wandb's older name."""
        return self.get_entry(name)

    def get(self, name: str) -> object:
        """The medium that was added under a name; None if there is none.

        Args:
            name: as given to `add`.
        """
        from reportgen.logger.artifacts.media import entry_of_medium, read_medium

        path = entry_of_medium(name, self.manifest.entries)
        return (
            read_medium(self.get_entry(path).download(), lambda other: self.get_entry(other).download())
            if path
            else None
        )

    def __getitem__(self, name: str) -> object:
        return self.get(name)

    def __setitem__(self, name: str, value: object) -> None:
        self.add(value, name)

    def files(self, names: Iterable[str] | None = None, per_page: int = 50) -> list[ArtifactEntry]:
        """The entries by path.

        Args:
            names: only these paths.
            per_page: has no meaning here.
        """
        del per_page
        wanted = None if names is None else {entry_path(name) for name in names}
        return [self.get_entry(entry.path) for entry in self.manifest if wanted is None or entry.path in wanted]

    def file(self, root: str | None = None) -> str:
        """Download the only file and return its path.

        Args:
            root: folder to write to.

        Raises:
            ArtifactError: there is more than one, or none.
        """
        if len(self.manifest) != 1:
            what = f"{self.name} has {len(self.manifest)} files, not one"
            raise ArtifactError(what, where="Artifact.file", remedy="Use download().")
        return self.files()[0].download(root)

    def download(
        self,
        root: str | os.PathLike[str] | None = None,
        allow_missing_references: bool = False,  # noqa: FBT001, FBT002
        skip_cache: bool | None = None,  # noqa: FBT001, ARG002 # as in wandb
        path_prefix: str | os.PathLike[str] | None = None,
        multipart: bool | None = None,  # noqa: FBT001, ARG002 # as in wandb
    ) -> str:
        """Copy the files to a folder; every copy is checked. Files that are there already stay.

        Args:
            root: the folder; by default ``<name>:<version>`` below ``REPORTGEN_ARTIFACT_DIR``, else ``artifacts``.
            allow_missing_references: leave out references that reportgen does not fetch instead of raising.
            skip_cache: has no meaning here.
            path_prefix: only the entries whose path begins with this.
            multipart: has no meaning here.

        Returns:
            The folder.

        Raises:
            ArtifactError: a content is missing or damaged, or a reference is out of reach.
        """
        folder = os.fspath(root) if root is not None else self._root()
        prefix = os.fspath(path_prefix or "").replace(os.sep, "/")
        os.makedirs(folder, exist_ok=True)
        for entry in self.manifest:
            if entry.path.startswith(prefix) and not (allow_missing_references and entry.is_out_of_reach()):
                entry.download(folder)
        return folder

    def checkout(self, root: str | None = None) -> str:
        """Like `download`, and delete from the folder whatever is not in the artifact.

        Args:
            root: the folder; by default as for `download`.
        """
        folder = root or self._root()
        os.makedirs(folder, exist_ok=True)
        for parent, folders, names in os.walk(folder):
            links = (name for name in folders if os.path.islink(os.path.join(parent, name)))
            for name in (*names, *links):
                path = os.path.join(parent, name)
                if os.path.relpath(path, folder).replace(os.sep, "/") not in self.manifest.entries:
                    os.unlink(path)
        return self.download(folder)

    def verify(self, root: str | None = None) -> None:
        """Check that every content has the digest that was logged.

        Args:
            root: a folder that it was downloaded to; by default the stored contents themselves are read.

        Raises:
            ArtifactError: something is missing, damaged or (in a folder) does not belong to it.
        """
        from reportgen.logger.artifacts.verify import verify

        verify(self.manifest, self.name, root)

    def _root(self) -> str:
        place = os.environ.get("REPORTGEN_ARTIFACT_DIR") or os.environ.get("WANDB_ARTIFACT_DIR") or "artifacts"
        return os.path.join(place, self.name if os.name != "nt" else self.name.replace(":", "-"))
