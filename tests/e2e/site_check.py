"""Reads a built site as a browser would and says what does not hold: links that lead nowhere, urls that leave the site.

``broken(site)`` and ``policies(site)`` return sentences; a test asserts that there are none.
"""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec
import numpy as np
from numpy.typing import NDArray

from reportgen.results import shapes
from reportgen.results.curves import numbers_of

LOADS = {
    ("script", "src"),
    ("link", "href"),
    ("img", "src"),
    ("source", "src"),
    ("video", "src"),
    ("audio", "src"),
    ("iframe", "src"),
}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'"
DATA_URL = re.compile(r'"url":"([^"]+)"')


class _Page(HTMLParser):
    """What a page loads and leads to."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.urls: list[tuple[str, str, str]] = []
        self.ids: set[str] = set()
        self.policy = ""
        self.inline: list[str] = []
        self._script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.add(values["id"])
        for name in ("href", "src", "data-vega", "data-kinds", "data-script", "poster"):
            if name in values:
                self.urls.append((tag, name, values[name]))
        for name in ("data-panel", "data-source"):
            if "url" in (data := _json(values.get(name, ""))).get("data", data):
                self.urls.append((tag, name, data.get("data", data)["url"]))
        self.urls += [
            (tag, "data-parts", part["url"])
            for part in _json(f'{{"parts": {values.get("data-parts") or "[]"}}}')["parts"]
        ]
        if tag == "meta" and values.get("http-equiv", "").casefold() == "content-security-policy":
            self.policy = values["content"]
        if "style" in values:
            self.inline.append(f"style={values['style']}")
        self.inline += [name for name in values if name.startswith("on")]
        self._script = tag == "script" and "src" not in values

    def handle_data(self, data: str) -> None:
        if self._script and data.strip():
            self.inline.append(data.strip()[:40])

    def handle_endtag(self, tag: str) -> None:
        self._script = False


def _json(text: str) -> dict:
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def pages(site: Path) -> dict[str, _Page]:
    """Every page of a site by its uri, the 404 page left out, because its urls depend on the host."""
    found = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))}
    return {uri: _Page(path.read_text("utf-8")) for uri, path in found.items() if uri != "404.html"}


def broken(site: Path, *, data_root: str = "") -> list[str]:
    """Links, sources and data that lead to no file or anchor, or that would work on one kind of host only."""
    found = pages(site)
    problems = []
    for uri, page in found.items():
        for tag, name, url in page.urls:
            if problem := _problem(site, found, (uri, data_root), (tag, name, url)):
                problems.append(f"{uri}: <{tag} {name}={url}> {problem}")
    return problems + list(_broken_data(site / data_root))


def _problem(site: Path, found: dict[str, _Page], place: tuple[str, str], what: tuple[str, str, str]) -> str:
    (tag, name, url), parts = what, urlsplit(what[2])
    if parts.scheme in ("http", "https", "mailto") or parts.netloc:
        return "loads something from outside" if (tag, name) in LOADS else ""
    if parts.scheme:
        return "" if parts.scheme == "data" else "is of a kind that has no place here"
    if url.startswith("/"):
        return "is absolute"
    return _target_problem(site, found, place, (name, url))


def _target_problem(site: Path, found: dict[str, _Page], place: tuple[str, str], what: tuple[str, str]) -> str:
    (uri, data_root), (name, url) = place, what
    path, _, fragment = unquote(url).partition("#")
    folder = site / data_root if name in ("data-panel", "data-source", "data-parts") else (site / uri).parent
    target = (folder / path.partition("?")[0]).resolve() if path else (site / uri).resolve()
    if not target.is_relative_to(site.resolve()):
        return "leaves the site"
    if not target.is_file():
        return "is not there, or is a folder"
    other = found.get(target.relative_to(site.resolve()).as_posix())
    is_anchor = fragment and "=" not in fragment  # a state, ``runs=a,b``, is no anchor
    return "has no such anchor" if is_anchor and other and fragment not in other.ids else ""


def _broken_data(root: Path) -> Iterator[str]:
    """Datasets that name a dataset which is not there."""
    for path in sorted((root / "data").rglob("*.js")):
        text = path.read_text("utf-8")
        if not text.startswith("reportgen.put(") or "</" in text:
            yield f"{path.relative_to(root)}: is no dataset"
        for url in DATA_URL.findall(text):
            if not (root / url).is_file():
                yield f"{path.relative_to(root)}: {url} is not there"


def policies(site: Path) -> list[str]:
    """Pages without the policy, or with something on them that the policy forbids."""
    problems = []
    for uri, page in pages(site).items():
        if not page.policy.startswith(POLICY):
            problems.append(f"{uri}: has no policy")
        problems += [f"{uri}: {inline} is inline" for inline in page.inline]
    return problems


def numbers(column: object) -> NDArray[np.float64]:
    """A column of a dataset, as the reader of published sites has it."""
    return numbers_of(msgspec.convert(column, shapes.Numbers))


def payload(site: Path, key: str, *, data_root: str = "") -> object:
    """What a dataset holds."""
    (path,) = [
        path
        for path in (site / data_root / "data").rglob("*.js")
        if path.read_text("utf-8").startswith(f"reportgen.put({json.dumps(key)},")
    ]
    text = path.read_text("utf-8").removeprefix(f"reportgen.put({json.dumps(key)},").removesuffix(");\n")
    return json.loads(text.replace('["__proto__"]:', '"__proto__":'))
