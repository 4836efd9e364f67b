"""The media of a run as datasets: histograms apart from all else, for there may be many and few panels need them."""

from typing import Any

from reportgen.document import DataRef, Dataset
from reportgen.model import Run
from reportgen.pages import HISTOGRAM, media_beside_others
from reportgen.site.data_files import DataFiles
from reportgen.site.run_files import PublishedFiles

PARTS = ("histograms", "media")


def write_run_media(
    run: Run, number: int, published: PublishedFiles, data: DataFiles
) -> tuple[dict[str, DataRef], dict[str, str]]:
    """Write the ``RunMedia`` of types.ts; give back where each of `PARTS` is, and the kind of each key."""
    if not len(run.media):
        return {}, {}
    links = published.links
    parts: dict[str, dict[str, Any]] = {part: {} for part in PARTS}
    media = media_beside_others(run, links, published.holds, links.from_data_root)
    for key, entries in media.items():
        only = all(entry["kind"] == HISTOGRAM for entry in entries)
        parts["histograms" if only else "media"][key] = entries
    refs = {
        part: data.write(Dataset(links.run_key(run, part), {"run": number, "media": found}))
        for part, found in parts.items()
        if found
    }
    return refs, {key: entries[-1]["kind"] for key, entries in media.items()}
