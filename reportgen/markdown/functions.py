"""The functions of inline values: runs, run, best, count, and statistics of a metric over a run set."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from reportgen.errors import QueryError
from reportgen.frames import best, summary_value
from reportgen.frames.aggregate import Interval, mean_interval
from reportgen.frames.best import no_number
from reportgen.markdown.context import ReportContext
from reportgen.markdown.run_sets import find_run, nearest, project_of, run_set, selected
from reportgen.markdown.run_view import RunView, Sources
from reportgen.model import Run

MODES = ("min", "max")
RUN_NUMBERS = ("rows", "duration", "started")


class Functions:
    """The functions of one expression, bound to a report; what they look at is noted in ``sources``."""

    def __init__(self, context: ReportContext, sources: Sources) -> None:
        self._context, self._sources = context, sources

    def table(self) -> Mapping[str, Callable[..., Any]]:
        """Name -> function."""
        return {
            "runs": self.runs,
            "run": self.run,
            "best": self.best,
            "last": self.last,
            "count": self.count,
            "mean": self.mean,
            "std": self.std,
            "median": self.median,
            "minimum": self.minimum,
            "maximum": self.maximum,
            "ci": self.ci,
        }

    def runs(self, query: Any = None, *, project: str | None = None) -> tuple[RunView, ...]:
        """The runs that a filter selects."""
        found = selected(self._context, project_of(self._context, project), query)
        self._sources.note(_count_text(found, query))
        return tuple(RunView(run, self._sources) for run in found)

    def run(self, name: str, *, project: str | None = None) -> RunView:
        """The run with this id or name."""
        return RunView(find_run(project_of(self._context, project), str(name)), self._sources)

    def count(self, query: Any = None, *, project: str | None = None) -> int:
        """How many runs a filter selects."""
        found = selected(self._context, project_of(self._context, project), query)
        self._sources.note(_count_text(found, query))
        return len(found)

    def best(self, metric: str, mode: str | None = None, runs: Any = None, *, project: str | None = None) -> RunView:
        """The run with the best summary value of a metric."""
        if mode is not None and mode not in MODES:
            raise QueryError(f"mode must be 'min' or 'max', not {mode!r}")
        candidates = self._runs(runs, project)
        winner = best(candidates, metric, mode="min" if mode == "min" else "max" if mode == "max" else None)
        self._sources.note(f"best {metric} of {_plural(len(candidates))}", winner)
        return RunView(winner, self._sources)

    def last(self, metric: str, runs: Any = None, *, project: str | None = None) -> RunView:
        """The youngest run that has a summary value of a metric."""
        candidates = self._runs(runs, project)
        found = [run for run in candidates if metric in run.summary]
        if not found:
            raise no_number(list(candidates), metric)
        self._sources.note(f"{metric} of the last of {_plural(len(candidates))}", found[-1])
        return RunView(found[-1], self._sources)

    def mean(self, metric: str, runs: Any = None, *, project: str | None = None) -> float:
        """The mean of a metric's summary values."""
        return float(np.mean(self._numbers("mean", metric, runs, project)))

    def std(self, metric: str, runs: Any = None, *, project: str | None = None) -> float:
        """Their standard deviation (n - 1); 0 for a single run."""
        numbers = self._numbers("standard deviation", metric, runs, project)
        return float(np.std(numbers, ddof=1)) if len(numbers) > 1 else 0.0

    def median(self, metric: str, runs: Any = None, *, project: str | None = None) -> float:
        """Their median."""
        return float(np.median(self._numbers("median", metric, runs, project)))

    def minimum(self, metric: str, runs: Any = None, *, project: str | None = None) -> float:
        """The least of them."""
        return min(self._numbers("minimum", metric, runs, project))

    def maximum(self, metric: str, runs: Any = None, *, project: str | None = None) -> float:
        """The largest of them."""
        return max(self._numbers("maximum", metric, runs, project))

    def ci(self, metric: str, runs: Any = None, *, project: str | None = None) -> Interval:
        """Their mean with its 95 % confidence interval."""
        return mean_interval(self._numbers("mean with 95 % confidence interval", metric, runs, project))

    def _numbers(self, what: str, metric: str, runs: Any, project: str | None) -> list[float]:
        candidates = self._runs(runs, project)
        values = [_value(run, metric) for run in candidates]
        numbers = [
            float(value)
            for value in values
            if isinstance(value, int | float) and not isinstance(value, bool) and np.isfinite(value)
        ]
        if not numbers:
            raise no_number(list(candidates), metric)
        self._sources.note(f"{what} of {metric} over {_plural(len(numbers))}")
        return numbers

    def _runs(self, runs: Any, project: str | None) -> tuple[Run, ...]:
        """A run set given as a filter, a name, or what `runs` gave."""
        if isinstance(runs, tuple) and all(isinstance(view, RunView) for view in runs):
            if not runs:
                raise QueryError("no run is selected")
            return tuple(view.run for view in runs)
        return run_set(self._context, project_of(self._context, project), runs)


def _value(run: Run, key: str) -> Any:
    """A summary value, ``config.<key>``, or one of the numbers that every run has."""
    found = summary_value(run, key)
    return getattr(run, key) if found is None and key in RUN_NUMBERS else found


def unknown_name(name: str, known: Mapping[str, Any]) -> QueryError:
    """The error for a name that an expression cannot use."""
    return QueryError(f"there is no {name!r}", remedy=nearest(name, list(known)) or f"there is: {', '.join(known)}")


def _count_text(found: tuple[Run, ...], query: Any) -> str:
    return f"{_plural(len(found))} selected by {query}" if query else _plural(len(found))


def _plural(count: int) -> str:
    return f"{count} run{'' if count == 1 else 's'}"
