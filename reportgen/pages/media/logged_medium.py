"""A medium as a run logged it, in a row or in a cell of a table, and how its file is reached. None of it is trusted."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from reportgen import schema
from reportgen.document import MediaTable, MediumContent, MediumFile
from reportgen.model import Run
from reportgen.pages.context import PageContext
from reportgen.pages.run_files import contained

LONGEST_TEXT = 500
LARGEST_SIDE = 100_000
"""Pixels; a picture said to be larger has no known size."""
READ_BYTES = 20_000_000
"""Larger files that would be drawn from what is in them are offered and not drawn."""


@dataclass(frozen=True, slots=True)
class LoggedMedium:
    """A logged object with ``_type``.

    Attributes:
        value: as it was logged.
        path: its file relative to the run folder; empty when it has none.
        run: the run that logged it.
        context: what the page is made from.
        id: of its element, unlike any other on the page.
        label: what it is, for those who do not see it.
        parts: of tables on the same page, by path: a table that grew is logged again and again.
    """

    value: Mapping[str, Any]
    path: str
    run: Run
    context: PageContext
    id: str
    label: str
    parts: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def kind(self) -> str:
        """The ``_type``."""
        return str(self.value.get(schema.MEDIA_TYPE))

    def text(self, name: str) -> str:
        """A field that is a text, or nothing."""
        value = self.value.get(name)
        return value[:LONGEST_TEXT] if isinstance(value, str) else ""

    def number(self, name: str) -> float | None:
        """A field that is a finite number."""
        return finite(self.value.get(name))

    def pixels(self, name: str) -> int:
        """A field that is a length in pixels; 0 when it is none."""
        value = self.value.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < LARGEST_SIDE else 0

    def uri(self, path: str | None = None) -> str:
        """The site's copy of the medium's file, or of another that it names; empty when there is none."""
        name = self.published(self.path if path is None else path)
        return self.context.links.run_file(self.run, name) if name else ""

    def published(self, path: str) -> str:
        """A path relative to ``files/``, if the file there is part of the site."""
        name = path.removeprefix(f"{schema.FILES_FOLDER}/")
        if name == path or contained(self.run.folder / schema.FILES_FOLDER, name) is None:
            return ""
        return name if self.context.published(self.run, name) else ""

    def ending(self) -> str:
        """The lower-case file ending: ``.png``."""
        return PurePosixPath(self.path).suffix.casefold()

    def file(self) -> MediumFile | None:
        """The file to fetch; None when it is not part of the site."""
        uri, found = self.uri(), contained(self.run.folder, self.path)
        return MediumFile(PurePosixPath(self.path).name, found.stat().st_size, uri) if uri and found else None

    def bytes(self) -> bytes | None:
        """What is in the medium's file; None when it is not part of the site, or too large to be drawn."""
        if not self.published(self.path):
            return None
        content = self.context.read_bytes(self.run.folder, self.path, READ_BYTES + 1)
        return content if content and len(content) <= READ_BYTES else None

    def content(self, path: str | None = None) -> Any:
        """The JSON in the medium's file, or in another of the run; None when there is none, or far too much of it."""
        place = self.path if path is None else path
        text = self.context.read_text(self.run.folder, place, READ_BYTES) if place else None
        try:
            return json.loads(text) if text else None
        except (ValueError, RecursionError):
            return None


@dataclass(frozen=True, slots=True)
class Shown:
    """How a medium is shown, and what is said about it; the fields are those of `document.GalleryItem`."""

    content: MediumContent
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    file: MediumFile | None = None
    table: MediaTable | None = None


def finite(value: Any) -> float | None:
    """The value as a finite number; None when it is none."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def evenly(items: list[Any], limit: int) -> list[Any]:
    """At most ``limit`` items, evenly spread, the first and the last among them."""
    if len(items) <= limit:
        return items
    return [items[round(place * (len(items) - 1) / (limit - 1))] for place in range(limit)]
