"""What is shown, as plain frozen values: the output nouns. Pages are made of blocks; `site` renders both.

``themes/client/types.ts`` is the twin of this package for the browser: the panel dictionaries and the payloads of
datasets are described there field by field. Every ``uri`` is relative to the root of the site, without a leading slash.
"""

from reportgen.document.artifacts import ArtifactItem, ArtifactList
from reportgen.document.cards import Comparison, ReportCard, ReportCards, RunCard, RunCards, StateCounts, Workbench
from reportgen.document.chart import Chart
from reportgen.document.dataset import DataRef, Dataset, Json
from reportgen.document.lineage import LineageEdge, LineageGraph, LineageNode
from reportgen.document.listing import AlertItem, Alerts, Listing
from reportgen.document.media import (
    Attachment,
    BokehFigure,
    Box,
    Film,
    Gallery,
    GalleryItem,
    HistogramBars,
    HtmlFrame,
    MediaTable,
    MediumContent,
    MediumFile,
    Mesh,
    Molecule,
    Overlay,
    Picture,
    PlotlyFigure,
    PointCloud,
    Sound,
)
from reportgen.document.page import Block, Page, Section
from reportgen.document.run_output import (
    Console,
    ConsolePart,
    FileEntry,
    FileList,
    FilePreview,
    Patch,
    PatchFile,
    PatchLine,
    PatchSpan,
)
from reportgen.document.table import Cell, Column, Table
from reportgen.document.text import Fact, Facts, KeyValues, Link, Metric, Notice, Prose

__all__ = [
    "AlertItem",
    "Alerts",
    "ArtifactItem",
    "ArtifactList",
    "Attachment",
    "Block",
    "BokehFigure",
    "Box",
    "Cell",
    "Chart",
    "Column",
    "Comparison",
    "Console",
    "ConsolePart",
    "DataRef",
    "Dataset",
    "Fact",
    "Facts",
    "FileEntry",
    "FileList",
    "FilePreview",
    "Film",
    "Gallery",
    "GalleryItem",
    "HistogramBars",
    "HtmlFrame",
    "Json",
    "KeyValues",
    "LineageEdge",
    "LineageGraph",
    "LineageNode",
    "Link",
    "Listing",
    "MediaTable",
    "MediumContent",
    "MediumFile",
    "Mesh",
    "Metric",
    "Molecule",
    "Notice",
    "Overlay",
    "Page",
    "Patch",
    "PatchFile",
    "PatchLine",
    "PatchSpan",
    "Picture",
    "PlotlyFigure",
    "PointCloud",
    "Prose",
    "ReportCard",
    "ReportCards",
    "RunCard",
    "RunCards",
    "Section",
    "Sound",
    "StateCounts",
    "Table",
    "Workbench",
]
