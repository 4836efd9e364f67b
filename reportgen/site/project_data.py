"""The datasets of a project: its index, the runs table, the overviews, and the curves and tiles of each run.

Written one at a time, so that memory holds the overviews of one sheet of runs, or one run, and never the whole site.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from reportgen.charts import ProjectSpec, main_metric
from reportgen.document import Chart, DataRef, Dataset
from reportgen.frames import FEW_RUNS, run_columns, table_columns
from reportgen.model import Project
from reportgen.site.curves import DataPlace, axes_of, write_curves
from reportgen.site.data_files import DataFiles, number_or_none, specification
from reportgen.site.ledger import Ledger
from reportgen.site.level_data import reference
from reportgen.site.links import Links
from reportgen.site.overviews import OVERVIEW_RUNS
from reportgen.site.project_media import media_of_project
from reportgen.site.saved_views import SavedView


@dataclass(frozen=True, slots=True)
class WorkspaceWork:
    """What others do for a workspace meanwhile; each is waited for when it is called.

    Attributes:
        charts: its Vega panels.
        specs: the project's own charts over its runs.
        importance: what the configuration has to do with the metrics; None when there is nothing in it that could.
    """

    charts: Callable[[], Iterable[Chart]] = tuple
    specs: Callable[[], Iterable[ProjectSpec]] = tuple
    importance: Callable[[], Mapping[str, Any]] | None = None


def write_project_data(
    project: Project, place: DataPlace, work: WorkspaceWork | None = None, views: Iterable[SavedView] = ()
) -> DataRef:
    """Write every dataset of a project but those that go with pages, and give back where its index is.

    Args:
        project: the runs.
        place: where to write.
        work: what others do for the workspace.
        views: its saved views.
    """
    links, data, work = place.links, place.data, work or WorkspaceWork()
    write_curves(project, place)
    runs, column = runs_payload(project, links), _column(project)
    first: dict[str, Any] = {}
    if len(project.runs) > FEW_RUNS:
        first["first"] = reference(data.write(Dataset(links.key(project.name, "first"), _first(runs, column))))
    index = {
        "project": project.name,
        "pages": {
            "home": links.from_data_root(links.project_home(project.name)),
            "workspace": links.from_data_root(links.workspace(project.name)),
            "runs": links.from_data_root(links.runs_table(project.name)),
            "compare": links.from_data_root(links.compare(project.name)),
            "reports": links.from_data_root(links.reports()),
        },
        "runs": reference(data.write(Dataset(links.key(project.name, "runs"), runs))),
        "column": column,
        **first,
        "metrics": list(_entries(project, place.ledger, system=False)),
        "system": list(_entries(project, place.ledger, system=True)),
        "panels": [_panel(chart, data) for chart in work.charts()],
        "views": [asdict(view) for view in views],
        **media_of_project(project, place.ledger, links, data),
        "specs": [_spec(spec, data) for spec in work.specs()],
    }
    if work.importance is not None:
        forests = Dataset(links.key(project.name, "importance"), work.importance())
        index["importance"] = reference(data.write(forests))
    return data.write(Dataset(links.key(project.name, "index"), index))


def runs_payload(project: Project, links: Links) -> dict[str, Any]:
    """The ``RunsData`` of types.ts: every run, column by column, with exact values."""
    values = run_columns(project)
    columns = [
        {
            "key": column.key,
            "label": column.label,
            "group": column.group,
            "type": column.type,
            "values": [_cell(value) for value in values[column.key]],
        }
        for column in table_columns(values)
    ]
    return {
        "project": project.name,
        "ids": [str(run.id) for run in project.runs],
        "urls": [links.from_data_root(links.run(run)) for run in project.runs],
        "columns": columns,
    }


def _column(project: Project) -> str:
    """The column that the project is about; empty if it has no such metric."""
    metric = main_metric(project.runs)
    return f"summary.{metric}" if metric else ""


def _first(runs: dict[str, Any], column: str) -> dict[str, Any]:
    """Every run with the values that the workspace begins with; other columns have none yet."""

    def begun(each: dict[str, Any]) -> dict[str, Any]:
        if each["group"] == "run" or each["key"] == column:
            return each
        return {**each, "values": [], "varies": len({repr(value) for value in each["values"]}) > 1}

    return {**runs, "columns": [begun(each) for each in runs["columns"]]}


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return number_or_none(value)
    if isinstance(value, list | tuple):
        return [str(item) for item in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)


def _entries(project: Project, ledger: Ledger, *, system: bool) -> Iterator[dict[str, Any]]:
    """The ``MetricEntry`` of types.ts of each metric."""
    kind = "system" if system else "ov"
    counts = Counter(name for run in project.runs for name in (run.system if system else run.series))
    axes = {} if system else axes_of(project)
    for metric in sorted(counts):
        parts = [
            {
                "first": number * OVERVIEW_RUNS,
                "last": number * OVERVIEW_RUNS + len(sheet.runs) - 1,
                "data": reference(DataRef(*sheet.overviews[f"{kind}/{metric}"])),
                **(
                    {"preview": reference(DataRef(*ref))}
                    if (ref := sheet.overviews.get(f"pre/{metric}")) and not system
                    else {}
                ),
            }
            for number, sheet in enumerate(ledger.sheets)
            if f"{kind}/{metric}" in sheet.overviews
        ]
        entry = {
            "name": metric,
            "section": metric.rpartition("/")[0],
            "hidden": not system and _hidden(metric, project),
            "runs": counts[metric],
            "overviews": parts,
        }
        yield entry | ({"xName": axes[metric]} if metric in axes else {})


def _hidden(metric: str, project: Project) -> bool:
    """Whether every run that says something about a metric wants it hidden."""
    said = [hidden for run in project.runs if (hidden := run.definition(metric).hidden) is not None]
    return bool(said) and all(said)


def _spec(spec: ProjectSpec, data: DataFiles) -> dict[str, Any]:
    """The ``SpecEntry`` of types.ts of a chart of the project."""
    entry: dict[str, Any] = {"name": spec.name, "title": spec.title}
    if spec.vega is None:
        return {**entry, "problem": spec.problem}
    return {**entry, "data": reference(data.write(specification(spec.vega)))}


def _panel(chart: Chart, data: DataFiles) -> dict[str, Any]:
    return {**chart.panel, "id": chart.id, "data": reference(data.write(specification(chart.spec or {})))}
