"""The home page: of the one project, or of all projects of the workspace."""

import math
from collections.abc import Sequence

from reportgen import schema
from reportgen.charts import main_metric
from reportgen.document import Page, Prose, ReportCards, RunCard, RunCards, Section, StateCounts
from reportgen.model import Project, Run
from reportgen.numbers import format_duration, format_number, format_time
from reportgen.pages.context import PageContext
from reportgen.pages.damage import damage
from reportgen.pages.first_steps import first_steps
from reportgen.pages.ranking import best_runs

LISTED_RUNS = 5


def home_page(context: PageContext, *, project: Project | None = None, title: str = "", prose: str = "") -> Page:
    """The first page of the site, or of one of several projects.

    Args:
        context: the workspace and its links.
        project: whose home it is; None for the site's own, which shows the project when there is only one.
        title: of the page; by default the project's name.
        prose: HTML of ``index.md``, safe already.
    """
    projects = context.workspace.projects
    if project:
        sections = [*damage((), [project]), *_project_sections(project, context)]
        return _page(context.links.project_home(project.name), title or project.name, project.name, sections)
    above = damage(context.workspace.problems, projects)
    if prose:
        above.append(Section("about", "", (Prose(prose),)))
    if len(projects) == 1:
        sections = [*above, *_project_sections(projects[0], context), *_reports(context)]
        return _page(context.links.home(), title or projects[0].name, projects[0].name, sections)
    if projects:
        counts = tuple(_state_counts(each, context) for each in projects)
        above.append(Section("projects", "Projects", counts, len(counts)))
        everything = [run for each in projects for run in each.runs]
        above.append(Section("recent", "Recent", (_recent_runs(everything, context),)))
    else:
        above.append(Section("start", "Start", first_steps()))
    return _page(context.links.home(), title or "Projects", "", [*above, *_reports(context)])


def _page(uri: str, title: str, project: str, sections: list[Section]) -> Page:
    return Page(
        uri=uri,
        template="home.html",
        kind="home",
        title=title,
        sections=tuple(sections),
        project=project,
        description=f"Experiments of {project}" if project else "Experiments",
    )


def _reports(context: PageContext) -> list[Section]:
    cards = context.reports
    return [Section("reports", "Reports", (ReportCards(cards),), len(cards))] if cards else []


def _project_sections(project: Project, context: PageContext) -> list[Section]:
    if not project.runs:
        return [Section("start", "Start", first_steps(project.name))]
    sections = [Section("runs", "Runs", (_state_counts(project, context),), len(project.runs))]
    metric = main_metric(project.runs)
    if metric:
        cards = tuple(
            _run_card(run, f"{metric} {format_number(run.summary[metric])}", project, context)
            for run in best_runs(project.runs, metric, LISTED_RUNS)
        )
        sections.append(Section("best", "Best", (RunCards(f"Best {metric}", cards),)))
    sections.append(Section("recent", "Recent", (_recent_runs(project.runs, context),)))
    return sections


def _state_counts(project: Project, context: PageContext) -> StateCounts:
    counts = {state: sum(run.state == state for run in project.runs) for state in schema.STATES}
    rows = sum(run.rows for run in project.runs)
    last = max((run.ended for run in project.runs if math.isfinite(run.ended)), default=math.nan)
    parts = [f"{rows:,} row" + ("" if rows == 1 else "s")]
    if math.isfinite(last):
        parts.append(f"last active {format_time(last)} UTC")
    links = context.places(project)
    return StateCounts(
        project.name, {state: count for state, count in counts.items() if count}, links, " · ".join(parts)
    )


def _recent_runs(runs: Sequence[Run], context: PageContext) -> RunCards:
    known = [run for run in runs if math.isfinite(run.started)]
    recent = sorted(known, key=lambda run: run.started, reverse=True)[:LISTED_RUNS]
    projects = {project.name: project for project in context.workspace.projects}
    several = len({run.project for run in runs}) > 1
    cards = []
    for run in recent:
        parts = (run.project if several else "", format_time(run.started), format_duration(run.duration))
        cards.append(_run_card(run, " · ".join(part for part in parts if part), projects[run.project], context))
    return RunCards("Recent runs", tuple(cards), "No run says when it was started.")


def _run_card(run: Run, detail: str, project: Project, context: PageContext) -> RunCard:
    place = next(number for number, other in enumerate(project.runs) if other is run)
    return RunCard(run.name, context.links.run(run), run.state, detail, run.tags, place)
