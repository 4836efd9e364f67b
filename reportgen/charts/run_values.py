"""One value of each run for an axis: of its config, its summary, or of the run itself."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from reportgen.charts.request import ChartRequest
from reportgen.charts.specification import RUN_COLORS
from reportgen.errors import BlockError
from reportgen.frames import summary_value
from reportgen.frames.runs import CONFIG, SUMMARY, flat_config
from reportgen.model import Project, Run, RunId

RUN_FIELDS = ("name", "state", "tags", "group", "job_type", "started", "duration", "rows")
MISSING = object()


def run_value(run: Run, key: str) -> Any:
    """``config.lr``, ``summary.val/acc``, ``duration``, or short ``lr``, ``val/acc``; `MISSING` if there is none."""
    found = summary_value(run, key)
    if found is None:
        found = getattr(run, key) if key in RUN_FIELDS else summary_value(run, f"config.{key}")
    return MISSING if found is None else found


def column_key(runs: Iterable[Run], key: str) -> str:
    """The column of the runs table that `run_value` takes the values of a key from."""
    if key.startswith((CONFIG, SUMMARY)):
        return key
    if any(key in run.summary for run in runs):
        return SUMMARY + key
    return key if key in RUN_FIELDS else CONFIG + key


def label(key: str) -> str:
    """A key as it stands on an axis: without ``config.`` or ``summary.``."""
    return key.removeprefix("config.").removeprefix("summary.") or key


def as_number(value: Any) -> float | None:
    """The value as a finite number; None when it is none."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            number = float(value)
        except OverflowError:
            return None
        return number if math.isfinite(number) else None
    return None


def numbers_of(request: ChartRequest, key: str) -> list[tuple[Run, float]]:
    """The runs of a request that have a number under a key, with it; BlockError if there is none."""
    found = [(run, number) for run in request.runs if (number := as_number(run_value(run, key))) is not None]
    if not found:
        raise missing_key(request, key, "number")
    return found


def known_keys(runs: Iterable[Run]) -> list[str]:
    """Every key that `run_value` knows for some run: in the order summary, config, run."""
    summary: dict[str, None] = {}
    config: dict[str, None] = {}
    for run in runs:
        summary.update(dict.fromkeys(run.summary))
        config.update(dict.fromkeys(f"config.{key}" for key in flat_config(run.config)))
    return [*summary, *config, *RUN_FIELDS]


def missing_key(request: ChartRequest, key: str, kind: str = "value") -> BlockError:
    """The error for a key that no run of the request has, with the nearest that some have."""
    known = known_keys(request.runs)
    remedy = nearest(key, [*known, *(name.removeprefix("config.") for name in known)])
    return BlockError(f"none of the {len(request.runs)} runs has a {kind} {key!r}", remedy=remedy)


def nearest(key: str, known: Sequence[str]) -> str:
    """``did you mean 'a' or 'b'?``; empty when nothing is near."""
    near = dict.fromkeys(get_close_matches(key, known, n=3))
    return f"did you mean {' or '.join(map(repr, near))}?" if near else ""


def unique_names(runs: Sequence[Run]) -> dict[RunId, str]:
    """Run id -> a name that no other of these runs has: the id is added where two share one."""
    names = Counter(run.name for run in runs)
    return {run.id: run.name if names[run.name] == 1 else f"{run.name} ({run.id})" for run in runs}


def palette_places(project: Project) -> dict[RunId, int]:
    """Run id -> its colour: the place in the project, which never changes, modulo the palette."""
    return {run.id: place % RUN_COLORS for place, run in enumerate(project.runs)}
