"""The Markdown of a project folder: its first page and its reports, before anything is rendered.

MkDocs renders them. Here is found which files there are, where each one goes, and what the list of reports says.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from reportgen.document import ReportCard
from reportgen.model import Problem
from reportgen.site.links import Links

REPORTS = "reports"
HOME = "index.md"
PICTURES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"))
FRONT_MATTER = re.compile(r"^-{3}[ \t]*\n(.*?\n)?(?:\.{3}|-{3})[ \t]*(?:\n|$)", re.DOTALL)
HEADING = re.compile(r"^#[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ProseFile:
    """A Markdown file of the project.

    Attributes:
        path: where it is.
        name: relative to the project folder, ``reports/sweep.md``.
        uri: of its page.
        kind: ``home``, ``reports`` (the text above the list of reports) or ``report``.
        meta: the front matter, cleaned: ``authors`` and ``tags`` are tuples, ``date`` is text,
            ``image`` is a file below the project folder or empty.
        problems: what is wrong with the file.
    """

    path: Path
    name: str
    uri: str
    kind: str
    title: str
    meta: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def text(self) -> str:
        """All of the file; what is not UTF-8 shows as a replacement character."""
        return self.path.read_text("utf-8-sig", errors="replace")

    def first_line(self, markdown: str) -> int:
        """The line of the file on which a text begins that has lost its front matter."""
        text = self.text()
        place = text.find(markdown.strip("\n")) if markdown.strip() else -1
        return text.count("\n", 0, place) + 1 if place > 0 else 1


def find_prose(folder: Path, links: Links) -> tuple[ProseFile, ...]:
    """The project's Markdown files, drafts left out: the home page first, then reports, the newest first."""
    home = [read_prose(folder / HOME, HOME, "home", links)] if (folder / HOME).is_file() else []
    found = []
    for path in _files(folder / REPORTS):
        if path.suffix.casefold() == ".md":
            name = path.relative_to(folder).as_posix()
            kind = "reports" if name in ("reports/index.md", "reports/README.md") else "report"
            found.append(read_prose(path, name, kind, links))
    published = [prose for prose in found if not prose.meta.get("draft")]
    published.sort(key=lambda prose: prose.name)
    published.sort(key=lambda prose: str(prose.meta.get("date", "")), reverse=True)
    return (*home, *_apart(published))


def find_attachments(folder: Path) -> tuple[tuple[Path, str], ...]:
    """Files that the prose may show or link: everything beside reports, and pictures beside the home page."""
    beside = [path for path in _files(folder / REPORTS) if path.suffix.casefold() != ".md"]
    if (folder / HOME).is_file():
        beside += [path for path in sorted(folder.iterdir()) if path.suffix.casefold() in PICTURES and path.is_file()]
    return tuple((path, path.relative_to(folder).as_posix()) for path in beside)


def report_cards(prose: tuple[ProseFile, ...], links: Links) -> tuple[ReportCard, ...]:
    """What the list of reports says of each."""
    return tuple(
        ReportCard(
            title=file.title,
            uri=file.uri,
            description=file.meta.get("description", ""),
            authors=file.meta.get("authors", ()),
            date=file.meta.get("date", ""),
            tags=file.meta.get("tags", ()),
            picture=f"{links.prefix}{cover}" if (cover := file.meta["image"]) else "",
        )
        for file in prose
        if file.kind == "report"
    )


def read_prose(path: Path, name: str, kind: str, links: Links) -> ProseFile:
    """Read a Markdown file's front matter; what is wrong with it becomes a problem of the page."""
    try:
        text = path.read_text("utf-8-sig")
        problems: tuple[Problem, ...] = ()
    except UnicodeDecodeError as error:
        text = path.read_text("utf-8-sig", errors="replace")
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        problems = (Problem(f"{name}:{line}", "This is not UTF-8 text."),)
    raw, found = _front_matter(text, name)
    meta = _clean(raw)
    if wanted := meta["image"]:
        meta["image"] = _picture_beside(path, name, wanted)
        if not meta["image"]:
            found = (*found, Problem(name, f"There is no picture {wanted} beside the reports, as its `image` says."))
    heading = HEADING.search(FRONT_MATTER.sub("", text, count=1))
    title = str(raw.get("title") or (heading[1] if heading else "") or path.stem.replace("-", " ").capitalize())
    return ProseFile(path, name, links.prose(name), kind, title, meta, problems + found)


def _picture_beside(path: Path, name: str, picture: str) -> str:
    """A picture that a report names, relative to the project folder; empty if it is none of the reports' files."""
    folder = path.resolve().parents[len(PurePosixPath(name).parts) - 1]
    found = (path.parent / picture).resolve()
    if found.suffix.casefold() in PICTURES and folder / REPORTS in found.parents and found.is_file():
        return found.relative_to(folder).as_posix()
    return ""


def _front_matter(text: str, name: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    match = FRONT_MATTER.match(text)
    if not match:
        return {}, ()
    try:
        raw = yaml.safe_load(match[1] or "")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        return {}, (Problem(f"{name}:{line}", f"The front matter is not valid YAML: {error.problem}."),)
    except (yaml.YAMLError, ValueError) as error:
        return {}, (Problem(f"{name}:1", f"The front matter is not valid YAML: {error}."),)
    if raw is None:
        return {}, ()
    if not isinstance(raw, dict):
        return {}, (Problem(f"{name}:2", "The front matter must be keys and values, such as `title: Sweep`."),)
    return {str(key): value for key, value in raw.items()}, ()


def _clean(raw: Mapping[str, Any]) -> dict[str, Any]:
    meta = dict(raw)
    for key, single in (("authors", "author"), ("tags", "tag")):
        value = raw.get(key, raw.get(single))
        items = value if isinstance(value, list | tuple) else [] if value is None else [value]
        meta[key] = tuple(str(item) for item in items)
    date = raw.get("date", "")
    meta["date"] = date.isoformat() if isinstance(date, dt.date) else str(date or "")
    meta["description"] = str(raw.get("description") or "")
    meta["image"] = str(raw.get("image") or "")
    meta["draft"] = raw.get("draft") is True
    return meta


def _apart(files: list[ProseFile]) -> Iterator[ProseFile]:
    """The files without those whose page another one has already: ``a.md`` and ``a/index.md``."""
    taken: set[str] = set()
    for file in files:
        if file.uri.casefold() not in taken:
            taken.add(file.uri.casefold())
            yield file


def _files(folder: Path) -> list[Path]:
    """All files below a folder that are not hidden, by name."""
    if not folder.is_dir():
        return []
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))
