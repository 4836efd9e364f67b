"""Stage 4c: Markdown. Reports with blocks and inline values, and the notes of runs.

- ``expand(text, ReportContext(...)) -> Expanded``: makes the blocks and ``{{ … }}`` of a report; never raises for what
  the text says. ``Expanded.text`` is Markdown with the HTML in it, ``.problems`` what was wrong, with file and line.
- ``ReportContext(workspace, charts, runs_table, render, links, where, first_line=1, meta={})``: ``charts`` is
  `charts.report_charts(cache)`, ``runs_table`` is ``functools.partial(tables.report_table, link=links.run)``,
  ``render`` gives the HTML of a block on this page, ``links`` a run's url relative to this page, ``meta`` is the front
  matter.
- ``render_untrusted(text) -> str``: run notes to sanitised HTML.
- ``MARKDOWN_EXTENSIONS``, ``MARKDOWN_EXTENSION_CONFIGS``: what MkDocs is to use.
"""

from reportgen.markdown.context import Expanded, ReportContext
from reportgen.markdown.expand import BLOCKS, expand
from reportgen.markdown.extensions import MARKDOWN_EXTENSION_CONFIGS, MARKDOWN_EXTENSIONS
from reportgen.markdown.untrusted import render_untrusted

__all__ = [
    "BLOCKS",
    "MARKDOWN_EXTENSIONS",
    "MARKDOWN_EXTENSION_CONFIGS",
    "Expanded",
    "ReportContext",
    "expand",
    "render_untrusted",
]
