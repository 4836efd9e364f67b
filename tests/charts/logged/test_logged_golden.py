"""Each folder of tests/golden/logged_charts is a chart that a run logged: ``request.json`` is what was logged.

A missing expected file is written, so that it can be looked at and committed; in CI it is an error.
"""

import dataclasses
import json
import os
from pathlib import Path

import pytest

from reportgen.charts.logged import LOGGED_CHARTS, PRESETS, LoggedChart, logged_chart

GOLDEN = Path(__file__).parents[2] / "golden" / "logged_charts"
CASES = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())


def logged(case):
    return LoggedChart(**json.loads((GOLDEN / case / "request.json").read_text("utf-8")))


@pytest.mark.parametrize("case", CASES)
def test_a_logged_chart_is_as_expected(case):
    chart, notes = logged_chart(logged(case), "a-chart")
    assert notes == ()
    actual = json.loads(json.dumps(dataclasses.asdict(chart)))
    expected = GOLDEN / case / "expected.json"
    if not expected.exists():
        assert "CI" not in os.environ, f"{expected} is missing"
        expected.write_text(json.dumps(actual, indent=1, sort_keys=True) + "\n", "utf-8")
    assert actual == json.loads(expected.read_text("utf-8"))


def test_every_specification_has_a_golden_chart():
    drawn = {LOGGED_CHARTS[logged(case).spec.removeprefix(PRESETS)] for case in CASES}
    assert drawn == set(LOGGED_CHARTS.values())
