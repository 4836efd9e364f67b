"""The curves of a project: of each run by itself and of all runs in overviews, made anew only where a run changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from reportgen.document import DataRef
from reportgen.executors import Workers
from reportgen.frames import axis_of_runs, overview_entries, preview_entries
from reportgen.model import Project, Run
from reportgen.site.curves_ahead import CurvesAhead, curves_ahead, parts_of
from reportgen.site.data_files import DataFiles
from reportgen.site.fingerprint import fingerprint, program_fingerprint
from reportgen.site.known_tiles import KnownTiles
from reportgen.site.ledger import Entry, Ledger, Ref
from reportgen.site.links import Links
from reportgen.site.overviews import OVERVIEW_RUNS, store_parts, stored_parts, write_overviews
from reportgen.site.run_curves import RunDataPlan
from reportgen.site.run_data import Parts, RunDataDone, RunDataWork, write_run_data


@dataclass(frozen=True, slots=True)
class DataPlace:
    """Where the datasets of a project go, who writes them, and what is known of those that are there.

    Attributes:
        links: keys and uris.
        data: the datasets of the site.
        ledger: what earlier builds made of the project.
        workers: do what there is to do for each run.
        largest: bytes of a file of a run that is copied into the site, at most.
    """

    links: Links
    data: DataFiles
    ledger: Ledger
    workers: Workers
    largest: int = 0


def axes_of(project: Project) -> dict[str, str]:
    """Metric -> the metric that the runs of a project are drawn over together; those over the step are left out."""
    if not any(run.definitions for run in project.runs):
        return {}
    metrics = dict.fromkeys(metric for run in project.runs for metric in run.series)
    axes = ((metric, axis_of_runs(project.runs, metric)) for metric in metrics)
    return {metric: axis for metric, axis in axes if axis}


def write_curves(project: Project, place: DataPlace) -> None:
    """Write the curves of all runs and the overviews of all metrics, and book them in the ledger."""
    files, axes = place.data.files, axes_of(project)
    entries, preview = overview_entries(len(project.runs)), preview_entries(len(project.runs))
    tiles = KnownTiles(place.ledger.storage, f"{place.ledger.place}-tiles")
    plan = RunDataPlan(place.links, files.fresh(), tiles, axes, entries, preview, place.largest)
    given = place.links.prefix, place.links.key(project.name), axes, entries, place.largest
    shared = fingerprint(program_fingerprint(), *given)
    keys = [
        fingerprint(shared, number, place.links.run(run), run.digest) if run.digest else ""
        for number, run in enumerate(project.runs)
    ]
    changed = [
        number
        for number, (key, run) in enumerate(zip(keys, project.runs, strict=True))
        if not _is_there(place, number, run, key)
    ]
    done = place.workers.map(write_run_data, plan, _works(plan, project, changed, place.workers))
    source = _Source(place, plan, frozenset(changed), done)
    for sheet, members in enumerate(_sheets(project)):
        _write_sheet(sheet, members, {number: keys[number] for number in members}, source)
    place.ledger.save()


def _works(plan: RunDataPlan, project: Project, changed: list[int], workers: Workers) -> list[RunDataWork]:
    """The runs to be done. Of a very long one the curves are made first, by all workers together."""
    parts = [part for number in changed for part in parts_of(project.runs[number], number)]
    made: dict[int, CurvesAhead] = {part.number: CurvesAhead() for part in parts}
    for number in made:
        plan.tiles.of(plan.links.run_slug(project.runs[number]))  # what is known here, forked processes need not read
    for part, ahead in zip(parts, workers.map(curves_ahead, plan, parts), strict=True):
        made[part.number].add(ahead)
    return [RunDataWork(project.runs[number], number, made.get(number)) for number in changed]


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the curves of runs come from: workers for those that have changed, the cache for others."""

    place: DataPlace
    plan: RunDataPlan
    changed: frozenset[int]
    done: Iterator[RunDataDone]

    def parts(self, number: int, run: Run, key: str, known: Mapping[str, Parts]) -> Parts:
        """The shares of a run in overviews; what was made anew for them is booked."""
        if number in self.changed:
            done = next(self.done)
        elif key in known:
            return known[key]
        else:  # the cache has lost what the ledger promised
            done = write_run_data(self.plan, RunDataWork(run, number))
        ledger = self.place.ledger
        ledger.book(number, run, _entry(ledger.entry(number, run), key, done))
        return done.parts


def _sheets(project: Project) -> Iterator[dict[int, Run]]:
    """The runs of each sheet by their numbers."""
    for first in range(0, len(project.runs), OVERVIEW_RUNS):
        yield dict(enumerate(project.runs[first : first + OVERVIEW_RUNS], start=first))


def _is_there(place: DataPlace, number: int, run: Run, key: str) -> bool:
    entry = place.ledger.entry(number, run)
    return bool(key) and key == entry.data_key and place.data.files.holds(entry.data)


def _write_sheet(sheet: int, members: Mapping[int, Run], keys: Mapping[int, str], source: _Source) -> None:
    """Write the curves of the runs of one sheet that have changed, and its part of the overviews if any has."""
    place, ledger = source.place, source.place.ledger
    booked, files = ledger.sheets[sheet], place.data.files
    key = fingerprint(*keys.values())
    if not source.changed & members.keys() and booked.key == key and files.holds(booked.files):
        for number, run in members.items():
            files.keep(ledger.entry(number, run).data)
        files.keep(booked.files)
        return
    name = ledger.parts_name(sheet)
    known = stored_parts(place.ledger.storage, name)
    parts = {number: source.parts(number, run, keys[number], known) for number, run in members.items()}
    for number, run in members.items():
        files.keep(ledger.entry(number, run).data)
    overviews = DataFiles(files.fresh(), place.data.prefix)
    project = next(iter(members.values())).project
    refs = write_overviews(overviews, place.links, project, sheet, list(parts.values()))
    files.keep(overviews.files.written)
    booked.key, booked.files = key, overviews.files.written
    booked.overviews = {metric: _ref(ref) for metric, ref in refs.items()}
    ledger.changed.add(sheet)
    store_parts(ledger.storage, name, {keys[number]: part for number, part in parts.items() if keys[number]})


def _entry(before: Entry, key: str, done: RunDataDone) -> Entry:
    charts, system = (None if ref is None else _ref(ref) for ref in (done.charts, done.system))
    return msgspec.structs.replace(
        before,
        data_key=key,
        data=done.files,
        charts=charts,
        system=system,
        lines=done.lines,
        media={part: _ref(ref) for part, ref in done.media.items()},
        media_kinds=done.media_kinds,
    )


def _ref(ref: DataRef) -> Ref:
    return ref.key, ref.url
