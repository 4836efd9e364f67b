"""How well scores tell each class from the others: ROC and precision-recall curves."""

# ruff: noqa: FBT001, FBT002, PLR0913, PLR0917 # the signatures are wandb's

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportgen.errors import UsageError
from reportgen.logger.arrays import on_host
from reportgen.logger.media.table import Table
from reportgen.logger.plot.chart import CustomChart

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Curve = Callable[[Any, Any], tuple[Any, Any]]
    """(whether each sample is of the class, its score) -> the two columns of the curve."""

WHERE = "reportgen.plot"
MATRIX = 2
ROUNDING = 1e-9
"""Three of five is a recall of 0.6, whatever floats make of it."""


def roc_curve(
    y_true: Sequence[Any] | None = None,
    y_probas: Sequence[Sequence[float]] | None = None,
    labels: Sequence[str] | None = None,
    classes_to_plot: Sequence[Any] | None = None,
    title: str = "ROC Curve",
    split_table: bool = False,
) -> CustomChart:
    """True positive rate over false positive rate, a curve for each class against all others.

    Args:
        y_true: the class of each sample.
        y_probas: a row of scores for each sample, a column for each class; of two classes the second's may do.
        labels: names of the classes in the order of the columns.
        classes_to_plot: only these classes.
        title: text above the chart.
        split_table: show the table below the chart too.
    """
    return CustomChart.made(
        "area-under-curve/v0",
        lambda: _table(_Scores(y_true, y_probas, labels), classes_to_plot, _roc, ("fpr", "tpr")),
        {"x": "fpr", "y": "tpr", "class": "class"},
        string_fields={
            "title": title,
            "x-axis-title": "False positive rate",
            "y-axis-title": "True positive rate",
        },
        split_table=split_table,
    )


def pr_curve(
    y_true: Sequence[Any] | None = None,
    y_probas: Sequence[Sequence[float]] | None = None,
    labels: Sequence[str] | None = None,
    classes_to_plot: Sequence[Any] | None = None,
    interp_size: int = 21,
    title: str = "Precision-Recall Curve",
    split_table: bool = False,
) -> CustomChart:
    """The best precision at each recall, a curve for each class against all others.

    Args:
        y_true: the class of each sample.
        y_probas: a row of scores for each sample, a column for each class; of two classes the second's may do.
        labels: names of the classes in the order of the columns.
        classes_to_plot: only these classes.
        interp_size: number of recalls, evenly spaced from 0 to 1, at which precision is given.
        title: text above the chart.
        split_table: show the table below the chart too.
    """

    def curve(belongs: Any, scores: Any) -> tuple[Any, Any]:
        return _precision_recall(belongs, scores, max(2, int(interp_size)))

    return CustomChart.made(
        "area-under-curve/v0",
        lambda: _table(_Scores(y_true, y_probas, labels), classes_to_plot, curve, ("recall", "precision")),
        {"x": "recall", "y": "precision", "class": "class"},
        string_fields={"title": title, "x-axis-title": "Recall", "y-axis-title": "Precision"},
        split_table=split_table,
    )


class _Scores:
    """Samples with their classes and scores, checked."""

    def __init__(self, y_true: Any, y_probas: Any, labels: Sequence[str] | None) -> None:
        import numpy as np

        if y_true is None or y_probas is None:
            raise UsageError("a curve needs y_true and y_probas", where=WHERE)
        self.actual = np.asarray(on_host(y_true)).ravel()
        scores = np.asarray(on_host(y_probas), dtype=float)
        if scores.ndim != MATRIX:
            scores = np.column_stack([-scores.ravel(), scores.ravel()])
        if len(scores) != len(self.actual):
            raise UsageError(f"{len(scores)} rows of scores for {len(self.actual)} samples", where=WHERE)
        if not np.isfinite(scores).all():
            raise UsageError("some scores are no finite numbers", where=WHERE)
        self.scores, self.labels = scores, labels
        found = np.unique(self.actual).tolist()
        self.columns = dict(zip(found, range(scores.shape[1]), strict=False))
        if len(found) != scores.shape[1]:  # a class without a sample: classes have to be numbers of columns
            self.columns = {value: int(value) for value in found if isinstance(value, (int, float, bool))}
            if len(self.columns) < len(found) or not all(0 <= at < scores.shape[1] for at in self.columns.values()):
                what = f"{len(found)} classes and {scores.shape[1]} columns of scores"
                raise UsageError(what, where=WHERE, remedy="Give a column for each class.")
        if len(found) < MATRIX:
            raise UsageError("all samples are of one class: there is nothing to tell apart", where=WHERE)

    def name(self, value: object) -> str:
        """What a class is called."""
        return str(value if self.labels is None else self.labels[self.columns[value]])


def _table(scores: _Scores, wanted: Sequence[Any] | None, curve: Curve, names: tuple[str, str]) -> Table:
    import numpy as np

    kept = None if wanted is None else set(np.asarray(on_host(wanted)).ravel().tolist())
    rows: list[list[object]] = []
    for value, column in scores.columns.items():
        if kept is None or value in kept:
            across, up = curve(scores.actual == value, scores.scores[:, column])
            rows += [[scores.name(value), *point] for point in zip(across.tolist(), up.tolist(), strict=True)]
    return Table(columns=["class", *names], data=rows)


def _thresholds(belongs: Any, scores: Any) -> tuple[Any, Any]:
    """For each threshold, from the highest score down: how many samples reach it, of the class and of all others."""
    import numpy as np

    order = np.argsort(-scores, kind="stable")
    last = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)
    hits = np.cumsum(belongs[order])[last]
    return hits, 1 + last - hits


def _roc(belongs: Any, scores: Any) -> tuple[Any, Any]:
    """False and true positive rates, without points on a straight line between their neighbours."""
    import numpy as np

    hits, misses = _thresholds(belongs, scores)
    corner = (np.diff(misses, 2) != 0) | (np.diff(hits, 2) != 0)
    kept = np.concatenate([[True], corner, [True]]) if len(hits) > MATRIX else np.ones(len(hits), dtype=bool)
    hits, misses = np.append(0, hits[kept]), np.append(0, misses[kept])
    return misses / misses[-1], hits / hits[-1]


def _precision_recall(belongs: Any, scores: Any, size: int) -> tuple[Any, Any]:
    """Recalls from 0 to 1, and the best precision that is reached at each or beyond it; 1 at recall 0."""
    import numpy as np

    hits, misses = _thresholds(belongs, scores)
    recall, precision = np.append(0, hits / hits[-1]), np.append(1, hits / (hits + misses))
    best = np.maximum.accumulate(precision[::-1])[::-1]
    across = np.linspace(0, 1, size)
    return across, best[np.searchsorted(recall, across - ROUNDING)]
