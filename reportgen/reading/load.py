"""A run log as a `Run`: puts together what its files hold."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

from reportgen import schema
from reportgen.config import BuildConfig
from reportgen.model import Fork, Media, Problem, Run, RunId
from reportgen.reading.console import interleaved
from reportgen.reading.discover import RunFolder, StreamFile
from reportgen.reading.events import alerts, artifact_records
from reportgen.reading.forks import OwnRun, fork_of
from reportgen.reading.logs import RunLog
from reportgen.reading.media import run_files, run_media
from reportgen.reading.ranks import rank_logs
from reportgen.reading.records import RunRecord, decoded
from reportgen.reading.rows import MOST_PROBLEMS
from reportgen.reading.state import cannot_end, run_record, run_state
from reportgen.reading.stitching import Stitched, by_rank, first_of, last_texts, overwritten, stitched, told_apart
from reportgen.reading.stream import Content
from reportgen.reading.summary import derived_summary, without
from reportgen.reading.writers import Writer, writers_of


def run_of(log: RunLog, config: BuildConfig) -> Run:
    """The run that a log tells of; if it is a fork, only its own rows."""
    return own_run(log, config).run


def own_run(log: RunLog, config: BuildConfig) -> OwnRun:
    """The same, with what `with_forks` needs to put the rows of the parent before it."""
    contents = [(file, read.content()) for file, read in log.files]
    writers = writers_of(contents)
    logs = rank_logs(writers)
    fork, problems = _fork(writers, log.folder.where)
    ranks = [stitched(one, 0.0 if fork is None else fork.step + 1) for one in logs]
    said, last = run_record(logs), _last(writers)
    state = run_state(said, last, config.now, mute=cannot_end(logs))
    run, given = _told(said or RunRecord(), ranks, log.folder)
    records = [record for writer in writers for record in writer.records or ()]
    run = replace(
        run,
        state=state,
        started=_first(writers) if math.isnan(run.started) else run.started,
        ended=last if math.isnan(run.ended) else run.ended,
        console=interleaved(writer.console for writer in writers),
        fork=fork,
        alerts=alerts(records),
        artifact_records=artifact_records(records),
        rows=sum(len(writer.metrics) for writer in writers),
        problems=(
            *log.problems,
            *_line_problems(log, contents, state),
            *_version(said, log),
            *problems,
            *run.problems,
        ),
    )
    removed = frozenset(said.removed if said else ())
    return OwnRun(run, given, removed, tuple(ranks), log.folder.where)


def _told(said: RunRecord, ranks: list[Stitched], folder: RunFolder) -> tuple[Run, dict[str, Any]]:
    """What the records and the stitched rows say of the run, and what its summary holds besides derived values."""
    points, system = by_rank(ranks), by_rank(ranks, system=True)
    series, main = first_of(points), ranks[0].rank.name if ranks else ""
    media, overwritten_media, problems = _media(ranks, folder)
    given = without(decoded(last_texts(ranks)), said.removed) | said.summary
    definitions = tuple(said.definitions.values())
    name = folder.path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    run = Run(
        id=RunId(name),
        project=folder.project,
        folder=folder.path,
        name=said.name or name,
        state="",
        exit_code=said.exit_code,
        started=said.started,
        ended=said.ended,
        tags=said.tags,
        notes=said.notes,
        group=said.group,
        job_type=said.job_type,
        config=said.config,
        summary=without(derived_summary(series, definitions), said.removed) | given,
        series=series,
        by_rank=told_apart(points, main),
        overwritten=overwritten(ranks),
        overwritten_media=tuple(overwritten_media),
        system=first_of(system),
        system_by_rank=told_apart(system, main),
        definitions=definitions,
        media=tuple(media),
        files=run_files(folder.path),
        environment=said.environment,
        attempts=tuple(piece.attempt for piece in ranks[0].pieces) if ranks else (),
        ranks=tuple(one.rank for one in ranks),
        problems=tuple(problems),
    )
    return run, given


def _fork(writers: tuple[Writer, ...], where: str) -> tuple[Fork | None, list[Problem]]:
    """Where the run begins: what the first start record with a fork says."""
    logged = next((writer.start.fork for writer in writers if writer.start.fork is not None), None)
    fork = fork_of(logged)
    if logged is None or fork is not None:
        return fork, []
    what = "its fork names no run and step, so only its own rows are shown"
    return None, [Problem(f"{where}/{schema.RUN_FILE}", what)]


def _first(writers: tuple[Writer, ...]) -> float:
    return min((writer.first for writer in writers if not math.isnan(writer.first)), default=math.nan)


def _last(writers: tuple[Writer, ...]) -> float:
    return max((writer.last for writer in writers if not math.isnan(writer.last)), default=math.nan)


def _media(ranks: list[Stitched], folder: RunFolder) -> tuple[list[Media], list[Media], list[Problem]]:
    """The media that are shown, those of rows that were replaced, and what is wrong with any of them."""
    media: list[Media] = []
    replaced: list[Media] = []
    problems: list[Problem] = []
    for place, one in enumerate(ranks):
        for piece in one.pieces:
            rows, where = replace(piece.writer.metrics, steps=piece.steps), piece.writer.where
            more, trouble = run_media(rows, folder.path, where, one.rank.name if place else "")
            for medium in more:
                (media if medium.step < piece.until else replaced).append(medium)
            problems += trouble[:MOST_PROBLEMS]
            if len(trouble) > MOST_PROBLEMS:
                rest = f"and {len(trouble) - MOST_PROBLEMS} more media without their file"
                problems.append(Problem(where, rest))
    return media, replaced, problems


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


def _version(record: RunRecord | None, log: RunLog) -> list[Problem]:
    if record is None or record.version <= schema.FORMAT_VERSION:
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
