"""Which media the runs of a project logged, and where they are."""

from collections.abc import Mapping
from typing import Any

from reportgen.document import DataRef, Dataset
from reportgen.model import Project
from reportgen.site.data_files import DataFiles
from reportgen.site.ledger import Ledger
from reportgen.site.level_data import reference
from reportgen.site.links import Links


def media_of_project(project: Project, ledger: Ledger, links: Links, data: DataFiles) -> Mapping[str, Any]:
    """What the index of a project says about media; writes where those of each run are."""
    if not any(len(run.media) for run in project.runs):
        return {"media": []}
    places: list[dict[str, str] | None] = [None] * len(project.runs)
    keys: dict[str, list[int]] = {}
    kinds: dict[str, str] = {}
    for number, run in enumerate(project.runs):
        entry = ledger.entry(number, run) if len(run.media) else None
        if entry is None or entry.media is None:
            continue
        places[number] = reference(DataRef(*entry.media))
        kinds |= entry.media_kinds
        for key in entry.media_kinds:
            keys.setdefault(key, []).append(number)
    ref = data.write(Dataset(links.key(project.name, "media"), {"runs": places, "keys": keys}))
    media = [{"key": key, "kind": kinds[key], "runs": len(keys[key])} for key in sorted(keys)]
    return {"media": media, "mediaOf": reference(ref)}
