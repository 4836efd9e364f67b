"""The YAML body of a block: its keys checked against what the block knows, each with the line it stands on."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import yaml

from reportgen.errors import BlockError, ReportgenError

LONGEST = 20_000
"""Characters of a block's body."""
Check = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Key:
    """A key that a block may have: whether a value fits, and in words what fits."""

    fits: Check
    what: str


def is_text(value: Any) -> bool:
    """Whether this is text, or a number that stands for its text."""
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def is_texts(value: Any) -> bool:
    """Whether this is text or a list of texts."""
    return is_text(value) or (isinstance(value, list) and bool(value) and all(is_text(part) for part in value))


def is_flag(value: Any) -> bool:
    """Whether this is true or false."""
    return isinstance(value, bool)


def within(least: float, most: float, *, whole: bool = False) -> Check:
    """Whether a value is a number in a range, ends included."""
    kinds = int if whole else int | float
    return lambda value: isinstance(value, kinds) and not isinstance(value, bool) and least <= value <= most


@dataclass(frozen=True, slots=True)
class BlockBody:
    """The checked values of a block and the line of each key.

    Attributes:
        where: file of the report.
        line: of the fence.
        key_lines: key -> line.
    """

    values: Mapping[str, Any]
    where: str
    line: int
    key_lines: Mapping[str, int]

    def place(self, key: str = "") -> str:
        """File and line of a key, or of the block."""
        return f"{self.where}:{self.key_lines.get(key, self.line)}"

    def error(self, what: str, key: str = "", remedy: str = "") -> BlockError:
        """An error at a key of this block."""
        return BlockError(what, where=self.place(key), remedy=remedy)

    @contextmanager
    def at(self, key: str) -> Iterator[None]:
        """Say of an error that happens within that it stands at this key."""
        try:
            yield
        except ReportgenError as error:
            raise self.error(error.what, key, error.remedy) from error

    def place_of(self, error_text: str) -> str:
        """File and line of the key whose value an error speaks of, as far as one can tell; else of the block."""
        for key, value in self.values.items():
            parts = value if isinstance(value, list) else [value]
            if any(isinstance(part, str) and part and repr(part.removeprefix("-")) in error_text for part in parts):
                return self.place(key)
        return self.place()


def parse_bodies(text: str, keys: Mapping[str, Key], where: str, line: int) -> tuple[BlockBody, ...]:
    """Read the body of a block that begins on the line after ``line``: one mapping, or a list of them.

    Raises:
        BlockError: it is no YAML, no mapping, or has a key that the block does not know or a value that does not fit.
    """
    bodies = []
    for start, lines, values in _mappings(text, where, line):
        body = BlockBody(values, where, start, lines)
        for key, value in values.items():
            if key not in keys:
                near = get_close_matches(str(key), list(keys), n=1)
                remedy = f"did you mean {near[0]!r}?" if near else f"there is: {', '.join(keys)}"
                raise body.error(f"unknown key {key!r}", key, remedy)
            if not keys[key].fits(value):
                raise body.error(f"{key!r} must be {keys[key].what}, not {value!r:.60}", key)
        bodies.append(body)
    return tuple(bodies)


def _mappings(text: str, where: str, line: int) -> Iterator[tuple[int, dict[str, int], dict[str, Any]]]:
    """Each mapping of a body: its line, its keys with their lines, its keys with their values."""
    node, values = _load(text, where, line)
    if node is None or values is None:
        yield line, {}, {}
        return
    several = isinstance(node, yaml.SequenceNode)
    parts = zip(node.value, values, strict=True) if several else [(node, values)]
    for part, content in parts:
        if not isinstance(part, yaml.MappingNode) or not isinstance(content, dict):
            place = line + 1 + part.start_mark.line
            raise BlockError("a block is made of lines 'key: value'", where=f"{where}:{place}")
        lines = {str(key.value): line + 1 + key.start_mark.line for key, _value in part.value}
        start = line + 1 + part.start_mark.line if several else line
        yield start, lines, {str(key): value for key, value in content.items()}


def _load(text: str, where: str, line: int) -> tuple[Any, Any]:
    """The YAML node of a body and its value."""
    if len(text) > LONGEST:
        raise BlockError("the block is too long", where=f"{where}:{line}")
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader), yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        place = line + 1 + (error.problem_mark.line if error.problem_mark else 0)
        what = f"the block is not valid YAML: {error.problem}"
        raise BlockError(what, where=f"{where}:{place}", remedy=_yaml_remedy(error)) from error
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        what = str(error).split("\n")[0]
        raise BlockError(f"the block is not valid YAML: {what}", where=f"{where}:{line + 1}") from error


def _yaml_remedy(error: yaml.MarkedYAMLError) -> str:
    problem = str(error.problem)
    if "mapping values are not allowed" in problem or "could not find expected" in problem:
        return "put a value with a colon or quotes into single quotes"
    return ""
