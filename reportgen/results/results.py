"""Runs to filter, sort, group and turn into tables."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from difflib import get_close_matches
from itertools import pairwise
from typing import Any, overload

import pandas as pd

from reportgen import frames
from reportgen.errors import MissingError
from reportgen.frames import Repeats, runs_frame, summary_value
from reportgen.frames.best import Mode
from reportgen.frames.query import compiled, matches, variables
from reportgen.frames.runs import CONFIG, RUN_COLUMNS, SUMMARY, flat_config
from reportgen.model import Project
from reportgen.results.run import LoadedRun, check_repeats, is_missing, sort_key

READERS = 8
"""Histories that are fetched at the same time."""
RUN, PROJECT = "run", "project"
OWN = (*RUN_COLUMNS, "id", PROJECT)
"""The keys of a run that are neither in its config nor in its summary."""


class Results(Sequence[LoadedRun]):
    """Runs in an order. Nothing changes one: to filter or to sort gives another."""

    def __init__(self, runs: Iterable[LoadedRun]) -> None:
        self._runs = tuple(runs)

    @property
    def runs(self) -> tuple[LoadedRun, ...]:
        """The runs."""
        return self._runs

    @property
    def projects(self) -> dict[str, "Results"]:
        """The projects by name, each with its runs."""
        return {str(name): runs for name, runs in self.group(PROJECT).items()}

    def filter(self, expression: str | Callable[[LoadedRun], bool]) -> "Results":
        """The runs for which an expression is true, in CEL as filters have it everywhere, or a function.

        ``results.filter('config.lr > 0.01 && state == "finished"')``; a run that lacks what the expression needs is
        left out.

        Raises:
            QueryError: the expression does not parse, or is no condition.
        """
        if callable(expression):
            return Results(run for run in self._runs if expression(run))
        program = compiled(expression)
        return Results(run for run in self._runs if matches(program, variables(run.logged)))

    def sort(self, key: str, *, descending: bool = False) -> "Results":
        """The runs in the order of a value; those without it come last, and equals stay as they were.

        Args:
            key: ``summary.val/acc``, ``config.lr``, or a column of every run such as ``started``.
            descending: the greatest first.

        Raises:
            MissingError: no run has the key.
        """
        value = self._values(key)
        known = [run for run in self._runs if not is_missing(value(run))]
        known.sort(key=lambda run: sort_key(value(run)), reverse=descending)
        return Results((*known, *(run for run in self._runs if is_missing(value(run)))))

    def group(self, key: str) -> dict[Any, "Results"]:
        """The runs by a value: value -> its runs, in the order of the values; None for those without.

        Raises:
            MissingError: no run has the key.
        """
        value, groups = self._values(key), dict[Any, list[LoadedRun]]()
        for run in self._runs:
            found = value(run)
            groups.setdefault(None if is_missing(found) else _hashable(found), []).append(run)
        order = sorted(groups, key=lambda found: (found is None, sort_key(found)))
        return {found: Results(groups[found]) for found in order}

    def best(self, metric: str, *, mode: Mode | None = None) -> LoadedRun:
        """The run with the best value of a metric in its summary.

        Args:
            metric: a key of the summary, or of the config as ``config.<key>``.
            mode: ``min`` or ``max``; by default the goal that the runs define, else the name decides.

        Raises:
            QueryError: no run has a number under that key.
        """
        found = frames.best([run.logged for run in self._runs], metric, mode=mode)
        return next(run for run in self._runs if run.logged is found)

    def table(self) -> pd.DataFrame:
        """A line for each run, by its id: what is known of it, then ``config.…`` and ``summary.…``.

        Runs of several projects have a first column ``project``.
        """
        frame = runs_frame(Project("", tuple(run.logged for run in self._runs)))
        if self._several():
            frame.insert(0, PROJECT, [run.project for run in self._runs])
        return frame

    def history(self, metrics: str | Iterable[str] | None = None, *, repeats: Repeats = "last") -> pd.DataFrame:
        """The rows of all runs, one run after the other: ``run`` (its id), ``_step``, ``_timestamp`` and the metrics.

        Runs of several projects have a first column ``project``. A run without a metric has NaN there, and one
        with none of them no rows. `LoadedRun.history` explains the arguments.

        Raises:
            MissingError: no run has one of the metrics.
            ResultsError: the data of a run cannot be read.
        """
        check_repeats(repeats)
        wanted = None if metrics is None else [metrics] if isinstance(metrics, str) else list(dict.fromkeys(metrics))
        with ThreadPoolExecutor(READERS) as threads:
            found = list(threads.map(lambda run: _history(run, wanted, repeats), self._runs))
        named = {str(column) for frame in found for column in frame.columns}
        absent = [name for name in wanted or () if name not in named]
        if absent and self._runs:
            raise _no_key("metric", absent[0], sorted({metric for run in self._runs for metric in run.metrics}))
        whole = pd.concat([frame for frame in found if len(frame)] or found or [pd.DataFrame()], ignore_index=True)
        return whole if self._several() else whole.drop(columns=PROJECT, errors="ignore")

    def __len__(self) -> int:
        return len(self._runs)

    def __iter__(self) -> Iterator[LoadedRun]:
        return iter(self._runs)

    def __contains__(self, run: object) -> bool:
        return any(run is own or run == own.id for own in self._runs)

    @overload
    def __getitem__(self, place: int | str) -> LoadedRun: ...
    @overload
    def __getitem__(self, place: slice) -> "Results": ...
    def __getitem__(self, place: int | str | slice) -> "LoadedRun | Results":
        """A run by its place, its id, ``project/id`` or its name, where only one has that; a slice of the runs.

        Raises:
            IndexError: there are fewer runs.
            MissingError: there is no such run, or there are several.
        """
        if isinstance(place, slice):
            return Results(self._runs[place])
        return self._named(place) if isinstance(place, str) else self._runs[place]

    def __repr__(self) -> str:
        names = ", ".join(self.projects)
        return f"<{len(self)} {'run' if len(self) == 1 else 'runs'}{f' of {names}' if names else ''}>"

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        return str(self.table().to_html(max_rows=20, max_cols=20))

    def _several(self) -> bool:
        return any(one.project != other.project for one, other in pairwise(self._runs))

    def _named(self, name: str) -> LoadedRun:
        ways: tuple[Callable[[LoadedRun], str], ...] = (
            lambda run: run.id,
            lambda run: f"{run.project}/{run.id}",
            lambda run: run.name,
        )
        for way in ways:
            found = [run for run in self._runs if way(run) == name]
            if len(found) == 1:
                return found[0]
            if found:
                several = " and ".join(f"{run.project}/{run.id}" for run in found[:3])
                raise MissingError(f"several runs are called {name!r}", remedy=f"Name one of them: {several}.")
        raise _no_key("run", name, [run.id for run in self._runs])

    def _values(self, key: str) -> Callable[[LoadedRun], Any]:
        """What gives the value of a run under a key.

        Raises:
            MissingError: no run has it.
        """
        if key in OWN:
            return lambda run: getattr(run.logged, key)
        if self._runs and not any(summary_value(run.logged, key) is not None for run in self._runs):
            raise _no_key("key", key, self._keys())
        return lambda run: summary_value(run.logged, key)

    def _keys(self) -> list[str]:
        known = dict.fromkeys(OWN)
        for run in self._runs:
            known.update(dict.fromkeys(CONFIG + name for name in flat_config(run.config)))
            known.update(dict.fromkeys(SUMMARY + name for name in run.summary))
        return list(known)


def _history(run: LoadedRun, metrics: Sequence[str] | None, repeats: Repeats) -> pd.DataFrame:
    known = set(run.metrics) if metrics is not None else set()
    frame = run.history(None if metrics is None else [name for name in metrics if name in known], repeats=repeats)
    frame.insert(0, RUN, run.id)
    frame.insert(0, PROJECT, run.project)
    return frame


def _hashable(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(_hashable(item) for item in value)
    if isinstance(value, Mapping):
        return tuple((key, _hashable(item)) for key, item in value.items())
    return value


def _no_key(noun: str, name: str, known: list[str]) -> MissingError:
    near = get_close_matches(name, known, n=3, cutoff=0.4)
    remedy = f"Did you mean {' or '.join(near)}?" if near else f"There is: {', '.join(known[:10]) or 'none'}."
    return MissingError(f"there is no {noun} {name!r}", remedy=remedy)
