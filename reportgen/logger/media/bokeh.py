"""Bokeh: an interactive document as its JSON."""

from __future__ import annotations

from json import dumps, loads

from reportgen.errors import UsageError
from reportgen.logger.media.file import FileMedia, Held, bytes_of, path_of
from reportgen.schema import BOKEH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WHERE = "reportgen.Bokeh"


class Bokeh(FileMedia):
    """A Bokeh document to log.

    Args:
        data_or_path: a Bokeh document, or a model such as a figure or a layout, or the path or file object of the JSON
            of a document.
        caption: text under it.
    """

    TYPE = BOKEH
    FOLDER = "bokeh"

    def __init__(self, data_or_path: object, caption: str | None = None) -> None:
        super().__init__(caption, lambda: Held(".bokeh.json", _document(data_or_path)))


def is_bokeh(value: object) -> bool:
    """Whether it is a document or a model of Bokeh."""
    homes = {(base.__module__, base.__name__) for base in type(value).__mro__}
    return bool(homes & {("bokeh.model.model", "Model"), ("bokeh.document.document", "Document")})


def _document(source: Any) -> bytes:
    if is_bokeh(source):
        return dumps(_json_of(source), separators=(",", ":")).encode()
    path = path_of(source)
    content = bytes_of(source) if path is None else None
    if path is not None:
        with open(path, "rb") as file:
            content = file.read()
    if content is None:
        raise UsageError(f"cannot make a Bokeh document of a {type(source).__name__}", where=WHERE)
    tree = loads(content)
    if not isinstance(tree, dict) or "roots" not in tree:
        raise UsageError("this is no Bokeh document", where=WHERE, remedy='Its JSON has "roots".')
    return content


def _json_of(source: Any) -> object:
    """The document, or one with nothing but the model, which may be in another one of the caller's."""
    if hasattr(source, "roots"):
        return source.to_json(deferred=False)
    from bokeh.embed.util import OutputDocumentFor

    with OutputDocumentFor([source], always_new=True) as document:
        return document.to_json(deferred=False)
