"""Inline values: ``{{ best("val/acc").summary["val/acc"] | pct }}`` becomes a number with its provenance.

An expression runs in a sandbox: no statements, no attributes but those of `run_view`, no methods, no repetition of
text, no powers beyond floating point. It sees the run logs and nothing else.
"""

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportgen.errors import QueryError, ReportgenError
from reportgen.frames.aggregate import Interval
from reportgen.markdown.context import ReportContext
from reportgen.markdown.functions import Functions, unknown_name
from reportgen.markdown.run_sets import nearest
from reportgen.markdown.run_view import RunView, Sources, Values
from reportgen.numbers import (
    format_decimals,
    format_duration,
    format_number,
    format_percent,
    format_scientific,
    short_text,
)

LONGEST = 300
"""Characters of an expression."""
MOST_DIGITS = 12
LONGEST_RESULT = 1000
_MEANING = re.compile(r"[^\w .,;:%/=?-]|_", re.ASCII)
_UNKNOWN_NAME = re.compile(r"'(\w+)' is undefined")
RESULT_TYPES = (str, int, float, bool, tuple, RunView, Values, Interval)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without its own filters and globals, in which only our functions can be called."""

    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%", "**"))

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, RunView):
            return obj.value(attribute)
        if isinstance(obj, Values):
            return obj[attribute]
        if isinstance(obj, Interval) and attribute in ("mean", "low", "high", "count"):
            return getattr(obj, attribute)
        raise QueryError(f"{_kind(obj)} has no {attribute!r}")

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Values):
            return obj[argument]
        if isinstance(obj, tuple) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        raise QueryError(f"{_kind(obj)} has no {argument!r}")

    def is_safe_callable(self, obj: Any) -> bool:
        return isinstance(getattr(obj, "__self__", None), Functions)

    def call_binop(self, context: jinja2.runtime.Context, operator: str, left: Any, right: Any) -> Any:
        for side in (left, right):
            if isinstance(side, bool) or not isinstance(side, int | float):
                raise QueryError(f"{operator!r} needs numbers, not {_kind(side)}")
        if operator == "**":
            return float(left) ** float(right)
        if all(abs(side) < 2**64 for side in (left, right)):
            return super().call_binop(context, operator, left, right)
        return super().call_binop(context, operator, float(left), float(right))


class _NoName(jinja2.StrictUndefined):
    """A name that stands for nothing: using it is an error."""


def evaluate(expression: str, context: ReportContext) -> tuple[Any, Sources]:
    """The result of an expression and what it looked at.

    Raises:
        ReportgenError: it does not parse, uses what there is not, or cannot be computed.
    """
    if len(expression) > LONGEST:
        raise QueryError(f"an expression may have at most {LONGEST} characters, this one has {len(expression)}")
    if not expression.strip():
        raise QueryError("the braces are empty", remedy="write an expression between them, or \\{{ for braces")
    sources = Sources()
    functions = Functions(context, sources).table()
    sandbox = _Sandbox(undefined=_NoName)
    sandbox.globals, sandbox.filters = dict(functions), dict(FILTERS)
    try:
        result = sandbox.compile_expression(expression, undefined_to_none=False)()
        str(result)  # an undefined name is only found when it is used
    except ReportgenError:
        raise
    except jinja2.TemplateSyntaxError as error:
        raise QueryError(f"this is no expression: {error.message}") from error
    except jinja2.UndefinedError as error:
        name = _UNKNOWN_NAME.match(str(error.message))
        raise (unknown_name(name[1], functions) if name else QueryError(str(error.message))) from error
    except (ArithmeticError, TypeError, ValueError, LookupError, AttributeError, RecursionError) as error:
        raise QueryError(f"this cannot be computed: {error}") from error
    except (jinja2.TemplateError, SecurityError) as error:
        raise QueryError(f"this cannot be used here: {error}") from error
    if isinstance(result, RunView):
        sources.note("", result.run)
    if not isinstance(result, RESULT_TYPES):
        raise QueryError("the result is nothing that can be shown", remedy="name a value of it")
    return result, sources


def value_html(expression: str, context: ReportContext) -> str:
    """The inline element for an expression: its result, with its provenance as title, linked to the run it is from."""
    result, sources = evaluate(expression, context)
    text = result_text(result)
    if len(text) > LONGEST_RESULT:
        raise QueryError("the result is too long for a line of text", remedy="use a runs block for many values")
    title = "; ".join(sources.sentences)
    run = sources.only_run()
    titled = f' title="{inert(title)}"' if title else ""
    if run is None:
        return f'<span class="value value-inline"{titled}>{inert(text)}</span>'
    return f'<a class="value value-inline" href="{escape(context.links(run))}"{titled}>{inert(text)}</a>'


def result_text(result: Any) -> str:
    """A result as it stands in the text."""
    if isinstance(result, bool):
        return "yes" if result else "no"
    if isinstance(result, int | float):
        return format_number(result)
    if isinstance(result, Interval):
        return result.text()
    if isinstance(result, tuple):
        return ", ".join(result_text(part) for part in result)
    return str(result) if isinstance(result, str | RunView) else short_text(result)


def inert(text: str) -> str:
    """Text that is neither HTML nor Markdown: every sign that could mean something is a character reference."""
    return _MEANING.sub(lambda match: f"&#{ord(match[0])};", text)


def _percent(value: Any, digits: int = 1) -> str:
    if isinstance(value, Interval):
        half = f" ± {(value.high - value.mean) * 100:.{_digits(digits)}f}" if value.count > 1 else ""
        return f"{value.mean * 100:.{_digits(digits)}f}{half}\N{NO-BREAK SPACE}%"
    return format_percent(_number(value), _digits(digits))


def _decimals(value: Any, digits: int = 2) -> str:
    if isinstance(value, Interval):
        half = f" ± {format_decimals(value.high - value.mean, _digits(digits))}" if value.count > 1 else ""
        return format_decimals(value.mean, _digits(digits)) + half
    return format_decimals(_number(value), _digits(digits))


def _scientific(value: Any, digits: int = 3) -> str:
    return format_scientific(_number(value), _digits(digits))


def _duration(value: Any) -> str:
    return format_duration(_number(value)) or "unknown"


def _length(value: Any) -> int:
    if not isinstance(value, str | tuple | Values):
        raise QueryError(f"length needs text or a list, not {_kind(value)}")
    return len(value)


def _join(value: Any, sign: str = ", ") -> str:
    if not isinstance(value, tuple):
        raise QueryError(f"join needs a list, not {_kind(value)}")
    return str(sign).join(result_text(part) for part in value)


def _absolute(value: Any) -> float:
    return abs(_number(value))


FILTERS: Mapping[str, Callable[..., Any]] = {
    "pct": _percent,
    "round": _decimals,
    "num": lambda value, digits=4: format_number(_number(value), _digits(digits)),
    "sci": _scientific,
    "duration": _duration,
    "abs": _absolute,
    "length": _length,
    "join": _join,
}


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise QueryError(f"this filter needs a number, not {_kind(value)}")
    return value if isinstance(value, float) or abs(value) < 2**64 else float(value)


def _digits(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_DIGITS:
        raise QueryError(f"digits must be a whole number from 0 to {MOST_DIGITS}")
    return value


def _kind(value: Any) -> str:
    """What a value is, in words."""
    if isinstance(value, jinja2.Undefined):
        return str(value)  # which raises, and names it
    kinds = {RunView: "a run", Values: "a group of values", str: "text", tuple: "a list", bool: "a yes or no"}
    found = next((words for kind, words in kinds.items() if isinstance(value, kind)), None)
    return found or ("a number" if isinstance(value, int | float) else "this" + nearest("", []))
