"""How a reader gets about: the places in the head of each page, and the crumbs that lead back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from reportgen.site.links import Links


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step on the way from the first page to this one."""

    text: str
    uri: str


@dataclass(frozen=True, slots=True)
class NavItem:
    """A place. ``href`` instead of ``uri`` leads out of the site; a section of a documentation site has children."""

    text: str
    uri: str = ""
    active: bool = False
    href: str = ""
    children: "tuple[NavItem, ...]" = ()


def project_nav(links: Links, project: str, *, reports: bool) -> tuple[NavItem, ...]:
    """The places of a project: its workspace, its runs, two of them side by side and, if there are any, the reports."""
    places = [
        NavItem("Workspace", links.workspace(project)),
        NavItem("Runs", links.runs_table(project)),
        NavItem("Compare", links.compare(project)),
    ]
    if reports:
        places.append(NavItem("Reports", links.reports()))
    return tuple(places)


def site_nav(links: Links, *, reports: bool) -> tuple[NavItem, ...]:
    """The places of a page that belongs to no project."""
    names = sorted(links.projects)
    if links.alone:
        return project_nav(links, names[0], reports=reports)
    projects = tuple(NavItem(name, links.project_home(name)) for name in names)
    return (*projects, NavItem("Reports", links.reports())) if reports else projects


def docs_nav(items: Iterable[Any], home: str) -> tuple[NavItem, ...]:
    """The nav of a documentation site, from MkDocs' own; the project's home is left to the project's places."""
    found = []
    for item in items:
        text = str(item.title or "")
        if item.children:
            found.append(NavItem(text, children=docs_nav(item.children, home)))
        elif item.is_page and item.file.dest_uri != home:
            found.append(NavItem(text, item.file.dest_uri))
        elif item.is_link:
            inside = not item.url.startswith("/") and not urlsplit(item.url).scheme
            found.append(NavItem(text, uri=item.url) if inside else NavItem(text, href=item.url))
    return tuple(found)


def with_project(docs: Sequence[NavItem], title: str, home: str, places: tuple[NavItem, ...]) -> tuple[NavItem, ...]:
    """The nav of a documentation site with the project in it, where the site's own nav names it or else at the end."""
    found = False
    items = []
    for item in docs:
        if item.uri == home:
            found = True
            items.append(replace(item, children=(NavItem("Overview", home), *places)))
        else:
            items.append(item)
    if not found:
        items.append(NavItem(title, home, children=(NavItem("Overview", home), *places)))
    return tuple(items)


def activated(items: Sequence[NavItem], uri: str) -> tuple[NavItem, ...]:
    """The same places, those that hold the page at ``uri`` marked: the nearest one and the sections around it."""
    best = _nearest(items, uri)
    return tuple(_marked(item, best) for item in items)


def _nearest(items: Sequence[NavItem], uri: str) -> str:
    """The uri of the place whose folder holds the page most closely; the very page if it is there."""
    places = [item.uri for item in _flat(items) if item.uri]
    if uri in places:
        return uri
    folders = [place for place in places if place.endswith("/index.html")]
    around = [place for place in folders if uri.startswith(place.removesuffix("index.html"))]
    return max(around, key=len, default="")


def _flat(items: Sequence[NavItem]) -> list[NavItem]:
    return [found for item in items for found in (item, *_flat(item.children))]


def _marked(item: NavItem, best: str) -> NavItem:
    children = tuple(_marked(child, best) for child in item.children)
    active = (bool(best) and item.uri == best) or any(child.active for child in children)
    return replace(item, active=active, children=children)


def crumbs(links: Links, site_name: str, project: str, uri: str) -> tuple[Crumb, ...]:
    """From the first page to the project of this page, and to its runs for the page of a run."""
    steps = [Crumb(site_name, links.home())]
    if project and not links.alone:
        steps.append(Crumb(project, links.project_home(project)))
    if project and uri.startswith(links.runs_table(project).removesuffix("index.html")):
        steps.append(Crumb("Runs", links.runs_table(project)))
    if uri.startswith(links.reports().removesuffix("index.html")):
        steps.append(Crumb("Reports", links.reports()))
    return tuple(step for step in steps if step.uri != uri)
