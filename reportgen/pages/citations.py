"""Which reports cite a run: those whose text names it, or links to its page or to one of its files."""

import re
from collections.abc import Iterable, Mapping

from reportgen.document import Link
from reportgen.model import Run, Workspace

_NAMED = re.compile(r"""\b(?:run\(|(?:id|name)\s*==)\s*["']([^"'\n]{1,300})["']""")
_LINKED = re.compile(r"""\bruns/([^\s()"'<>#?]{1,600})""")

Citations = Mapping[tuple[str, str], tuple[Link, ...]]
"""Project and id of a run -> the reports that cite it."""


def find_citations(workspace: Workspace, reports: Iterable[tuple[Link, str]]) -> Citations:
    """The citations of all runs.

    Args:
        workspace: the runs.
        reports: where each report is, and its text.
    """
    found: dict[tuple[str, str], list[Link]] = {}
    runs = [run for project in workspace.projects for run in project.runs]
    for link, text in reports:
        named = set(_NAMED.findall(text))
        # A part of a path is the folder of a run as the project has it, or as its page is called.
        linked = {part for path in _LINKED.findall(text) for part in path.split("/")[:2]}
        for run in runs:
            if _names(run) & named or run.folder.name in linked:
                found.setdefault((run.project, run.id), []).append(link)
    return {key: tuple(links) for key, links in found.items()}


def _names(run: Run) -> set[str]:
    return {run.id, run.name}
