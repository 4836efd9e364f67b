"""Results from a built site: from its folder, or from where it is published."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from reportgen.errors import ResultsError
from reportgen.frames import Rows, with_metrics
from reportgen.model import Attempt, Run, RunId
from reportgen.reading.records import decoded
from reportgen.results import shapes
from reportgen.results.curves import rows_of_curves
from reportgen.results.files import LoadedFile
from reportgen.results.places import Place, inside
from reportgen.results.run import LoadedRun
from reportgen.results.scripts import dataset, shaped
from reportgen.site.history_files import READERS
from reportgen.site.open_data import INDEX
from reportgen.site.open_json import FORMAT, VERSION

_Shape = TypeVar("_Shape")


class SiteContent:
    """A run as a site has it. What was fetched once is kept."""

    def __init__(self, place: Place, entry: shapes.RunEntry, run: Run) -> None:
        self._place, self._entry, self._run = place, entry, run
        self.page = place.where(inside(entry.page))
        self.exact = bool(entry.history)
        self._rows: Rows | None = None
        self._curves: shapes.RunCurves | None = None

    def metrics(self) -> tuple[str, ...]:
        """As `Content.metrics`."""
        if self.exact:
            return tuple(self._history().columns)
        curves = self._drawn()
        replaced = self._fetch(curves.overwritten.url, shapes.RankCurves).curves if curves.overwritten else {}
        return tuple(sorted({*curves.curves, *replaced}))

    def rows(self, metrics: Iterable[str]) -> Rows:
        """As `Content.rows`."""
        if self.exact:
            return with_metrics(self._history(), metrics)
        return rows_of_curves(self._run, self._drawn(), metrics, self._fetch)

    def files(self) -> tuple[LoadedFile, ...]:
        """As `Content.files`."""
        if not self._entry.files:
            return ()
        url = self._entry.files
        found = shaped(self._place.read(url), shapes.FileRecords, self._place.where(url)).files
        return tuple(LoadedFile(file.path, file.size, partial(self._file, file)) for file in found)

    def _file(self, file: shapes.FileRecord) -> bytes:
        if not file.url:
            raise ResultsError("this file is not published with the site", where=file.path)
        return self._place.read(file.url)

    def _history(self) -> Rows:
        if self._rows is None:
            url = self._entry.history
            read = READERS.get(url.rpartition(".")[2])
            if read is None:
                raise ResultsError("a history in a form that is not known", where=self._place.where(url))
            try:
                self._rows = read(self._place.read(url))
            except ValueError as error:
                raise ResultsError(f"this is no history: {error}", where=self._place.where(url)) from error
        return self._rows

    def _drawn(self) -> shapes.RunCurves:
        if self._curves is None:
            url = self._entry.curves
            self._curves = self._fetch(url, shapes.RunCurves) if url else shapes.RunCurves({})
        return self._curves

    def _fetch(self, url: str, shape: type[_Shape]) -> _Shape:
        return dataset(self._place.read(url), shape, self._place.where(url))


def runs_of_site(place: Place) -> Iterator[LoadedRun]:
    """The runs of a site, as its index names them.

    Raises:
        ResultsError: there is no site, one of a newer version, or it cannot be read.
    """
    text, where = _index(place), place.where(INDEX)
    head = shaped(text, shapes.Head, where)
    if head.format != FORMAT:
        raise ResultsError("this is the index of something else than a site of reportgen", where=where)
    if head.version > VERSION:
        remedy = f"Install a newer reportgen: this one reads up to version {VERSION}."
        raise ResultsError(f"these data are of version {head.version}", where=where, remedy=remedy)
    for project in shaped(text, shapes.SiteIndex, where).projects:
        records = shaped(place.read(project.records), shapes.Records, place.where(project.records)).runs
        entries = {entry.id: entry for entry in project.runs}
        for record in records:
            if record.id in entries:
                run = _run(record, project.name)
                yield LoadedRun(run, SiteContent(place, entries[record.id], run))


def _index(place: Place) -> bytes:
    try:
        return place.read(INDEX)
    except ResultsError as error:
        remedy = "A site has it in the folder of its first page; build one of an older reportgen again."
        raise ResultsError(f"there is no index of a site: {error.what}", where=error.where, remedy=remedy) from error


def _run(record: shapes.RunRecord, project: str) -> Run:
    attempts = tuple(
        Attempt(one.number, started=_number(one.started), first_step=_number(one.first_step)) for one in record.attempts
    )
    run = Run(
        id=RunId(record.id),
        project=project,
        folder=Path(),
        name=record.name,
        state=record.state,
        exit_code=record.exit_code,
        started=_number(record.started),
        ended=_number(record.ended),
    )
    return replace(
        run,
        tags=tuple(record.tags),
        notes=record.notes,
        group=record.group,
        job_type=record.job_type,
        rows=record.rows,
        config=decoded(record.config),
        summary=decoded(record.summary),
        definitions=tuple(record.definitions),
        attempts=attempts,
    )


def _number(value: float | None) -> float:
    return math.nan if value is None else value
