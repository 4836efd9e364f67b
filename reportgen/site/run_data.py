"""The datasets of one run, made by a worker: its curves with their tiles, and its part of the overviews of all runs."""

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.document import DataRef, Dataset
from reportgen.frames import axis_of_run
from reportgen.model import Run
from reportgen.site.curve_data import CurveData
from reportgen.site.data_files import DataFiles, encode_script
from reportgen.site.known_tiles import KnownTiles
from reportgen.site.links import Links
from reportgen.site.rank_data import write_beside
from reportgen.site.site_files import SiteFiles

Parts = dict[str, bytes]
"""Kind and metric, ``ov/loss`` or ``system/cpu`` -> a run's curve in the overview of that metric, encoded."""


@dataclass(frozen=True, slots=True)
class RunDataPlan:
    """What the datasets of all runs of a project share.

    Attributes:
        links: keys of datasets.
        files: of the site.
        tiles: remembers the tiles of each run.
        axes: metric -> the metric that the project's runs are drawn over together; missing for the step.
        entries: of each curve in an overview, at most.
    """

    links: Links
    files: SiteFiles
    tiles: KnownTiles
    axes: Mapping[str, str]
    entries: int


@dataclass(frozen=True, slots=True)
class RunDataDone:
    """What was written of a run: where its curves are, all its files, and its part of the overviews."""

    charts: DataRef | None
    system: DataRef | None
    files: dict[str, int]
    parts: Parts


def write_run_data(plan: RunDataPlan, work: tuple[int, Run]) -> RunDataDone:
    """Write the datasets of a run, which has a number in its project."""
    number, run = work
    files = plan.files.fresh()
    place = plan.links.run_slug(run)
    data = DataFiles(files, plan.links.prefix)
    curves = CurveData(plan.links, data, plan.entries, plan.tiles.of(place))
    parts: Parts = {}
    charts = _write_curves(run, number, curves, system=False)
    system = _write_curves(run, number, curves, system=True)
    for metric in run.series:
        parts[f"ov/{metric}"] = encode_script(curves.overview(run, number, metric, plan.axes.get(metric, "")))
    for metric in run.system:
        parts[f"system/{metric}"] = encode_script(curves.overview(run, number, metric, system=True))
    plan.tiles.keep(place, curves.levels.tiles)
    return RunDataDone(charts, system, files.written, parts)


def _write_curves(run: Run, number: int, curves: CurveData, *, system: bool) -> DataRef | None:
    drawn = {
        metric: curves.of(run, number, metric, "" if system else axis_of_run(run, metric), system=system)
        for metric in (run.system if system else run.series)
    }
    beside = write_beside(run, number, curves, system=system)
    if not drawn and not beside:
        return None
    key = curves.links.run_key(run, "system" if system else "charts")
    ref = curves.data.write(Dataset(key, {"run": number, "curves": drawn} | beside))
    curves.wholes[str(run.id), system] = ref
    return ref
