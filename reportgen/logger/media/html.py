"""Html: a page or a piece of one."""

from __future__ import annotations

import os

from reportgen.errors import UsageError
from reportgen.logger.media.file import FileMedia, Held, bytes_of, path_of
from reportgen.schema import HTML

WHERE = "reportgen.Html"
ENDINGS = (".html", ".htm")
HEAD = '<meta charset="utf-8"><base target="_blank"><style>body{font:14px/1.5 system-ui,sans-serif;margin:8px}</style>'
"""What `inject` adds: enough for a piece of HTML to be readable. It loads nothing from elsewhere."""


class Html(FileMedia):
    """HTML to log. The site shows it in a frame that runs no scripts and has no access to the page around it.

    Args:
        data: HTML as text, the path of an ``.html`` file, or a file object.
        inject: add a style sheet of a few rules; else it is kept byte for byte.
        data_is_not_path: the text is HTML even if it looks like a path.
        caption: text under it.
    """

    TYPE = HTML
    FOLDER = "html"

    def __init__(
        self,
        data: object,
        inject: bool = True,  # noqa: FBT001, FBT002 # wandb's signature
        data_is_not_path: bool = False,  # noqa: FBT001, FBT002 # wandb's signature
        caption: str | None = None,
    ) -> None:
        super().__init__(caption, lambda: _held(data, inject=inject, literal=data_is_not_path))


def _held(data: object, *, inject: bool, literal: bool) -> Held:
    path = None if literal and isinstance(data, str) else _page_path(data)
    if path is not None:
        with open(path, "rb") as file:
            if not inject:
                return Held(".html", path)
            content = file.read()
    elif isinstance(data, str):
        content = data.encode("utf-8", "replace")
    else:
        found = bytes_of(data)
        if found is None:
            raise UsageError(f"cannot make HTML of a {type(data).__name__}", where=WHERE)
        content = found
    return Held(".html", injected(content) if inject else content)


def _page_path(data: object) -> str | None:
    """The path that is meant: any path object, and a text that names an HTML file and has no tags."""
    if isinstance(data, os.PathLike):
        return path_of(data)
    if isinstance(data, str) and data.lower().endswith(ENDINGS) and "<" not in data:
        return path_of(data)
    return None


def injected(content: bytes) -> bytes:
    """The page with our head in its own, or before everything else."""
    lower = content[:10_000].lower()
    for tag, opening in ((b"<head", b""), (b"<html", b"<head>")):
        start = lower.find(tag)
        end = lower.find(b">", start) + 1 if start >= 0 else 0
        if end and lower[start + len(tag) : start + len(tag) + 1] in (b">", b" ", b"\n"):  # not <header>
            closing = b"</head>" if opening else b""
            return content[:end] + opening + HEAD.encode() + closing + content[end:]
    return HEAD.encode() + content
