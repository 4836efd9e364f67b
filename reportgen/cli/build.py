"""``reportgen build``: the site of a project folder."""

import gc
import json
import logging
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from reportgen.cli.progress import Bars
from reportgen.config import CACHE, HISTORIES, IMAGES

GARBAGE = 10_000
"""Objects between two looks for cycles, of which a build makes few: looking costs more than they weigh."""


@click.command()
@click.argument("path", type=click.Path(), default=".")
@click.option("--site-dir", type=click.Path(), help="Where the site goes, a path or a URL.  [default: PATH/site]")
@click.option("--strict", is_flag=True, help="Exit with 1 if there is any warning, such as a line that cannot be read.")
@click.option("--jobs", type=click.IntRange(min=0), help="Processes that work on runs.  [default: one per core]")
@click.option("--executor", help="Who works on runs: processes, dask, or dask://HOST:PORT.  [default: processes]")
@click.option("--histories", type=click.Choice(HISTORIES), help="Publish every logged row of each run in a file.")
@click.option(
    "--images", type=click.Choice(IMAGES), help="Put a picture of charts into pages, for readers without JavaScript."
)
@click.option("--budget", metavar="SIZE", help="Warn when the site is larger, and say what is heavy: 500MB, 1GB.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as one JSON object, for programs.")
def build(path: str, site_dir: str | None, strict: bool, as_json: bool, **options: Any) -> None:
    """Build the site of a project folder.

    PATH is a folder with runs/ in it, and perhaps reports/, index.md and mkdocs.yml; the current folder by default. It
    may be in a bucket: s3://bucket/study.
    What is wrong with the data is a warning here and is shown on the page it spoils. Only what has changed since the
    last build is made again.
    """
    started = time.monotonic()
    outcome = _nothing_to_do(path, site_dir, options, strict=strict)
    outcome = outcome or _built(path, site_dir, options, strict=strict)
    outcome.print(time.monotonic() - started, as_json=as_json)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a build did, in numbers. ``unchanged`` says that there was nothing to do."""

    site: str
    unchanged: bool
    runs: int
    runs_read: int
    runs_reused: int
    rows: int
    bytes_read: int
    pages: int
    files: int
    bytes: int
    warnings: tuple[str, ...]

    def print(self, seconds: float, *, as_json: bool) -> None:
        """Say it: as a line for people, or as JSON."""
        if as_json:
            click.echo(json.dumps({**asdict(self), "seconds": round(seconds, 3)}))
            return
        from reportgen.numbers import format_size

        read = "nothing has changed"
        if not self.unchanged:
            known = f" and {self.runs_reused:,} known" if self.runs_reused else ""
            read = f"{self.runs_read:,} read ({format_size(self.bytes_read)}){known}"
        parts = (
            f"{_counted(self.runs, 'run')}, {_counted(self.rows, 'row')}",
            read,
            _counted(self.pages, "page"),
            format_size(self.bytes),
            f"{seconds:.1f} s",
        )
        click.echo(" · ".join(parts))
        click.echo(f"site: {self.site}")


def _nothing_to_do(named: str, site_dir: str | None, options: dict[str, Any], *, strict: bool) -> _Outcome | None:
    """What the last build did, if another one would do the same; one that ends in failure is done again."""
    from reportgen.site.unchanged import as_it_was, options_key
    from reportgen.storage import is_url

    if is_url(named) or is_url(site_dir or ""):
        return None
    path = Path(named)
    target = Path(site_dir) if site_dir else path / "site"
    stamp = as_it_was(path, target, path / CACHE, options_key(options))
    if stamp is None or (strict and stamp.said.warnings):
        return None
    for warning in stamp.said.warnings:
        _say("warning", warning)
    said = stamp.said
    known = {"runs": said.runs, "runs_read": 0, "runs_reused": said.runs, "rows": said.rows, "bytes_read": 0}
    home = os.path.relpath(target / said.home)
    return _Outcome(home, unchanged=True, **known, **_weight(stamp.site), warnings=said.warnings)


def _built(named: str, site_dir: str | None, options: dict[str, Any], *, strict: bool) -> _Outcome:
    gc.disable()  # what is imported stays
    from reportgen.mkdocs_plugin import build as build_project

    gc.freeze()
    gc.set_threshold(GARBAGE)
    gc.enable()
    from reportgen.site.unchanged import Said, Stamp, as_read, leave_stamp, noted, options_key
    from reportgen.storage import is_url

    path = Path(named)
    before = noted(path) if path.is_dir() and not is_url(site_dir or "") else None
    logger, terminal = logging.getLogger("mkdocs"), Terminal(logging.WARNING)
    logger.addHandler(terminal)
    logger.propagate = False
    with Bars(shown=sys.stderr.isatty()) as bars:
        site = build_project(named, site_dir=site_dir, strict=strict, progress=bars, **options)
    footer, reading = site.frame.footer, site.workspace.reading
    home = site.frame.docs_home or site.links.home()
    if before is not None and site.is_settled():
        said = Said(tuple(terminal.said), footer.runs or 0, footer.rows or 0, home)
        stamp = Stamp(options_key(options), as_read(before, reading.seen), site.files.written, said)
        leave_stamp(path, site.config.site_dir, site.config.cache_folder, stamp)
    return _Outcome(
        f"{url}/{home}" if (url := site.config.site_url) else os.path.relpath(site.config.site_dir / home),
        unchanged=False,
        runs=footer.runs or 0,
        runs_read=reading.read,
        runs_reused=reading.reused,
        rows=footer.rows or 0,
        bytes_read=reading.parsed,
        **_weight(site.files.written),
        warnings=tuple(terminal.said),
    )


def _weight(files: Mapping[str, int]) -> dict[str, int]:
    """What a site consists of, in numbers."""
    pages = sum(name.endswith(".html") for name in files)
    return {"pages": pages, "files": len(files), "bytes": sum(files.values())}


def _say(kind: str, message: str) -> None:
    color = "red" if kind == "error" else "yellow"
    click.echo(f"{click.style(kind, fg=color)}: {message}", err=True)


class Terminal(logging.Handler):
    """Warnings as lines of their own; how MkDocs is getting on is of no interest."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Say a warning, and remember it."""
        self.said.append(record.getMessage())
        _say("error" if record.levelno >= logging.ERROR else "warning", record.getMessage())


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
