"""``reportgen runs``: the runs of a project or a site, on the terminal or for programs."""

import json
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from reportgen.numbers import format_duration, format_number, format_time

if TYPE_CHECKING:
    from reportgen.results import Results

FORMS = ("table", "csv", "json")
TIMES = {"started": format_time, "duration": format_duration}


@click.command()
@click.argument("place", default=".")
@click.option("--filter", "expression", metavar="EXPRESSION", help="Only runs for which this is true, in CEL.")
@click.option("--sort", metavar="KEY", help="In this order; -KEY for the greatest first.  [default: -started]")
@click.option("--columns", metavar="KEYS", help="What is shown of each run, separated by commas.")
@click.option("--limit", type=click.IntRange(min=1), help="So many runs at most.")
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="table", help="For people, or exactly for programs."
)
def runs(place: str, form: str, **options: Any) -> None:
    """List the runs of a project folder, of a built site, or of a published one.

    PLACE is a folder or an address; the current folder by default. Expressions are those of the runs table and of
    reports: 'config.lr > 0.01 && state == "finished"'.
    """
    from reportgen.results import load
    from reportgen.results.listing import listing

    found = chosen(load(place), options["expression"], options["sort"], options["limit"])
    named = [name.strip() for name in (options["columns"] or "").split(",") if name.strip()]
    table = listing(found, named, every=form != "table")
    if form == "csv":
        click.echo(table.to_csv(index_label="id"), nl=False)
    elif form == "json":
        rows = table.reset_index(names="id").to_dict("records")
        click.echo(json.dumps([{key: _plain(value) for key, value in row.items()} for row in rows], default=str))
    else:
        show(table)


def chosen(results: "Results", expression: str | None, sort: str | None, limit: int | None) -> "Results":
    """The runs that were asked for, in the order that was asked for."""
    found = results.filter(expression) if expression else results
    key = sort or "-started"
    if len(found):
        found = found.sort(key.removeprefix("-"), descending=key.startswith("-"))
    return found[:limit] if limit else found


def show(table: Any) -> None:
    """Print a data frame for people."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("id", *table.columns):
        shown.add_column(Text(name.removeprefix("config.").removeprefix("summary.")), no_wrap=True)
    for run_id, *values in table.itertuples():
        shown.add_row(Text(str(run_id)), *(Text(cell) for cell in _cells(table.columns, values)))
    Console(soft_wrap=False).print(shown)
    click.echo(f"{len(table):,} run" + ("" if len(table) == 1 else "s"))


def _plain(value: Any) -> Any:
    """A value for JSON: None for what is missing, and for NaN and the infinities, which JSON has not."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _cells(names: Iterable[str], values: Iterable[Any]) -> Iterable[str]:
    from reportgen.results.run import is_missing

    for name, value in zip(names, values, strict=True):
        if is_missing(value):
            yield ""
        elif name in TIMES:
            yield TIMES[name](value)
        else:
            yield format_number(value) if isinstance(value, float) else str(value)
