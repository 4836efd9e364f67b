"""From a report as written to Markdown with everything computed in it: blocks first, then inline values."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from reportgen.document import Block, Notice
from reportgen.errors import BlockError, ReportgenError
from reportgen.markdown.block_body import BlockBody, Key, parse_bodies
from reportgen.markdown.chart_block import CHART_KEYS, chart_block
from reportgen.markdown.context import Expanded, ReportContext
from reportgen.markdown.fences import Fence, find_fences, outside_code
from reportgen.markdown.metric_block import METRIC_KEYS, metric_block
from reportgen.markdown.runs_block import RUNS_KEYS, runs_block
from reportgen.markdown.values import inert, value_html
from reportgen.model import Problem

MakeBlock = Callable[[BlockBody, ReportContext, int], tuple[Block, ...]]
BLOCKS: Mapping[str, tuple[Mapping[str, Key], MakeBlock]] = {
    "chart": (CHART_KEYS, chart_block),
    "runs": (RUNS_KEYS, runs_block),
    "metric": (METRIC_KEYS, metric_block),
}
"""Word after the fence -> the keys that its body may have, and what makes it."""

_VALUE = re.compile(r"(\\?)\{\{(.*?)\}\}", re.DOTALL)
_MARKDOWN_SIGNS = re.compile(r"[\[\]*_`\\!{}()|~^+\n\r]")


@dataclass(slots=True)
class _Report:
    """What has been made of a report so far."""

    context: ReportContext
    blocks: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def where(self, line: int) -> str:
        """File and line of a line of the text, counted from 0."""
        return f"{self.context.where}:{self.context.first_line + line}"


def expand(text: str, context: ReportContext) -> Expanded:
    """Make the blocks and values of a report. Whatever the text says, this never raises for it.

    A block or value with an error becomes a visible notice with file and line, and a problem; the rest is made as
    usual.
    """
    report = _Report(context)
    lines = text.split("\n")
    parts: list[str] = []
    done = 0
    for fence in find_fences(lines):
        parts.append(_with_values(lines[done : fence.line], done, report))
        if fence.name:
            parts.append(_block_html(fence, report))
        else:
            parts.append("\n".join(lines[fence.line : fence.after]))
        done = fence.after
    parts.append(_with_values(lines[done:], done, report))
    joined = "\n".join(part for part in parts if part is not None)
    return Expanded(joined, tuple(report.blocks), tuple(report.problems))


def _block_html(fence: Fence, report: _Report) -> str:
    """The HTML of a block, indented as its fence was, between blank lines."""
    context = report.context
    line = context.first_line + fence.line
    keys, make = BLOCKS[fence.name]
    body: BlockBody | None = None
    made: list[Block] = []
    try:
        for body in parse_bodies(_closed(fence), keys, context.where, line):
            made += make(body, context, len(report.blocks) + len(made))
    except ReportgenError as error:
        where = error.where if error.where.startswith(f"{context.where}:") else ""
        where = where or (body.place_of(error.what) if body else f"{context.where}:{line}")
        made = [_notice(fence.name, error, where, report)]
    report.blocks += made
    html = unmarked("".join(context.render(block).strip() for block in made))
    if fence.name == "metric":
        html = f'<div class="metrics">{html}</div>'
    elif len(made) > 1:
        html = f'<div class="panels">{html}</div>'
    return f"{fence.indent}\n{fence.indent}{html}\n{fence.indent}"


def _closed(fence: Fence) -> str:
    """The body of a fence that has an end: without one it would swallow the rest of the report."""
    if not fence.closed:
        raise BlockError(f"the block {fence.name!r} is not closed", remedy="end it with a line of ```")
    return fence.body


def _notice(name: str, error: ReportgenError, where: str, report: _Report) -> Notice:
    """The notice that stands where the block would; the problem goes to the terminal."""
    sentence = f"{error.what}; {error.remedy}" if error.remedy else error.what
    report.problems.append(Problem(where, f"{name}: {sentence}"))
    items = (error.remedy, where) if error.remedy else (where,)
    return Notice("error", f"{name}: {error.what}", items)


def _with_values(lines: list[str], first: int, report: _Report) -> str:
    """Lines outside of fences with their inline values computed; ``first`` is the number of the first line."""
    text = "\n".join(lines)
    parts: list[str] = []
    done = 0
    for start, end in outside_code(text):
        parts.append(text[done:start])
        place = start
        for match in _VALUE.finditer(text, start, end):
            line = first + text.count("\n", 0, match.start())
            parts += [text[place : match.start()], match[0] if match[1] else _value(match[2], line, report)]
            place = match.end()
        parts.append(text[place:end])
        done = end
    return "".join([*parts, text[done:]])


def _value(expression: str, line: int, report: _Report) -> str:
    """The element for an inline value, or one that shows its error."""
    try:
        return value_html(expression.strip(), report.context)
    except ReportgenError as error:
        where = report.where(line)
        sentence = f"{error.what}; {error.remedy}" if error.remedy else error.what
        report.problems.append(Problem(where, f"{{{{ {expression.strip()} }}}}: {sentence}"))
        title = inert(f"{sentence} ({where})")
        return f'<span class="value value-error" role="alert" title="{title}">{inert(f"[{error.what}]")}</span>'


def unmarked(html: str) -> str:
    """HTML on one line in which no sign means anything to Markdown: those that could are character references."""
    return _MARKDOWN_SIGNS.sub(lambda match: f"&#{ord(match[0])};" if match[0] not in "\n\r" else " ", html)
