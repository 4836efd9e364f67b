"""What leads further: lists of runs and reports, the workspace, and runs side by side."""

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.document.chart import Chart
from reportgen.document.dataset import Dataset
from reportgen.document.text import Link


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
    """A report in a list; ``picture`` is the uri of one, or empty."""

    title: str
    uri: str
    description: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    tags: tuple[str, ...] = ()
    picture: str = ""


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
    """The workspace itself: run list and panels, all drawn by the browser from the project's datasets.

    Attributes:
        first: its first panels, whose pictures stand there for readers without JavaScript.
    """

    project: str
    first: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Runs side by side, chosen and drawn by the browser.

    Attributes:
        project: of the runs.
        data: where what is compared of each run is, a ``ComparedRuns`` of compare/payloads.ts.
        instead: where the runs are without JavaScript.
    """

    project: str
    data: Dataset
    instead: Link
