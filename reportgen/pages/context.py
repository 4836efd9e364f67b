"""What the pages need to know besides the run they show: where things are, and how to look into a run's files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from reportgen import schema
from reportgen.document import Link, ReportCard
from reportgen.frames import LineFacts
from reportgen.model import Project, Run, Workspace
from reportgen.pages.citations import Citations
from reportgen.pages.run_files import bytes_contained, read_contained, sha256_contained


class Links(Protocol):
    """Addresses in the site, as `site.links` makes them: relative to the root of the site, ending in a file name."""

    def home(self) -> str:
        """The site's first page."""

    def project_home(self, project: str) -> str:
        """The first page of a project; the site's when it is the only one."""

    def workspace(self, project: str) -> str:
        """The workspace of a project."""

    def runs_table(self, project: str) -> str:
        """The table of a project's runs."""

    def compare(self, project: str) -> str:
        """The page that sets runs of a project side by side."""

    def run(self, run: Run) -> str:
        """The page of a run."""

    def run_file(self, run: Run, path: str) -> str:
        """The site's copy of a file; ``path`` is relative to the run's ``files/`` folder."""

    def html_view(self, run: Run, path: str) -> str:
        """The page in which the HTML of a file can be looked at without running any of it."""

    def reports(self) -> str:
        """The list of reports."""

    def runs_csv(self, project: str) -> str:
        """The runs of a project as CSV."""

    def runs_json(self, project: str) -> str:
        """The runs of a project as records."""

    def history(self, run: Run, kind: str) -> str:
        """Every row of a run, as ``csv`` or ``parquet``."""

    def key(self, project: str, *parts: str) -> str:
        """The key of a dataset of a project: ``digits/compare``."""

    def run_key(self, run: Run, *parts: str) -> str:
        """The key of a dataset of a run: ``digits/r/a1/console``."""


def _published(_run: Run, _path: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class PageContext:
    """Everything a page is made from besides its run or project.

    Attributes:
        links: addresses in the site.
        workspace: all projects, for the home page and links between projects.
        reports: the site's reports, newest first.
        published: whether a file of a run (path relative to its ``files/`` folder) is copied into the site.
        read_text: (run folder, path below it, bytes at most) -> text of a file; None when there is none.
        read_bytes: the same for its bytes.
        sha256: (run folder, path below it) -> hex digest of a file; empty when it cannot be read.
        cache: folder where compiled charts are kept between builds.
        histories: form in which the rows of each run are published; empty for not at all.
        citations: which reports cite which runs.
        draws_bokeh: whether the site has what draws Bokeh's figures.
        images: whether charts have pictures.
        lines: of the one run that a page is of: ``run`` or ``system`` -> metric -> what is known of its line.
    """

    links: Links
    workspace: Workspace
    reports: tuple[ReportCard, ...] = ()
    published: Callable[[Run, str], bool] = field(default=_published)
    read_text: Callable[[Path, str, int], str | None] = field(default=read_contained)
    read_bytes: Callable[[Path, str, int], bytes | None] = field(default=bytes_contained)
    sha256: Callable[[Path, str], str] = field(default=sha256_contained)
    cache: Path | None = None
    histories: str = ""
    citations: Citations = field(default_factory=dict)
    draws_bokeh: bool = False
    images: bool = False
    lines: Mapping[str, Mapping[str, LineFacts]] = field(default_factory=dict)

    def saved_text(self, run: Run, path: str, limit: int) -> str:
        """The first ``limit`` bytes of a saved file as text; empty when the run has none of that name."""
        name = path.removeprefix(f"{schema.FILES_FOLDER}/")
        saved = any(file.path == name for file in run.files)
        return (self.read_text(run.folder, path, limit) or "") if saved else ""

    def places(self, project: Project) -> tuple[Link, ...]:
        """The links of a project's card."""
        return (
            Link("Workspace", self.links.workspace(project.name)),
            Link("Runs", self.links.runs_table(project.name)),
        )
