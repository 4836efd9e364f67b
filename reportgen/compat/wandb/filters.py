"""Filters and orders as wandb's Api takes them: the query operators of MongoDB over the fields of a run.

Source: https://www.mongodb.com/docs/manual/reference/operator/query/, as far as wandb documents it for ``Api.runs``.
"""

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from reportgen.errors import QueryError
from reportgen.frames import summary_value
from reportgen.model import Run

MISSING = object()
FIELDS: Mapping[str, Callable[[Run], Any]] = {
    "name": lambda run: run.id,
    "display_name": lambda run: run.name,
    "displayName": lambda run: run.name,
    "id": lambda run: run.id,
    "state": lambda run: run.state,
    "tags": lambda run: list(run.tags),
    "group": lambda run: run.group,
    "job_type": lambda run: run.job_type,
    "jobType": lambda run: run.job_type,
    "notes": lambda run: run.notes,
    "created_at": lambda run: run.started,
    "createdAt": lambda run: run.started,
    "heartbeat_at": lambda run: run.ended,
    "heartbeatAt": lambda run: run.ended,
    "duration": lambda run: run.duration,
    "username": lambda run: run.environment.get("user"),
    "host": lambda run: run.environment.get("host"),
}
"""Fields by the names that wandb gives them; ``config.…`` and ``summary_metrics.…`` are beside them."""
SUMMARIES = ("summary_metrics.", "summaryMetrics.", "summary.")


def matches(run: Run, filters: Mapping[str, Any] | None) -> bool:
    """Whether a run fulfils a filter such as ``{"config.lr": {"$lt": 0.1}, "$or": [{"state": "finished"}, …]}``.

    Raises:
        QueryError: an unknown operator or field.
    """
    return all(_holds(run, key, wanted) for key, wanted in (filters or {}).items())


def _holds(run: Run, key: str, wanted: Any) -> bool:
    if key == "$and":
        return all(matches(run, part) for part in wanted)
    if key == "$or":
        return any(matches(run, part) for part in wanted)
    if key == "$nor":
        return not any(matches(run, part) for part in wanted)
    if key == "$not":
        return not matches(run, wanted)
    value = field(run, key)
    if isinstance(wanted, Mapping) and any(str(word).startswith("$") for word in wanted):
        return all(_compare(str(word), value, operand) for word, operand in wanted.items())
    return _equal(value, wanted)


def field(run: Run, key: str) -> Any:
    """A field of a run by wandb's name for it; `MISSING` if the run has none of that name."""
    if key in FIELDS:
        return FIELDS[key](run)
    if key.startswith("config."):
        found = summary_value(run, key.removesuffix(".value"))
        return MISSING if found is None else found
    for prefix in SUMMARIES:
        if key.startswith(prefix):
            return run.summary.get(key.removeprefix(prefix), MISSING)
    remedy = f"Use config.…, summary_metrics.… or one of {', '.join(sorted(FIELDS))}."
    raise QueryError(f"a run has no field {key!r}", where="Api.runs", remedy=remedy)


def _compare(word: str, value: Any, operand: Any) -> bool:
    if word == "$exists":
        return (value is not MISSING) == bool(operand)
    if word == "$not":
        return not all(_compare(str(inner), value, each) for inner, each in operand.items())
    compare = COMPARISONS.get(word)
    if compare is None:
        remedy = f"Use one of {', '.join(sorted([*COMPARISONS, '$and', '$exists', '$nor', '$not', '$or']))}."
        raise QueryError(f"unknown operator {word!r}", where="Api.runs", remedy=remedy)
    try:
        return bool(compare(value, operand))
    except TypeError:  # a text and a number have no order
        return False


def _equal(value: Any, wanted: Any) -> bool:
    if isinstance(value, list) and not isinstance(wanted, list):
        return wanted in value
    return value is not MISSING and bool(value == wanted)


def _comparable(value: Any, operand: Any) -> tuple[Any, Any]:
    """Both as what has an order; a date written out is a time."""
    if value is MISSING:
        raise TypeError
    if isinstance(operand, str) and isinstance(value, float):
        try:
            date = datetime.fromisoformat(operand)
        except ValueError:
            raise TypeError from None
        return value, (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
    return value, operand


COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "$eq": _equal,
    "$ne": lambda value, operand: not _equal(value, operand),
    "$in": lambda value, operand: any(_equal(value, each) for each in operand),
    "$nin": lambda value, operand: not any(_equal(value, each) for each in operand),
    "$gt": lambda value, operand: operator.gt(*_comparable(value, operand)),
    "$gte": lambda value, operand: operator.ge(*_comparable(value, operand)),
    "$lt": lambda value, operand: operator.lt(*_comparable(value, operand)),
    "$lte": lambda value, operand: operator.le(*_comparable(value, operand)),
    "$regex": lambda value, operand: isinstance(value, str) and re.search(operand, value),
    "$all": lambda value, operand: isinstance(value, list) and all(each in value for each in operand),
    "$size": lambda value, operand: isinstance(value, list) and len(value) == operand,
}


def ordered(runs: Iterable[Run], order: str) -> list[Run]:
    """Runs by a field: ``+summary_metrics.loss`` ascending, ``-created_at`` descending; those without it come last."""
    key = order.lstrip("+-")
    known: list[tuple[tuple[bool, float, str], Run]] = []
    missing: list[Run] = []
    for run in runs:
        value = field(run, key)
        if value is MISSING or value is None or value != value:  # noqa: PLR0124 # NaN
            missing.append(run)
        elif isinstance(value, int | float):
            known.append(((False, value, ""), run))
        else:  # texts after numbers; what has no order of its own, such as a list, as it is written
            known.append(((True, 0.0, str(value)), run))
    known.sort(key=lambda pair: pair[0], reverse=order.startswith("-"))
    return [*(run for _, run in known), *missing]
