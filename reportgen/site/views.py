"""What stands around the content of a page: nav, crumbs, assets and foot. Makes the `PageView` that templates see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from reportgen.document import Page, Section
from reportgen.site import nav
from reportgen.site.links import Links, relative
from reportgen.site.nav import NavItem
from reportgen.site.prose import ProseFile
from reportgen.site.render import Footer, PageView, TocItem, safe

NAMES = {"workspace": "Workspace", "runs": "Runs", "reports": "Reports"}


@dataclass(frozen=True, slots=True)
class RenderedProse:
    """What MkDocs made of a Markdown file. ``toc`` is (id, title, level) for each heading."""

    uri: str
    title: str
    html: str
    toc: tuple[TocItem, ...] = ()
    meta: Mapping[str, Any] | None = None


@dataclass(slots=True)
class Frame:
    """The same for all pages of a site; the documentation around a project is known last.

    Attributes:
        assets: logical name -> uri.
        reports: whether there are any.
        docs: the nav of the documentation site around the project; empty when there is none.
        docs_home: uri of that site's own first page; empty when the project's is the first.
    """

    site_name: str
    links: Links
    assets: Mapping[str, str]
    footer: Footer
    reports: bool
    docs: tuple[NavItem, ...] = ()
    docs_home: str = ""

    def surround(self, items: Iterable[Any]) -> None:
        """Take over the nav of a documentation site: MkDocs' pages, sections and links."""
        self.docs = nav.docs_nav(items, "" if self.links.prefix else self.links.home())

    def page(self, page: Page) -> PageView:
        """The view of a page that the engine made."""
        view = self._view(page.uri, page.kind, page.title, page.project)
        return replace(
            view,
            template=page.template,
            description=page.description,
            sections=page.sections,
            facts=page.facts,
            footer=Footer(page.until, self.footer.version) if page.until is not None else self.footer,
        )

    def project_prose(
        self, file: ProseFile, prose: RenderedProse, sections: Iterable[Section], problems: Sequence[str]
    ) -> PageView:
        """The view of a report, or of a page whose Markdown stands above what the engine says."""
        view = self._view(file.uri, file.kind, file.title, "")
        return replace(
            view,
            description=str(file.meta.get("description", "")),
            content=safe(prose.html),
            toc=prose.toc,
            meta=file.meta,
            sections=tuple(sections),
            problems=tuple(problems),
        )

    def docs_prose(self, prose: RenderedProse) -> PageView:
        """The view of a documentation page that has nothing to do with the project."""
        view = self._view(prose.uri, "prose", prose.title, "")
        meta = dict(prose.meta or {})
        description = str(meta.get("description") or "")
        return replace(view, content=safe(prose.html), toc=prose.toc, meta=meta, description=description)

    def not_found(self, site_url: str) -> PageView:
        """The view of the 404 page, which a host shows at any address: with a site url its own urls start there."""
        site_path = urlsplit(site_url).path
        view = self._view("404.html", "prose", "Page not found", "")
        assets = {name: f"{site_path}{url}" for name, url in view.assets.items()}
        return replace(view, template="404.html", assets=assets, root=f"{site_path}{view.root}", base=site_path)

    def _view(self, uri: str, kind: str, title: str, project: str) -> PageView:
        return PageView(
            uri=uri,
            kind=kind,
            template=f"{kind}.html",
            title=title,
            site_name=self.site_name,
            home=self.docs_home or self.links.home(),
            root=_folder(relative(f"{self.links.prefix}data", uri)),
            project=project or self._only_project(),
            nav=nav.activated(self._nav(project, uri), uri),
            crumbs=self._crumbs(project, uri),
            assets={name: relative(asset, uri) for name, asset in self.assets.items()},
            footer=self.footer,
        )

    def _only_project(self) -> str:
        return next(iter(self.links.projects)) if self.links.alone else ""

    def _nav(self, project: str, uri: str) -> tuple[NavItem, ...]:
        if project:
            places = nav.project_nav(self.links, project, reports=self.reports)
        else:
            places = nav.site_nav(self.links, reports=self.reports)
        if not self.docs:
            return places
        if not self.links.prefix:
            return (*places, *self.docs)
        if uri.startswith(self.links.prefix):
            others = tuple(item for item in self.docs if item.uri != self.links.home())
            return (*places, NavItem("Documentation", children=others)) if others else places
        return nav.with_project(self.docs, self._prefix_title(), self.links.home(), places)

    def _crumbs(self, project: str, uri: str) -> tuple[nav.Crumb, ...]:
        if not uri.startswith(self.links.prefix):
            return ()
        if not self.docs_home or not self.links.prefix:
            return nav.crumbs(self.links, self.site_name, project or self._only_project(), uri)
        inside = nav.crumbs(self.links, self._prefix_title(), project or self._only_project(), uri)
        return (nav.Crumb(self.site_name, self.docs_home), *inside)

    def _prefix_title(self) -> str:
        return self.links.prefix.strip("/").rpartition("/")[2].replace("-", " ").capitalize()


def toc_items(toc: Iterable[Any]) -> tuple[TocItem, ...]:
    """The headings of a page, from MkDocs' tree of them, where they are HTML without tags."""
    found = []
    for item in toc:
        found += [TocItem(item.id, unescape(item.title), item.level), *toc_items(item.children)]
    return tuple(found)


def _folder(url: str) -> str:
    """The url of the folder that holds ``data``, from the url of ``data``: ``../data`` -> ``../``."""
    return url.removesuffix("data")
