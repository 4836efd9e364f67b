"""The derived summary of a run."""

import math

import numpy as np
import pytest

from reportgen.definitions import MetricDefinition
from reportgen.model import Series
from reportgen.reading.summary import derived_summary, lower_is_better, reduced


def series(**metrics):
    return {
        name: Series(name, np.arange(len(values)) * 1.0, np.zeros(len(values)), np.array(values, dtype=float))
        for name, values in metrics.items()
    }


def test_the_last_value_by_default():
    assert derived_summary(series(loss=[3, 1, 2]), ()) == {"loss": 2.0}


def test_a_definition_asks_for_more():
    words = ("min", "max", "mean", "first", "last", "best", "copy", "median")
    asked = [MetricDefinition("loss", summary=words)]
    assert derived_summary(series(loss=[3, 1, 2]), asked) == {
        "loss": 2.0,
        "loss.min": 1.0,
        "loss.max": 3.0,
        "loss.mean": 2.0,
        "loss.first": 3.0,
        "loss.last": 2.0,
        "loss.best": 1.0,
        "loss.copy": 2.0,
    }


@pytest.mark.parametrize(("goal", "best"), [("", 1.0), ("minimize", 1.0), ("maximize", 3.0)])
def test_best_is_what_the_goal_says_else_the_name(goal, best):
    asked = [MetricDefinition("loss", summary=("best",), goal=goal)]
    assert derived_summary(series(loss=[3, 1, 2]), asked)["loss.best"] == best


def test_globs_and_exact_names():
    asked = [MetricDefinition("val_b", summary=("min",)), MetricDefinition("val*", summary=("max",))]
    assert derived_summary(series(val_a=[1, 0], val_b=[1, 0], x=[1]), asked) == {
        "val_a": 0.0,
        "val_a.max": 1.0,
        "val_b": 0.0,
        "val_b.min": 0.0,
        "x": 1.0,
    }


def test_none_asks_for_nothing():
    assert derived_summary(series(step=[1]), [MetricDefinition("step", summary=("none",))]) == {}


def test_gaps_are_ignored_but_the_last_value_is_the_last():
    values = series(loss=[2, 1, math.nan])
    summary = derived_summary(values, [MetricDefinition("loss", summary=("min", "last"))])
    assert math.isnan(summary["loss"])
    assert (summary["loss.min"], summary["loss.last"]) == (1.0, 1.0)
    assert math.isnan(reduced("max", "loss", np.array([math.nan])))


@pytest.mark.parametrize(
    "metric", ["loss", "val/loss", "train_loss", "error", "test/err", "perplexity", "rmse", "val/mae", "WER"]
)
def test_lower_is_better(metric):
    assert lower_is_better(metric)


@pytest.mark.parametrize(
    "metric", ["val/acc", "accuracy", "f1", "auc", "reward", "bleu", "flower", "epoch", "times_won"]
)
def test_higher_is_better(metric):
    assert not lower_is_better(metric)
