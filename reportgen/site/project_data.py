"""The datasets of a project: its index, the runs table, one overview per metric, and the curves and tiles of each run.

Written one at a time, so that memory holds one metric of all runs or one run, and never the whole site.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from reportgen.document import Chart, DataRef, Dataset
from reportgen.frames import axis_of_run, axis_of_runs, overview_entries, runs_frame, table_columns
from reportgen.model import Project, Run
from reportgen.site.curve_data import CurveData
from reportgen.site.data_files import DataFiles, number_or_none, specification
from reportgen.site.level_data import reference
from reportgen.site.links import Links, slugs
from reportgen.site.rank_data import write_beside
from reportgen.site.saved_views import SavedView

OVERVIEW_RUNS = 250
"""Runs in one dataset of an overview: who looks at few runs of a large project loads few of its files."""


@dataclass(frozen=True, slots=True)
class RunRefs:
    """Where the curves of one run are."""

    charts: DataRef | None
    system: DataRef | None


@dataclass(frozen=True, slots=True)
class ProjectData:
    """What was written of a project: its index, and the curves of its runs by run id."""

    index: DataRef
    runs: Mapping[str, RunRefs]


def write_project_data(
    project: Project, links: Links, data: DataFiles, charts: Iterable[Chart] = (), views: Iterable[SavedView] = ()
) -> ProjectData:
    """Write every dataset of a project but the consoles, which go with their pages.

    Args:
        project: the runs.
        links: keys and uris.
        data: where to write.
        charts: the Vega panels of the workspace.
        views: its saved views.
    """
    curves = CurveData(links, data, overview_entries(len(project.runs)))
    refs = {str(run.id): _write_run(run, number, curves) for number, run in enumerate(project.runs)}
    index = {
        "project": project.name,
        "pages": {
            "home": links.from_data_root(links.project_home(project.name)),
            "workspace": links.from_data_root(links.workspace(project.name)),
            "runs": links.from_data_root(links.runs_table(project.name)),
            "reports": links.from_data_root(links.reports()),
        },
        "runs": reference(data.write(Dataset(links.key(project.name, "runs"), runs_payload(project, links)))),
        "metrics": list(_overviews(project, curves, system=False)),
        "system": list(_overviews(project, curves, system=True)),
        "panels": [_panel(chart, data) for chart in charts],
        "views": [asdict(view) for view in views],
    }
    return ProjectData(data.write(Dataset(links.key(project.name, "index"), index)), refs)


def runs_payload(project: Project, links: Links) -> dict[str, Any]:
    """The ``RunsData`` of types.ts: every run, column by column, with exact values."""
    frame = runs_frame(project)
    columns = [
        {
            "key": column.key,
            "label": column.label,
            "group": column.group,
            "type": column.type,
            "values": [_cell(value, column.type) for value in frame[column.key].tolist()],
        }
        for column in table_columns(frame)
    ]
    return {
        "project": project.name,
        "ids": [str(run.id) for run in project.runs],
        "urls": [links.from_data_root(links.run(run)) for run in project.runs],
        "columns": columns,
    }


def _cell(value: Any, kind: str) -> Any:
    if isinstance(value, float):
        return number_or_none(value)
    if isinstance(value, list | tuple):
        return [str(item) for item in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    if kind == "time" and hasattr(value, "timestamp"):
        return number_or_none(value.timestamp())
    return str(value)


def _write_run(run: Run, number: int, curves: CurveData) -> RunRefs:
    written: list[DataRef | None] = []
    for name, system in (("charts", False), ("system", True)):
        drawn = {
            metric: curves.of(run, number, metric, "" if system else axis_of_run(run, metric), system=system)
            for metric in (run.system if system else run.series)
        }
        beside = write_beside(run, number, curves, system=system)
        payload = {"run": number, "curves": drawn} | beside
        key = curves.links.run_key(run, name)
        ref = curves.data.write(Dataset(key, payload)) if drawn or beside else None
        written.append(ref)
        if ref:
            curves.wholes[str(run.id), system] = ref
    return RunRefs(written[0], written[1])


def _overviews(project: Project, curves: CurveData, *, system: bool) -> Iterator[dict[str, Any]]:
    """Write the overview of each metric, with all runs that have it; give back the ``MetricEntry`` of each."""
    logged = [run.system if system else run.series for run in project.runs]
    for metric, metric_slug in slugs(sorted({name for series in logged for name in series})).items():
        axis = "" if system else axis_of_runs(project.runs, metric)
        key = curves.links.key(project.name, "system" if system else "ov", metric_slug)
        entry = {
            "name": metric,
            "section": metric.rpartition("/")[0],
            "hidden": not system and _hidden(metric, project),
            "runs": sum(metric in series for series in logged),
            "overviews": list(_chunks(project, curves, (metric, axis, key), system=system)),
        }
        yield entry | ({"xName": axis} if axis else {})


def _chunks(
    project: Project, curves: CurveData, what: tuple[str, str, str], *, system: bool
) -> Iterator[dict[str, Any]]:
    metric, axis, key = what
    for first in range(0, len(project.runs), OVERVIEW_RUNS):
        runs = project.runs[first : first + OVERVIEW_RUNS]
        drawn = [
            curves.overview(run, number, metric, axis, system=system)
            for number, run in enumerate(runs, first)
            if metric in (run.system if system else run.series)
        ]
        if drawn:
            ref = curves.data.write(Dataset(f"{key}/{first}", {"metric": metric, "curves": drawn}))
            yield {"first": first, "last": first + len(runs) - 1, "data": reference(ref)}


def _hidden(metric: str, project: Project) -> bool:
    """Whether every run that says something about a metric wants it hidden."""
    said = [hidden for run in project.runs if (hidden := run.definition(metric).hidden) is not None]
    return bool(said) and all(said)


def _panel(chart: Chart, data: DataFiles) -> dict[str, Any]:
    return {**chart.panel, "id": chart.id, "data": reference(data.write(specification(chart.spec or {})))}
