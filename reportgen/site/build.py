"""The table of contents of the whole program: from a project folder to a site.

`open_site` reads everything and decides where it goes; `write_site` writes data and pages, one at a time. In between
MkDocs renders the prose, through `mkdocs_plugin`, which asks the same `Site` for what only it knows.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from reportgen.charts import workspace_charts
from reportgen.config import BuildConfig
from reportgen.document import DataRef, Dataset, Gallery, Page, PlotlyFigure
from reportgen.model import Problem, Project, Workspace
from reportgen.pages import PageContext, home_page, reports_page, run_page, runs_page, workspace_page
from reportgen.reading import load_workspace
from reportgen.site.assets import asset_map, copy_assets, drop_asset, theme_folder
from reportgen.site.data_files import DataFiles
from reportgen.site.links import Links, workspace_links
from reportgen.site.project_data import ProjectData, write_project_data
from reportgen.site.prose import HOME, REPORTS, ProseFile, find_attachments, find_prose, read_prose, report_cards
from reportgen.site.render import Footer, PageView, Renderer
from reportgen.site.run_files import PublishedFiles
from reportgen.site.saved_views import SavedView, with_views
from reportgen.site.target import check_target
from reportgen.site.views import Frame

PLOTLY = "plotly.js"
"""An asset of several megabytes, which is only in sites that draw a figure with it."""


@dataclass(slots=True)
class Site:
    """A site while it is being written.

    Attributes:
        views: project name -> the saved views of its workspace.
        prose: the project's Markdown files, home page first.
        attachments: files that the prose shows, and their names relative to the project folder.
        frame: what stands around every page.
        tell: says a warning to the person at the terminal.
        taken: uris of the project's pages.
        problems: what is wrong with run logs and prose, in the order found; expanding a report adds its own.
        written: project name -> its datasets, once they are written.
    """

    config: BuildConfig
    workspace: Workspace
    views: Mapping[str, tuple[SavedView, ...]]
    links: Links
    prose: tuple[ProseFile, ...]
    attachments: tuple[tuple[Path, str], ...]
    data: DataFiles
    frame: Frame
    renderer: Renderer
    context: PageContext
    published: PublishedFiles
    tell: Callable[[str], object]
    taken: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    written: dict[str, ProjectData] = field(default_factory=dict)

    def spoiled(self, problem: Problem) -> None:
        """Keep a problem for the page that it spoils, and say it now."""
        self.problems.append(problem)
        self.tell(str(problem))

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
        """A file of the project as problems name it."""
        return Path(os.path.relpath(path.resolve(), self.config.folder.resolve())).as_posix()

    def later(self) -> Iterator[tuple[str, str]]:
        """What `write_site` will write and Markdown may link to: its name for MkDocs, and its uri.

        A report names a run and its files as the repository does, ``../runs/digits/a1/files/x.png``, which stays
        true when a second project moves the pages; a page can also be named by its uri.
        """
        yield from ((uri, uri) for uri in sorted(self.taken))
        for project in self.workspace.projects:
            for run in project.runs:
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

    def project_data(self, name: str) -> ProjectData:
        """The datasets of a project, written when first asked for."""
        if name not in self.written:
            project = self.project(name)
            charts = workspace_charts(project, self.config.cache_folder)
            self.written[name] = write_project_data(project, self.links, self.data, charts, self.views[name])
        return self.written[name]

    def curves(self, project: str, run_id: str, source: str) -> DataRef | None:
        """Where the curves of one run are; ``source`` is ``run`` or ``system``."""
        refs = self.project_data(project).runs.get(run_id)
        return None if refs is None else refs.system if source == "system" else refs.charts


def open_site(config: BuildConfig, tell: Callable[[str], object], theme_folders: tuple[Path, ...] = ()) -> Site:
    """Read a project folder and give everything in it its place.

    Args:
        config: what to build.
        tell: says a warning to the person at the terminal.
        theme_folders: where templates are looked for; our own theme if none is given.

    Raises:
        ProjectError: the folder is no project, or the site would overwrite it.
        AssetsError: the browser code is not built.
    """
    check_target(config)
    assets = asset_map()
    workspace, views = with_views(config.folder, load_workspace(config))
    links = workspace_links(workspace, config.prefix)
    prose = find_prose(config.folder, links)
    cards = report_cards(prose)
    published = PublishedFiles(links, config.largest_file)
    data = DataFiles(config.site_dir / links.prefix)
    site = Site(
        config=config,
        workspace=workspace,
        views=views,
        links=links,
        prose=prose,
        attachments=find_attachments(config.folder),
        data=data,
        frame=Frame(_site_name(config, workspace), links, assets, _footer(config, workspace), reports=bool(cards)),
        renderer=Renderer(theme_folders or (theme_folder(),), data.write),
        context=PageContext(links, workspace, cards, published.holds, cache=config.cache_folder),
        published=published,
        tell=tell,
    )
    site.renderer.curves = site.curves
    site.taken = frozenset((*engine_uris(site), *(file.uri for file in prose)))
    for problem in (*workspace.all_problems(), *(problem for file in prose for problem in file.problems)):
        site.spoiled(problem)
    return site


def engine_pages(site: Site) -> Iterator[Page]:
    """The pages that no Markdown file is behind, one at a time."""
    context = site.context
    if not site.prose_of("home"):
        yield home_page(context, title=site.frame.site_name)
    if context.reports and not site.prose_of("reports"):
        yield reports_page(context)
    for project in site.workspace.projects:
        if not site.links.alone:
            yield home_page(context, project=project)
        yield workspace_page(project, context)
        yield runs_page(project, context)
        for run in project.runs:
            yield run_page(project, run, context)


def engine_uris(site: Site) -> Iterator[str]:
    """The uris of those pages, without making them, for whoever links to them."""
    links = site.links
    if not site.prose_of("home"):
        yield links.home()
    if site.context.reports and not site.prose_of("reports"):
        yield links.reports()
    for project in site.workspace.projects:
        if not links.alone:
            yield links.project_home(project.name)
        yield links.workspace(project.name)
        yield links.runs_table(project.name)
        yield from (links.run(run) for run in project.runs)


def write_site(site: Site, *, own_assets: bool = False) -> None:
    """Write everything that MkDocs does not: datasets, the engine's pages, the files of runs.

    Args:
        site: from `open_site`; its folder was emptied by MkDocs and has the prose in it.
        own_assets: copy the browser code too, because the MkDocs theme is another one.
    """
    if own_assets:
        copy_assets(site.config.site_dir)
    projects = {}
    for project in site.workspace.projects:
        ref = site.project_data(project.name).index
        projects[project.name] = {"key": ref.key, "url": ref.url}
    manifest = {"version": 1, "generator": f"reportgen {program_version()}", "projects": projects}
    site.data.write_unhashed(Dataset("manifest", manifest))
    draws_plotly = False
    for page in engine_pages(site):
        for dataset in page.datasets:
            site.data.write(dataset)
        _write_page(site, site.frame.page(page))
        draws_plotly = draws_plotly or _draws_plotly(page)
    if not draws_plotly and PLOTLY in site.frame.assets:
        drop_asset(site.config.site_dir, site.frame.assets[PLOTLY])
    for project in site.workspace.projects:
        for run in project.runs:
            site.published.copy(run, site.config.site_dir)


def _draws_plotly(page: Page) -> bool:
    galleries = (block for section in page.sections for block in section.blocks if isinstance(block, Gallery))
    return any(isinstance(item.content, PlotlyFigure) for gallery in galleries for item in gallery.items)


def _write_page(site: Site, view: PageView) -> None:
    path = site.config.site_dir / view.uri
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(site.renderer.page(view), "utf-8", errors="xmlcharrefreplace")


def program_version() -> str:
    """The version of this program, as installed."""
    try:
        return version("reportgen")
    except PackageNotFoundError:
        return "0"


def _site_name(config: BuildConfig, workspace: Workspace) -> str:
    if config.site_name:
        return config.site_name
    alone = workspace.projects[0].name if len(workspace.projects) == 1 else ""
    return alone or config.folder.resolve().name


def _footer(config: BuildConfig, workspace: Workspace) -> Footer:
    runs = [run for project in workspace.projects for run in project.runs]
    return Footer(config.now, len(runs), sum(run.rows for run in runs), program_version())
