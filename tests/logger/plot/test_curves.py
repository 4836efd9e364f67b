"""The curves are those of scikit-learn, computed without it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from reportgen.logger.plot import pr_curve, roc_curve

SAMPLES = st.lists(
    st.tuples(st.integers(0, 2), st.lists(st.integers(0, 6), min_size=3, max_size=3)), min_size=3, max_size=60
).filter(lambda samples: {label for label, _ in samples} == {0, 1, 2})


def columns(made, name):
    assert made._trouble is None
    return [row[1:] for row in made.table.data if row[0] == name]


@settings(deadline=None)
@given(SAMPLES)
def test_roc_curves_are_scikit_learns(samples):
    actual, scores = np.array([label for label, _ in samples]), np.array([row for _, row in samples], dtype=float)
    made = roc_curve(actual.tolist(), scores.tolist(), labels=["a", "b", "c"])
    for column, name in enumerate("abc"):
        false, true, _ = metrics.roc_curve(actual == column, scores[:, column])
        np.testing.assert_allclose(columns(made, name), np.column_stack([false, true]))


@settings(deadline=None)
@given(SAMPLES)
def test_precision_at_a_recall_is_the_best_that_scikit_learn_finds(samples):
    actual, scores = np.array([label for label, _ in samples]), np.array([row for _, row in samples], dtype=float)
    made = pr_curve(actual, scores, interp_size=11)
    for column in range(3):
        precision, recall, _ = metrics.precision_recall_curve(actual == column, scores[:, column])
        expected = [[at, max(precision[recall >= at - 1e-9])] for at in np.linspace(0, 1, 11)]
        np.testing.assert_allclose(columns(made, str(column)), expected)


def test_scores_of_the_second_of_two_classes_are_enough():
    actual, scores = ["no", "yes", "yes", "no"], [0.1, 0.9, 0.3, 0.4]
    made = roc_curve(actual, scores)
    false, true, _ = metrics.roc_curve(np.array(actual) == "yes", scores)
    np.testing.assert_allclose(columns(made, "yes"), np.column_stack([false, true]))
    assert {row[0] for row in made.table.data} == {"no", "yes"}


def test_a_class_without_a_sample_does_not_shift_the_columns():
    scores = [[0.8, 0.1, 0.1], [0.1, 0.2, 0.7], [0.6, 0.1, 0.3]]
    made = roc_curve([0, 2, 0], scores, labels=["a", "b", "c"])
    assert {row[0] for row in made.table.data} == {"a", "c"}
    assert columns(made, "c") == [[0.0, 0.0], [0.0, 1.0], [1.0, 1.0]]


def test_only_the_classes_asked_for_are_drawn():
    made = pr_curve([0, 1, 2], np.eye(3), classes_to_plot=[2], interp_size=3)
    assert made.table.data == [["2", 0.0, 1.0], ["2", 0.5, 1.0], ["2", 1.0, 1.0]]
    assert (made.fields, made.spec) == ({"x": "recall", "y": "precision", "class": "class"}, "area-under-curve/v0")


@pytest.mark.parametrize(
    ("actual", "scores", "message"),
    [
        ([0, 1], [[1, 0]], "1 rows of scores for 2 samples"),
        ([0, 0], [[1, 0], [0, 1]], "of one class"),
        ([0, 1], [[1, float("nan")], [0, 1]], "no finite numbers"),
        (["a", "b", "c"], [[1, 0]] * 3, "3 classes and 2 columns"),
        ([0, 9], [[1, 0, 0]] * 2, "2 classes and 3 columns"),
        (None, [[1, 0]], "needs y_true"),
    ],
)
def test_what_makes_no_curve_is_kept_for_the_log(actual, scores, message):
    assert message in str(roc_curve(actual, scores)._trouble)
    assert message in str(pr_curve(actual, scores)._trouble)
