"""One version that many processes contribute to: each leaves its list of files, and the last one puts them together."""

from __future__ import annotations

import os

from reportgen.errors import UsageError
from reportgen.logger.artifacts.artifact import Artifact
from reportgen.logger.artifacts.exclusive import publish
from reportgen.logger.artifacts.manifest import Manifest
from reportgen.logger.artifacts.objects import is_digest
from reportgen.logger.artifacts.records import keep_contents
from reportgen.logger.artifacts.store import PARTS, ArtifactStore
from reportgen.logger.settings import safe_id

TAKEN = ".taken"


def contribute(store: ArtifactStore, artifact: Artifact, key: str) -> None:
    """Keep the contents of an artifact, and leave its list of files for whoever finishes the version.

    Args:
        store: the artifacts of the project.
        artifact: a draft.
        key: what the contributions to one version have in common.
    """
    if not artifact.is_draft():
        raise UsageError(f"{artifact.name} was logged already", where="upsert_artifact")
    keep_contents(store, artifact.manifest)
    digest = store.objects.put_bytes(artifact.manifest.content())
    folder = _folder(store, artifact, key)
    while True:
        try:
            if publish(os.path.join(folder, f"{os.urandom(8).hex()}.{digest}"), b""):
                return
        except FileNotFoundError:
            continue  # the folder was taken by whoever finished a version at this moment; this goes to the next one


def gather(store: ArtifactStore, artifact: Artifact, key: str) -> None:
    """Put all contributions so far into an artifact, whose own files go before them."""
    folder = _folder(store, artifact, key)
    taken = f"{folder}.{os.urandom(4).hex()}{TAKEN}"
    try:
        os.rename(folder, taken)  # in one step: what comes later belongs to the next version
    except FileNotFoundError:
        return
    entries = {}
    for name in sorted(os.listdir(taken)):
        digest = name.rpartition(".")[2]
        if is_digest(digest):
            entries.update(store.manifest(digest).entries)
    artifact.manifest.entries.update({**Manifest(entries).entries, **artifact.manifest.entries})
    from shutil import rmtree

    rmtree(taken, ignore_errors=True)


def _folder(store: ArtifactStore, artifact: Artifact, key: str) -> str:
    return os.path.join(store.folder, PARTS, artifact.collection_name, safe_id(key))
