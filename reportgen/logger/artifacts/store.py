"""The artifacts of one project: ``<projects folder>/<project>/_artifacts/``."""

from __future__ import annotations

import os

from reportgen.errors import ArtifactError
from reportgen.logger.artifacts.collection import Collection, Version
from reportgen.logger.artifacts.manifest import Manifest, read_manifest
from reportgen.logger.artifacts.names import ArtifactName
from reportgen.logger.artifacts.objects import ObjectStore, is_digest
from reportgen.schema import ARTIFACT_OBJECTS, ARTIFACT_VERSIONS, ARTIFACTS_FOLDER

PARTS, STAGING = "parts", "staging"
"""Folders that no reader looks into: contributions to a version that is not finished, and files of drafts."""


class ArtifactStore:
    """Where the artifacts of a project are.

    Attributes:
        root: folder that holds the projects.
        project: name of the project's folder.
        objects: the contents.
    """

    def __init__(self, root: str, project: str) -> None:
        self.root = root
        self.project = project
        self.folder = os.path.join(root, project, ARTIFACTS_FOLDER)
        self.objects = ObjectStore(os.path.join(self.folder, ARTIFACT_OBJECTS))
        self._collections: dict[str, Collection] = {}

    def collection(self, name: str) -> Collection:
        """The versions of an artifact; ``name`` is safe as a folder name."""
        if name not in self._collections:
            self._collections[name] = Collection(os.path.join(self.folder, ARTIFACT_VERSIONS, name))
        return self._collections[name]

    def names(self) -> list[str]:
        """The artifacts of the project."""
        try:
            return sorted(os.listdir(os.path.join(self.folder, ARTIFACT_VERSIONS)))
        except OSError:
            return []

    def manifest(self, digest: str) -> Manifest:
        """The list of files with this digest, each of which knows where its content is.

        Raises:
            ArtifactError: the list is missing or damaged.
        """
        if not is_digest(digest):
            raise ArtifactError("the version names no list of files", where=self.folder)
        manifest = read_manifest(self.objects.read(digest), self.objects.path(digest))
        for entry in manifest:
            if not entry.ref:
                entry.local_path = self.objects.path(entry.digest)
        return manifest


def find_version(root: str, name: ArtifactName) -> tuple[ArtifactStore, Version]:
    """The version that a name leads to.

    Raises:
        ArtifactError: there is none.
    """
    store = ArtifactStore(root, name.project)
    collection = store.collection(name.name)
    version = collection.find(name.version)
    if version is None:
        there = [each.name for each in collection.versions()]
        what = f"there is no artifact {name}"
        if there:
            remedy = f"{name.project}/{name.name} has {', '.join(there[-5:])}; name one of these or an alias."
        else:
            others = ", ".join(store.names()[:10])
            remedy = f"The project {name.project} below {root} has {others or 'no artifacts'}."
        raise ArtifactError(what, where="use_artifact", remedy=remedy)
    return store, version
