"""Confusion matrices count as scikit-learn does."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics

from reportgen.logger.plot import confusion_matrix


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=80))
def test_counts_are_scikit_learns(samples):
    actual, predicted = zip(*samples, strict=True)
    made = confusion_matrix(y_true=actual, preds=predicted, class_names=list("abcde"))
    counts = metrics.confusion_matrix(actual, predicted, labels=range(5))
    assert made.table.data == [[a, p, counts[i, j]] for i, a in enumerate("abcde") for j, p in enumerate("abcde")]


def test_the_highest_score_is_the_prediction():
    scores = np.array([[0.2, 0.8], [0.9, 0.1], [0.5, 0.5]], dtype="float32")
    made = confusion_matrix(scores, [1, 1, 0], class_names=["cat", "dog"], title="Pets")
    assert made.table.data == [["cat", "cat", 1], ["cat", "dog", 0], ["dog", "cat", 1], ["dog", "dog", 1]]
    assert (made.spec, made.strings) == ("confusion_matrix/v1", {"title": "Pets"})


def test_classes_without_names_are_called_what_they_are():
    made = confusion_matrix(y_true=["dog", "cat"], preds=["dog", "dog"])
    assert made.table.data == [["cat", "cat", 0], ["cat", "dog", 1], ["dog", "cat", 0], ["dog", "dog", 1]]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"y_true": [0]}, "one kind of prediction"),
        ({"y_true": [0], "preds": [0], "probs": [[1]]}, "one kind of prediction"),
        ({"y_true": [0], "preds": [0, 1]}, "2 predictions for 1 samples"),
        ({"y_true": [0], "preds": [2], "class_names": ["a"]}, "1 class names, but also the class 2"),
    ],
)
def test_what_cannot_be_counted_is_kept_for_the_log(arguments, message):
    assert message in str(confusion_matrix(**arguments)._trouble)
