"""Each folder of tests/golden/charts is a chart: ``request.json`` asks for it, ``expected.json`` is what it must be.

A missing expected file is written, so that it can be looked at and committed; in CI it is an error.
"""

import dataclasses
import json
import os
from pathlib import Path

import pytest

from reportgen.charts import CHARTS, ChartRequest
from tests.charts.sweep import sweep

GOLDEN = Path(__file__).parents[1] / "golden" / "charts"
CASES = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())


@pytest.mark.parametrize("case", CASES)
def test_a_chart_is_as_expected(case):
    folder = GOLDEN / case
    options = json.loads((folder / "request.json").read_text("utf-8"))
    project = sweep()
    seeds = options.pop("seeds", [0, 1, 2])
    runs = tuple(run for run in project.runs if run.config["seed"] in seeds)
    chart = CHARTS[options["kind"]](ChartRequest(project, runs, options, "a-chart"))
    actual = json.loads(json.dumps(dataclasses.asdict(chart)))
    expected = folder / "expected.json"
    if not expected.exists():
        assert "CI" not in os.environ, f"{expected} is missing"
        expected.write_text(json.dumps(actual, indent=1, sort_keys=True) + "\n", "utf-8")
    assert actual == json.loads(expected.read_text("utf-8"))


def test_every_kind_has_a_golden_chart():
    kinds = {json.loads((GOLDEN / case / "request.json").read_text("utf-8"))["kind"] for case in CASES}
    assert kinds == set(CHARTS)
