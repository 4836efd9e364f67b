"""Prose between MkDocs and the engine: blocks and values of the project's Markdown, and the view of each prose page."""

import re
from dataclasses import replace
from functools import partial

from reportgen.charts import report_charts
from reportgen.document import Block, Chart, RunCards
from reportgen.markdown import ReportContext, expand
from reportgen.model import Run
from reportgen.pages import home_page, reports_page
from reportgen.site.links import relative
from reportgen.site.prose import ProseFile
from reportgen.site.render import PageView
from reportgen.site.site import Site
from reportgen.site.views import RenderedProse
from reportgen.tables import report_table

LEADING_TITLE = re.compile(r"\s*<h1\b[^>]*>.*?</h1>\s*", re.DOTALL)


def prose_at(site: Site, uri: str) -> ProseFile | None:
    """The project's Markdown file behind a page; None for a page that is not the project's."""
    return next((file for file in site.prose if file.uri == uri), None)


def expand_report(site: Site, uri: str, markdown: str) -> str:
    """Replace the blocks and values of the project's Markdown and keep its problems; other pages stay as they are."""
    file = prose_at(site, uri)
    if file is None:
        return markdown
    view = site.frame.project_prose(file, RenderedProse(uri, file.title, ""), (), ())

    def render(block: Block) -> str:
        html = site.renderer.block(block, view)
        if isinstance(block, Chart) and uri not in site.covers and (picture := site.picture(block)):
            site.covers[uri] = picture
        return html

    def link(run: Run) -> str:
        return relative(site.links.run(run), uri)

    context = ReportContext(
        workspace=site.workspace,
        charts=report_charts(site.config.cache_folder),
        runs_table=partial(report_table, link=site.links.run),
        render=render,
        links=link,
        where=site.where(file.path),
        first_line=file.first_line(markdown),
        meta=file.meta,
    )
    expanded = expand(markdown, context)
    for problem in expanded.problems:
        site.spoiled(problem)
    return expanded.text


def prose_view(site: Site, prose: RenderedProse) -> PageView:
    """What the theme shows of a page that MkDocs rendered."""
    file = prose_at(site, prose.uri)
    if file is None:
        return site.frame.docs_prose(prose)
    if file.kind == "home":
        sections = home_page(site.context, title=file.title).sections
    else:
        sections = reports_page(site.context).sections if file.kind == "reports" else ()
    where = site.where(file.path)
    problems = tuple(str(problem) for problem in site.problems if problem.where.split(":")[0] == where)
    return site.frame.project_prose(file, replace(prose, html=_without_title(file, prose.html)), sections, problems)


def _without_title(file: ProseFile, html: str) -> str:
    """The text without the heading that says what the template says already."""
    heading = LEADING_TITLE.match(html)
    if heading and ("title" not in file.meta or str(file.meta["title"]) in heading[0]):
        return html[heading.end() :]
    return html


def sections_html(site: Site, view: PageView) -> str:
    """The sections of a page as HTML, for a theme that is not ours."""
    parts = []
    for section in view.sections:
        titled = any(isinstance(block, RunCards) for block in section.blocks)
        parts += [f"<h2>{section.title}</h2>"] if section.title and not titled else []
        parts += [site.renderer.block(block, view) for block in section.blocks]
    return "\n".join(parts)


def with_assets(site: Site, html: str, uri: str) -> str:
    """A page of another theme with our style sheet and code in its head, so that charts and tables work on it."""
    view = site.frame.docs_prose(RenderedProse(uri, "", ""))
    tags = (
        f'<link rel="stylesheet" href="{view.assets["embedded.css"]}">\n'
        f'<script defer src="{view.assets["reportgen.js"]}" data-root="{view.root}"'
        f' data-vega="{view.assets["vega.js"]}" data-kinds="{view.assets["kinds.js"]}"></script>\n'
    )
    return html.replace("</head>", f"{tags}</head>", 1)
