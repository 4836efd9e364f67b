"""The run set that a block or value speaks of: a filter, the name of one from the front matter, or named runs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from reportgen.errors import QueryError
from reportgen.frames import select
from reportgen.markdown.context import ReportContext
from reportgen.model import Project, Run


def project_of(context: ReportContext, name: Any = None) -> Project:
    """The project of this name, else the one that the front matter names, else the first; else a QueryError."""
    projects = context.workspace.projects
    wanted = name if name is not None else context.meta.get("project")
    if wanted is None:
        if projects:
            return projects[0]
        raise QueryError("there is no project yet", remedy="log a run first")
    found = next((project for project in projects if project.name == str(wanted)), None)
    if found is None:
        raise QueryError(
            f"there is no project {str(wanted)!r}", remedy=nearest(str(wanted), [p.name for p in projects])
        )
    return found


def named_sets(context: ReportContext) -> Mapping[str, Any]:
    """The run sets of the front matter: ``runs: {adam: 'config.optimizer == "adam"'}``."""
    sets = context.meta.get("runs")
    return sets if isinstance(sets, Mapping) else {}


def run_set(context: ReportContext, project: Project, runs: Any = None) -> tuple[Run, ...]:
    """The runs that `selected` gives, at least one.

    Raises:
        QueryError: the filter is wrong, a run does not exist, or nothing is selected.
    """
    found = selected(context, project, runs)
    if not found:
        text = named_sets(context).get(runs, runs) if isinstance(runs, str) else runs
        what = f"no run of {project.name!r} is selected by {text!r}" if text else f"{project.name!r} has no runs"
        raise QueryError(what, remedy=f"the project has {len(project.runs)} runs" if text else "log a run first")
    return found


def selected(context: ReportContext, project: Project, runs: Any = None) -> tuple[Run, ...]:
    """The runs that a filter, the name of a run set or a list of runs (ids or names) selects, perhaps none."""
    sets = named_sets(context)
    if isinstance(runs, str) and runs in sets:
        return selected(_without(context, runs), project, sets[runs])
    if isinstance(runs, Sequence) and not isinstance(runs, str):
        return tuple(find_run(project, str(name)) for name in runs)
    query = None if runs is None else str(runs)
    if query is not None and query.isidentifier() and query not in ("true", "false"):
        raise QueryError(f"there is no run set {query!r}", remedy=nearest(query, list(sets)) or "write a filter")
    return select(project, query)


def find_run(project: Project, name: str) -> Run:
    """The run with this id or name; QueryError if there is none, or several of that name."""
    found = project.run(name)
    if found is None:
        several = sum(run.name == name for run in project.runs)
        if several > 1:
            raise QueryError(f"{several} runs are called {name!r}", remedy="name one by its id")
        known = [run.name for run in project.runs] + [run.id for run in project.runs]
        raise QueryError(f"there is no run {name!r}", remedy=nearest(name, known))
    return found


def nearest(name: str, known: Sequence[str]) -> str:
    """``did you mean 'a' or 'b'?``; empty when nothing is near."""
    near = list(dict.fromkeys(get_close_matches(name, known, n=3)))
    return f"did you mean {' or '.join(map(repr, near))}?" if near else ""


def _without(context: ReportContext, name: str) -> ReportContext:
    """The context without one run set, so that a set cannot name itself."""
    rest = {key: value for key, value in named_sets(context).items() if key != name}
    return replace(context, meta={**context.meta, "runs": rest})
