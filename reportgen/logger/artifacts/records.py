"""Logging, finding and linking artifacts: what `Run.log_artifact` and its kin do."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from time import time as now

from reportgen.errors import UsageError
from reportgen.logger.artifacts.artifact import Artifact
from reportgen.logger.artifacts.collection import Version
from reportgen.logger.artifacts.manifest import Manifest
from reportgen.logger.artifacts.names import LATEST, alias_list, parse_name
from reportgen.logger.artifacts.plain import cleaner_of
from reportgen.logger.artifacts.store import ArtifactStore, find_version
from reportgen.logger.artifacts.surroundings import running, store_of
from reportgen.schema import ARTIFACT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from reportgen.logger.recorder import Recorder

UNSPECIFIED = "unspecified"
LOG, USE = "log", "use"


def artifact_of(
    run: Recorder,
    given: object,
    name: str | None = None,
    kind: str | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> Artifact:
    """The artifact that was given, or a new one with the file, folder or URI that was given.

    Raises:
        UsageError: it is none of these.
    """
    if isinstance(given, Artifact):
        return given
    path = os.fspath(given) if isinstance(given, (str, os.PathLike)) else ""
    base = os.path.basename(path.rstrip("/" + os.sep)) or "files"
    made = Artifact(name or f"run-{run.id}-{base}", kind or UNSPECIFIED, metadata=metadata)
    if os.path.isfile(path):
        made.add_file(path)
    elif os.path.isdir(path):
        made.add_dir(path)
    elif "://" in path:
        made.add_reference(path)
    else:
        remedy = "Give an Artifact, a file, a folder or a URI."
        raise UsageError(f"{given!r} is no artifact", where="log_artifact", remedy=remedy)
    return made


def log(run: Recorder, artifact: Artifact, aliases: Iterable[str], tags: Iterable[str]) -> None:
    """Keep the contents, make a version unless there is an equal one, and write it into the run's log."""
    if not artifact.is_draft():
        _change_aliases(artifact, add=aliases)
        write(run, LOG, artifact)
        return
    store = store_of(run.folder, run.project)
    manifest = _with_latest(store, artifact) if artifact.incremental else artifact.manifest
    keep_contents(store, manifest)
    record = {
        "name": artifact.collection_name,
        "type": artifact.type,
        "digest": store.objects.put_bytes(manifest.content()),
        "size": manifest.size,
        "files": len(manifest),
        "time": now(),
        "run": {"project": run.project, "id": run.id},
        "step": run.step,
        "aliases": list(dict.fromkeys((LATEST, *aliases, *alias_list(artifact.aliases)))),
        "tags": list(dict.fromkeys((*tags, *map(str, artifact.tags)))),
        **{field: value for field, value in _description(run.folder, artifact).items() if value is not None},
    }
    if artifact.left_out:
        record["left_out"] = artifact.left_out
    _add(store, artifact, record)
    write(run, LOG, artifact)


def use(run: Recorder, given: object, kind: str | None, aliases: Iterable[str] = ()) -> Artifact:
    """Find the version that a name leads to, or take the artifact given; write into the run's log that it was used.

    Raises:
        ArtifactError: there is none.
        UsageError: it is of another type.
    """
    artifact = given if isinstance(given, Artifact) else find(run, str(given))
    if artifact.is_draft():
        log(run, artifact, aliases, ())
    if kind is not None and artifact.type != kind:
        remedy = f"Ask for type={artifact.type!r}, or leave the type out."
        raise UsageError(
            f"{artifact.name} is of type {artifact.type!r}, not {kind!r}", where="use_artifact", remedy=remedy
        )
    if aliases:
        _change_aliases(artifact, add=aliases)
    write(run, USE, artifact)
    return artifact


def find(run: Recorder, name: str) -> Artifact:
    """The version that a name leads to.

    Raises:
        ArtifactError: there is none.
    """
    wanted = parse_name(name, run.project)
    store, version = find_version(store_of(run.folder, run.project).root, wanted)
    return Artifact(wanted.name, "").bind(store, version)


def link(artifact: Artifact, target_path: str, aliases: str | Iterable[str] | None) -> Artifact:
    """A version of another name that stands for this one. Its contents stay where they are.

    Raises:
        UsageError: the artifact was not logged, or the target is the artifact itself.
    """
    if artifact.stored is None:
        run = running()
        if run is None or run.disabled:
            raise UsageError(f"{artifact.name} was not logged yet", where="link_artifact", remedy="Log it first.")
        log(run, artifact, (), ())
    store, version = _stored(artifact)
    target = parse_name(target_path, store.project)
    there = ArtifactStore(store.root, target.project)
    source = version.record.get("source") or {
        "project": store.project,
        "name": artifact.collection_name,
        "version": version.name,
    }
    if (source["project"], source["name"]) == (there.project, target.name):
        remedy = "Name a project before it, such as model-registry/name."
        raise UsageError(f"{target.name} is the artifact itself", where="link_artifact", remedy=remedy)
    linked = Artifact(target.name, artifact.type)
    words = list(dict.fromkeys((LATEST, *alias_list(aliases))))
    record = {**version.record, "name": target.name, "source": source, "aliases": words, "time": now()}
    _add(there, linked, record)
    return linked


def save(artifact: Artifact) -> None:
    """Log a draft to the current run, or write what was changed on a version.

    Raises:
        UsageError: it is a draft, and no run is going on.
    """
    if artifact.stored is None:
        run = running()
        if run is None:
            raise UsageError(
                "there is no run to log it to", where="Artifact.save", remedy="Call reportgen.init() first."
            )
        if not run.disabled:
            log(run, artifact, (), ())
        return
    store, version = artifact.stored
    now_fields = {**_description(store.folder, artifact), "tags": list(artifact.tags)}
    changes: dict[str, Any] = {field: new for field, new in now_fields.items() if new != version.record.get(field)}
    _change_aliases(artifact, add=artifact.aliases, only=True, fields=changes)


def write(run: Recorder, action: str, artifact: Artifact) -> None:
    """Write into a run's log that it logged or used a version."""
    store, version = _stored(artifact)
    fields: dict[str, object] = {
        "action": action,
        "time": now(),
        "artifact_type": artifact.type,
        "name": artifact.collection_name,
        "version": version.name,
        "digest": version.digest,
        "size": version.record.get("size"),
        "aliases": list(artifact.aliases),
    }
    if store.project != run.project:
        fields["project"] = store.project
    run.write_record(ARTIFACT, fields)


def keep_contents(store: ArtifactStore, manifest: Manifest) -> None:
    """Put every content into the store. A file that has changed since it was added has another digest now.

    Raises:
        UsageError: a file that was added with ``policy="immutable"`` has changed.
    """
    for entry in manifest:
        if entry.ref:
            continue
        digest, size = entry.digest, entry.size or 0
        if not (entry.staged and store.objects.take(entry.local_path, digest, size)):
            digest, size = store.objects.put_file(entry.local_path, digest, size)
        if digest != entry.digest:
            what = f"{entry.local_path} has changed since it was added"
            raise UsageError(what, where="log_artifact", remedy='Add it with policy="mutable", which takes a copy.')
        entry.local_path, entry.size, entry.staged = store.objects.path(digest), size, False


def _with_latest(store: ArtifactStore, artifact: Artifact) -> Manifest:
    """The files of the latest version with the artifact's own over them."""
    latest = store.collection(artifact.collection_name).find(LATEST)
    known = store.manifest(latest.digest).entries if latest else {}
    return Manifest({**known, **artifact.manifest.entries})


def _add(store: ArtifactStore, artifact: Artifact, record: dict[str, Any]) -> None:
    """Add a version, or find the equal one and give it the aliases; the artifact becomes that version."""
    collection = store.collection(artifact.collection_name)
    name, new = collection.add(record)
    version = Version(name, dict(record))
    version.aliases = list(record["aliases"])
    if not new:
        collection.change(name, {"add": record["aliases"], "time": now(), "run": record.get("run")})
        version = collection.find(name) or version
    artifact.bind(store, version)


def _change_aliases(
    artifact: Artifact, *, add: Iterable[str], only: bool = False, fields: Mapping[str, Any] | None = None
) -> None:
    """Give a version more aliases, or with ``only`` exactly these; with other fields that have changed."""
    store, version = _stored(artifact)
    wanted = alias_list(add)
    added = [alias for alias in wanted if alias not in version.aliases]
    removed = [alias for alias in version.aliases if alias not in wanted] if only else []
    if not added and not removed and not fields:
        return
    collection = store.collection(artifact.collection_name)
    collection.change(version.name, {"add": added, "remove": removed, "time": now(), **(fields or {})})
    changed = collection.find(version.name)
    if changed is not None:
        artifact.bind(store, changed)


def _description(folder: str, artifact: Artifact) -> dict[str, Any]:
    """The fields of a version that people write; None where nothing was written."""
    ttl = getattr(artifact.ttl, "total_seconds", None)
    return {
        "description": None if artifact.description is None else str(artifact.description),
        "metadata": cleaner_of(folder).tree(artifact.metadata),
        "ttl": ttl() if ttl else None,
    }


def _stored(artifact: Artifact) -> tuple[ArtifactStore, Version]:
    if artifact.stored is None:
        raise UsageError(f"{artifact.name} was not logged yet", where="Artifact")
    return artifact.stored
