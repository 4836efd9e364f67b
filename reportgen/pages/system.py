"""The system metrics of a run page: a panel for each question, with a line for each GPU or disk."""

import re
from dataclasses import replace
from html import escape

from reportgen.document import Chart, Prose
from reportgen.model import Run
from reportgen.pages.panels import Facts, series_panel
from reportgen.pages.system_labels import label_of

GROUPS = ("CPU", "Memory", "GPU", "GPU, by this run", "Disk", "Network", "Other")
_PATTERNS = (
    ("GPU, by this run", re.compile(r"gpu\.process\.\d+\.(?P<what>.+)"), "gpu.process.*.{what}"),
    ("GPU", re.compile(r"gpu\.\d+\.mig\.\d+\.(?P<what>.+)"), "gpu.*.mig.*.{what}"),
    ("GPU", re.compile(r"gpu\.\d+\.(?P<what>.+)"), "gpu.*.{what}"),
    ("Disk", re.compile(r"disk\.(?:.+\.)?(?P<what>usagePercent|usageGB|in|out)"), "disk.*.{what}"),
    ("Memory", re.compile(r"(?P<what>memory_percent|proc\.memory\..+|memory\..+|swap\..+)"), "{what}"),
    ("CPU", re.compile(r"(?P<what>cpu|cpu\..+|proc\.cpu.*)"), "{what}"),
    ("Network", re.compile(r"(?P<what>network\..+)"), "{what}"),
)
"""Group, names, and what metrics that answer the same question share. Older logs do not say which disk."""


def system_panels(run: Run, facts: Facts) -> tuple[Chart, ...]:
    """A panel for every question that the system metrics of the run answer, in the order of `GROUPS`."""
    return tuple(chart for _, charts in _grouped(run, facts) for chart in charts)


def system_blocks(run: Run, facts: Facts) -> tuple[Chart | Prose, ...]:
    """The panels, each group under its heading."""
    blocks: list[Chart | Prose] = []
    for group, charts in _grouped(run, facts):
        blocks += [Prose(f"<h3>{escape(group)}</h3>"), *charts]
    return tuple(blocks)


def _grouped(run: Run, facts: Facts) -> list[tuple[str, list[Chart]]]:
    questions: dict[str, dict[str, list[str]]] = {group: {} for group in GROUPS}
    for metric in run.system:
        group, question = question_of(metric)
        question = metric if metric in run.system_by_rank else question  # its ranks fill a panel
        questions[group].setdefault(question, []).append(metric)
    return [
        (group, [_panel(run, names, question, facts) for question, names in found.items()])
        for group, found in questions.items()
        if found
    ]


def _panel(run: Run, names: list[str], question: str, facts: Facts) -> Chart:
    chart = series_panel(run, names, question, facts, source="system")
    title = label_of(names[0]) if len(names) == 1 else label_of(question)
    return replace(chart, title=title, panel={**chart.panel, "title": title})


def question_of(metric: str) -> tuple[str, str]:
    """The group of a system metric, and the question it answers: its name with a star for the GPU or disk."""
    name, at, writer = metric.partition("@")
    for group, pattern, question in _PATTERNS:
        if match := pattern.fullmatch(name):
            return group, question.format(what=match["what"]) + at + writer
    return "Other", metric
