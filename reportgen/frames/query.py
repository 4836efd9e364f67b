"""The filter language: CEL (the Common Expression Language) over one run at a time.

The browser filters with the same language; ``tests/vectors/filter.json`` is what both must agree on.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

import cel
import numpy as np

from reportgen.errors import QueryError
from reportgen.model import Project, Run

NAMES = (
    "name",
    "id",
    "state",
    "tags",
    "group",
    "job_type",
    "notes",
    "config",
    "summary",
    "started",
    "duration",
    "rows",
)
"""What an expression may speak of: the fields of a run by the names of `model.Run`."""
LONGEST = 2000
"""Characters of an expression. A filter that a person writes is far below."""
DEEPEST = 100
"""Brackets within brackets, beyond which the parser could run out of stack."""

_MISSING_VALUE = (LookupError, TypeError, ValueError, ArithmeticError)
_POSITION = re.compile(r"ERROR: <input>:(\d+):(\d+): (?:Syntax error: )?(.*)")
_LARGEST_INT = 2**63 - 1


def select(project: Project, query: str | None) -> tuple[Run, ...]:
    """The runs for which an expression is true, in the order of the project; all of them without one.

    A run that lacks a key that the expression needs, or has something there that cannot be compared, is left out.

    Raises:
        QueryError: the expression does not parse, speaks of something that no run has a field for, or is no condition.
    """
    if query is None or not query.strip():
        return project.runs
    program = compiled(query)
    return tuple(run for run in project.runs if matches(program, variables(run)))


@lru_cache(maxsize=256)
def compiled(query: str) -> "cel.Program":
    """The program of an expression.

    Raises:
        QueryError: it does not parse, or uses unknown names.
    """
    if len(query) > LONGEST or _depth(query) > DEEPEST:
        raise QueryError("the expression is too long or too deeply nested", where=query[:60] + "…")
    try:
        program = cel.compile(query)
    except ValueError as error:
        raise _syntax_error(query, str(error)) from None
    for name in sorted(set(program.variables()) - _bound(query)):
        if name not in NAMES:
            near = get_close_matches(name, NAMES, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"An expression speaks of {', '.join(NAMES)}."
            raise QueryError(f"{name!r} is unknown", where=query, remedy=hint)
    return program


def matches(program: "cel.Program", values: Mapping[str, Any]) -> bool:
    """Whether a compiled expression is true of a run's `variables`.

    Raises:
        QueryError: it gives something that is neither true nor false, or calls what does not exist.
    """
    try:
        result = program.execute(dict(values))
    except _MISSING_VALUE:
        return False
    except RuntimeError as error:
        raise QueryError(str(error).splitlines()[0], where=program.source) from None
    if not isinstance(result, bool):
        remedy = f"It gives {result!r:.60}; compare that with something, as in summary.acc > 0.9."
        raise QueryError("the expression is no condition", where=program.source, remedy=remedy)
    return result


def variables(run: Run) -> dict[str, Any]:
    """A run as the expression sees it."""
    values = {name: getattr(run, name) for name in NAMES}
    return {name: _cel_value(value) for name, value in values.items()}


def _cel_value(value: Any) -> Any:
    if isinstance(value, bool | str | None):
        return value
    if isinstance(value, int):
        return value if -_LARGEST_INT <= value <= _LARGEST_INT else float(np.clip(value, -1e308, 1e308))
    if isinstance(value, Mapping):
        return {str(key): _cel_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cel_value(item) for item in value]
    return value


def _depth(query: str) -> int:
    depth = deepest = 0
    for character in query:
        depth += (character in "([{") - (character in ")]}")
        deepest = max(deepest, depth)
    return deepest


def _bound(query: str) -> set[str]:
    """Names that a macro such as ``tags.exists(tag, …)`` binds: they are no fields of a run."""
    return set(re.findall(r"\.(?:all|exists|exists_one|map|filter)\(\s*([A-Za-z_]\w*)\s*,", query))


def _syntax_error(query: str, message: str) -> QueryError:
    found = _POSITION.search(message)
    if found is None:
        return QueryError("the expression does not parse", where=query)
    column, what = int(found[2]), found[3]
    if "<EOF>" in what:
        what = "the expression ends too early"
    remedy = f"Column {column}. Text stands in quotes, and is compared with ==; conditions are joined by && and ||."
    return QueryError(what[:200], where=query, remedy=remedy)
