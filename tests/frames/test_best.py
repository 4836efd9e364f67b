"""The best run by a metric."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.definitions import MetricDefinition
from reportgen.errors import QueryError
from reportgen.frames import best
from reportgen.model import Run, RunId


def runs(key, **values):
    return [
        Run(RunId(name), "p", Path(name), name, "finished", 0, 0.0, 1.0, summary={key: value}, config={"lr": value})
        for name, value in values.items()
    ]


def test_more_is_better_unless_the_name_says_otherwise():
    assert best(runs("val/acc", a=0.5, b=0.9, c=0.7), "val/acc").id == "b"
    assert best(runs("val/loss", a=0.5, b=0.9, c=0.1), "val/loss").id == "c"


def test_a_goal_that_a_run_defines_goes_before_the_name():
    plain, other = runs("val/acc", a=0.5, b=0.9)
    aimed = replace(other, definitions=(MetricDefinition("val/*", goal="minimize"),))
    assert best([plain, aimed], "val/acc").id == "a"
    assert best([plain, aimed], "val/acc", mode="max").id == "b"


def test_the_mode_can_be_said():
    assert best(runs("val/acc", a=0.5, b=0.9), "val/acc", mode="min").id == "a"
    assert best(runs("loss", a=0.5, b=0.9), "loss", mode="max").id == "b"


def test_runs_without_a_number_do_not_count():
    assert best(runs("acc", a=math.nan, b="high", c=0.1, d=None), "acc").id == "c"


def test_the_first_of_equals():
    assert best(runs("acc", a=0.5, b=0.5), "acc").id == "a"


def test_config_keys():
    assert best(runs("acc", a=1, b=2), "config.lr").id == "b"


def test_a_metric_that_no_run_has():
    with pytest.raises(QueryError, match=r"no run has a number .*'val/ac'[\s\S]*Did you mean val/acc"):
        best(runs("val/acc", a=1), "val/ac")


def test_no_runs():
    with pytest.raises(QueryError, match="no run to choose from"):
        best([], "acc")
