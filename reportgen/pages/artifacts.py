"""The artifacts of a run: what it logged and who used it, what it used and who logged that."""

from reportgen import schema
from reportgen.artifacts import ArtifactFile, ArtifactKey, ArtifactRecord, ArtifactVersion
from reportgen.document import ArtifactItem, ArtifactList, Link
from reportgen.markdown import render_untrusted
from reportgen.model import Run
from reportgen.pages.context import PageContext
from reportgen.pages.lineage import lineage_of
from reportgen.tables import flat_rows

MOST_ARTIFACTS = 200
MOST_FILES = 500
"""Entries of one artifact that are listed."""
MOST_RUNS = 50
MOST_NAMED = 5
MOST_METADATA = 200
TITLES = {schema.ARTIFACT_ACTIONS[0]: "Logged", schema.ARTIFACT_ACTIONS[1]: "Used"}


def artifact_lists(run: Run, context: PageContext) -> tuple[ArtifactList, ...]:
    """What the run logged and what it used, the latest first; a list without anything is left out."""
    lists = []
    for action, title in TITLES.items():
        records: dict[ArtifactKey, ArtifactRecord] = {}
        for record in reversed(run.artifact_records):
            if record.action == action:
                records.setdefault(ArtifactKey(record.project or run.project, record.name, record.version), record)
        shown = list(records.items())[:MOST_ARTIFACTS]
        items = tuple(
            _item(f"{title}-{place}".lower(), key, record, run, context) for place, (key, record) in enumerate(shown, 1)
        )
        more = len(records) - len(items)
        note = f"The latest {len(items)} of {len(records)} are shown." if more else ""
        if items:
            lists.append(ArtifactList(f"artifacts-{title.lower()}", title, items, note))
    return tuple(lists)


def _item(anchor: str, key: ArtifactKey, record: ArtifactRecord, run: Run, context: PageContext) -> ArtifactItem:
    lineage = lineage_of(context.workspace)
    source = lineage.source(key)
    version, contents = lineage.versions.get(key), lineage.versions.get(source)
    first = next(iter(lineage.loggers.get(source, ())), run)
    used_by = [other for other in lineage.users.get(source, ()) if other is not run]
    files = contents.files if contents else None
    return ArtifactItem(
        id=anchor,
        name=key.name,
        version=key.version,
        type=version.type if version else record.type,
        project=key.project if key.project != run.project else "",
        aliases=version.aliases if version else record.aliases,
        tags=version.tags if version else (),
        size=version.size if version else record.size,
        digest=version.digest if version else record.digest,
        description=render_untrusted(version.description) if version and version.description.strip() else "",
        metadata=flat_rows(version.metadata)[:MOST_METADATA] if version else (),
        files=(files or ())[:MOST_FILES],
        count=version.count if version else None,
        logged_by=_link(first, context) if first is not run else None,
        used_by=tuple(_link(other, context) for other in used_by[:MOST_RUNS]),
        linked_as=tuple(name for name in lineage.links.get(source, ()) if name != str(key)),
        links_to=str(source) if source != key else "",
        note=_note(version, files),
    )


def _note(version: ArtifactVersion | None, files: tuple[ArtifactFile, ...] | None) -> str:
    if version is None:
        return "This version is not in the folder of artifacts here."
    if version.deleted:
        return "This version was deleted."
    if version.left_out:
        more = f" and {len(version.left_out) - MOST_NAMED} more" if len(version.left_out) > MOST_NAMED else ""
        return f"Not whole: {', '.join(version.left_out[:MOST_NAMED])}{more} could not be added."
    return "The list of its files is not here." if files is None and version.count else ""


def _link(run: Run, context: PageContext) -> Link:
    return Link(run.name, context.links.run(run))
