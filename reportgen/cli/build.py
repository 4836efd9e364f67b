"""``reportgen build``: the site of a project folder."""

import logging
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from reportgen.site.site import Site


@click.command()
@click.argument("path", type=click.Path(path_type=Path), default=".")
@click.option("--site-dir", type=click.Path(path_type=Path), help="Where the site goes.  [default: PATH/site]")
@click.option("--strict", is_flag=True, help="Exit with 1 if there is any warning, such as a line that cannot be read.")
@click.option(
    "--jobs", type=click.IntRange(min=0), default=0, help="Processes that read run logs.  [default: one per core]"
)
def build(path: Path, site_dir: Path | None, strict: bool, jobs: int) -> None:
    """Build the site of a project folder.

    PATH is a folder with runs/ in it, and perhaps reports/, index.md and mkdocs.yml; the current folder by default.
    What is wrong with the data is a warning here and is shown on the page it spoils.
    """
    started = time.monotonic()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(_Terminal(logging.WARNING))
    logger.propagate = False
    from reportgen.mkdocs_plugin import build as build_project

    site = build_project(path, site_dir=site_dir, strict=strict, jobs=jobs)
    click.echo(_summary(site, time.monotonic() - started))
    click.echo(f"site: {os.path.relpath(site.config.site_dir / (site.frame.docs_home or site.links.home()))}")


class _Terminal(logging.Handler):
    """Warnings as lines of their own; how MkDocs is getting on is of no interest."""

    def emit(self, record: logging.LogRecord) -> None:
        kind, color = ("error", "red") if record.levelno >= logging.ERROR else ("warning", "yellow")
        click.echo(f"{click.style(kind, fg=color)}: {record.getMessage()}", err=True)


def _summary(site: "Site", seconds: float) -> str:
    from reportgen.numbers import format_size
    from reportgen.site.target import written

    footer = site.frame.footer
    found = written(site.config.site_dir)
    parts = (_counted(found.pages, "page"), format_size(found.size), f"{seconds:.1f} s")
    return " · ".join((f"{_counted(footer.runs or 0, 'run')}, {_counted(footer.rows or 0, 'row')}", *parts))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
