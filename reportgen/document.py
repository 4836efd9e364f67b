"""What is shown, as plain frozen values: the output nouns. Pages are made of blocks; `site` renders both.

``themes/client/types.ts`` is the twin of this module for the browser: the panel dictionaries and the payloads of
datasets are described there field by field. Every ``uri`` is relative to the root of the site, without a leading slash.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = None | bool | int | float | str | list[Any] | dict[str, Any]
"""A value that `site.data_files` can write. Also numpy arrays of float64, where NaN stands for a gap."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Data for the browser: ``reportgen.put(key, payload)`` in the file ``data/<key>.<hash>.js``."""

    key: str
    payload: Any


@dataclass(frozen=True, slots=True)
class DataRef:
    """Where a written dataset is: its key, and its uri relative to the root of the data (the parent of ``data/``)."""

    key: str
    url: str


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads somewhere. ``uri`` is inside the site, ``href`` anywhere else (http and https only)."""

    text: str
    uri: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """HTML that was made safe already: rendered and sanitised Markdown."""

    html: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A message in the page's own voice. ``kind`` is ``info``, ``warning`` or ``error``."""

    kind: str
    title: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of an overview: a label and a value, perhaps a link, perhaps worth copying."""

    label: str
    value: str
    href: str = ""
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """A short list of facts under a heading."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class KeyValues:
    """A filterable table of keys (dotted, shown nested) and values as text, with the full value for hover and copy."""

    id: str
    title: str
    rows: tuple[tuple[str, str, str], ...]
    """(key, short text, full text)"""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """A big number: what it is, its formatted value, and where it comes from."""

    label: str
    value: str
    detail: str = ""
    source: Link | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A panel. Drawn by the browser; ``summary`` is a sentence for those who cannot see it.

    Attributes:
        panel: a ``Panel`` of types.ts: ``{"kind": "line", ...}`` or ``{"kind": "vega"}``.
        spec: for ``vega`` panels, the Vega specification with its data inside (written as a dataset of its own).
    """

    id: str
    title: str
    panel: Mapping[str, Any]
    summary: str = ""
    caption: str = ""
    spec: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``key`` is a column name of the runs frame; ``group`` its first header level."""

    key: str
    label: str
    group: str
    type: str
    """``number``, ``string``, ``boolean``, ``time``, ``duration``, ``list`` or ``state``"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as text, the full value for hover, and a link for the run's name."""

    text: str
    full: str = ""
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A runs table. The browser draws it from the project's runs dataset; ``rows`` is what is readable without it.

    Attributes:
        options: a ``TableOptions`` of types.ts: project, run ids, column keys, sort.
        rows: the first rows, at most 50.
        total: how many rows there are in all.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    options: Mapping[str, Any] = field(default_factory=dict)
    caption: str = ""


@dataclass(frozen=True, slots=True)
class GalleryItem:
    """One logged medium. ``uri`` is its copy in the site (images); ``chart`` draws a histogram; ``table`` holds cells."""

    key: str
    step: float
    kind: str
    caption: str = ""
    uri: str = ""
    width: int = 0
    height: int = 0
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gallery:
    """The media of a run by key, with one step slider for all."""

    id: str
    items: tuple[GalleryItem, ...]


@dataclass(frozen=True, slots=True)
class Console:
    """Console output. ``tail`` is the end of it as plain text; ``data`` the dataset with all of it."""

    id: str
    lines: int
    tail: str
    data: Dataset | None = None


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A saved file: its name, size in bytes, SHA-256 and its copy in the site (empty: not published)."""

    path: str
    size: int
    sha256: str = ""
    uri: str = ""


@dataclass(frozen=True, slots=True)
class FileList:
    """Files of a run."""

    id: str
    files: tuple[FileEntry, ...]


@dataclass(frozen=True, slots=True)
class PatchLine:
    """A line of a patch: ``kind`` is ``add``, ``remove``, ``context`` or ``hunk``; 0 for no line number."""

    kind: str
    old: int
    new: int
    text: str


@dataclass(frozen=True, slots=True)
class PatchFile:
    """One file of a patch, with how many lines it adds and removes."""

    path: str
    added: int
    removed: int
    lines: tuple[PatchLine, ...]


@dataclass(frozen=True, slots=True)
class Patch:
    """Uncommitted changes of a run's code, and the commands that bring the code back."""

    id: str
    recipe: str
    files: tuple[PatchFile, ...]
    download: str = ""


@dataclass(frozen=True, slots=True)
class RunCard:
    """A run in a short list: what the home page shows of it."""

    name: str
    uri: str
    state: str
    detail: str
    tags: tuple[str, ...] = ()
    color: int = 0


@dataclass(frozen=True, slots=True)
class RunCards:
    """A short list of runs under a heading."""

    title: str
    runs: tuple[RunCard, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class ReportCard:
    """A report in a list."""

    title: str
    uri: str
    description: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportCards:
    """The list of reports."""

    reports: tuple[ReportCard, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class StateCounts:
    """How many runs a project has in each state, with links to its places."""

    project: str
    counts: Mapping[str, int]
    links: tuple[Link, ...]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Workbench:
    """The workspace itself: run list and panels, all drawn by the browser from the project's datasets."""

    project: str


Block = (
    Prose
    | Notice
    | Facts
    | KeyValues
    | Metric
    | Chart
    | Table
    | Gallery
    | Console
    | FileList
    | Patch
    | RunCards
    | ReportCards
    | StateCounts
    | Workbench
)


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a page; its id is its anchor (and the tab on the run page)."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site that the engine writes itself (MkDocs writes the prose pages).

    Attributes:
        uri: ``runs/a1/index.html``.
        template: the theme's template for this kind of page, ``run.html``.
        kind: noun of the page: ``home``, ``workspace``, ``runs``, ``run``, ``reports``.
        project: name of the project the page belongs to, for the header; empty for none.
        facts: extra values for the template's head, such as state, tags, previous and next run.
    """

    uri: str
    template: str
    kind: str
    title: str
    sections: tuple[Section, ...]
    project: str = ""
    description: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    datasets: tuple[Dataset, ...] = ()
