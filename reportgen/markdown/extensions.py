"""The Markdown that reports are written in: Python-Markdown with these extensions, in MkDocs and in run notes alike."""

from typing import Any

MARKDOWN_EXTENSIONS: tuple[str, ...] = (
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "sane_lists",
    "tables",
    "toc",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
)

MARKDOWN_EXTENSION_CONFIGS: dict[str, dict[str, Any]] = {
    "toc": {"permalink": "#", "permalink_title": "Link to this section", "toc_depth": "2-4"},
    "pymdownx.highlight": {"use_pygments": True, "css_class": "highlight", "guess_lang": False},
    "pymdownx.inlinehilite": {"css_class": "highlight"},
    "pymdownx.superfences": {"css_class": "highlight"},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": False},
}

UNTRUSTED_EXTENSIONS: tuple[str, ...] = ("sane_lists", "tables", "toc", "pymdownx.superfences", "pymdownx.highlight")
"""For text out of run logs: nothing that sets attributes. (``toc`` lowers the headings; its ids are sanitised away.)"""
