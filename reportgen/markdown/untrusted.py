"""Markdown out of run logs, which anybody may have written: rendered, then sanitised to a list of harmless tags."""

import html
import re

import markdown
import nh3

from reportgen.markdown.extensions import MARKDOWN_EXTENSION_CONFIGS, UNTRUSTED_EXTENSIONS

LONGEST_TEXT = 50_000
"""Characters; longer text is cut, for Markdown can be made slow."""

# fmt: off
TAGS = frozenset({
    "a", "blockquote", "br", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "pre", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
})
# fmt: on
ATTRIBUTES = {"a": {"href", "title"}, "th": {"align"}, "td": {"align"}, "div": {"class"}, "span": {"class"}}
SCHEMES = {"http", "https", "mailto"}
MOST_SEARCHES = 5_000_000
"""Each ``[`` makes the parser search the rest of the text; text where brackets times characters exceed this (about half
a second) is shown as it is."""

_ADDRESS = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_CLASSES = {"div": re.compile(r"highlight"), "span": re.compile(r"[a-z][a-z0-9]{0,2}")}
_CONFIGS = {**MARKDOWN_EXTENSION_CONFIGS, "toc": {"baselevel": 3}, "tables": {"use_align_attribute": True}}


def render_untrusted(text: str) -> str:
    """Markdown to HTML that is safe to put on a page whatever the text says.

    Raw HTML is shown as text. Images are dropped, links lead only to http, https and mailto addresses and carry
    ``rel="nofollow noopener"``, no element keeps an id or a style. Headings start at the third level, below the
    page's own.
    """
    cut = text[:LONGEST_TEXT]
    try:
        rendered = _render(cut) if cut.count("[") * len(cut) <= MOST_SEARCHES else _verbatim(cut)
    except (RecursionError, ValueError):
        rendered = _verbatim(cut)
    return nh3.clean(
        rendered,
        tags=set(TAGS),
        clean_content_tags={"script", "style"},
        attributes=ATTRIBUTES,
        attribute_filter=_allowed,
        url_schemes=SCHEMES,
        link_rel="nofollow noopener",
    )


def _render(text: str) -> str:
    configs = {name: _CONFIGS.get(name, {}) for name in UNTRUSTED_EXTENSIONS}
    parser = markdown.Markdown(extensions=list(UNTRUSTED_EXTENSIONS), extension_configs=configs)
    parser.preprocessors.deregister("html_block")
    parser.inlinePatterns.deregister("html")
    return parser.convert(text)


def _verbatim(text: str) -> str:
    return f"<pre>{html.escape(text)}</pre>"


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    """The value of an attribute, or None to drop it: only absolute addresses, only classes of highlighted code."""
    if attribute == "href":
        return value if _ADDRESS.match(value) else None
    if attribute == "class":
        return value if _CLASSES[tag].fullmatch(value) else None
    return value
