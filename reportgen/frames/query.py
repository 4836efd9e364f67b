"""The filter language: CEL (the Common Expression Language) over one run at a time.

The browser filters with the same language; ``tests/vectors/filter.json`` is what both must agree on:

* ``name``, ``id``, ``state``, ``group``, ``job_type``, ``notes`` are text, ``tags`` is a list of text; ``started``,
  ``duration``, ``rows`` and every number in ``config`` and ``summary`` is a double.
* ``config`` is reached nested or by dotted key, ``config.opt.name`` or ``config["opt.name"]``; ``summary`` is flat.
* A key that is missing, null, NaN or infinite is absent, and a condition that needs it is false.
"""

import math
import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from reportgen.errors import QueryError
from reportgen.frames.runs import flat_config, number_of
from reportgen.model import Project, Run

if TYPE_CHECKING:
    import cel

TEXTS = ("name", "id", "state", "group", "job_type", "notes")
NUMBERS = ("started", "duration", "rows")
NAMES = (*TEXTS, "tags", "config", "summary", *NUMBERS)
"""What an expression may speak of: the fields of a run by the names of `model.Run`."""
FUNCTIONS = (
    "bytes",
    "contains",
    "double",
    "duration",
    "dyn",
    "endsWith",
    "has",
    "int",
    "matches",
    "size",
    "startsWith",
    "string",
    "timestamp",
    "type",
    "uint",
)
LONGEST = 2000
"""Characters of an expression; the parser copes with any nesting of so few."""
DEEPEST_LOOP = 2
"""Macros within macros (``all``, ``exists``, …): more would let a short text run for hours."""

_TYPES = {"int", "uint", "double", "string", "bool", "bytes", "list", "map", "null_type", "type", "dyn"}
_MISSING_VALUE = (LookupError, TypeError, ValueError, ArithmeticError)
_POSITION = re.compile(r"ERROR: <input>:(\d+):(\d+): (?:Syntax error: )?(.*)")
_MIXED = re.compile(r"Unsupported operation: (?:float . int|int . float)")
_TEXT = re.compile(r'"""[\s\S]*?"""|"(?:\\.|[^"\\])*"' + r"|'(?:\\.|[^'\\])*'")
_LOOP = re.compile(r"\.(?:all|exists|exists_one|map|filter)\(\s*([A-Za-z_]\w*)\s*,")


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
    import cel  # brings its own command line, and with it more than the rest of a build

    bare = _TEXT.sub('""', query)
    if len(query) > LONGEST or _loop_depth(bare) > DEEPEST_LOOP:
        raise QueryError("the expression is too long or loops too deeply", where=f"{query[:60]}…")
    try:
        program = cel.compile(query)
    except ValueError as error:
        raise _syntax_error(query, str(error)) from None
    _check(query, set(program.variables()) - set(_LOOP.findall(bare)) - _TYPES, NAMES, "")
    called = {name for name in program.functions() if name.isidentifier() and not name.startswith("_")}
    _check(query, called, FUNCTIONS, "()")
    return program


def matches(program: "cel.Program", values: Mapping[str, Any]) -> bool:
    """Whether a compiled expression is true of a run's `variables`.

    Raises:
        QueryError: it gives something that is neither true nor false, or can be true of no run at all.
    """
    try:
        result = program.execute(dict(values))
    except _MISSING_VALUE as error:
        if _MIXED.match(str(error)):
            remedy = "Numbers of a run are decimals: write 2.0 instead of 2, or int(rows) % 2."
            raise QueryError("decimals and integers do not mix", where=program.source, remedy=remedy) from None
        return False
    except RuntimeError as error:
        raise QueryError(" ".join(str(error).split())[:200], where=program.source) from None
    if not isinstance(result, bool):
        remedy = f"It gives {result!r:.60}; compare that with something, as in summary.acc > 0.9."
        raise QueryError("the expression is no condition", where=program.source, remedy=remedy)
    return result


def variables(run: Run) -> dict[str, Any]:
    """A run as an expression sees it."""
    values: dict[str, Any] = {name: getattr(run, name) for name in TEXTS}
    values |= {name: _value(getattr(run, name)) for name in NUMBERS}
    values["tags"] = list(run.tags)
    values["config"] = _present(flat_config(run.config)) | _present(run.config)
    values["summary"] = _present(run.summary)
    return values


def _present(values: Mapping[str, Any]) -> dict[str, Any]:
    return {str(key): kept for key, value in values.items() if (kept := _value(value)) is not None}


def _value(value: Any) -> Any:
    """A logged value as CEL knows it; None for what counts as absent."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        number = number_of(value)
        return number if math.isfinite(number) else None
    if isinstance(value, Mapping):
        return _present(value)
    return [_value(item) for item in value] if isinstance(value, list | tuple) else None


def _check(query: str, used: set[str], known: tuple[str, ...], suffix: str) -> None:
    for name in sorted(used - set(known)):
        near = get_close_matches(name, known, n=1)
        remedy = f"Did you mean {near[0]}{suffix}?" if near else f"An expression may use {', '.join(known)}."
        raise QueryError(f"{name}{suffix} is unknown", where=query, remedy=remedy)


def _loop_depth(bare: str) -> int:
    """How deeply macros that loop stand inside one another, in an expression without its texts."""
    loops, opened = {match.start() + match[0].index("(") for match in _LOOP.finditer(bare)}, [False]
    deepest = 0
    for index, character in enumerate(bare):
        if character == "(":
            opened.append(index in loops)
            deepest = max(deepest, sum(opened))
        elif character == ")" and len(opened) > 1:
            opened.pop()
    return deepest


def _syntax_error(query: str, message: str) -> QueryError:
    found = _POSITION.search(message)
    if found is None:
        return QueryError("the expression does not parse", where=query)
    column, what = int(found[2]), found[3]
    if "<EOF>" in what:
        what = "the expression ends too early"
    elif re.search(r"(?<![=!<>])=(?!=)", _TEXT.sub('""', query)):
        what = "one = assigns nothing here; equality is =="
    remedy = f"Column {column}. Text stands in quotes, conditions are joined by && and ||."
    return QueryError(what.split(" expecting ")[0][:200], where=query, remedy=remedy)
