"""Whether the contents of an artifact are what was logged."""

from __future__ import annotations

import os

from reportgen.errors import ArtifactError
from reportgen.logger.artifacts.contents import files_below
from reportgen.logger.artifacts.manifest import ArtifactEntry, Manifest

MOST_NAMED = 10


def verify(manifest: Manifest, name: str, root: str | None) -> None:
    """Read every content and compare it with its digest.

    Args:
        manifest: what there should be.
        name: the artifact, for the message.
        root: the folder to look in; None for the stored contents.

    Raises:
        ArtifactError: names what is missing or damaged, and in a folder what does not belong to the artifact.
    """
    wrong = [f"{entry.path} ({trouble})" for entry in manifest if (trouble := _trouble(entry, root))]
    if root is not None:
        extra = (place.replace(os.sep, "/") for _, place in files_below(root))
        wrong += [f"{place} (not in the artifact)" for place in extra if place not in manifest.entries]
    if wrong:
        more = f" and {len(wrong) - MOST_NAMED} more" if len(wrong) > MOST_NAMED else ""
        what = f"{name} is not what was logged: {', '.join(wrong[:MOST_NAMED])}{more}"
        anew = "Delete the damaged files below _artifacts/objects and log it again."
        remedy = anew if root is None else "Download it again."
        raise ArtifactError(what, where="Artifact.verify", remedy=remedy)


def _trouble(entry: ArtifactEntry, root: str | None) -> str:
    """What is wrong with an entry; empty if nothing is. References that are never fetched are taken as they are."""
    if root is None and entry.ref and not entry.local_path:
        return ""
    path = entry.local_path if root is None else os.path.join(root, *entry.path.split("/"))
    if not os.path.isfile(path):
        return "" if entry.is_out_of_reach() else "missing"
    return "" if entry.ref == entry.digest or entry.matches(path) else "damaged"
