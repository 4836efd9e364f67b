"""Logged media as a page shows them: the gallery, and one class for each way of showing something.

Every ``uri`` is that of the file's copy in the site. Texts are as logged: templates escape them.
"""

from dataclasses import dataclass
from typing import Any

from reportgen.document.chart import Chart
from reportgen.document.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Box:
    """A box over a picture, in fractions of its width and height.

    Attributes:
        text: all that is known about it.
        scores: how sure the run was of it, by name.
    """

    x: float
    y: float
    width: float
    height: float
    class_id: int
    label: str
    text: str
    scores: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Overlay:
    """What lies over a picture under one name: boxes, or the picture of class numbers of a mask.

    Attributes:
        name: as logged.
        classes: (number, name) of each class.
        boxes: empty for a mask.
        uri: of a mask's picture: grey, each value a class. Empty for boxes.
    """

    name: str
    classes: tuple[tuple[int, str], ...]
    boxes: tuple[Box, ...] = ()
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image. ``width`` and ``height`` are pixels, 0 when unknown; ``moves`` that it may be an animation."""

    uri: str
    alt: str
    width: int = 0
    height: int = 0
    overlays: tuple[Overlay, ...] = ()
    moves: bool = False


@dataclass(frozen=True, slots=True)
class HistogramBars:
    """Counts between edges, of which there is one more: a ``HistogramPayload`` of types.ts."""

    bins: tuple[float, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class MediaTable:
    """A logged table. A cell is a number, a text, a boolean, None, or a medium."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Sound:
    """Something to hear, in a format that browsers play.

    Attributes:
        peaks: how loud it is, from 0 to 1, in as many equal parts of its time; empty when that is not known.
    """

    uri: str
    label: str
    peaks: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Film:
    """A video in a format that browsers play."""

    uri: str
    label: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class HtmlFrame:
    """HTML from a run, shown in a frame that runs nothing; `site.html_view` makes the page at ``uri``."""

    uri: str
    label: str


@dataclass(frozen=True, slots=True)
class PlotlyFigure:
    """A figure that Plotly draws; ``data`` is a ``PlotlyPayload`` of types.ts."""

    label: str
    data: Dataset


@dataclass(frozen=True, slots=True)
class PointCloud:
    """Points, boxes and vectors in space; ``data`` is a ``CloudPayload`` of types.ts."""

    label: str
    data: Dataset


@dataclass(frozen=True, slots=True)
class Mesh:
    """A surface in space; ``data`` is a ``MeshPayload`` of types.ts."""

    label: str
    data: Dataset


@dataclass(frozen=True, slots=True)
class Molecule:
    """Atoms and bonds; ``data`` is a ``MoleculePayload`` of types.ts."""

    label: str
    data: Dataset


@dataclass(frozen=True, slots=True)
class BokehFigure:
    """A figure that BokehJS draws, in a frame of its own; ``data`` is a ``BokehPayload`` of types.ts."""

    label: str
    data: Dataset


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is not shown, only offered: what it is, in words."""

    what: str


MediumContent = (
    Picture
    | HistogramBars
    | MediaTable
    | Sound
    | Film
    | HtmlFrame
    | PlotlyFigure
    | BokehFigure
    | PointCloud
    | Mesh
    | Molecule
    | Attachment
    | Chart
)


@dataclass(frozen=True, slots=True)
class MediumFile:
    """The file behind a medium: its name, its size in bytes and its copy in the site."""

    name: str
    size: int
    uri: str


@dataclass(frozen=True, slots=True)
class GalleryItem:
    """One logged medium.

    Attributes:
        key: the name that it was logged under.
        kind: one of `schema.MEDIA_KINDS`, or another.
        caption: as logged.
        content: how it is shown.
        facts: short words about it: ``12.3 s``, ``44.1 kHz``.
        notes: what is not as it was logged, a sentence each.
        file: what can be fetched; None for a picture, which is its own link, and for what has no file.
        table: the table of a chart, when it is to stand below it.
    """

    key: str
    step: float
    kind: str
    content: MediumContent
    caption: str = ""
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    file: MediumFile | None = None
    table: MediaTable | None = None


@dataclass(frozen=True, slots=True)
class Gallery:
    """The media of a run by key, with one step slider for all.

    Attributes:
        data: what the keys of its datasets begin with: ``digits/r/a1``.
    """

    id: str
    items: tuple[GalleryItem, ...]
    data: str = ""
