"""The datasets of a project: its index, the runs table, one overview per metric, and the curves and tiles of each run.

Written one at a time, so that memory holds one metric of all runs or one run, and never the whole site.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from reportgen.document import Chart, DataRef, Dataset
from reportgen.frames import Level, deeper_levels, overview_curve, runs_frame, table_columns
from reportgen.model import Project, Run, Series
from reportgen.site.data_files import DataFiles, number_or_none, specification
from reportgen.site.links import Links, slugs
from reportgen.site.rank_data import write_beside
from reportgen.site.saved_views import SavedView

TileRefs = dict[tuple[str, str, str], DataRef]
"""(kind of series, run id, metric) -> the tile index of a long curve."""


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
    tiles: TileRefs = {}
    refs = {}
    for number, run in enumerate(project.runs):
        refs[str(run.id)] = _write_run(run, number, links, data, tiles)
    metrics = [run.series for run in project.runs]
    index = {
        "project": project.name,
        "pages": {
            "home": links.from_data_root(links.project_home(project.name)),
            "workspace": links.from_data_root(links.workspace(project.name)),
            "runs": links.from_data_root(links.runs_table(project.name)),
            "reports": links.from_data_root(links.reports()),
        },
        "runs": _ref(data.write(Dataset(links.key(project.name, "runs"), runs_payload(project, links)))),
        "metrics": list(_overviews(project, links, data, ("ov", metrics, tiles))),
        "system": list(_overviews(project, links, data, ("system", [run.system for run in project.runs], tiles))),
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


def _write_run(run: Run, number: int, links: Links, data: DataFiles, tiles: TileRefs) -> RunRefs:
    written: list[DataRef | None] = []
    for name, kind, series in (("charts", "ov", run.series), ("system", "system", run.system)):
        folder = links.run_key(run, "system") if kind == "system" else links.run_key(run)
        for metric, metric_slug in slugs(series).items():
            ref = _write_tiles(series[metric], run, number, (f"{folder}/{metric_slug}", data))
            if ref:
                tiles[kind, run.id, metric] = ref
        curves = {metric: _curve(series[metric], run, number, (kind, tiles)) for metric in series}
        beside = write_beside(run, number, (folder, data), system=kind == "system")
        payload = {"run": number, "curves": curves} | beside
        written.append(data.write(Dataset(links.run_key(run, name), payload)) if curves or beside else None)
    return RunRefs(written[0], written[1])


def _write_tiles(series: Series, run: Run, number: int, place: tuple[str, DataFiles]) -> DataRef | None:
    """Write the finer levels of a long curve; None when its overview is the curve itself."""
    key, data = place
    levels = [_level(level, key, data) for level in deeper_levels(series, run, number)]
    return data.write(Dataset(f"{key}/tiles", {"levels": levels})) if levels else None


def _level(level: Level, key: str, data: DataFiles) -> dict[str, Any]:
    tiles = []
    for tile in level.tiles:
        ref = data.write(Dataset(f"{key}/{level.bucket}-{tile.first}", tile.curve))
        tiles.append({"first": tile.first, "last": tile.last, "data": _ref(ref)})
    return {"bucket": level.bucket, "tiles": tiles}


def _curve(series: Series, run: Run, number: int, tiles: tuple[str, TileRefs]) -> dict[str, Any]:
    kind, refs = tiles
    curve = dict(overview_curve(series, run, number))
    ref = refs.get((kind, run.id, series.metric))
    return {**curve, "deeper": _ref(ref)} if ref else curve


def _overviews(
    project: Project, links: Links, data: DataFiles, what: tuple[str, list[Mapping[str, Series]], TileRefs]
) -> Iterator[dict[str, Any]]:
    """Write one dataset for each metric, with all runs that have it; give back the ``MetricEntry`` of each."""
    kind, series_of_runs, tiles = what
    names = sorted({name for series in series_of_runs for name in series})
    for metric, metric_slug in slugs(names).items():
        curves = [
            _curve(series[metric], run, number, (kind, tiles))
            for number, (run, series) in enumerate(zip(project.runs, series_of_runs, strict=True))
            if metric in series
        ]
        payload = {"metric": metric, "curves": curves}
        yield {
            "name": metric,
            "section": metric.rpartition("/")[0],
            "hidden": _hidden(metric, project),
            "runs": len(curves),
            "overview": _ref(data.write(Dataset(links.key(project.name, kind, metric_slug), payload))),
        }


def _hidden(metric: str, project: Project) -> bool:
    """Whether every run that says something about a metric wants it hidden."""
    said = [hidden for run in project.runs if (hidden := run.definition(metric).hidden) is not None]
    return bool(said) and all(said)


def _panel(chart: Chart, data: DataFiles) -> dict[str, Any]:
    return {**chart.panel, "id": chart.id, "data": _ref(data.write(specification(chart.spec or {})))}


def _ref(ref: DataRef) -> dict[str, str]:
    return {"key": ref.key, "url": ref.url}
