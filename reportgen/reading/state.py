"""How a run stands. Derived from its log and the clock, never trusted to the log."""

import math
import os
import socket
from collections.abc import Mapping, Sequence
from typing import Any

from reportgen import schema
from reportgen.reading.ranks import RankLog
from reportgen.reading.records import RunRecord, replay


def run_record(logs: Sequence[RankLog]) -> RunRecord | None:
    """What all writers say about the run, the main rank having the last word; None if no writer says anything.

    Where and how it ran and how it ended is what the last attempt of the main rank says, or without one of the first
    writer there is. Another rank that has failed has failed the run, unless the main one goes on.
    """
    if not any(writer.records is not None for log in logs for writer in log.writers):
        return None
    said = [[record for writer in log.writers for record in writer.records or ()] for log in logs]
    main, others = replay(said[0]), [replay(records) for records in said[1:]]
    known = replay(record for records in (*reversed(said[1:]), said[0]) for record in records)
    started = [one.started for one in (main, *others) if not math.isnan(one.started)]
    known.started = started[0] if started else math.nan
    known.environment, known.exit_code = main.environment, main.exit_code
    known.ended, known.preempting = main.ended, main.preempting
    failed = next((one.exit_code for one in others if one.exit_code), None)
    if failed and (main.exit_code is not None or cannot_end(logs)):
        known.exit_code = main.exit_code or failed
    return known


def cannot_end(logs: Sequence[RankLog]) -> bool:
    """Whether the main rank has no run.jsonl, and so no way to say that it is done: the others do not say it for it."""
    return not logs or all(writer.records is None for writer in logs[0].writers)


def run_state(record: RunRecord | None, last_sign: float, now: float, *, mute: bool = False) -> str:
    """One of `schema.STATES`.

    Args:
        record: what run.jsonl says; None for a run without one.
        last_sign: the latest time in any of the run's files; NaN if there is none.
        now: wall time of the build.
        mute: whether the writer that it depends on has no way to say that it is done.
    """
    fresh = now - last_sign <= schema.STALE_SECONDS
    if record is None or mute:
        failed = record is not None and record.exit_code
        return schema.RUNNING if fresh else schema.FAILED if failed else schema.FINISHED
    if record.exit_code is not None:
        return schema.FAILED if record.exit_code else schema.FINISHED
    return schema.RUNNING if fresh and not is_dead(record.environment) else schema.CRASHED


def is_dead(environment: Mapping[str, Any]) -> bool:
    """Whether the process that logged the run ran on this machine and is gone."""
    process = environment.get("pid")
    if not isinstance(process, int) or isinstance(process, bool) or process <= 0:
        return False
    if environment.get("host") != socket.gethostname():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
