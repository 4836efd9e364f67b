"""``llms.txt``: what the site holds and how to read it, in Markdown for language models (llmstxt.org)."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

LLMS = "llms.txt"
LONGEST = 120
MOST_METRICS = 50
MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
HOW = """\
Results of machine-learning experiments. A project has runs; a run has a configuration, a summary and metrics over
steps. Every page is static HTML, and the same numbers are in the files under Data. Urls are relative to this file.

- `data/index.json` names every project and run, with the urls of its page and data.
- `runs.csv` has one line for each run, with exact values: `config.<key>` is what was set, `summary.<key>` what came
  out. Times are seconds since 1970.
- `runs.json` has the same as nested records.
- In Python, `reportgen.load("<address of this site>")` reads all of it into data frames.
"""
HISTORIES = """\
- `data/<project>/r/<run>/history.{}` has every row that a run logged: `_step`, `_timestamp`, a column for each metric.
"""


def llms_text(index: Mapping[str, Any]) -> bytes:
    """The file, from the index of the open data."""
    return "\n".join(_lines(index)).encode("utf-8", "replace")


def _lines(index: Mapping[str, Any]) -> Iterator[str]:
    projects = index["projects"]
    runs = sum(len(project["runs"]) for project in projects)
    yield f"# {_plain(index['name'])}\n"
    counts = f"{_counted(runs, 'run')} in {_counted(len(projects), 'project')}"
    yield f"> {counts}, written by {_plain(index['generator'])}.\n"
    yield HOW + (HISTORIES.format(index["histories"]) if index["histories"] else "")
    yield "## Pages\n"
    yield _item("Home", index["home"])
    for project in projects:
        yield _item(f"{project['name']}: workspace", project["pages"]["workspace"], "charts of all runs")
        yield _item(
            f"{project['name']}: runs", project["pages"]["runs"], "the table of all runs; each leads to its page"
        )
    if index["reports"]:
        yield "\n## Reports\n"
        yield from (_item(report["title"], report["url"], report["description"]) for report in index["reports"])
    yield "\n## Data\n"
    yield _item("index.json", "data/index.json", "where everything is")
    for project in projects:
        logged = ", ".join(project["metrics"][:MOST_METRICS])
        more = len(project["metrics"]) - MOST_METRICS
        rest = f" and {more} more" if more > 0 else ""
        about = f"{_counted(len(project['runs']), 'run')}; metrics: {logged or 'none'}{rest}"
        yield _item(f"{project['name']}: runs.csv", project["table"], about, longest=LONGEST * 20)
        yield _item(f"{project['name']}: runs.json", project["records"])
    yield ""


def _item(title: str, url: str, about: str = "", *, longest: int = LONGEST * 2) -> str:
    return f"- [{_plain(title)}]({url})" + (f": {_plain(about, longest)}" if about else "")


def _plain(text: str, longest: int = LONGEST) -> str:
    """Somebody's text as one line that Markdown does not change."""
    text = " ".join(text.split())
    return MARKS.sub(r"\\\1", text if len(text) <= longest else text[: longest - 1] + "…")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
