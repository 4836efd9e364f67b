"""A gallery as its page has it: what may come in thousands is data, the page has what is read without a script.

Pictures and histograms of a key are one dataset, and so are the rows of a table. A table that grew from step to step is
one dataset too, of which each step shows the first rows.
"""

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.document import (
    Attachment,
    DataRef,
    Dataset,
    Film,
    Gallery,
    GalleryItem,
    HistogramBars,
    MediaTable,
    Overlay,
    Picture,
    Sound,
)
from reportgen.site.links import relative

Write = Callable[[Dataset], DataRef]

READ_FIGURES = 24
"""Pictures or histograms of the last step of a key that the page itself has."""
READ_ROWS = 50
"""Rows of a table that the page itself has."""


@dataclass(frozen=True, slots=True)
class LoggedTable:
    """A table on a page: its first rows, and where all of them are. ``count`` is how many are shown at this step."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    count: int
    source: dict[str, str]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The media of one key.

    Attributes:
        items: figures of the page; with a ``source``, only those that are read without a script.
        kind: ``pictures`` or ``histograms``, of a source.
        source: key and url of the ``ShelfPayload`` of types.ts.
        steps: at which something was logged, of a source.
    """

    key: str
    items: tuple[GalleryItem, ...]
    kind: str = ""
    source: dict[str, str] | None = None
    steps: NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True)
class GalleryData:
    """What writes the datasets of a gallery. ``root`` is the folder of the site that holds ``data/``."""

    gallery: Gallery
    root: str
    write: Write

    def shelves(self) -> list[Shelf]:
        """The media by key, as `Gallery` has them in a row."""
        keys = groupby(self.gallery.items, lambda item: item.key)
        return [self._shelf(number, key, list(items)) for number, (key, items) in enumerate(keys)]

    def _shelf(self, number: int, key: str, items: list[GalleryItem]) -> Shelf:
        for kind, content in (("pictures", Picture), ("histograms", HistogramBars)):
            if all(isinstance(item.content, content) for item in items):
                payload = {"kind": kind, "items": [self._item(item) for item in items]}
                source = self._put(f"shelf-{number}", payload)
                last = [item for item in items if item.step == items[-1].step]
                steps = np.unique(np.array([item.step for item in items], dtype=np.float64))
                return Shelf(key, tuple(last[:READ_FIGURES]), kind, source, steps)
        return Shelf(key, tuple(self._with_data(number, items)))

    def _with_data(self, number: int, items: list[GalleryItem]) -> Iterable[GalleryItem]:
        """The items, their tables replaced by such with their data elsewhere; the last one may hold those before it."""
        held: MediaTable | None = None
        source: dict[str, str] = {}
        made: list[GalleryItem] = []
        for place, item in reversed(list(enumerate(items))):
            table = item.content if isinstance(item.content, MediaTable) else item.table
            if table is None:
                made.append(item)
                continue
            if held is None or not _begins(held, table):
                held, source = table, self._put(f"table-{number}-{place}", self._table(table))
            shown: Any = LoggedTable(table.columns, table.rows[:READ_ROWS], len(table.rows), source)
            made.append(replace(item, content=shown) if item.table is None else replace(item, table=shown))
        return reversed(made)

    def _put(self, name: str, payload: Any) -> dict[str, str]:
        ref = self.write(Dataset("/".join(part for part in (self.gallery.data, name) if part), payload))
        return {"key": ref.key, "url": ref.url}

    def _item(self, item: GalleryItem) -> dict[str, Any]:
        file = item.file
        given = {
            "caption": item.caption,
            "facts": item.facts,
            "notes": item.notes,
            "file": {"name": file.name, "size": file.size, "uri": self._uri(file.uri)} if file else None,
        }
        return {"step": item.step} | _said(given) | self._content(item.content)

    def _table(self, table: MediaTable) -> dict[str, Any]:
        return {"columns": table.columns, "rows": [[self._cell(cell) for cell in row] for row in table.rows]}

    def _cell(self, cell: Any) -> Any:
        return cell if cell is None or isinstance(cell, str | int | float) else self._content(cell)

    def _content(self, content: Any) -> dict[str, Any]:
        """A medium as a ``MediumData`` of types.ts."""
        if isinstance(content, Picture):
            size = {"width": content.width, "height": content.height, "moves": content.moves}
            overlays = [self._overlay(overlay) for overlay in content.overlays]
            return {"picture": self._uri(content.uri), "label": content.alt} | _said({**size, "overlays": overlays})
        if isinstance(content, HistogramBars):
            return {"bins": np.array(content.bins), "values": np.array(content.values)}
        if isinstance(content, Sound):
            return {"sound": self._uri(content.uri), "label": content.label, "peaks": content.peaks}
        if isinstance(content, Film):
            return {"film": self._uri(content.uri), "label": content.label}
        return {"what": content.what if isinstance(content, Attachment) else ""}

    def _overlay(self, overlay: Overlay) -> dict[str, Any]:
        boxes = [
            [box.x, box.y, box.width, box.height, box.class_id, box.text, dict(box.scores)] for box in overlay.boxes
        ]
        given = {"name": overlay.name, "classes": overlay.classes}
        return given | ({"mask": self._uri(overlay.uri)} if overlay.uri else {"boxes": boxes})

    def _uri(self, uri: str) -> str:
        """A uri as the browser code wants it: relative to the folder that holds ``data/``."""
        return relative(uri, posixpath.join(self.root, "index.html"))


def _said(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value}


def _begins(whole: MediaTable, part: MediaTable) -> bool:
    return whole.columns == part.columns and whole.rows[: len(part.rows)] == part.rows
