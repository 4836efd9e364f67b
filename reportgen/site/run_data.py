"""The datasets of one run, made by a worker: its curves with their tiles, and its part of the overviews of all runs."""

from dataclasses import dataclass, field
from typing import Any

import orjson

from reportgen.document import DataRef
from reportgen.frames import LineFacts
from reportgen.model import Run
from reportgen.site.curves_ahead import CurvesAhead
from reportgen.site.data_files import encode_script
from reportgen.site.rank_data import write_beside
from reportgen.site.run_curves import Name, RunCurves, RunDataPlan, names_of
from reportgen.site.run_files import PublishedFiles
from reportgen.site.run_media import write_run_media

Parts = dict[str, bytes]
"""Kind and metric, ``ov/loss``, ``pre/loss`` or ``system/cpu`` -> a run's share in what all runs have in common."""


@dataclass(frozen=True, slots=True)
class RunDataWork:
    """A run whose datasets are to be made, its number in the project, and what is made of them already."""

    run: Run
    number: int
    ahead: CurvesAhead | None = None


@dataclass(frozen=True, slots=True)
class RunDataDone:
    """What was written of a run: where its curves are, all its files, and its part of the overviews.

    Attributes:
        lines: ``run`` or ``system`` -> metric -> what its line shows.
        media: where the parts of its media are.
        media_kinds: key -> the kind of what was logged under it.
    """

    charts: DataRef | None
    system: DataRef | None
    files: dict[str, int]
    parts: Parts
    lines: dict[str, dict[str, LineFacts]]
    media: dict[str, DataRef] = field(default_factory=dict)
    media_kinds: dict[str, str] = field(default_factory=dict)


def write_run_data(plan: RunDataPlan, work: RunDataWork) -> RunDataDone:
    """Write the datasets of a run."""
    curves, ahead = RunCurves.of(plan, work.run, work.number), work.ahead or CurvesAhead()
    curves.made.data.files.keep(ahead.files)
    curves.made.levels.tiles |= ahead.tiles
    own: dict[Name, dict[str, Any]] = {}
    lines: dict[str, dict[str, LineFacts]] = {"run": {}, "system": {}}
    for name in names_of(work.run):
        known = ahead.drawn.get(name)
        if known is None:
            own[name] = curves.own(name)
        lines["system" if name.system else "run"][name.metric] = known[2] if known else curves.facts(name)
    charts, system = (_write_curves(curves, own, ahead, system=system) for system in (False, True))
    parts = {str(name): curves.share(name, curve) for name, curve in own.items()}
    parts |= {str(name): share for name, (_, share, _) in ahead.drawn.items()}
    parts |= {f"pre/{name.metric}": part for name in names_of(work.run) if (part := curves.preview(name)) is not None}
    plan.tiles.keep(plan.links.run_slug(work.run), curves.made.levels.tiles)
    published = PublishedFiles(plan.links, plan.largest)
    media, kinds = write_run_media(work.run, work.number, published, curves.made.data)
    return RunDataDone(charts, system, curves.made.data.files.written, parts, lines, media, kinds)


def _write_curves(
    curves: RunCurves, own: dict[Name, dict[str, Any]], ahead: CurvesAhead, *, system: bool
) -> DataRef | None:
    drawn: dict[str, Any] = {}
    for name in names_of(curves.run):
        if name.system == system:
            drawn[name.metric] = own[name] if name in own else orjson.Fragment(ahead.drawn[name][0])
    beside = write_beside(curves.run, curves.number, curves.made, system=system)
    if not drawn and not beside:
        return None
    key = curves.plan.links.run_key(curves.run, "system" if system else "charts")
    payload = {"run": curves.number, "curves": drawn} | beside
    ref = curves.made.data.write_script(key, encode_script(payload))
    curves.made.wholes[str(curves.run.id), system] = ref
    return ref
