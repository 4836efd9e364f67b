"""What follows from a log: works out the facts of a run. Each column is looked at once, one after the other."""

import math
from collections.abc import Sequence
from typing import Any

from reportgen import schema
from reportgen.definitions import MetricDefinition, definition_of
from reportgen.model import Media, Problem
from reportgen.reading.discover import RunFolder, StreamFile
from reportgen.reading.events import alerts, artifact_records
from reportgen.reading.facts import Facts, Points, Signs, packed_mapping, points_found
from reportgen.reading.media import MediaFiles, media_problems, run_media
from reportgen.reading.open_run import OpenRun, open_run
from reportgen.reading.records import RunRecord, decoded
from reportgen.reading.state import cannot_end, run_record
from reportgen.reading.stitching import Piece, Stitched, last_texts, points_of
from reportgen.reading.stream import FileRead
from reportgen.reading.summary import derived_summary, without
from reportgen.reading.writers import Writer

Marked = tuple[Problem, bool]
"""A problem, and whether it is one only when the run is not running."""


def facts_of(folder: RunFolder, files: Sequence[tuple[StreamFile, FileRead]], media_files: MediaFiles) -> Facts:
    """Work out the facts of a run.

    Args:
        folder: the run.
        files: the files of its log.
        media_files: where its media may be.
    """
    run = open_run([(file, read.content()) for file, read in files])
    said, records = run_record(run.logs), [record for writer in run.writers for record in writer.records or ()]
    known = said or RunRecord()
    first, last = _first(run.writers), _last(run.writers)
    definitions = tuple(known.definitions.values())
    series, derived = _series(run.ranks, definitions)
    media, replaced, trouble = _media(run.ranks, media_files)
    return Facts(
        where=folder.where,
        seen=tuple(read.seen(file.path.name) for file, read in files),
        looked=media_files.looked,
        listed=media_files.listing() if media or replaced else "",
        name=known.name,
        exit_code=known.exit_code,
        started=first if math.isnan(known.started) else known.started,
        ended=last if math.isnan(known.ended) else known.ended,
        signs=Signs(said is not None, cannot_end(run.logs), last, _process(known)),
        tags=known.tags,
        notes=known.notes,
        group=known.group,
        job_type=known.job_type,
        config=known.config,
        given=without(decoded(last_texts(run.ranks, _names_by_rank(run.ranks, series))), known.removed) | known.summary,
        removed=tuple(sorted(known.removed)),
        derived=derived,
        series=series,
        system=_system(run.ranks),
        overwritten=_overwritten(run.ranks),
        media=media,
        overwritten_media=replaced,
        console=sum(len(writer.console.chunks) for writer in run.writers),
        definitions=definitions,
        environment=packed_mapping(known.environment),
        attempts=tuple(piece.attempt for piece in run.ranks[0].pieces) if run.ranks else (),
        ranks=tuple(one.rank for one in run.ranks),
        fork=run.fork,
        alerts=alerts(records),
        artifact_records=artifact_records(records),
        rows=sum(len(writer.metrics) for writer in run.writers),
        problems=(*_line_problems(files), *_record_problems(run, known, folder), *((each, False) for each in trouble)),
    )


def _process(known: RunRecord) -> dict[str, Any]:
    pid, host = known.environment.get("pid"), known.environment.get("host")
    return {"pid": pid, "host": host} if isinstance(pid, int) and isinstance(host, str) else {}


def _first(writers: tuple[Writer, ...]) -> float:
    return min((writer.first for writer in writers if not math.isnan(writer.first)), default=math.nan)


def _last(writers: tuple[Writer, ...]) -> float:
    return max((writer.last for writer in writers if not math.isnan(writer.last)), default=math.nan)


def _main(ranks: Sequence[Stitched]) -> str:
    return ranks[0].rank.name if ranks else ""


def _series(ranks: Sequence[Stitched], definitions: Sequence[MetricDefinition]) -> tuple[Points, dict[str, Any]]:
    """The metrics that are shown, and the values that the summary derives from them."""
    found: dict[str, tuple[str, ...]] = {}
    derived: dict[str, Any] = {}
    for metric in sorted({metric for one in ranks for metric in one.metrics}):
        last = ranks[0].last_value(metric) if len(ranks) == 1 else None
        if last is not None and not definition_of(metric, definitions).summary:
            found[metric], derived[metric] = (_main(ranks),), last
            continue
        points = points_of(ranks, metric)
        if points:
            found[metric] = tuple(points)
            derived |= derived_summary({metric: next(iter(points.values()))}, definitions)
    return points_found(found, _main(ranks)), derived


def _names_by_rank(ranks: Sequence[Stitched], series: Points) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {one.rank.name: set() for one in ranks}
    for metric in series.names:
        for rank in series.ranks(metric, _main(ranks)):
            names[rank].add(metric)
    return names


def _system(ranks: Sequence[Stitched]) -> Points:
    found: dict[str, list[str]] = {}
    for one in ranks:
        for metric in one.system_metrics:
            found.setdefault(metric, []).append(one.rank.name)
    return points_found(dict(sorted(found.items())), _main(ranks))


def _overwritten(ranks: Sequence[Stitched]) -> tuple[str, ...]:
    if not any(math.isfinite(piece.until) for one in ranks for piece in one.pieces):
        return ()
    return tuple(sorted({metric for one in ranks for metric in one.metrics if any(one.tails(metric))}))


def _media(ranks: Sequence[Stitched], files: MediaFiles) -> tuple[int, int, list[Problem]]:
    """How many media are shown, how many were replaced, and what is wrong with any of them."""
    counts = {True: 0, False: 0}
    troubles: dict[int, tuple[Piece, list[tuple[Media, str]]]] = {}
    for piece, medium, trouble in run_media(ranks, files):
        counts[medium.step < piece.until] += 1
        if trouble:
            troubles.setdefault(id(piece), (piece, []))[1].append((medium, trouble))
    problems = [problem for piece, found in troubles.values() for problem in media_problems(piece, found)]
    return counts[True], counts[False], problems


def _line_problems(files: Sequence[tuple[StreamFile, FileRead]]) -> list[Marked]:
    """Bad lines, and a torn last line, which the run may still be writing."""
    problems: list[Marked] = []
    for file, read in files:
        content = read.content()
        what = "not a JSON object, so the line was skipped"
        problems += [(Problem(f"{file.where}:{line}", what), False) for line in content.bad.first]
        more = content.bad.count - len(content.bad.first)
        if more:
            problems.append((Problem(file.where, f"and {more} more lines that are no JSON object"), False))
        if read.is_cut():
            what = f"the last line is cut off: {len(read.tail)} bytes were ignored"
            problems.append((Problem(f"{file.where}:{content.lines + 1}", what), True))
    return problems


def _record_problems(run: OpenRun, record: RunRecord, folder: RunFolder) -> list[Marked]:
    where = f"{folder.where}/{schema.RUN_FILE}"
    problems: list[Marked] = []
    if record.version > schema.FORMAT_VERSION:
        known = f"what version {schema.FORMAT_VERSION} knows is shown"
        what = f"written in version {record.version} of the run log; {known}"
        problems.append((Problem(where, what), False))
    if run.problem:
        problems.append((Problem(where, run.problem), False))
    return problems
