"""How metrics want to be shown, as a method of a run: `Run.define_metric`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reportgen.errors import UsageError
from reportgen.logger.recorder import Recorder
from reportgen.logger.values import text
from reportgen.schema import GOALS, METRIC

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SUMMARIES = ("min", "max", "mean", "last", "first", "best", "copy", "none")


class Metric:
    """A metric that was defined; may be given as the ``step_metric`` of others.

    Attributes:
        name: a metric, or a glob.
        fields: of its record.
    """

    __slots__ = ("fields", "name")

    def __init__(self, name: str, fields: Mapping[str, object]) -> None:
        self.name = name
        self.fields = fields

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<metric {self.name!r}>"


class Metrics(Recorder):
    """Defines metrics, and keeps in the summary what the definitions ask for."""

    _derived: Derived | None = None

    def define_metric(  # noqa: PLR0913, PLR0917 # wandb's signature
        self,
        name: str,
        step_metric: str | Metric | None = None,
        step_sync: bool | None = None,  # noqa: FBT001
        hidden: bool | None = None,  # noqa: FBT001
        summary: str | Iterable[str] | None = None,
        goal: str | None = None,
        overwrite: bool | None = None,  # noqa: FBT001
    ) -> Metric:
        """Say how a metric wants to be shown. A second definition of a name adds to the first.

        Args:
            name: a metric, or a glob such as ``val/*``.
            step_metric: the metric to draw it over, such as ``epoch``.
            step_sync: rows without the step metric take its last value; False leaves them out of the drawing.
            hidden: leave it out of the panels that are made by themselves.
            summary: what the summary keeps beside the last value, as ``<metric>.min`` and so on: some of min, max,
                mean, first, last, best, as a sequence or separated by commas; ``none`` keeps nothing, ``copy`` is last.
            goal: ``minimize`` or ``maximize``: what ``best`` means.
            overwrite: forget the earlier definition of this name.

        Returns:
            The metric, which may be the ``step_metric`` of others.
        """
        given = {"step_metric": step_metric, "step_sync": step_sync, "hidden": hidden, "goal": goal}
        fields: dict[str, object] = {}
        called = repr(name) if type(name) is str else f"that is a {type(name).__name__}"
        with self._troubles.guard(f"metric:{called}", f"cannot define the metric {called}"):
            name = text(name)
            kept = summary_words(summary)
            fields = metric_fields(given, kept, overwrite=bool(overwrite))
            if self._derived is None:
                self._derived = Derived()
            self._derived.define(name, kept, goal, overwrite=bool(overwrite))
            self._record(METRIC, {"name": name, **fields})
        return Metric(name, fields)


def summary_words(summary: str | Iterable[str] | None) -> list[str]:
    """What a definition asks the summary to keep, as a list of `SUMMARIES`.

    Raises:
        UsageError: one of them is unknown.
    """
    chosen = summary.split(",") if isinstance(summary, str) else list(summary or ())
    kept = [part.strip() for part in chosen if part.strip()]
    if unknown := [part for part in kept if part not in SUMMARIES]:
        remedy = f"Use some of {', '.join(SUMMARIES)}."
        raise UsageError(f"unknown summary {', '.join(unknown)}", where="define_metric", remedy=remedy)
    return kept


def metric_fields(given: Mapping[str, object], kept: list[str], *, overwrite: bool) -> dict[str, object]:
    """The fields of a ``metric`` record beside its name; what was not given is left out.

    Raises:
        UsageError: an unknown goal.
    """
    goal = given.get("goal")
    if goal is not None and goal not in GOALS:
        raise UsageError(f"unknown goal {goal!r}", where="define_metric", remedy=f"Use {' or '.join(GOALS)}.")
    fields = {
        key: value if isinstance(value, bool) else str(value) for key, value in given.items() if value is not None
    }
    more: dict[str, object] = {"summary": kept} if kept else {}
    return {**fields, **more, **({"overwrite": True} if overwrite else {})}


class Derived:
    """What definitions ask the summary to keep, brought up to date with every row.

    The reader of the run log computes the same from the rows; this is for scripts that read ``run.summary``. What is
    best without a goal is the reader's to say.
    """

    def __init__(self) -> None:
        self._definitions: dict[str, tuple[tuple[str, ...], str | None]] = {}
        self._wanted: dict[str, tuple[str, ...]] = {}
        self._counts: dict[str, int] = {}

    def define(self, name: str, words: Iterable[str], goal: str | None, *, overwrite: bool = False) -> None:
        """Add to the earlier definition of a name. An exact name goes before globs, a later glob before others."""
        known: tuple[tuple[str, ...], str | None] = ((), None)
        known = known if overwrite else self._definitions.get(name, known)
        # A new dictionary, because another thread may be looking through the old one.
        others = {key: self._definitions[key] for key in self._definitions if key != name}
        self._definitions = {**others, name: (tuple(dict.fromkeys(words)) or known[0], goal or known[1])}
        self._wanted.clear()

    def add(self, row: Mapping[str, Any], summary: dict[str, Any]) -> None:
        """Bring a summary up to date with a row whose values it has as last ones already."""
        for metric, value in row.items():
            words = self._wanted.get(metric)
            words = self._find(metric) if words is None else words
            if "none" in words:
                summary.pop(metric, None)
            elif words and isinstance(value, (int, float)) and not isinstance(value, bool) and value == value:  # noqa: PLR0124 # NaN
                for word in words:
                    self._reduce(summary, word, f"{metric}.{word.partition(' ')[0]}", value)

    def _find(self, metric: str) -> tuple[str, ...]:
        from fnmatch import fnmatchcase

        globs = [known for name, known in self._definitions.items() if "*" in name and fnmatchcase(metric, name)]
        words, goal = self._definitions.get(metric) or (globs[-1] if globs else ((), None))
        found = tuple(f"best {goal}" if word == "best" else word for word in words)
        self._wanted[metric] = found
        return found

    def _reduce(self, summary: dict[str, Any], word: str, key: str, value: float) -> None:
        count = self._counts[key] = self._counts.get(key, 0) + 1
        before = summary.get(key, value)
        if word in ("min", "best minimize"):
            summary[key] = min(before, value)
        elif word in ("max", "best maximize"):
            summary[key] = max(before, value)
        elif word == "mean":
            summary[key] = before + (value - before) / count
        elif word == "first":
            summary[key] = before
        elif word in ("last", "copy"):
            summary[key] = value
