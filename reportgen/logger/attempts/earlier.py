"""What a run logged before this process: its configuration, its summary and how far it came."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from reportgen.logger.attempts.tail import last_rows, last_step, parsed
from reportgen.logger.config import merge
from reportgen.logger.settings import safe_name
from reportgen.logger.writing.run_log import Writer, file_name, writers_in
from reportgen.schema import (
    CONFIG,
    METRICS_FILE,
    NON_FINITE,
    RUN_FILE,
    START,
    STEP,
    SUMMARY,
    TIMESTAMP,
    UPDATE,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

RUN, METRICS = RUN_FILE.partition(".")[0], METRICS_FILE.partition(".")[0]
SUMMARY_BYTES = 256 * 2**10
"""Bytes of the last rows that the summary is taken from."""
LONGEST_LINE = 64 * 2**20
GENERATIONS = 16
DESCRIPTION = ("name", "tags", "notes", "group", "job_type")


class Earlier:
    """What earlier attempts of a run add up to.

    Attributes:
        config: nested, as logged.
        summary: values set by hand.
        removed: keys that were deleted from the summary and not set again.
        fields: name, tags, notes, group and job type, as far as they are known.
        logged: the last value of each key among the last rows of the main process.
        last_step: the step that the run has come to; None without rows.
    """

    __slots__ = ("config", "fields", "last_step", "logged", "removed", "summary")

    def __init__(self) -> None:
        self.config: dict[str, Any] = {}
        self.summary: dict[str, Any] = {}
        self.removed: set[str] = set()
        self.fields: dict[str, Any] = {}
        self.logged: dict[str, Any] = {}
        self.last_step: int | None = None


def read_earlier(
    folder: str, writers: Iterable[Writer], until: int | None = None, generations: int = GENERATIONS
) -> Earlier:
    """What some attempts have logged.

    Args:
        folder: the run folder.
        writers: the attempts that count.
        until: the step up to which rows count. What was set by hand has no step, and counts always.
        generations: how many runs that were forked from another are followed back.
    """
    attempts = sorted(writers, key=lambda writer: (writer[1], writer[0]))
    earlier = Earlier()
    for writer, attempt in attempts:
        _replay(os.path.join(folder, file_name(RUN, writer, attempt)), earlier)
    limit = until
    for number in sorted({attempt for _, attempt in attempts}, reverse=True):
        names = [writer for writer, attempt in attempts if attempt == number]
        steps = [last_step(os.path.join(folder, file_name(METRICS, name, number)), limit) for name in names]
        reached = max((step for step in steps if step is not None), default=None)
        if earlier.last_step is None:
            earlier.last_step = reached
        start = started(folder, (min(names), number))
        path = os.path.join(folder, file_name(METRICS, min(names), number))  # the main process where it is among them
        _keep_last(last_rows(path, SUMMARY_BYTES, limit), earlier.logged)
        limit = _limit(start, limit, has_rows=reached is not None)
    if generations and attempts:
        _add_parent(os.path.dirname(folder), started(folder, attempts[0]), earlier, limit, generations)
    return earlier


def _add_parent(
    project: str, start: Mapping[str, Any] | None, earlier: Earlier, until: int | None, generations: int
) -> None:
    """Add the history of the run that a run was forked from."""
    fork = start.get("fork") if start else None
    if not isinstance(fork, dict) or not isinstance(fork.get("run"), str) or type(fork.get("step")) is not int:
        return
    run_id = fork["run"]
    step = fork["step"] if until is None else min(until, fork["step"])
    if safe_name(run_id) == run_id:
        folder = os.path.join(project, run_id)
        parent = read_earlier(folder, writers_in(folder), step, generations - 1)
        earlier.logged = {**parent.logged, **earlier.logged}
    if earlier.last_step is None:
        earlier.last_step = step


def started(folder: str, writer: Writer) -> Mapping[str, Any] | None:
    """The start record of a writer; None if it has none, or none yet."""
    try:
        with open(os.path.join(folder, file_name(RUN, *writer)), "rb") as file:
            record = parsed(file.readline(LONGEST_LINE))
    except OSError:
        return None
    return record if record is not None and record.get("type") == START else None


def _limit(start: Mapping[str, Any] | None, limit: int | None, *, has_rows: bool) -> int | None:
    """The step up to which the attempts before one count: it has overwritten what came later."""
    if start is None:
        return limit
    rewound = start.get("rewind")
    if not has_rows and not isinstance(rewound, dict):
        return limit  # it has overwritten nothing
    step = start.get("starting_step")
    if type(step) is not int:
        return limit
    return step - 1 if limit is None else min(limit, step - 1)


def _keep_last(rows: Iterable[tuple[int, Mapping[str, Any]]], logged: dict[str, Any]) -> None:
    """Add the last value of each key, unless a later attempt has logged one."""
    values: dict[str, Any] = {}
    for _, row in rows:
        values.update(row)
    for key, value in values.items():
        if key not in (STEP, TIMESTAMP):
            logged.setdefault(key, decoded(value))


def _replay(path: str, earlier: Earlier) -> None:
    try:
        with open(path, "rb") as file:
            while line := file.readline(LONGEST_LINE):
                record = parsed(line)
                if record is not None:
                    _apply(record, earlier)
    except OSError:
        return


def _apply(record: Mapping[str, Any], earlier: Earlier) -> None:
    kind = record.get("type")
    config, summary = record.get("config"), record.get("summary")
    if kind in (START, CONFIG) and isinstance(config, dict):
        merge(earlier.config, decoded(config))
    if kind == SUMMARY and isinstance(summary, dict):
        _apply_summary(summary, record.get("removed"), earlier)
    if kind in (START, UPDATE):
        for field in DESCRIPTION:
            value = record.get(field)
            if field == "tags" and isinstance(value, list):
                earlier.fields[field] = [str(tag) for tag in value]
            elif field != "tags" and isinstance(value, str):
                earlier.fields[field] = value


def _apply_summary(summary: Mapping[str, Any], removed: object, earlier: Earlier) -> None:
    earlier.removed.difference_update(summary)
    earlier.summary.update(decoded(summary))
    for key in removed if isinstance(removed, list) else ():
        earlier.summary.pop(str(key), None)
        earlier.removed.add(str(key))


def decoded(value: Any) -> Any:
    """A logged value with numbers for the words that stand for NaN and infinities."""
    if isinstance(value, str):
        return NON_FINITE.get(value, value)
    if isinstance(value, dict):
        return {key: decoded(part) for key, part in value.items()}
    return [decoded(part) for part in value] if isinstance(value, list) else value
