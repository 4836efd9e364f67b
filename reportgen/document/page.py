"""A page, made of sections, made of blocks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reportgen.document.artifacts import ArtifactList
from reportgen.document.cards import Comparison, ReportCards, RunCards, StateCounts, Workbench
from reportgen.document.dataset import Dataset
from reportgen.document.lineage import LineageGraph
from reportgen.document.listing import Alerts, Listing
from reportgen.document.media import Gallery, MediumContent
from reportgen.document.run_output import Console, FileList, Patch
from reportgen.document.table import Table
from reportgen.document.text import Facts, KeyValues, Metric, Notice, Prose

Block = (
    Prose
    | Notice
    | Facts
    | KeyValues
    | Metric
    | Table
    | Gallery
    | MediumContent
    | Console
    | FileList
    | Patch
    | ArtifactList
    | LineageGraph
    | RunCards
    | ReportCards
    | StateCounts
    | Workbench
    | Comparison
    | Listing
    | Alerts
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
        kind: noun of the page: ``home``, ``workspace``, ``runs``, ``run``, ``compare``, ``reports``.
        project: name of the project the page belongs to, for the header; empty for none.
        facts: extra values for the template's head, such as state, tags, previous and next run.
        until: of a page about one run, its last sign of life in seconds since the epoch; NaN if there is none.
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
    until: float | None = None
