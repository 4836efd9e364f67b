"""Open data: what the site holds, as JSON and CSV for people and programs. docs/reference/site-data.md has the schema.

What belongs to one run is made with its page, in `run_open_data`. The same runs give the same bytes.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from reportgen.frames.runs import CONFIG, RUN_COLUMNS, SUMMARY, flat_config
from reportgen.model import Project, Run
from reportgen.site.csv_cells import csv_line
from reportgen.site.history_files import has_history
from reportgen.site.links import Links
from reportgen.site.llms import LLMS, llms_text
from reportgen.site.open_json import FORMAT, VERSION, coded, json_bytes
from reportgen.site.run_open_data import RunPlace
from reportgen.site.site import Site

INDEX = "data/index.json"
RECORD = ("id", "name", "state", "exit_code", "started", "ended", "tags", "notes", "group", "job_type", "rows")
"""The fields of a run that its record has under the names of `model.Run`; config, summary and definitions follow."""


def open_data_files(site: Site, generator: str) -> Iterator[tuple[str, bytes]]:
    """The open data of a site but those that go with each run: name from the folder that holds ``data/``, content."""
    for project in site.workspace.projects:
        yield from project_open_data(project, site.links)
    index = site_index(site, generator)
    yield INDEX, json_bytes(index)
    yield LLMS, llms_text(index)


def project_open_data(project: Project, links: Links) -> Iterator[tuple[str, bytes]]:
    """The runs of a project: as records with all that is known, and as a table."""
    # Record by record, for those of all runs at once would be the largest thing in memory.
    records = b",".join(json_bytes(run_record(run)).rstrip(b"\n") for run in project.runs)
    head = json_bytes({"version": VERSION, "project": project.name}).rstrip(b"}\n")
    yield links.runs_json(project.name).removeprefix(links.prefix), b"".join((head, b',"runs":[', records, b"]}\n"))
    yield links.runs_csv(project.name).removeprefix(links.prefix), runs_csv(project.runs)


def run_record(run: Run) -> dict[str, Any]:
    """What is known of a run besides its points; numbers that are not finite are the words that run logs use."""
    record: dict[str, Any] = {name: coded(getattr(run, name)) for name in RECORD}
    record |= {"started": _known(run.started), "ended": _known(run.ended)}
    record |= {"config": coded(run.config), "summary": coded(run.summary)}
    if len(run.attempts) > 1:
        record["attempts"] = [
            {"number": one.number, "started": _known(one.started), "first_step": _known(one.first_step)}
            for one in run.attempts
        ]
    return record | ({"definitions": [asdict(one) for one in run.definitions]} if run.definitions else {})


def runs_csv(runs: Sequence[Run]) -> bytes:
    """The runs as a table: the columns of the runs table by their keys, with exact values, ``id`` first."""
    config = dict.fromkeys(CONFIG + key for run in runs for key in flat_config(run.config))
    summary = dict.fromkeys(SUMMARY + key for run in runs for key in run.summary)
    header = ("id", *RUN_COLUMNS, *config, *summary)
    return csv_line(header) + b"".join(csv_line(map(_row(run).get, header)) for run in runs)


def _row(run: Run) -> dict[str, Any]:
    """The cells of a run by their keys."""
    row = {name: getattr(run, name) for name in ("id", *RUN_COLUMNS)}
    row |= {name: None for name, value in row.items() if isinstance(value, float) and math.isnan(value)}
    row |= {CONFIG + key: _coded_inside(value) for key, value in flat_config(run.config).items()}
    return row | {SUMMARY + key: _coded_inside(value) for key, value in run.summary.items()}


def site_index(site: Site, generator: str) -> dict[str, Any]:
    """The index: where everything is. Its urls are relative to the folder that holds ``data/``."""
    links, place = site.links, RunPlace(site.links, site.published, site.config.histories)
    reports = [
        {"title": card.title, "url": links.from_data_root(card.uri), "description": card.description, "date": card.date}
        for card in site.context.reports
    ]
    return {
        "format": FORMAT,
        "version": VERSION,
        "generator": generator,
        "name": site.frame.site_name,
        "home": links.from_data_root(links.home()),
        "histories": place.histories or None,
        "reports": reports,
        "projects": [_project(site, project, place) for project in site.workspace.projects],
    }


def _project(site: Site, project: Project, place: RunPlace) -> dict[str, Any]:
    links, ledger = site.links, site.ledger(project.name)
    index = site.project_data(project.name)
    pages = {
        "home": links.from_data_root(links.project_home(project.name)),
        "workspace": links.from_data_root(links.workspace(project.name)),
        "runs": links.from_data_root(links.runs_table(project.name)),
    }
    runs = []
    for number, run in enumerate(project.runs):
        entry = {"id": run.id, "name": run.name, "state": run.state, "page": links.from_data_root(links.run(run))}
        made = ledger.entry(number, run)
        curves = {"curves": made.curves("run"), "system": made.curves("system")}
        entry |= {name: ref.url for name, ref in curves.items() if ref}
        if place.histories and has_history(run):
            entry["history"] = place.history(run)
        if run.files:
            entry["files"] = place.files(run)
        runs.append(entry)
    return {
        "name": project.name,
        "pages": pages,
        "records": links.from_data_root(links.runs_json(project.name)),
        "table": links.from_data_root(links.runs_csv(project.name)),
        "index": index.url,
        "metrics": sorted({metric for run in project.runs for metric in run.series}),
        "runs": runs,
    }


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _coded_inside(value: Any) -> Any:
    """The same for what is nested in a cell; a number is a cell of its own."""
    return value if isinstance(value, float) else coded(value)
