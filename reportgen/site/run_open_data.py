"""The open data of one run: the list of its files, and its history. Workers make them with its page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reportgen.model import Run
from reportgen.site.history_files import has_history, history_file
from reportgen.site.links import Links
from reportgen.site.open_json import VERSION, json_bytes
from reportgen.site.run_files import PublishedFiles

FILES = "files.json"


@dataclass(frozen=True, slots=True)
class RunPlace:
    """Where the open data of a run go.

    Attributes:
        links: names of files.
        published: which saved files are in the site.
        histories: ``csv`` or ``parquet``; empty for none.
    """

    links: Links
    published: PublishedFiles
    histories: str = ""

    def files(self, run: Run) -> str:
        """The list of a run's files, relative to the folder that holds ``data/``."""
        return f"data/{self.links.run_key(run, FILES)}"

    def history(self, run: Run) -> str:
        """The history of a run, likewise."""
        return self.links.history(run, self.histories).removeprefix(self.links.prefix)


def run_open_data(run: Run, place: RunPlace) -> Iterator[tuple[str, bytes]]:
    """The list of a run's files, and its history where that is asked for."""
    if run.files:
        yield place.files(run), json_bytes({"version": VERSION, "files": list(_files(run, place))})
    if place.histories and has_history(run):
        yield place.history(run), history_file(run, place.histories)


def _files(run: Run, place: RunPlace) -> Iterator[dict[str, Any]]:
    for file in run.files:
        entry: dict[str, Any] = {"path": file.path, "size": file.size}
        if place.published.holds(run, file.path):
            entry["url"] = place.links.from_data_root(place.links.run_file(run, file.path))
        yield entry
