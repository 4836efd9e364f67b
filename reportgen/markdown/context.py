"""What a report is expanded with, and what comes out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from reportgen.document import Block, Chart, Table
from reportgen.model import Problem, Project, Run, Workspace

DrawChart = Callable[[Project, tuple[Run, ...], Mapping[str, Any], str], Chart]
"""(project, runs, options, id) -> the chart of one kind."""
MakeTable = Callable[[Project, tuple[Run, ...], Mapping[str, Any], str], Table]
"""(project, runs, options, id) -> the table."""


@dataclass(frozen=True, slots=True)
class ReportContext:
    """All that the blocks and values of a Markdown file need.

    Attributes:
        workspace: the projects; a report speaks of the one its front matter names, else of the first.
        charts: kind -> what draws it: `charts.report_charts(cache)`.
        runs_table: makes a runs table: `tables.report_table`, given ``link=links.run``.
        render: HTML of a block, on the page of this file.
        links: url of a run's page, relative to the page of this file.
        where: the file, relative to the project folder: ``reports/sweep.md``.
        first_line: line of the file on which the text begins, after the front matter.
        meta: the front matter; ``project`` names a project, ``runs`` maps names to filters.
    """

    workspace: Workspace
    charts: Mapping[str, DrawChart]
    runs_table: MakeTable
    render: Callable[[Block], str]
    links: Callable[[Run], str]
    where: str
    first_line: int = 1
    meta: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expanded:
    """A Markdown text whose blocks and values are made.

    Attributes:
        text: Markdown with the HTML of blocks and values in it, written so that Markdown leaves it as it is.
        blocks: what was made, in order; a `Notice` for a block with an error.
        problems: errors in blocks and values, with their line.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    problems: tuple[Problem, ...] = ()
