"""A run log as a `Run`: puts together what its files hold."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from reportgen import schema
from reportgen.config import BuildConfig
from reportgen.model import Media, Problem, Run, RunId, Series
from reportgen.reading.console import ConsoleText, interleaved
from reportgen.reading.discover import RunFolder, StreamFile
from reportgen.reading.logs import RunLog
from reportgen.reading.media import run_files, run_media
from reportgen.reading.records import RunRecord, decoded, replay
from reportgen.reading.rows import Rows
from reportgen.reading.state import run_state
from reportgen.reading.stream import Content, Records
from reportgen.reading.summary import derived_summary


@dataclass(frozen=True, slots=True, eq=False)
class _Streams:
    """The content of a run's files by stream, each with its file."""

    run: tuple[tuple[StreamFile, Records], ...]
    metrics: tuple[tuple[StreamFile, Rows], ...]
    system: tuple[tuple[StreamFile, Rows], ...]
    console: tuple[tuple[StreamFile, ConsoleText], ...]


def run_of(log: RunLog, config: BuildConfig) -> Run:
    """The run that a log tells of."""
    contents = [(file, read.content()) for file, read in log.files]
    streams = _Streams(
        run=tuple((file, content) for file, content in contents if isinstance(content, Records)),
        metrics=_rows(contents, "metrics"),
        system=_rows(contents, "system"),
        console=tuple((file, content) for file, content in contents if isinstance(content, ConsoleText)),
    )
    record = replay(_in_order_of_start(streams.run)) if streams.run else None
    known = record or RunRecord()
    first, last = _signs_of_life(streams)
    last = float(np.fmax(last, known.last_time))
    state = run_state(record, last, config.now)
    series = _series(streams.metrics)
    media, media_problems = _media(streams.metrics, log.folder)
    name = log.folder.path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return Run(
        id=RunId(name),
        project=log.folder.project,
        folder=log.folder.path,
        name=known.name or name,
        state=state,
        exit_code=known.exit_code,
        started=first if np.isnan(known.started) else known.started,
        ended=last if np.isnan(known.ended) else known.ended,
        tags=known.tags,
        notes=known.notes,
        group=known.group,
        job_type=known.job_type,
        config=known.config,
        summary=_summary(streams.metrics, series, known),
        series=series,
        system=_series(streams.system),
        definitions=tuple(known.definitions.values()),
        media=tuple(media),
        console=interleaved(text for _, text in streams.console),
        files=run_files(log.folder.path),
        environment=known.environment,
        rows=sum(len(rows) for _, rows in streams.metrics),
        problems=(*log.problems, *_line_problems(log, contents, state), *_version(known, log), *media_problems),
    )


def _rows(contents: Iterable[tuple[StreamFile, Content]], stream: str) -> tuple[tuple[StreamFile, Rows], ...]:
    return tuple((file, rows) for file, rows in contents if isinstance(rows, Rows) and file.stream == stream)


def _in_order_of_start(files: tuple[tuple[StreamFile, Records], ...]) -> list[dict[str, Any]]:
    """The records of all writers; a writer that started later comes later, one that never says so comes last."""
    logs = [content.records for _, content in files]
    if len(logs) == 1:
        return list(logs[0])
    started = [replay(records[:1]).started for records in logs]
    order = sorted(range(len(logs)), key=lambda index: (math.isnan(started[index]), started[index]))
    return [record for index in order for record in logs[index]]


def _suffix(file: StreamFile) -> str:
    """What tells the metrics of a further writer from those of the first."""
    return f"@{file.writer}" if file.writer else ""


def _series(files: Iterable[tuple[StreamFile, Rows]]) -> dict[str, Series]:
    found: dict[str, Series] = {}
    for file, rows in files:
        for key, column in rows.columns.items():
            metric = key + _suffix(file)
            at: Any = slice(None) if column.rows is None else column.rows
            found[metric] = Series(metric, rows.steps[at], rows.times[at], column.values)
    return dict(sorted(found.items()))


def _media(files: Iterable[tuple[StreamFile, Rows]], folder: RunFolder) -> tuple[list[Media], list[Problem]]:
    media: list[Media] = []
    problems: list[Problem] = []
    for file, rows in files:
        more, trouble = run_media(rows, folder.path, file.where, _suffix(file))
        media += more
        problems += trouble
    return media, problems


def _summary(
    files: Iterable[tuple[StreamFile, Rows]], series: Mapping[str, Series], record: RunRecord
) -> dict[str, Any]:
    """Last values of numbers and texts, then what was set by hand."""
    derived = derived_summary(series, record.definitions)
    for file, rows in files:
        for key, (row, text) in rows.texts.items():
            column = rows.columns.get(key)
            latest = -1 if column is None else len(rows) - 1 if column.rows is None else int(column.rows[-1])
            if row >= latest:
                derived[key + _suffix(file)] = decoded(text)
    return derived | record.summary


def _signs_of_life(streams: _Streams) -> tuple[float, float]:
    """The first and the last time in the files that are not run.jsonl; NaN without one."""
    columns = [rows.times for _, rows in (*streams.metrics, *streams.system)]
    columns += [np.array([chunk.time for chunk in text.chunks]) for _, text in streams.console]
    first = last = float("nan")
    for times in columns:
        first = float(np.fmin(first, np.fmin.reduce(times, initial=np.nan)))
        last = float(np.fmax(last, np.fmax.reduce(times, initial=np.nan)))
    return first, last


def _line_problems(log: RunLog, contents: list[tuple[StreamFile, Content]], state: str) -> list[Problem]:
    """Bad lines, and a torn last line unless the run may still be writing it."""
    problems: list[Problem] = []
    for (file, content), (_, read) in zip(contents, log.files, strict=True):
        what = "not a JSON object, so the line was skipped"
        problems += [Problem(f"{file.where}:{line}", what) for line in content.bad.first]
        more = content.bad.count - len(content.bad.first)
        if more:
            problems.append(Problem(file.where, f"and {more} more lines that are no JSON object"))
        if read.is_cut() and state != schema.RUNNING:
            what = f"the last line is cut off: {len(read.tail)} bytes were ignored"
            problems.append(Problem(f"{file.where}:{content.lines + 1}", what))
    return problems


def _version(record: RunRecord, log: RunLog) -> list[Problem]:
    if record.version <= schema.FORMAT_VERSION:
        return []
    what = f"written in version {record.version} of the run log; what version {schema.FORMAT_VERSION} knows is shown"
    return [Problem(f"{log.folder.where}/{schema.RUN_FILE}", what)]


def run_folder(folder: Path, project: str, config: BuildConfig) -> RunFolder:
    """A run folder that the caller knows of."""
    try:
        where = folder.relative_to(config.folder).as_posix()
    except ValueError:
        where = folder.as_posix()
    return RunFolder(project, folder, where)
