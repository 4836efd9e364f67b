"""The summary of a run: one value per key, derived from the rows and overridden by hand."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np

from reportgen import schema
from reportgen.definitions import MetricDefinition, definition_of
from reportgen.model import Numbers, Series

_REDUCTIONS: dict[str, Callable[[Numbers], np.float64]] = {"min": np.min, "max": np.max, "mean": np.mean}
_LOWER_IS_BETTER = re.compile(
    r"loss|err|perplexity|ppl|(?:^|[^a-z])(?:mae|mse|rmse|mape|nll|fid|wer|cer|bpc|bpd|time|latency|duration|regret)(?![a-z])",
    re.IGNORECASE,
)


def lower_is_better(metric: str) -> bool:
    """Whether a metric of this name is one to be minimised, such as a loss; anything else is to be maximised."""
    return _LOWER_IS_BETTER.search(metric) is not None


def derived_summary(series: Mapping[str, Series], definitions: Sequence[MetricDefinition]) -> dict[str, Any]:
    """The last value of each metric under its name, and ``<metric>.min`` and the like where its definition asks for it.

    With ``none`` in its summary a metric has no derived value at all.
    """
    summary: dict[str, Any] = {}
    for metric, points in series.items():
        definition = definition_of(metric, definitions)
        if "none" in definition.summary:
            continue
        summary[metric] = float(points.values[-1])
        for word in definition.summary:
            value = reduced(word, metric, points.values, definition.goal)
            if value is not None:
                summary[f"{metric}.{word}"] = value
    return summary


def without(values: dict[str, Any], removed: Collection[str]) -> dict[str, Any]:
    """The values but for those whose keys were removed from the summary."""
    return {key: value for key, value in values.items() if key not in removed} if removed else values


def reduced(word: str, metric: str, values: Numbers, goal: str = "") -> float | None:
    """The minimum, maximum, mean, first, last (or copy) or best of values, gaps ignored; None for an unknown word."""
    if word == "best":
        word = "min" if goal == schema.MINIMIZE or (not goal and lower_is_better(metric)) else "max"
    numbers = values[~np.isnan(values)]
    if word not in (*_REDUCTIONS, "first", "last", "copy"):
        return None
    if not len(numbers):
        return float("nan")
    if word in ("first", "last", "copy"):
        return float(numbers[0 if word == "first" else -1])
    with np.errstate(all="ignore"):  # the mean of both infinities is NaN, and that is the answer
        return float(_REDUCTIONS[word](numbers))
