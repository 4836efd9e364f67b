"""HTML from pages: the theme's Jinja2 templates, the one object ``rg`` that they see, and their filters.

What is logged is text: everything is escaped unless it is `document.Prose`, which was sanitised where it was made.
MkDocs renders prose with an environment of its own; `Renderer.dress` gives it the same filters, globals and escaping.
"""

import math
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2.ext import InternationalizationExtension
from markupsafe import Markup

from reportgen.document import (
    Block,
    BokehFigure,
    Chart,
    Comparison,
    Console,
    DataRef,
    Dataset,
    FileList,
    Gallery,
    Mesh,
    Molecule,
    PlotlyFigure,
    PointCloud,
    Section,
)
from reportgen.numbers import format_duration, format_number, format_size, format_time
from reportgen.site.assets import theme_folder
from reportgen.site.compiled_templates import CompiledTemplates
from reportgen.site.data_files import encode, specification
from reportgen.site.gallery_data import GalleryData
from reportgen.site.links import relative
from reportgen.site.nav import Crumb, NavItem

NOTHING = Markup()
DRAWN_FROM_DATA = (Comparison, PlotlyFigure, BokehFigure, PointCloud, Mesh, Molecule)
WORD_START = re.compile(r"(?<!^)(?=[A-Z])")


CurvesOf = Callable[[str, str, str], DataRef | None]
"""(project, run id, "run" or "system") -> where the curves of the run are."""


@dataclass(frozen=True, slots=True)
class TocItem:
    """One heading of a prose page."""

    id: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Footer:
    """What the foot of a page says: nothing that differs between two builds of the same data.

    Attributes:
        until: the last sign of life of the run, or of all runs, in seconds since the epoch; NaN if there is none.
        version: of the program.
        runs: of the whole site; None on the page of one run.
        rows: likewise.
    """

    until: float
    version: str
    runs: int | None = None
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class PageView:
    """All that a template sees of a page, as ``rg``. A ``uri`` is inside the site: put it through the filter ``url``.

    Attributes:
        uri: of the page itself, ``runs/a1/index.html``.
        root: url of the folder that holds ``data/``, as seen from this page.
        assets: logical name of each asset -> url as seen from this page.
        content: HTML of the Markdown that MkDocs rendered.
        meta: front matter of a report: authors, date, tags, description.
        problems: what is wrong with the data of this page, a sentence each.
        base: the path that urls start with where relative ones would not do (the 404 page); else empty.
    """

    uri: str
    kind: str
    template: str
    title: str
    site_name: str
    home: str = "index.html"
    root: str = ""
    project: str = ""
    description: str = ""
    nav: tuple[NavItem, ...] = ()
    crumbs: tuple[Crumb, ...] = ()
    sections: tuple[Section, ...] = ()
    content: Markup = NOTHING
    toc: tuple[TocItem, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    meta: Mapping[str, Any] = field(default_factory=dict)
    assets: Mapping[str, str] = field(default_factory=dict)
    footer: Footer | None = None
    problems: tuple[str, ...] = ()
    base: str = ""


class Renderer:
    """The theme's templates, loaded once for a build.

    Args:
        folders: template folders, the first that has a template wins.
        write: writes the dataset of a block before the block's HTML names it.

    Attributes:
        write: the same; a worker sets it anew for each page.
        curves: finds the curves of a run; set once the data can be written.
        picture: the uri of the picture of a chart, empty for none; set where pictures are wanted.
    """

    def __init__(self, folders: tuple[Path, ...], write: Callable[[Dataset], DataRef]) -> None:
        self.write = write
        self.curves: CurvesOf = _no_curves
        self.picture: Callable[[Chart], str] = _no_picture
        loader = jinja2.FileSystemLoader([str(folder) for folder in folders])
        # Escaping is on for every .html template, see `dress`.
        self.environment = self.dress(jinja2.Environment(loader=loader, autoescape=True, auto_reload=False))

    def dress(self, environment: jinja2.Environment) -> jinja2.Environment:
        """Give an environment, MkDocs' own or ours, what the theme's templates need."""
        environment.autoescape = jinja2.select_autoescape(("html",))
        environment.filters.update(
            url=_url, number=_number, when=_when, duration=_duration, filesize=format_size, date=format_time
        )
        environment.globals.update(render=self._render, picture=self._picture)
        environment.policies["json.dumps_function"] = _json
        # Any other extension might change what a template is compiled to; ours have nothing to translate.
        if all(isinstance(extension, InternationalizationExtension) for extension in environment.extensions.values()):
            environment.bytecode_cache = CompiledTemplates(theme_folder())
        return environment

    def page(self, view: PageView) -> str:
        """The whole HTML of a page."""
        return self.environment.get_template(view.template).render(rg=view)

    def block(self, block: Block, view: PageView) -> str:
        """The HTML of one block on a page. Its partial is named after its class: ``partials/key_values.html``."""
        name = WORD_START.sub("_", type(block).__name__).lower()
        template = self.environment.get_template(f"partials/{name}.html")
        return template.render(block=block, rg=view, **self._data_of(block, view))

    def _data_of(self, block: Block, view: PageView) -> dict[str, Any]:
        """What a partial needs besides its block: the panel with its data in place, the source of a console."""
        if isinstance(block, Gallery):
            root = posixpath.normpath(posixpath.join(posixpath.dirname(view.uri), view.root))
            return {"shelves": GalleryData(block, root, self.write).shelves()}
        if isinstance(block, Chart):
            ref = self._panel_data(block)
            return {"panel": {**block.panel, "data": _ref(ref)} if ref else block.panel}
        if isinstance(block, DRAWN_FROM_DATA):
            return {"source": _ref(self.write(block.data))}
        if isinstance(block, FileList):
            shown = {file.path: file.preview.data for file in block.files if file.preview and file.preview.data}
            return {"sources": {path: _ref(self.write(data)) for path, data in shown.items()}}
        if isinstance(block, Console):
            refs = [_ref(self.write(part.data)) for part in block.parts]
            numbers = [{"first": part.first, "lines": part.lines} for part in block.parts]
            return {"parts": [number | ref for number, ref in zip(numbers, refs, strict=True)]}
        return {}

    def _panel_data(self, chart: Chart) -> DataRef | None:
        """A specification is a dataset named after its content; a panel of one run leads to that run's curves."""
        if chart.spec is not None:
            return self.write(specification(chart.spec))
        runs = chart.panel.get("runs")
        if chart.panel.get("source") in ("run", "system") and runs:
            return self.curves(chart.panel["project"], runs[0], chart.panel["source"])
        return None

    @jinja2.pass_context
    def _render(self, context: jinja2.runtime.Context, block: Block) -> Markup:
        return Markup(self.block(block, context["rg"]))  # noqa: S704 (a template made it, with escaping on)

    def _picture(self, chart: Chart) -> str:
        return self.picture(chart)


@lru_cache(maxsize=4)
def renderer_of(folders: tuple[Path, ...]) -> Renderer:
    """The renderer of this process for some template folders, with templates compiled once; it writes nothing yet."""
    return Renderer(folders, _no_data)


def safe(html: str) -> Markup:
    """HTML that stays as it is: an author's own Markdown, rendered by MkDocs, with logged values escaped in it."""
    return Markup(html)  # noqa: S704 (that is what it is for)


def _no_data(dataset: Dataset) -> DataRef:
    raise LookupError(f"nobody has said where to write {dataset.key}")


def _no_picture(_chart: Chart) -> str:
    return ""


def _no_curves(_project: str, _run_id: str, _source: str) -> DataRef | None:
    return None


def _ref(ref: DataRef) -> dict[str, str]:
    return {"key": ref.key, "url": ref.url}


@jinja2.pass_context
def _url(context: jinja2.runtime.Context, uri: str) -> str:
    view: PageView = context["rg"]
    return view.base + relative(str(uri), view.uri)


def _json(value: Any, **_options: Any) -> str:
    return encode(value).decode()


def _number(value: Any) -> str:
    return format_number(value) if isinstance(value, int | float) else str(value)


def _duration(value: Any) -> str:
    return format_duration(value) if isinstance(value, int | float) else ""


def _when(value: Any) -> Markup:
    """A moment as an element that names it exactly; nothing for an unknown one."""
    text = format_time(value) if isinstance(value, int | float) and math.isfinite(value) else ""
    if not text:
        return NOTHING
    exact = datetime.fromtimestamp(value, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Markup('<time datetime="{}">{} UTC</time>').format(exact, text)
