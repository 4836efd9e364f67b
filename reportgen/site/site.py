"""A site while it is being made: what is known of it, and what MkDocs asks of it."""

import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from reportgen import schema
from reportgen.charts import ProjectSpec, importance_of, importance_table, project_specs, workspace_charts
from reportgen.config import BuildConfig
from reportgen.document import Chart, DataRef
from reportgen.executors import Inline, Workers
from reportgen.model import Problem, Project, Workspace
from reportgen.pages import PageContext
from reportgen.site.curves import DataPlace
from reportgen.site.data_files import DataFiles
from reportgen.site.ledger import Ledger
from reportgen.site.links import Links
from reportgen.site.listener import Heard, Listener
from reportgen.site.pictures import Pictures
from reportgen.site.project_data import WorkspaceWork, write_project_data
from reportgen.site.prose import HOME, REPORTS, ProseFile, read_prose
from reportgen.site.render import Renderer
from reportgen.site.run_files import PublishedFiles
from reportgen.site.run_pages import RunPages
from reportgen.site.saved_views import SavedView, asked_importance
from reportgen.site.search_data import FoundPage
from reportgen.site.site_files import SiteFiles
from reportgen.site.views import Frame

MOST_SENT = 2000
"""Runs that a worker is sent at once. More would take more memory twice than what they are needed for takes time."""
SPECS = "specs"
"""Folder of the project with specifications of its own."""
LATEST = 2**32 - 1
"""The last second that the head of a packed file can name: in 2106."""


@dataclass(slots=True)
class Site:
    """A site while it is being written.

    Attributes:
        views: project name -> the saved views of its workspace.
        prose: the project's Markdown files, home page first.
        attachments: files that the prose shows, and their names relative to the project folder.
        files: of the site.
        workers: do what there is to do for each run.
        frame: what stands around every page.
        templates: template folders.
        listener: hears of warnings and progress.
        taken: uris of the project's pages.
        problems: what is wrong with run logs and prose, in the order found; expanding a report adds its own.
        written: project name -> the index of its datasets, once they are written.
        ledgers: project name -> what earlier builds made of its runs.
        libraries: which of the large assets any page needs.
        found: the pages that MkDocs rendered, as search finds them.
        covers: uri of a report -> uri of the picture of its first chart.
        pictures: of charts, as far as they are wanted.
    """

    config: BuildConfig
    workspace: Workspace
    views: Mapping[str, tuple[SavedView, ...]]
    links: Links
    prose: tuple[ProseFile, ...]
    attachments: tuple[tuple[Path, str], ...]
    files: SiteFiles
    data: DataFiles
    workers: Workers
    frame: Frame
    templates: tuple[Path, ...]
    renderer: Renderer
    context: PageContext
    published: PublishedFiles
    pictures: Pictures
    listener: Listener
    taken: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    written: dict[str, DataRef] = field(default_factory=dict)
    ledgers: dict[str, Ledger] = field(default_factory=dict)
    libraries: set[str] = field(default_factory=set)
    found: list[FoundPage] = field(default_factory=list)
    covers: dict[str, str] = field(default_factory=dict)
    compared: dict[str, list[str]] = field(default_factory=dict)

    def spoiled(self, problem: Problem) -> None:
        """Keep a problem for the page that it spoils, and say it now."""
        self.problems.append(problem)
        self.listener.warn(str(problem))

    def is_settled(self) -> bool:
        """Whether time alone changes nothing: every run has ended, or has been silent for so long that it crashed."""
        runs = (run for project in self.workspace.projects for run in project.runs)
        return all(
            run.state in (schema.FINISHED, schema.FAILED)
            or (run.state == schema.CRASHED and self.config.now - run.ended > schema.STALE_SECONDS)
            for run in runs
        )

    def owns(self, path: Path) -> bool:
        """Whether a file is the project's, so that MkDocs is not to take it for a page of its own."""
        folder, source = self.config.folder.resolve(), path.resolve()
        return (
            source == folder / HOME or (folder / REPORTS) in source.parents or self.config.runs_folder in source.parents
        )

    def sources(self) -> Iterator[tuple[str, str, dict[str, str]]]:
        """The project's files for MkDocs: the name of each there, its uri, and its ``content`` or ``abs_src_path``."""
        for file in self.prose:
            yield self.links.prefix + file.name, file.uri, {"content": file.text()}
        for path, name in self.attachments:
            yield self.links.prefix + name, self.links.prefix + name, {"abs_src_path": str(path)}

    def takes(self, path: Path, uri: str) -> bool:
        """Whether a page of the documentation around the project is not to be built, as its place is the project's.

        The documentation's own first page becomes the project's home where the project has none.
        """
        if uri == self.links.home() and not self.prose_of("home"):
            self.prose = (read_prose(path, HOME, "home", self.links), *self.prose)
        elif uri in self.taken:
            self.spoiled(
                Problem(
                    self.where(path), f"This page is hidden by the project's own {uri}; the option `at` moves that."
                )
            )
        else:
            if uri == "index.html":
                self.frame.docs_home = uri
            return False
        return True

    def where(self, path: Path) -> str:
        """A file of the project as problems and links name it: runs that are elsewhere as if they were beside it."""
        runs = self.config.runs_folder
        if self.config.runs_url and path.is_relative_to(runs):
            return f"runs/{path.relative_to(runs).as_posix()}"
        return Path(os.path.relpath(path.resolve(), self.config.folder.resolve())).as_posix()

    def date(self) -> str:
        """The date that the sitemap gives: of the last sign of life, for the same data are to give the same site."""
        return datetime.fromtimestamp(self.until(), UTC).strftime("%Y-%m-%d")

    def until(self) -> int:
        """The last sign of life of all runs in whole seconds since the epoch; 0 if there is none."""
        until = self.frame.footer.until
        return int(min(max(until, 0), LATEST)) if math.isfinite(until) else 0

    def later(self, text: str) -> Iterator[tuple[str, str]]:
        """What `write_site` will write and Markdown links to: its name for MkDocs, and its uri.

        A report names a run and its files as the repository does, ``../runs/digits/a1/files/x.png``, which stays
        true when a second project moves the pages; a page can also be named by its uri.
        """
        runs = {self.links.run(run): run for project in self.workspace.projects for run in project.runs}
        yield from ((uri, uri) for uri in sorted(self.taken) if uri not in runs)
        for uri, run in runs.items():
            # MkDocs keeps an object for each, so those that no text can mean are left out.
            if run.folder.name in text or PurePosixPath(uri).parent.name in text:
                yield uri, uri
                folder = self.where(run.folder)
                if not folder.startswith(".."):
                    yield f"{self.links.prefix}{folder}", self.links.run(run)
                    for path in self.published.paths(run):
                        yield f"{self.links.prefix}{folder}/files/{path}", self.links.run_file(run, path)

    def prose_of(self, kind: str) -> ProseFile | None:
        """The Markdown above a page of the engine: ``home`` or ``reports``."""
        return next((file for file in self.prose if file.kind == kind), None)

    def project(self, name: str) -> Project:
        """The project of this name."""
        return next(project for project in self.workspace.projects if project.name == name)

    def ledger(self, name: str) -> Ledger:
        """What earlier builds made of the runs of a project, for this very site."""
        if name not in self.ledgers:
            storage = self.config.cache_storage
            place = f"sites/{self.config.site_id}/{self.links.projects[name]}"
            self.ledgers[name] = Ledger.opened(storage, place, self.project(name).runs)
        return self.ledgers[name]

    def project_data(self, name: str) -> DataRef:
        """The index of a project's datasets, which are written when first asked for."""
        if name not in self.written:
            project, workers = self.project(name), self.doing("Writing curves")
            place = DataPlace(self.links, self.data, self.ledger(name), workers, self.config.largest_file)
            self.written[name] = write_project_data(project, place, self._workspace_work(project), self.views[name])
        return self.written[name]

    def _workspace_work(self, project: Project) -> WorkspaceWork:
        """What can be done for the workspace of a project while its curves are written."""
        cache, workers = self.config.cache_folder, self.workers
        few = len(project.runs) <= MOST_SENT
        table = importance_table(project, asked_importance(self.views[project.name]))
        return WorkspaceWork(
            (workers if few else Inline()).beside(workspace_charts, project, cache),
            self._specs,
            None if table is None else workers.beside(importance_of, table, cache),
        )

    def _specs(self) -> tuple[ProjectSpec, ...]:
        """The project's own charts over its runs; what is wrong with their files is said."""
        specs = project_specs(self.config.folder / SPECS, self.config.cache_folder)
        for spec in specs:
            if spec.problem:
                self.spoiled(Problem(f"{SPECS}/{spec.name}.json", spec.problem))
        return specs

    def curves(self, project: str, run_id: str, source: str) -> DataRef | None:
        """Where the curves of one run are; ``source`` is ``run`` or ``system``."""
        self.project_data(project)
        entry = self.ledger(project).entry_of(run_id)
        return None if entry is None else entry.curves(source)

    def picture(self, chart: Chart) -> str:
        """The uri of the picture of a chart over a project; empty without one."""
        name = chart.panel.get("project", self.workspace.projects[0].name)
        return self.pictures.name(chart, self.project(name)) if self.pictures.wanted else ""

    def show_covers(self) -> None:
        """Give reports that name no picture that of their first chart, once all Markdown is expanded."""
        cards = self.context.reports
        covered = tuple(replace(card, picture=card.picture or self.covers.get(card.uri, "")) for card in cards)
        self.context = replace(self.context, reports=covered)

    def doing(self, what: str) -> Workers:
        """The workers, whose progress with some work is heard of."""
        return Heard(self.workers, self.listener, what)

    def run_pages(self) -> RunPages:
        """What the pages of runs share."""
        alone = Workspace(self.workspace.folder, ())
        context = replace(self.context, workspace=alone, citations={})
        return RunPages(self.frame, context, self.published, self.templates, self.files, self.pictures)
