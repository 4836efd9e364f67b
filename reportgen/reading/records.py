"""Replays the records of run.jsonl into what they say about the run."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from reportgen import schema
from reportgen.definitions import MetricDefinition
from reportgen.reading.cells import flatten, is_media

_PLACED = {
    *("type", "version", "id", "project", "time", "name", "tags", "notes", "group", "job_type", "config", "preempting"),
    *("attempt", "starting_step", "rewind", "fork", "rank", "world_size", "local_rank", "label", "job"),
}
"""Fields of start and update records that have a place of their own and are no part of the environment."""


@dataclass(slots=True)
class RunRecord:
    """What the records of a run add up to. Strings are as logged; times are NaN and the exit code None where missing.

    Attributes:
        started: time of the first start record; a later one is a later attempt of the same run.
        version: the highest version of the run log that a start record names.
        removed: keys of the summary that were deleted and not set again.
        exit_code: of the finish record that no start record followed.
        ended: its time.
        preempting: whether the process has said, since its last start record, that it is about to be stopped.
    """

    name: str = ""
    tags: tuple[str, ...] = ()
    notes: str = ""
    group: str = ""
    job_type: str = ""
    config: dict[str, Any] = field(default_factory=dict)
    summary: dict[str, Any] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    definitions: dict[str, MetricDefinition] = field(default_factory=dict)
    environment: dict[str, Any] = field(default_factory=dict)
    started: float = float("nan")
    version: int = 0
    exit_code: int | None = None
    ended: float = float("nan")
    preempting: bool = False


def replay(records: Iterable[Mapping[str, Any]]) -> RunRecord:
    """What the records add up to, later ones winning. Kinds and fields of a later version are ignored."""
    run = RunRecord()
    for record in records:
        kind = record.get("type")
        time = number(record.get("time"))
        if kind == schema.START:
            _start(run, record, time)
        elif kind == schema.CONFIG and isinstance(record.get("config"), dict):
            merge(run.config, decoded(record["config"]))
        elif kind == schema.SUMMARY:
            _summary(run, record)
        elif kind == schema.UPDATE:
            _update(run, record)
        elif kind == schema.METRIC and isinstance(record.get("name"), str):
            _define(run, record)
        elif kind == schema.FINISH:
            code = record.get("exit_code", 0)
            run.exit_code, run.ended = (int(code) if isinstance(code, int) else 1), time
    return run


def _start(run: RunRecord, record: Mapping[str, Any], time: float) -> None:
    if math.isnan(run.started):  # NaN: no start so far; the first attempt began the run
        run.started = time
    run.exit_code, run.ended, run.preempting = None, float("nan"), False
    version = record.get("version")
    run.version = max(run.version, version) if isinstance(version, int) else run.version
    _update(run, record)
    if isinstance(record.get("config"), dict):
        merge(run.config, decoded(record["config"]))


def _update(run: RunRecord, record: Mapping[str, Any]) -> None:
    """Only the fields present change. What takes long to find out, such as git, comes after the start record."""
    for name in ("name", "notes", "group", "job_type"):
        value = record.get(name)
        if value is not None:
            setattr(run, name, value if isinstance(value, str) else str(value))
    tags = record.get("tags")
    if isinstance(tags, list):
        run.tags = tuple(dict.fromkeys(str(tag) for tag in tags))
    elif isinstance(tags, str):
        run.tags = (tags,)
    if isinstance(record.get("preempting"), bool):
        run.preempting = record["preempting"]
    run.environment |= {key: value for key, value in decoded(dict(record)).items() if key not in _PLACED}


def _summary(run: RunRecord, record: Mapping[str, Any]) -> None:
    """Values set by hand. What a record removes is gone, whatever the rows say, until a later record sets it."""
    removed, values = record.get("removed"), record.get("summary")
    if isinstance(removed, list):
        run.removed |= {key for key in removed if isinstance(key, str)}
        run.summary = {key: value for key, value in run.summary.items() if key not in run.removed}
    if isinstance(values, dict):
        run.summary |= {key: value for key, value in flatten(decoded(values)) if not is_media(value)}
        run.removed -= run.summary.keys()


def _define(run: RunRecord, record: Mapping[str, Any]) -> None:
    """Add a definition to the earlier one of its name, or replace that. It then stands behind those of other names."""
    name = record["name"]
    known = run.definitions.pop(name, None)
    if known is None or record.get("overwrite") is True:
        known = MetricDefinition(name)
    step_metric, summary, goal = (record.get(field) for field in ("step_metric", "summary", "goal"))
    hidden, step_sync = record.get("hidden"), record.get("step_sync")
    words = [summary] if isinstance(summary, str) else summary if isinstance(summary, list) else []
    said = tuple(dict.fromkeys(word for word in words if isinstance(word, str)))
    run.definitions[name] = MetricDefinition(
        name,
        step_metric=step_metric if isinstance(step_metric, str) else known.step_metric,
        summary=said or known.summary,
        hidden=hidden if isinstance(hidden, bool) else known.hidden,
        step_sync=step_sync if isinstance(step_sync, bool) else known.step_sync,
        goal=goal if goal in schema.GOALS else known.goal,
    )


def merge(target: dict[str, Any], changes: Mapping[str, Any]) -> None:
    """Merge nested dicts in place, later values winning. A stack instead of recursion, for hostile depth."""
    stack = [(target, changes)]
    while stack:
        into, new = stack.pop()
        for key, value in new.items():
            known = into.get(key)
            if isinstance(known, dict) and isinstance(value, dict):
                stack.append((known, value))
            else:
                into[key] = value


def decoded(value: Any) -> Any:
    """A copy of a logged value in which the words for NaN and infinities are numbers.

    The parsers refuse what nests deeper than some hundred levels, so that recursion is safe here.
    """
    if isinstance(value, str):
        return schema.NON_FINITE.get(value, value)
    if isinstance(value, dict):
        return {key: decoded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [decoded(item) for item in value]
    return value


def number(value: Any) -> float:
    """A logged time as a float; NaN if it is none."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            converted = float(value)
        except OverflowError:
            return float("nan")
        return converted if abs(converted) != float("inf") else float("nan")
    return float("nan")
