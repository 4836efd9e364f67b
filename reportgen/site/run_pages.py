"""The pages of runs: made by workers, and only where something has changed."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from reportgen import schema
from reportgen.charts.pictures import ChartPicture
from reportgen.document import BokehFigure, Chart, Gallery, Mesh, Molecule, Page, PlotlyFigure
from reportgen.executors import Workers
from reportgen.model import Project, Run
from reportgen.pages import Around, PageContext, around_runs, run_page
from reportgen.site.compared_data import compared_url, write_compared
from reportgen.site.data_files import DataFiles
from reportgen.site.fingerprint import fingerprint, program_fingerprint
from reportgen.site.ledger import Ledger, unpacked
from reportgen.site.pictures import Pictures
from reportgen.site.render import Renderer, renderer_of
from reportgen.site.run_files import PublishedFiles
from reportgen.site.run_open_data import RunPlace, run_open_data
from reportgen.site.site_files import SiteFiles
from reportgen.site.views import Frame

LIBRARIES = {PlotlyFigure: "plotly.js", Mesh: "space.js", Molecule: "space.js", BokehFigure: "bokeh.html"}
"""What is drawn by an asset of some size -> the asset, which is only part of sites that need it."""


@dataclass(frozen=True, slots=True)
class RunPages:
    """What the pages of all runs share.

    Attributes:
        frame: what stands around every page.
        context: what is known besides the run; its workspace has no runs.
        published: which files of a run are in the site.
        templates: template folders.
        files: of the site.
        pictures: of their charts, if those are wanted.
    """

    frame: Frame
    context: PageContext
    published: PublishedFiles
    templates: tuple[Path, ...]
    files: SiteFiles
    pictures: Pictures


@dataclass(frozen=True, slots=True)
class RunPageWork:
    """One page to make: the run, its surroundings, and what was booked of its curves."""

    run: Run
    around: Around
    booked: bytes


@dataclass(frozen=True, slots=True)
class RunPageDone:
    """The files of a page that was made, which of the large assets it needs, and the pictures that it names."""

    files: dict[str, int]
    libraries: list[str]
    pictures: tuple[ChartPicture, ...] = ()


@dataclass(frozen=True, slots=True)
class RunPagesDone:
    """Which of the large assets the pages of runs need, and the url of what is compared of each run, in order."""

    libraries: set[str]
    compared: list[str]


def write_run_pages(
    pages: RunPages, project: Project, ledger: Ledger, context: PageContext, workers: Workers
) -> RunPagesDone:
    """Write the pages of a project's runs where they have changed."""
    todo: list[tuple[int, str, RunPageWork]] = []
    shared = _shared_key(pages, project.name)
    libraries: set[str] = set()
    compared = [""] * len(project.runs)
    for run, around in zip(project.runs, around_runs(project, context), strict=True):
        entry = ledger.entry(around.number, run)
        key = _key(shared, pages.frame.links.run(run), run, around, (entry.charts, entry.system)) if run.digest else ""
        if key and key == entry.page_key and pages.files.holds(entry.page):
            pages.files.keep(entry.page)
            libraries.update(entry.libraries)
            compared[around.number] = compared_url(pages.published.links, run, entry.page)
        else:
            todo.append((around.number, key, RunPageWork(run, around, ledger.packed(around.number, run))))
    shared_state = replace(pages, files=pages.files.fresh(), pictures=pages.pictures.fresh())
    for (number, key, work), done in zip(
        todo, workers.map(write_run_page, shared_state, [work for _, _, work in todo]), strict=True
    ):
        done.files.update(pages.pictures.draw(done.pictures, pages.files))
        pages.files.keep(done.files)
        libraries.update(done.libraries)
        compared[number] = compared_url(pages.published.links, work.run, done.files)
        entry = ledger.entry(number, work.run)
        booked = msgspec.structs.replace(entry, page_key=key, page=done.files, libraries=done.libraries)
        ledger.book(number, work.run, booked)
    return RunPagesDone(libraries, compared)


def write_run_page(pages: RunPages, work: RunPageWork) -> RunPageDone:
    """Write the page of a run and the files that it shows."""
    files = pages.files.fresh()
    data, entry = DataFiles(files, pages.published.links.prefix), unpacked(work.booked)
    renderer = renderer_of(pages.templates)
    renderer.write, renderer.curves = data.write, lambda _project, _run, source: entry.curves(source)
    pictures = pages.pictures.fresh()
    renderer.picture = _picture_of(pictures, work)
    page = run_page(work.run, work.around, replace(pages.context, lines=entry.lines))
    for dataset in page.datasets:
        data.write(dataset)
    put_page(files, renderer, pages.frame, page)
    write_compared(work.run, page, renderer, pages.frame, pages.context)
    pages.published.publish(work.run, files)
    place = RunPlace(pages.published.links, pages.published, pages.context.histories)
    for name, content in run_open_data(work.run, place):
        files.put(place.links.prefix + name, content)
    return RunPageDone(files.written, _libraries(page), tuple(pictures.named))


def _picture_of(pictures: Pictures, work: RunPageWork) -> Callable[[Chart], str]:
    if pictures.wanted != "all":
        return lambda _chart: ""
    alone = Project(work.run.project, (work.run,))
    return lambda chart: pictures.name(chart, alone, work.around.number)


def put_page(files: SiteFiles, renderer: Renderer, frame: Frame, page: Page) -> None:
    """Render a page and put it in its place."""
    view = frame.page(page)
    files.put(view.uri, renderer.page(view).encode("utf-8", "xmlcharrefreplace"))


def _libraries(page: Page) -> list[str]:
    galleries = (block for section in page.sections for block in section.blocks if isinstance(block, Gallery))
    kinds = {type(item.content) for gallery in galleries for item in gallery.items}
    return sorted({LIBRARIES[kind] for kind in kinds if kind in LIBRARIES})


def _shared_key(pages: RunPages, project: str) -> str:
    """The hash of what the pages of a project's runs share, places of other runs left out."""
    frame, links = pages.frame, pages.frame.links
    return fingerprint(
        program_fingerprint(*pages.templates),
        (frame.site_name, frame.assets, frame.reports, frame.docs, frame.docs_home),
        (links.prefix, links.alone, links.projects if not links.alone else None, project),
        pages.published.largest,
        (pages.context.histories, pages.pictures.wanted == "all"),
    )


def _key(shared: str, uri: str, run: Run, around: Around, refs: object) -> str:
    return fingerprint(shared, uri, run.digest, around, refs, list(_files(run)))


def _files(run: Run) -> Iterator[tuple[str, int, int]]:
    """The saved files of a run with their sizes and times: the page shows what is in them."""
    for file in run.files:
        with suppress(OSError):
            found = (run.folder / schema.FILES_FOLDER / file.path).lstat()
            yield file.path, found.st_size, found.st_mtime_ns
