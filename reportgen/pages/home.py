"""The home page: of the one project, or of all projects of the workspace."""

import math
from collections.abc import Sequence

from reportgen import schema
from reportgen.document import Block, Notice, Page, Prose, ReportCards, RunCard, RunCards, Section, StateCounts
from reportgen.model import Project, Run
from reportgen.numbers import format_duration, format_number, format_time
from reportgen.pages.context import PageContext
from reportgen.pages.first_steps import first_steps
from reportgen.pages.ranking import best_runs, main_metric

LISTED_RUNS = 5


def home_page(context: PageContext, *, project: Project | None = None, title: str = "", prose: str = "") -> Page:
    """The first page of the site, or of a project.

    Args:
        context: the workspace and its links.
        project: whose home it is; None for the site's own home, which shows the project when it is the only one.
        title: of the page; by default the project's name.
        prose: HTML of ``index.md``, safe already.
    """
    projects = context.workspace.projects
    alone = project or (projects[0] if len(projects) == 1 else None)
    sections = [Section("about", "", (Prose(prose),))] if prose else []
    if project is None and context.workspace.problems:
        problems = tuple(map(str, context.workspace.problems))
        sections.append(
            Section("problems", "", (Notice("warning", "Parts of the folder could not be read", problems),))
        )
    if alone:
        sections += _project_sections(alone, context)
    elif projects:
        counts = tuple(_state_counts(each, context) for each in projects)
        sections.append(Section("projects", "Projects", counts, len(counts)))
        everything = [run for each in projects for run in each.runs]
        sections.append(Section("recent", "Recent", (_recent_runs(everything, context),)))
    else:
        sections.append(Section("start", "Start", first_steps()))
    if context.reports and (project is None or len(projects) == 1):
        sections.append(Section("reports", "Reports", (ReportCards(context.reports),), len(context.reports)))
    name = alone.name if alone else ""
    return Page(
        uri=context.links.project_home(project.name) if project else context.links.home(),
        template="home.html",
        kind="home",
        title=title or name or "Projects",
        sections=tuple(sections),
        project=name,
        description=f"Experiments of {name}" if name else "Experiments",
    )


def _project_sections(project: Project, context: PageContext) -> list[Section]:
    if not project.runs:
        return [Section("start", "Start", first_steps(project.name))]
    blocks: list[Block] = [_state_counts(project, context)]
    if project.problems:
        problems = tuple(map(str, project.problems))
        blocks.append(Notice("warning", "Parts of this project could not be read", problems))
    sections = [Section("runs", "Runs", tuple(blocks), len(project.runs))]
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
    parts = [f"{rows} rows"]
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
