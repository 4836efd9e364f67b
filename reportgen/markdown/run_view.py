"""What expressions in prose can see: runs and their values, read-only, noting what was looked at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from reportgen.errors import QueryError
from reportgen.frames.runs import flat_config
from reportgen.markdown.run_sets import nearest
from reportgen.model import Run
from reportgen.numbers import format_number

RUN_ATTRIBUTES = frozenset(
    (
        *("name", "id", "state", "tags", "group", "job_type", "notes"),
        *("config", "summary", "started", "ended", "duration", "rows"),
    )
)


@dataclass(slots=True)
class Sources:
    """What the evaluation of one expression looked at: sentences in order, and the runs (by identity)."""

    sentences: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def note(self, sentence: str, *runs: Run) -> None:
        """Keep a sentence, and the runs that it speaks of."""
        if sentence and sentence not in self.sentences:
            self.sentences.append(sentence)
        self.runs += [run for run in runs if all(run is not known for known in self.runs)]

    def only_run(self) -> Run | None:
        """The run, when there is just one."""
        return self.runs[0] if len(self.runs) == 1 else None


class Values(Mapping[str, Any]):
    """Config or summary of a run. A missing key is an error that names the nearest."""

    def __init__(self, values: Mapping[str, Any], run: Run, what: str, sources: Sources) -> None:
        self._values, self._run, self._what, self._sources = values, run, what, sources

    def __getitem__(self, key: str) -> Any:
        if key in self._values:
            found = self._values[key]
            self._sources.note(
                f"{_named(self._what, key)} of {self._run.name}{_step(self._run, key, found)}", self._run
            )
            return self.inner(found)
        flat = flat_config(self._values)
        if key in flat:
            self._sources.note(f"{_named(self._what, key)} of {self._run.name}", self._run)
            return flat[key]
        raise QueryError(f"the {self._what} of {self._run.name!r} has no {key!r}", remedy=nearest(str(key), list(flat)))

    def inner(self, found: Any) -> Any:
        """A value, wrapped when it is nested."""
        if isinstance(found, Mapping):
            return Values(found, self._run, self._what, self._sources)
        return tuple(found) if isinstance(found, list) else found

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


class RunView:
    """A run as an expression sees it. Its attributes are `RUN_ATTRIBUTES` and nothing else."""

    def __init__(self, run: Run, sources: Sources) -> None:
        self.run, self.sources = run, sources

    def value(self, name: str) -> Any:
        """One attribute."""
        if name == "config":
            return Values(self.run.config, self.run, "config", self.sources)
        if name == "summary":
            return Values(self.run.summary, self.run, "summary", self.sources)
        if name not in RUN_ATTRIBUTES:
            raise QueryError(f"a run has no {name!r}", remedy=nearest(name, sorted(RUN_ATTRIBUTES)))
        self.sources.note(f"{name} of {self.run.name}", self.run)
        return getattr(self.run, name)

    def __str__(self) -> str:
        return self.run.name


def _named(what: str, key: str) -> str:
    return key if what == "summary" else f"{what}.{key}"


def _step(run: Run, key: str, value: Any) -> str:
    """`` , step 19`` where a summary value is a logged one; empty otherwise."""
    series = run.series.get(key)
    if series is None or not isinstance(value, int | float):
        return ""
    places = np.flatnonzero(series.values == value)
    return f", step {format_number(series.steps[places[-1]])}" if places.size else ""
