"""The gallery of a run: images, histograms and tables as logged, each checked before it reaches the page."""

import json
import math
from collections.abc import Iterable
from typing import Any

from reportgen import schema
from reportgen.document import Gallery, GalleryItem
from reportgen.model import Media, Run
from reportgen.pages.context import PageContext

ITEMS_PER_KEY = 300
TABLE_ROWS = 200
TABLE_COLUMNS = 50
TABLE_BYTES = 2_000_000
HISTOGRAM_BINS = 512
CELL_CHARACTERS = 500


def gallery_block(run: Run, context: PageContext) -> tuple[Gallery, tuple[str, ...]]:
    """The run's media in the order of key and step, and notes on what cannot be shown.

    ``GalleryItem.kind`` is one of `schema.MEDIA_KINDS`; the payload of a histogram is a ``HistogramPayload`` of
    types.ts, that of a table a ``TablePayload``.
    """
    items: list[GalleryItem] = []
    notes: list[str] = []
    for key, logged in _by_key(run.media).items():
        shown = _spread(logged, ITEMS_PER_KEY)
        if len(shown) < len(logged):
            notes.append(f"{key}: {len(shown)} of {len(logged)} are shown, evenly spread over the steps.")
        made = [_item(media, run, context) for media in shown]
        kinds = sorted({media.kind for media, item in zip(shown, made, strict=True) if item is None})
        if kinds:
            notes.append(f"{key}: {made.count(None)} of kind {', '.join(kinds)} cannot be shown.")
        items += [item for item in made if item is not None]
    return Gallery("gallery", tuple(items)), tuple(notes)


def _by_key(media: Iterable[Media]) -> dict[str, list[Media]]:
    keys: dict[str, list[Media]] = {}
    for item in media:
        keys.setdefault(item.key, []).append(item)
    return {key: sorted(keys[key], key=lambda item: item.step) for key in sorted(keys)}


def _spread(items: list[Media], limit: int) -> list[Media]:
    """At most ``limit`` items, the first and the last among them."""
    if len(items) <= limit:
        return items
    return [items[round(place * (len(items) - 1) / (limit - 1))] for place in range(limit)]


def _item(media: Media, run: Run, context: PageContext) -> GalleryItem | None:
    """What the page shows of one logged medium; None when it is of another kind or does not hold what it should."""
    caption = media.value.get("caption")
    caption = caption if isinstance(caption, str) else ""
    if media.kind == schema.IMAGE:
        path = media.path.removeprefix(f"{schema.FILES_FOLDER}/")
        if path == media.path or not context.published(run, path):
            return None
        uri = context.links.run_file(run, path)
        width, height = _pixels(media.value.get("width")), _pixels(media.value.get("height"))
        return GalleryItem(media.key, media.step, media.kind, caption, uri, width, height)
    payload: dict[str, Any] | None = None
    if media.kind == schema.HISTOGRAM:
        payload = _histogram(media.value)
    elif media.kind == schema.TABLE:
        payload = _table(_table_content(media, run, context))
    return GalleryItem(media.key, media.step, media.kind, caption, payload=payload) if payload else None


def _pixels(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 100_000 else 0  # noqa: PLR2004


def _histogram(value: Any) -> dict[str, Any] | None:
    bins, values = value.get("bins"), value.get("values")
    if not isinstance(bins, list) or not isinstance(values, list) or len(bins) != len(values) + 1:
        return None
    if not values or len(values) > HISTOGRAM_BINS or not all(_is_finite(number) for number in (*bins, *values)):
        return None
    return {"bins": [float(edge) for edge in bins], "values": [float(count) for count in values]}


def _is_finite(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _table_content(media: Media, run: Run, context: PageContext) -> Any:
    if not media.path:
        return media.value
    text = context.read_text(run.folder, media.path, TABLE_BYTES)
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None


def _table(content: Any) -> dict[str, Any] | None:
    if not isinstance(content, dict):
        return None
    columns, data = content.get("columns"), content.get("data")
    if not isinstance(columns, list) or not isinstance(data, list):
        return None
    rows = [row for row in data[:TABLE_ROWS] if isinstance(row, list)]
    return {
        "columns": [str(column)[:CELL_CHARACTERS] for column in columns[:TABLE_COLUMNS]],
        "data": [[_cell(cell) for cell in row[:TABLE_COLUMNS]] for row in rows],
    }


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, bool) or _is_finite(value):
        return value
    return (value if isinstance(value, str) else json.dumps(value))[:CELL_CHARACTERS]
