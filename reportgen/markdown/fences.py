"""Fenced blocks in Markdown: which lines belong to which fence, and which text is outside of all code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

BLOCK_NAMES = ("chart", "runs", "metric")
"""Fences with one of these words are blocks of ours; all others are code."""

_OPEN = re.compile(r"(?P<indent>(?:[ \t]|> ?)*)(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fence from ``line`` up to but without ``after``, counted from 0; ``name`` is empty for code."""

    name: str
    indent: str
    line: int
    after: int
    body: str
    closed: bool


def find_fences(lines: list[str]) -> Iterator[Fence]:
    """The outermost fences of a text, in order: closed by as many of the same sign, or more, else by the end."""
    number = 0
    while number < len(lines):
        match = _OPEN.fullmatch(lines[number].rstrip("\r"))
        if match is None:
            number += 1
            continue
        end = _closing_line(lines, number + 1, match["fence"])
        indent = match["indent"]
        body = "\n".join(_outdented(line, indent) for line in lines[number + 1 : end])
        after = min(end + 1, len(lines))
        yield Fence(_name(match["info"]), indent, number, after, body, closed=end < len(lines))
        number = after


def outside_code(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text without fences that are in no code span, comment or escape: (start, end) offsets."""
    place = 0
    for match in _SPANS.finditer(text):
        if match.start() > place:
            yield place, match.start()
        place = match.end()
    if place < len(text):
        yield place, len(text)


_SPANS = re.compile(
    r"\\[\\`]"  # an escaped backtick opens nothing
    r"|(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])*?(?<!`)\1(?!`)"  # a code span lies within its paragraph
    r"|<!--[\s\S]*?-->"
    r"|<(pre|code|script|style)\b[\s\S]*?</\2\s*>",
    re.IGNORECASE,
)


def _closing_line(lines: list[str], start: int, fence: str) -> int:
    close = re.compile(rf"(?:[ \t]|> ?)*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
    return next((number for number in range(start, len(lines)) if close.match(lines[number].rstrip("\r"))), len(lines))


def _outdented(line: str, indent: str) -> str:
    """The line without the indentation of its fence, as far as it has it."""
    kept = 0
    while kept < min(len(line), len(indent)) and line[kept] == indent[kept]:
        kept += 1
    return line[kept:]


def _name(info: str) -> str:
    """The first word after the fence, also from ``{.chart}``."""
    words = info.strip().strip("{}").split()
    word = words[0].lstrip(".") if words else ""
    return word if word in BLOCK_NAMES else ""
