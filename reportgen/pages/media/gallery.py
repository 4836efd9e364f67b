"""Which media of a run are shown, and how: the registry of their kinds."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from reportgen import schema
from reportgen.document import Attachment, Gallery, GalleryItem
from reportgen.model import Media, Run
from reportgen.numbers import format_number
from reportgen.pages.context import PageContext
from reportgen.pages.media.bokeh import shown_bokeh
from reportgen.pages.media.chart import shown_chart
from reportgen.pages.media.figure import shown_figure
from reportgen.pages.media.histogram import shown_histogram
from reportgen.pages.media.html import shown_html
from reportgen.pages.media.logged_medium import LoggedMedium, Shown, evenly
from reportgen.pages.media.molecule import shown_molecule
from reportgen.pages.media.picture import shown_picture
from reportgen.pages.media.recording import shown_sound, shown_video
from reportgen.pages.media.space import shown_space
from reportgen.pages.media.table import shown_table

ITEMS_PER_KEY = 300
MANY: Mapping[str, int] = {schema.IMAGE: 20_000, schema.HISTOGRAM: 2_000}
"""The same for kinds that are data and no elements of the page."""

SHOWN: Mapping[str, Callable[[LoggedMedium], Shown | None]] = {
    schema.IMAGE: shown_picture,
    schema.HISTOGRAM: shown_histogram,
    schema.TABLE: shown_table,
    schema.AUDIO: shown_sound,
    schema.VIDEO: shown_video,
    schema.HTML: shown_html,
    schema.PLOTLY: shown_figure,
    schema.OBJECT3D: shown_space,
    schema.BOKEH: shown_bokeh,
    schema.MOLECULE: shown_molecule,
    schema.CHART: shown_chart,
}
"""Kind -> how it is shown; None from it, and other kinds: the file is offered as it is."""
NAMES = {
    schema.AUDIO: "A sound",
    schema.VIDEO: "A video",
    schema.HTML: "A page of HTML",
    schema.PLOTLY: "A Plotly figure",
    schema.BOKEH: "A Bokeh document",
    schema.OBJECT3D: "An object in space",
    schema.MOLECULE: "A molecule",
    schema.TABLE: "A table",
}


def gallery_block(run: Run, context: PageContext) -> tuple[Gallery, tuple[str, ...]]:
    """The run's media in the order of key and step, and notes on what cannot be shown."""
    items: list[GalleryItem] = []
    notes: list[str] = []
    parts: dict[str, Any] = {}
    for key, logged in by_key(run.media).items():
        shown = evenly(logged, min(MANY.get(media.kind, ITEMS_PER_KEY) for media in logged))
        if len(shown) < len(logged):
            notes.append(f"{key}: {len(shown)} of {len(logged)} are shown, evenly spread over the steps.")
        made = [
            _item(LoggedMedium(media.value, media.path, run, context, f"medium-{number}", "", parts), media)
            for number, media in enumerate(shown, start=len(items))
        ]
        kinds = sorted({media.kind for media, item in zip(shown, made, strict=True) if item is None})
        if kinds:
            notes.append(f"{key}: {made.count(None)} of kind {', '.join(kinds)} cannot be shown.")
        items += [item for item in made if item is not None]
    return Gallery("gallery", tuple(items), context.links.run_key(run)), tuple(notes)


def by_key(media: Iterable[Media]) -> dict[str, list[Media]]:
    """The media of a run by key and step."""
    keys: dict[str, list[Media]] = {}
    for item in media:
        keys.setdefault(item.key, []).append(item)
    return {key: sorted(keys[key], key=lambda item: item.step) for key in sorted(keys)}


def _item(medium: LoggedMedium, media: Media) -> GalleryItem | None:
    """What the page shows of one logged medium; None when it holds nothing that can be shown or fetched."""
    caption = media.value.get("caption")
    caption = caption if isinstance(caption, str) else ""
    medium = replace(medium, label=caption or f"{media.key} at step {format_number(media.step)}")
    shown = SHOWN.get(media.kind, _offered)(medium) or _offered(medium)
    if shown is None:
        return None
    return GalleryItem(
        media.key,
        media.step,
        media.kind,
        shown.content,
        caption,
        shown.facts,
        shown.notes,
        shown.file,
        shown.table,
    )


def _offered(medium: LoggedMedium) -> Shown | None:
    """The file of a medium that is not drawn."""
    file = medium.file()
    if file is None or medium.kind == schema.IMAGE:
        return None
    format_ = medium.text("format")
    return Shown(Attachment(NAMES.get(medium.kind, medium.kind)), (format_,) if format_ else (), file=file)
