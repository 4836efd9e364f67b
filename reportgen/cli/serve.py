"""``reportgen serve``: look at a project while it grows and while one writes about it."""

import logging
import sys
import threading
import time
import webbrowser

import click

from reportgen.cli.build import Terminal


@click.command()
@click.argument("path", type=click.Path(), default=".")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; 0.0.0.0 lets others look, too.")
@click.option("--open", "opens", is_flag=True, help="Open the site in the browser.")
@click.option("--jobs", type=click.IntRange(min=0), help="Processes that work on runs.  [default: one per core]")
def serve(path: str, port: int, host: str, opens: bool, jobs: int | None) -> None:
    """Build a project, serve its site on this machine, and build again whenever something changes.

    Pages that are open follow: text at once, curves of growing runs every few seconds. A view of the workspace is saved
    into the project's views/ with a press. The site is the same that `reportgen build` makes.
    """
    from reportgen.serve import Session

    logger = logging.getLogger("mkdocs")
    logger.addHandler(Terminal(logging.WARNING))
    logger.propagate = False
    session = Session.begin(path, jobs=jobs)
    with session.serving(host, port) as address:
        click.echo(f"{address}  (Ctrl-C ends)")
        if opens:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        try:
            session.follow(_say)
        except KeyboardInterrupt:
            sys.stderr.write("\n")


def _say(problem: str) -> None:
    now = time.strftime("%H:%M:%S")
    click.echo(f"{now} {click.style('not built', fg='red')}: {problem}" if problem else f"{now} built")
