"""The table of contents of the whole program: from a project folder to a site.

`open_site` reads everything and decides where it goes; `write_site` writes data and pages, one at a time. In between
MkDocs renders the prose, through `mkdocs_plugin`, which asks the same `Site` for what only it knows.
"""

import gzip
import math
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from reportgen.config import BuildConfig
from reportgen.document import Dataset, Link, Page
from reportgen.executors import Workers
from reportgen.model import Workspace
from reportgen.pages import (
    PageContext,
    compare_page,
    find_citations,
    home_page,
    reports_page,
    runs_page,
    workspace_page,
)
from reportgen.reading import load_workspace
from reportgen.site.assets import asset_map, put_assets, theme_folder
from reportgen.site.bokeh_frame import BOKEH, BOKEH_START, bokeh_asset, bokeh_frame
from reportgen.site.budget import budget_warnings
from reportgen.site.data_files import DataFiles
from reportgen.site.history_files import check_histories
from reportgen.site.level_data import reference
from reportgen.site.links import workspace_links
from reportgen.site.listener import Listener
from reportgen.site.open_data import open_data_files
from reportgen.site.pictures import Pictures
from reportgen.site.prose import find_attachments, find_prose, report_cards
from reportgen.site.render import Footer, Renderer
from reportgen.site.run_files import PublishedFiles
from reportgen.site.run_pages import put_page, write_run_pages
from reportgen.site.saved_views import with_views
from reportgen.site.search_data import plain_page, search_dataset
from reportgen.site.site import Site
from reportgen.site.site_files import SiteFiles
from reportgen.site.target import check_target
from reportgen.site.views import Frame
from reportgen.storage import Folder

SOME_NEED = ("plotly.js", "space.js", BOKEH_START)
"""Assets of up to several megabytes, which are only in sites that draw something with them."""
FOLLOWER = "live.js"
"""What makes pages follow `reportgen serve`, which brings it itself."""


def open_site(config: BuildConfig, listener: Listener, workers: Workers, theme_folders: tuple[Path, ...] = ()) -> Site:
    """Read a project folder and give everything in it its place.

    Args:
        config: what to build.
        listener: hears of warnings and progress.
        workers: do what there is to do for each run.
        theme_folders: where templates are looked for; our own theme if none is given.

    Raises:
        ProjectError: the folder is no project, or the site would overwrite it.
        AssetsError: the browser code is not built.
        InstallationError: histories were asked for that need a package which is not there.
    """
    check_target(config)
    check_histories(config.histories)
    assets = asset_map() | bokeh_asset()
    workspace, views = with_views(config.folder, load_workspace(config, workers, listener.reading))
    links = workspace_links(workspace, config.prefix)
    prose = find_prose(config.folder, links)
    reports = ((Link(file.title, file.uri), file.text()) for file in prose if file.kind == "report")
    cards = report_cards(prose, links)
    published = PublishedFiles(links, config.largest_file)
    files = SiteFiles(config.site_storage)
    data = DataFiles(files, links.prefix)
    templates = theme_folders or (theme_folder(),)
    site = Site(
        config=config,
        workspace=workspace,
        views=views,
        links=links,
        prose=prose,
        attachments=find_attachments(config.folder),
        files=files,
        data=data,
        workers=workers,
        frame=Frame(_site_name(config, workspace), links, assets, _footer(workspace), reports=bool(cards)),
        templates=templates,
        renderer=Renderer(templates, data.write),
        context=PageContext(
            links,
            workspace,
            cards,
            published.holds,
            cache=config.cache_folder,
            histories=config.histories,
            citations=find_citations(workspace, reports),
            draws_bokeh=BOKEH in assets,
            images=bool(config.images),
        ),
        published=published,
        pictures=Pictures(config.images, links.prefix, config.cache_folder),
        listener=listener,
    )
    site.renderer.curves, site.renderer.picture = site.curves, site.picture
    site.taken = frozenset((*engine_uris(site), *(file.uri for file in prose)))
    for problem in (*workspace.all_problems(), *(problem for file in prose for problem in file.problems)):
        site.spoiled(problem)
    return site


def engine_pages(site: Site) -> Iterator[Page]:
    """The pages that no Markdown file is behind and that are not of one run, one at a time."""
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
        yield compare_page(project, site.compared[project.name], context)


def engine_uris(site: Site) -> Iterator[str]:
    """The uris of those pages and of the pages of runs, without making them, for whoever links to them."""
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
        yield links.compare(project.name)
        yield from (links.run(run) for run in project.runs)


def write_site(site: Site, *, own_assets: bool = False) -> None:
    """Write everything that MkDocs does not: datasets, the engine's pages, the files of runs.

    Data come before the pages that load them, and the manifest, which names the newest, last.

    Args:
        site: from `open_site`.
        own_assets: put the browser code there too, because the MkDocs theme is another one.
    """
    if own_assets:
        put_assets(site.files)
    indices = {project.name: site.project_data(project.name) for project in site.workspace.projects}
    for project in site.workspace.projects:
        done = write_run_pages(
            site.run_pages(), project, site.ledger(project.name), site.context, site.doing("Writing pages")
        )
        site.libraries |= done.libraries
        site.compared[project.name] = done.compared
        site.ledger(project.name).save()
    if BOKEH in site.libraries:
        site.files.put(site.frame.assets[BOKEH], bokeh_frame())
    for page in engine_pages(site):
        for dataset in page.datasets:
            site.data.write(dataset)
        put_page(site.files, site.renderer, site.frame, page)
    site.pictures.draw(site.pictures.named, site.files)
    generator = f"reportgen {program_version()}"
    for name, content in open_data_files(site, generator):
        site.files.put(site.links.prefix + name, content)
    projects = {name: reference(ref) for name, ref in indices.items()}
    search = reference(site.data.write(_search(site)))
    manifest = {"version": 1, "generator": generator, "projects": projects, "search": search}
    site.data.write_unhashed(Dataset("manifest", manifest))


def _search(site: Site) -> Dataset:
    links = site.links
    pages = [plain_page(site.frame.site_name, links.home(), links)]
    if site.context.reports:
        pages.append(plain_page("Reports", links.reports(), links))
    return search_dataset(site.workspace.projects, links, [*pages, *site.found])


def drop_unused(site: Site, rendered: Path) -> None:
    """Take what no page uses out of the folder that MkDocs wrote to: it has copied the theme with everything in it."""
    unused = (FOLLOWER, *(name for name in SOME_NEED if name not in site.libraries))
    for asset in (asset for asset in unused if asset in site.frame.assets):
        (rendered / site.frame.assets[asset]).unlink(missing_ok=True)


def date_sitemap(site: Site, rendered: Path) -> None:
    """Pack the sitemap anew: MkDocs writes the time of the build into the head of the packed file."""
    path = rendered / "sitemap.xml"
    if path.is_file():
        packed = gzip.compress(path.read_bytes(), mtime=site.until())
        path.with_name("sitemap.xml.gz").write_bytes(packed)


def check_budget(site: Site, rendered: Path) -> None:
    """Warn if the site is too heavy, which is known when both it and what MkDocs wrote elsewhere are there."""
    files = dict(Folder(rendered).sizes()) | site.files.written
    runs = [run for project in site.workspace.projects for run in project.runs]
    for warning in budget_warnings(files, site.config.budget, site.links, runs):
        site.listener.warn(warning)


def take_over(site: Site, rendered: Path) -> None:
    """Put what MkDocs rendered elsewhere into the site, and delete what earlier builds left and this one did not make.

    Args:
        site: after `write_site`.
        rendered: the folder that MkDocs wrote to.
    """
    for path in sorted(path for path in rendered.rglob("*") if path.is_file()):
        site.files.put(path.relative_to(rendered).as_posix(), path.read_bytes())
    site.files.drop_rest()


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


def _footer(workspace: Workspace) -> Footer:
    runs = [run for project in workspace.projects for run in project.runs]
    until = max((run.ended for run in runs if math.isfinite(run.ended)), default=math.nan)
    return Footer(until, program_version(), len(runs), sum(run.rows for run in runs))
