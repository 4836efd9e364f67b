import datetime as dt
import enum
import json
import math
from collections import OrderedDict, deque
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.logger.media.store import MediaStore
from reportgen.logger.troubles import Troubles
from reportgen.logger.values import Cleaner
from tests.logger.logs import rows


class Colour(enum.Enum):
    RED = "red"


class Size(str, enum.Enum):  # noqa: UP042 # the older way, which many scripts have
    BIG = "big"


class Weird:
    def __repr__(self):
        return "<weird>"


class Broken:
    def __repr__(self):
        raise RuntimeError("no")


class FakeTensor:
    """What torch does: a tensor on a device, with gradients, whose bfloat16 has no numpy twin."""

    def __init__(self, values, *, attached=True):
        self.values, self.attached, self.shape = np.asarray(values, dtype="float32"), attached, np.shape(values)

    def detach(self):
        return FakeTensor(self.values, attached=False)

    def cpu(self):
        return self

    def float(self):
        return self

    def item(self):
        return self.values.item()

    def numpy(self):
        if self.attached:
            raise RuntimeError("requires grad")
        return self.values

    def tolist(self):
        return self.values.tolist()


CASES = [
    (float("nan"), "NaN"),
    (float("inf"), "Infinity"),
    (-math.inf, "-Infinity"),
    (np.float64("nan"), "NaN"),
    (None, None),
    (True, True),
    (np.bool_(True), True),
    (np.float32(0.5), 0.5),
    (np.int64(7), 7),
    (np.array(3), 3),
    (np.array([3.0]), 3.0),
    (np.array([1, 2]), [1, 2]),
    (np.array([[1.0, np.nan]]), [[1.0, "NaN"]]),
    (np.datetime64("2026-01-02"), "2026-01-02"),
    (np.longdouble(0.5), 0.5),
    (FakeTensor(0.25), 0.25),
    (FakeTensor([0.25, 0.5]), [0.25, 0.5]),
    (2**70, float(2**70)),
    (-(2**63), -(2**63)),
    (2**64 - 1, 2**64 - 1),
    ({3, 1, 2}, [1, 2, 3]),
    (frozenset({"a"}), ["a"]),
    ({1, "a"}, [1, "a"]),
    ((1, 2), [1, 2]),
    (range(3), [0, 1, 2]),
    (deque([1]), [1]),
    ([1, [2, {"a": (3,)}]], [1, [2, {"a": [3]}]]),
    (Decimal("0.5"), 0.5),
    (Fraction(1, 2), 0.5),
    (Colour.RED, "red"),
    (Size.BIG, "big"),
    (dt.date(2026, 1, 2), "2026-01-02"),
    (pd.Timestamp("2026-01-02"), "2026-01-02T00:00:00"),
    (pd.Series([1, 2]), [1, 2]),
    (Path("a/b"), "a/b"),
    (dict, "builtins.dict"),
    (b"abc", "abc"),
    ("\ud800", "?"),
    (Weird(), "<weird>"),
    (Broken(), None),
]


@pytest.mark.parametrize(
    ("value", "expected"), CASES, ids=[f"{type(value).__name__}-{n}" for n, (value, _) in enumerate(CASES)]
)
def test_values_become_json(begin, value, expected):
    run = begin()
    run.log({"x": value, "after": 1})
    (row,) = rows(run.folder)
    assert row == {"_step": 0, "x": expected, "after": 1}
    assert type(row["x"]) is type(expected)


def test_nested_mappings_become_dotted_keys(begin):
    run = begin()
    run.log({"train": {"loss": 1, "by": OrderedDict(a=2)}, 5: "number", Colour.RED: 1, "empty": {}})
    assert rows(run.folder) == [{"_step": 0, "train.loss": 1, "train.by.a": 2, "5": "number", "Colour.RED": 1}]


def test_large_arrays_become_histograms(begin):
    run = begin()
    run.log({"weights": np.arange(100.0)})
    (row,) = rows(run.folder)
    assert row["weights"]["_type"] == "histogram"
    assert sum(row["weights"]["values"]) == 100


def test_values_inside_themselves_end(begin):
    run = begin()
    deep = {}
    deep["again"] = deep
    endless = []
    endless.append(endless)
    run.log({"a": deep, "b": endless, "c": 1})
    (row,) = rows(run.folder)
    assert row["c"] == 1
    assert "b" in row


def test_what_is_written_as_text_is_told_once_a_type(begin, capsys):
    run = begin()
    for _ in range(3):
        run.log({"x": Weird()})
    assert capsys.readouterr().err.count("Weird") == 1


def test_one_bad_value_does_not_cost_the_row(begin):
    run = begin()
    run.log({"bad": Broken(), "list": [Broken()], "good": 1})
    assert rows(run.folder) == [{"_step": 0, "bad": None, "list": None, "good": 1}]


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters())
keys = st.text(st.characters(codec="utf-8"), max_size=8)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4) | st.tuples(inner, inner),
    max_leaves=20,
)


def expected_value(value):  # noqa: PLR0911 # one line a rule
    """The rules of the run log, said again in the plainest way."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        if -(2**63) <= value < 2**64:
            return value
        try:
            return float(value)
        except OverflowError:
            return "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, float):
        return value if math.isfinite(value) else {math.inf: "Infinity", -math.inf: "-Infinity"}.get(value, "NaN")
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: expected_value(inner) for key, inner in value.items()}
    return [expected_value(inner) for inner in value]


def expected_row(data, prefix=""):
    row = {}
    for key, value in data.items():
        if isinstance(value, dict):
            row.update(expected_row(value, f"{prefix}{key}."))
        else:
            row[prefix + key] = expected_value(value)
    return row


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.dictionaries(keys.filter(lambda key: not key.startswith("_")), trees, max_size=5), min_size=1, max_size=3
    )
)
def test_any_row_comes_back_by_the_flattening_rules(begin, logged):
    run = begin()
    for data in logged:
        run.log(data)
    read = rows(run.folder)
    run.finish()
    assert json.dumps(read) == json.dumps([{"_step": step, **expected_row(data)} for step, data in enumerate(logged)])


def test_the_cleaner_keeps_trees_nested(tmp_path):
    cleaner = Cleaner(MediaStore(str(tmp_path)), Troubles(strict=False))
    assert cleaner.tree({"a": {"b": np.arange(40)}}) == {"a": {"b": list(range(40))}}
