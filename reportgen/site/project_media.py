"""Which media the runs of a project logged, and where they are."""

from collections.abc import Mapping
from typing import Any

from reportgen.document import DataRef, Dataset
from reportgen.model import Project
from reportgen.site.data_files import DataFiles
from reportgen.site.ledger import Ledger
from reportgen.site.level_data import reference
from reportgen.site.links import Links
from reportgen.site.run_media import PARTS


def media_of_project(project: Project, ledger: Ledger, links: Links, data: DataFiles) -> Mapping[str, Any]:
    """What the index of a project says about media; writes where those of each run are."""
    if not any(len(run.media) for run in project.runs):
        return {"media": []}
    places: dict[str, list[dict[str, str] | None]] = {part: [None] * len(project.runs) for part in PARTS}
    keys: dict[str, list[int]] = {}
    kinds: dict[str, str] = {}
    for number, run in enumerate(project.runs):
        if not len(run.media):
            continue
        entry = ledger.entry(number, run)
        for part, booked in entry.media.items():
            places[part][number] = reference(DataRef(*booked))
        kinds |= entry.media_kinds
        for key in entry.media_kinds:
            keys.setdefault(key, []).append(number)
    ref = data.write(Dataset(links.key(project.name, "media"), {**places, "keys": keys}))
    media = [{"key": key, "kind": kinds[key], "runs": len(keys[key])} for key in sorted(keys)]
    return {"media": media, "mediaOf": reference(ref)}
