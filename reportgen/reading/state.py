"""How a run stands. Derived from its log and the clock, never trusted to the log."""

import os
import socket
from collections.abc import Mapping
from typing import Any

from reportgen import schema
from reportgen.reading.records import RunRecord


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
