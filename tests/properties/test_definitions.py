"""The logger's summary and the reader's agree on what definitions ask for."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reportgen.logger.metrics import Derived
from reportgen.model import Series
from reportgen.reading.records import replay
from reportgen.reading.summary import derived_summary

METRICS = ("a/x", "a/y", "b")
# What is best without a goal is the reader's to say, so each record has one.
RECORDS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from([*METRICS, "a/*", "*"]),
            "goal": st.sampled_from(["minimize", "maximize"]),
            "overwrite": st.booleans(),
            "summary": st.lists(st.sampled_from(["min", "max", "first", "last", "best", "copy", "none"]), max_size=3),
        }
    ),
    max_size=6,
)
ROWS = st.lists(st.dictionaries(st.sampled_from(METRICS), st.floats(-10, 10), min_size=1), min_size=1, max_size=8)


@given(RECORDS, ROWS)
def test_both_keep_the_same(records, rows):
    derived, summary = Derived(), {}
    for one in records:
        derived.define(one["name"], one["summary"], one["goal"], overwrite=one["overwrite"])
    for row in rows:
        summary.update(row)
        derived.add(row, summary)
    said = replay({"type": "metric", **one} for one in records)
    columns = {metric: np.array([row[metric] for row in rows if metric in row]) for metric in METRICS}
    series = {metric: Series(metric, values, values, values) for metric, values in columns.items() if len(values)}
    assert summary == derived_summary(series, tuple(said.definitions.values()))
