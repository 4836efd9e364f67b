"""A run of loaded results."""

import math
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, Protocol

import pandas as pd

from reportgen.errors import MissingError, UsageError
from reportgen.frames import Repeats, Rows, rows_frame
from reportgen.model import Run
from reportgen.results.files import LoadedFile

REPEATS = ("last", "all", "attempt")


class Content(Protocol):
    """What a run's page is made of, wherever it is read from."""

    exact: bool
    page: str

    def metrics(self) -> tuple[str, ...]:
        """The metrics that have a history, by name."""
        ...

    def rows(self, metrics: Iterable[str]) -> Rows:
        """The rows of some of them."""
        ...

    def files(self) -> tuple[LoadedFile, ...]:
        """The saved files, by path."""
        ...


class LoadedRun:
    """One run: what was set, what came out, and on demand its history and its files."""

    def __init__(self, run: Run, content: Content) -> None:
        self._run, self._content = run, content

    @property
    def id(self) -> str:
        """The name of its folder."""
        return str(self._run.id)

    @property
    def name(self) -> str:
        """The name that it was given, or its id."""
        return self._run.name

    @property
    def project(self) -> str:
        """The project that it belongs to."""
        return self._run.project

    @property
    def state(self) -> str:
        """``finished``, ``failed``, ``crashed`` or ``running``: of a site, when it was built."""
        return self._run.state

    @property
    def started(self) -> float:
        """When it began, in seconds since the epoch; NaN if unknown."""
        return self._run.started

    @property
    def duration(self) -> float:
        """Seconds from its first to its last sign of life; NaN if unknown."""
        return self._run.duration

    @property
    def tags(self) -> tuple[str, ...]:
        """Its tags."""
        return tuple(self._run.tags)

    @property
    def notes(self) -> str:
        """Its notes, in Markdown."""
        return self._run.notes

    @property
    def group(self) -> str:
        """The group that it is in."""
        return self._run.group

    @property
    def job_type(self) -> str:
        """What it did in that group."""
        return self._run.job_type

    @property
    def config(self) -> Mapping[str, Any]:
        """What was set, nested as it was logged."""
        return MappingProxyType(dict(self._run.config))

    @property
    def summary(self) -> Mapping[str, Any]:
        """What came out: one value for each dotted key."""
        return MappingProxyType(dict(self._run.summary))

    @property
    def logged(self) -> Run:
        """The run as the builder sees it; of a site without points, media and console."""
        return self._run

    @property
    def page(self) -> str:
        """The path or address of its page; empty if it was loaded from run logs."""
        return self._content.page

    @property
    def exact(self) -> bool:
        """Whether `history` gives the numbers that were logged; if not, they are drawn ones, which are rounded."""
        return self._content.exact

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metrics that it has a history of."""
        return self._content.metrics()

    @property
    def files(self) -> tuple[LoadedFile, ...]:
        """The files that it saved."""
        return self._content.files()

    def file(self, path: str) -> LoadedFile:
        """The file of this path.

        Raises:
            MissingError: there is none.
        """
        files = {file.path: file for file in self.files}
        if path not in files:
            raise _missing("file", path, list(files), self)
        return files[path]

    def history(self, metrics: str | Iterable[str] | None = None, *, repeats: Repeats = "last") -> pd.DataFrame:
        """Its rows in the order of their steps: ``_step``, ``_timestamp``, and a column for each metric.

        Args:
            metrics: one or several of `metrics`; rows that have none of them are left out. By default all.
            repeats: what becomes of a step that was logged more than once. ``last``: one row a step, in which the last
                value counts, and nothing that a later attempt has overwritten. ``all``: every row that was ever
                logged. ``attempt``: every row too, with a column ``attempt``.

        Raises:
            MissingError: it has no such metric.
            UsageError: ``repeats`` is none of these.
            ResultsError: its data cannot be read.
        """
        check_repeats(repeats)
        known = self.metrics
        wanted = known if metrics is None else [metrics] if isinstance(metrics, str) else list(dict.fromkeys(metrics))
        for name in wanted:
            if name not in known:
                raise _missing("metric", name, known, self)
        return rows_frame(self._content.rows(wanted), repeats)

    def __repr__(self) -> str:
        named = "" if self.name == self.id else f" {self.name!r}"
        return f"<run {self.project}/{self.id}{named}, {self.state}>"


def check_repeats(repeats: str) -> None:
    """Refuse a word that is none of `REPEATS`.

    Raises:
        UsageError: it is none.
    """
    if repeats not in REPEATS:
        raise UsageError(f"{repeats!r} is none of {', '.join(REPEATS)}", where="history(repeats=…)")


def sort_key(value: Any) -> tuple[int, Any]:
    """What puts values of any kind in one order: numbers, then text, then the rest by its text."""
    if isinstance(value, bool | int | float):
        return 0, value
    return (1, value) if isinstance(value, str) else (2, repr(value))


def is_missing(value: Any) -> bool:
    """Whether a value counts as none."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def _missing(noun: str, name: str, known: Iterable[str], run: LoadedRun) -> MissingError:
    names = list(known)
    near = get_close_matches(name, names, n=3, cutoff=0.4)
    remedy = f"Did you mean {' or '.join(near)}?" if near else f"There is: {', '.join(names[:10]) or 'none'}."
    return MissingError(f"there is no {noun} {name!r}", where=f"run {run.project}/{run.id}", remedy=remedy)
