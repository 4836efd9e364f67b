"""The media of a run as a dataset."""

from reportgen.document import DataRef, Dataset
from reportgen.model import Run
from reportgen.pages import media_beside_others
from reportgen.site.data_files import DataFiles
from reportgen.site.run_files import PublishedFiles


def write_run_media(
    run: Run, number: int, published: PublishedFiles, data: DataFiles
) -> tuple[DataRef | None, dict[str, str]]:
    """Write the ``RunMedia`` of types.ts; give back where they are, and the kind of what is under each key."""
    if not len(run.media):
        return None, {}
    links = published.links
    media = media_beside_others(run, links, published.holds, links.from_data_root)
    ref = data.write(Dataset(links.run_key(run, "media"), {"run": number, "media": media}))
    return ref, {key: entries[-1]["kind"] for key, entries in media.items()}
