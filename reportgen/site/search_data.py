"""What can be searched for: pages and their headings, runs and metrics, in one dataset that is loaded by the search."""

import math
from collections.abc import Iterable, Iterator
from typing import Any

from reportgen.document import Dataset
from reportgen.model import Project, Run
from reportgen.site.links import Links
from reportgen.site.render import PageView, TocItem

MOST_RUNS = 20_000
"""Of a project, the newest: about a megabyte that a browser loads at once. The runs table filters all."""
LONGEST = 200
"""Characters of a description or a note that can be found."""

FoundPage = dict[str, Any]
"""A ``SearchPage`` of types.ts."""


def search_dataset(projects: Iterable[Project], links: Links, pages: Iterable[FoundPage]) -> Dataset:
    """The ``SearchIndex`` of types.ts; a page that is given twice is found as it was given last."""
    found = {page["url"]: page for page in pages}
    projects_found = [_project(project, links) for project in projects]
    return Dataset("search", {"pages": list(found.values()), "projects": projects_found})


def plain_page(title: str, uri: str, links: Links) -> FoundPage:
    """A page of the engine, which has no text of its own."""
    return {"kind": "page", "title": title, "url": links.from_data_root(uri)}


def prose_page(view: PageView, links: Links) -> FoundPage:
    """A page that MkDocs rendered: found by its title, description, tags, authors and headings."""
    words = [view.description, *_texts(view.meta.get("tags")), *_texts(view.meta.get("authors"))]
    page: dict[str, Any] = {
        "kind": "report" if view.kind == "report" else "page",
        "title": view.title or view.site_name,
        "url": _from_data_root(view.uri, links),
    }
    if text := " ".join(words)[:LONGEST].strip():
        page["words"] = text
    if headings := [[item.id, item.title] for item in _below_title(view.toc, view.title)]:
        page["headings"] = headings
    return page


def _below_title(toc: Iterable[TocItem], title: str) -> Iterator[TocItem]:
    return (item for item in toc if item.level > 1 or item.title != title)


def _project(project: Project, links: Links) -> dict[str, Any]:
    newest = sorted(
        project.runs, key=lambda run: run.started if math.isfinite(run.started) else -math.inf, reverse=True
    )
    shown = newest[:MOST_RUNS]
    return {
        "name": project.name,
        "home": links.from_data_root(links.project_home(project.name)),
        "workspace": links.from_data_root(links.workspace(project.name)),
        "runs": links.from_data_root(links.runs_table(project.name)),
        "compare": links.from_data_root(links.compare(project.name)),
        "metrics": sorted({name for run in project.runs for name in run.series}),
        "names": [run.name for run in shown],
        # A page is at <folder of the runs table>/<slug>/; zero stands for a slug that is the name.
        "slugs": [0 if (slug := links.run_slug(run)) == run.name else slug for run in shown],
        "words": [_run_words(run) for run in shown],
        "left": len(newest) - len(shown),
    }


def _run_words(run: Run) -> str:
    words = [*run.tags, run.group, run.job_type, run.id if run.id != run.name else "", run.notes[:LONGEST]]
    return " ".join(word for word in words if word)


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else []


def _from_data_root(uri: str, links: Links) -> str:
    """Pages of a documentation site around the project are not below its folder."""
    if uri.startswith(links.prefix):
        return links.from_data_root(uri)
    return "../" * links.prefix.count("/") + Links("", {}, {}, alone=True).from_data_root(uri)
