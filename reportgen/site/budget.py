"""How heavy a site is, what makes it so, and what to do about it. The limits of GitHub Pages are here alone."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from reportgen.errors import UsageError
from reportgen.model import Run
from reportgen.numbers import format_size
from reportgen.site.links import Links

FILE_LIMIT = 100 * 1024**2
"""GitHub refuses a push with a file above this."""
SITE_LIMIT = 1024**3
"""A published GitHub Pages site may be no larger."""
MOST_RUNS = 5
"""How many of the heaviest runs are named."""
SIZE = re.compile(r"\s*(\d+(?:\.\d*)?|\.\d+)\s*([kMGT]?)(i?)(?:B|b)?\s*", re.IGNORECASE)
POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}

FILES, TILES, HISTORIES, CURVES, PAGES, CONSOLES = "files", "tiles", "histories", "curves", "pages", "consoles"
TABLES, ASSETS, OTHER = "tables", "assets", "other"
KINDS: Mapping[str, str] = {
    FILES: "media and files that runs saved; a smaller `largest_file` leaves large ones out",
    TILES: "the points of long curves; log less often, or fewer metrics",
    HISTORIES: "exact histories; Parquet is smaller than CSV, or leave them out",
    CURVES: "the overviews and curves of runs; log fewer metrics, or move old runs to a project folder of their own",
    PAGES: "HTML pages",
    CONSOLES: "console output and logged objects that pages load",
    TABLES: "indexes and tables of runs; configurations with fewer keys make them smaller",
    ASSETS: "the code of the pages",
    OTHER: "whatever else is there, such as pictures of reports",
}
"""Kind of file -> what it is, and what makes it smaller."""


def parse_size(text: str) -> int:
    """Bytes, from ``500MB``, ``1.5 GB``, ``800k`` or ``2GiB``: powers of 1000, with an ``i`` of 1024.

    Raises:
        UsageError: this is no size, or not more than nothing.
    """
    match = SIZE.fullmatch(text)
    size = 0
    if match:
        size = int(float(match[1]) * (1024 if match[3] else 1000) ** POWERS[match[2].casefold()])
    if size < 1:
        raise UsageError(f"{text!r} is no size", where="budget", remedy="Write it like 500MB, 1.5GB or 800k.")
    return size


def budget_warnings(files: Mapping[str, int], budget: int, links: Links, runs: Iterable[Run]) -> Iterator[str]:
    """What to say of a site that is heavier than it may be.

    Args:
        files: of the site -> size in bytes.
        budget: bytes that it may have; 0 for what GitHub Pages allows.
        links: where the runs are in it.
        runs: all runs.
    """
    total = sum(files.values())
    if total > (budget or SITE_LIMIT):
        allowed = f"the budget is {format_size(budget)}" if budget else f"GitHub Pages takes {_megabytes(SITE_LIMIT)}"
        yield "\n".join((f"the site has {format_size(total)}, and {allowed}", *heavy(files.items(), links, runs)))
    if not budget:
        for name, size in sorted(files.items()):
            if size > FILE_LIMIT:
                yield f"{name} has {format_size(size)}; GitHub takes no file above {_megabytes(FILE_LIMIT)}"


def heavy(files: Iterable[tuple[str, int]], links: Links, runs: Iterable[Run]) -> Iterator[str]:
    """Lines that say how much each kind of file weighs, with what to do about it, then the heaviest runs."""
    owner = _owner(links, runs)
    kinds: dict[str, int] = {}
    by_run: dict[str, dict[str, int]] = {}
    for name, size in files:
        kind = kind_of(name, links.prefix)
        kinds[kind] = kinds.get(kind, 0) + size
        run = owner(name)
        if run:
            own = by_run.setdefault(run, {})
            own[kind] = own.get(kind, 0) + size
    for kind, size in _heaviest(kinds):
        yield f"  {format_size(size):>7}  {kind}: {KINDS[kind]}"
    totals = {run: sum(own.values()) for run, own in by_run.items()}
    for run, size in _heaviest(totals)[:MOST_RUNS]:
        most = ", ".join(f"{kind} {format_size(part)}" for kind, part in _heaviest(by_run[run])[:3])
        yield f"  {format_size(size):>7}  run {run}: {most}"


def kind_of(name: str, prefix: str = "") -> str:
    """Which of `KINDS` a file of a site is, by its name."""
    inside = name.removeprefix(prefix)
    if inside.startswith("data/previews/") or re.search(r"(^|/)runs/[^/]+/files/", inside):
        return FILES
    if inside.startswith("data/"):
        return _kind_of_data(inside.split("/")[1:])
    if name.startswith("assets/"):
        return ASSETS
    return PAGES if name.endswith(".html") else OTHER


def _kind_of_data(parts: list[str]) -> str:
    """The same of a file in ``data/``, by the key that its path is."""
    stem = parts[-1].partition(".")[0]
    match parts:
        case ["charts", _] | [_, "ov" | "system", *_]:
            return CURVES
        case [_, "r", _, "history.csv" | "history.parquet"]:
            return HISTORIES
        case [_, "r", _, name] if name != "files.json":
            return CURVES if stem in ("charts", "system", "bands", "overwritten") else CONSOLES
        case [_, "r", _, "ranks" | "system", *_] if stem in ("curves", "bands"):
            return CURVES
        case [_, "r", _, _, _, *_]:
            return TILES
    return TABLES


def _owner(links: Links, runs: Iterable[Run]) -> Callable[[str], str]:
    """Tells the run that a file of the site belongs to, as ``project/id``; empty for none."""
    folders: dict[str, str] = {}
    for run in runs:
        folders[links.run_folder(run)] = folders[f"{links.prefix}data/{links.run_key(run)}/"] = (
            f"{run.project}/{run.id}"
        )
    deepest = max((folder.count("/") for folder in folders), default=0)

    def owner(name: str) -> str:
        parts = name.split("/")
        beginnings = ("/".join(parts[:depth]) + "/" for depth in range(2, min(deepest + 1, len(parts))))
        return next((folders[beginning] for beginning in beginnings if beginning in folders), "")

    return owner


def _megabytes(limit: int) -> str:
    """A limit in the words of GitHub, whose megabytes have 1024 kilobytes."""
    return f"{limit // 1024**2:,} MB"


def _heaviest(sizes: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0]))
