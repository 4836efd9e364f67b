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

    Where and how it ran and how it ended is what the last attempt of the main rank says. Another rank that has failed
    has failed the run, unless the main one goes on.
    """
    said = [
        [record for writer in log.writers for record in writer.records or ()]
        for log in logs
        if any(writer.records is not None for writer in log.writers)
    ]
    if not said:
        return None
    main, others = replay(said[0]), [replay(records) for records in said[1:]]
    known = replay(record for records in (*reversed(said[1:]), said[0]) for record in records)
    started = [one.started for one in (main, *others) if not math.isnan(one.started)]
    known.started = started[0] if started else math.nan
    known.environment, known.exit_code = main.environment, main.exit_code
    known.ended, known.preempting = main.ended, main.preempting
    failed = [one for one in others if one.exit_code]
    if failed and main.exit_code is not None:
        known.exit_code = main.exit_code or failed[0].exit_code
    return known


def run_state(record: RunRecord | None, last_sign: float, now: float) -> str:
    """One of `schema.STATES`.

    Args:
        record: what run.jsonl says; None for a run without one, whose writer has no way to say that it is done.
        last_sign: the latest time in any of the run's files; NaN if there is none.
        now: wall time of the build.
    """
    fresh = now - last_sign <= schema.STALE_SECONDS
    if record is None:
        return schema.RUNNING if fresh else schema.FINISHED
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
