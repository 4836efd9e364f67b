"""Stage 4c: Markdown. Reports with blocks and inline values, and the notes of runs.

- ``render_untrusted(text) -> str``: run notes to sanitised HTML.
- ``MARKDOWN_EXTENSIONS``, ``MARKDOWN_EXTENSION_CONFIGS``: what MkDocs is to use.
"""

from reportgen.markdown.extensions import MARKDOWN_EXTENSION_CONFIGS, MARKDOWN_EXTENSIONS
from reportgen.markdown.untrusted import render_untrusted

__all__ = ["MARKDOWN_EXTENSIONS", "MARKDOWN_EXTENSION_CONFIGS", "render_untrusted"]
