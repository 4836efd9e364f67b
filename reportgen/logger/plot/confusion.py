"""Which classes are taken for which others."""

# ruff: noqa: FBT001, FBT002, PLR0913, PLR0917 # the signatures are wandb's

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reportgen.errors import UsageError
from reportgen.logger.arrays import items_of
from reportgen.logger.media.table import Table
from reportgen.logger.plot.chart import CustomChart

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WHERE = "reportgen.plot.confusion_matrix"


def confusion_matrix(
    probs: Sequence[Sequence[float]] | None = None,
    y_true: Sequence[Any] | None = None,
    preds: Sequence[Any] | None = None,
    class_names: Sequence[str] | None = None,
    title: str = "Confusion Matrix Curve",
    split_table: bool = False,
) -> CustomChart:
    """How many samples of each class were taken for which.

    Args:
        probs: a row of scores for each sample, a column for each class; the highest one is the prediction.
        y_true: the class of each sample.
        preds: the predicted class of each sample, instead of ``probs``.
        class_names: names of the classes 0, 1, …; without, the classes are called what they are.
        title: text above the chart.
        split_table: show the table below the chart too.
    """
    return CustomChart.made(
        "confusion_matrix/v1",
        lambda: _counts(probs, y_true, preds, class_names),
        {"Actual": "Actual", "Predicted": "Predicted", "nPredictions": "nPredictions"},
        string_fields={"title": title},
        split_table=split_table,
    )


def _counts(probs: Any, y_true: Any, preds: Any, class_names: Sequence[str] | None) -> Table:
    if (probs is None) == (preds is None) or y_true is None:
        remedy = "Give y_true, and either probs or preds."
        raise UsageError("the classes and one kind of prediction are needed", where=WHERE, remedy=remedy)
    actual = items_of(y_true)
    predicted = items_of(preds) if preds is not None else [_highest(row) for row in items_of(probs)]
    if len(actual) != len(predicted):
        raise UsageError(f"{len(predicted)} predictions for {len(actual)} samples", where=WHERE)
    names = _names({*actual, *predicted}, class_names)
    counts = Counter(zip(actual, predicted, strict=True))
    rows = [[names[a], names[p], counts[a, p]] for a in names for p in names]
    return Table(columns=["Actual", "Predicted", "nPredictions"], data=rows)


def _names(found: set[Any], class_names: Sequence[str] | None) -> dict[Any, str]:
    """Class -> its name, in order."""
    if class_names is not None:
        names: dict[Any, str] = {place: str(name) for place, name in enumerate(class_names)}
        if strange := sorted(str(value) for value in found if value not in names):
            what = f"{len(names)} class names, but also the class {strange[0]}"
            raise UsageError(what, where=WHERE, remedy="Classes are numbered from 0; name them all.")
        return names
    try:
        return {value: str(value) for value in sorted(found)}
    except TypeError:
        return {value: str(value) for value in sorted(found, key=str)}


def _highest(row: Sequence[float]) -> int:
    return max(range(len(row)), key=row.__getitem__)
