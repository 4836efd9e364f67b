"""A run log as a `Run`: puts together what its files hold."""

import math
from pathlib import Path
from typing import Any

from reportgen import schema
from reportgen.config import BuildConfig
from reportgen.model import Media, Problem, Run, RunId
from reportgen.reading.console import interleaved
from reportgen.reading.discover import RunFolder, StreamFile
from reportgen.reading.logs import RunLog
from reportgen.reading.media import run_files, run_media
from reportgen.reading.records import RunRecord, decoded, replay
from reportgen.reading.rows import MOST_PROBLEMS
from reportgen.reading.state import run_state
from reportgen.reading.stream import Content
from reportgen.reading.summary import derived_summary
from reportgen.reading.writers import Writer, last_texts, metric_series, system_series, writers_of


def run_of(log: RunLog, config: BuildConfig) -> Run:
    """The run that a log tells of."""
    contents = [(file, read.content()) for file, read in log.files]
    writers = writers_of(contents)
    records = [writer.records for writer in writers if writer.records is not None]
    known = replay(record for part in records for record in part)
    last = max((writer.last for writer in writers if not math.isnan(writer.last)), default=math.nan)
    state = run_state(known if records else None, last, config.now)
    series = metric_series(writers)
    media, media_problems = _media(writers, log.folder)
    name = log.folder.path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return Run(
        id=RunId(name),
        project=log.folder.project,
        folder=log.folder.path,
        name=known.name or name,
        state=state,
        exit_code=known.exit_code,
        started=_started(known, writers),
        ended=last if math.isnan(known.ended) else known.ended,
        tags=known.tags,
        notes=known.notes,
        group=known.group,
        job_type=known.job_type,
        config=known.config,
        summary=_without(derived_summary(series, known.definitions) | decoded(last_texts(writers)), known.removed)
        | known.summary,
        series=series,
        system=system_series(writers),
        definitions=tuple(known.definitions.values()),
        media=tuple(media),
        console=interleaved(writer.console for writer in writers),
        files=run_files(log.folder.path),
        environment=known.environment,
        rows=sum(len(writer.metrics) for writer in writers),
        problems=(*log.problems, *_line_problems(log, contents, state), *_version(known, log), *media_problems),
    )


def _without(values: dict[str, Any], removed: set[str]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in removed} if removed else values


def _started(known: RunRecord, writers: tuple[Writer, ...]) -> float:
    """The time of the first start record, else the first sign of life."""
    if not math.isnan(known.started):
        return known.started
    return min((writer.first for writer in writers if not math.isnan(writer.first)), default=math.nan)


def _media(writers: tuple[Writer, ...], folder: RunFolder) -> tuple[list[Media], list[Problem]]:
    media: list[Media] = []
    problems: list[Problem] = []
    for writer in writers:
        more, trouble = run_media(writer.metrics, folder.path, writer.where, writer.suffix)
        media += more
        problems += trouble[:MOST_PROBLEMS]
        if len(trouble) > MOST_PROBLEMS:
            problems.append(Problem(writer.where, f"and {len(trouble) - MOST_PROBLEMS} more media without their file"))
    return media, problems


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
