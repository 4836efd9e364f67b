"""Logged charts: what they say, and what they do with data that do not fit or mean harm."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from reportgen.charts.logged import LoggedChart, logged_chart
from reportgen.errors import BlockError
from tests.charts.logged.test_logged_golden import CASES, logged

ROOT = Path(__file__).parents[3]
EVIL = ("<script>alert(1)</script>", "\"'];datum.constructor('alert(1)')()//", "${field:x}", "__proto__")


def chart(spec, rows, fields, columns=("a", "b", "c"), **strings):
    return logged_chart(LoggedChart(spec, strings.get("title", ""), fields, strings, columns, rows), "c")


def values(made, name):
    return next(table["values"] for table in made.spec["data"] if table["name"] == name)


def without_data(spec):
    return json.dumps({**spec, "data": [{**table, "values": None} for table in spec["data"]]})


def test_cells_that_are_no_numbers_are_left_out():
    rows = [[1, 2], [2, "NaN"], ["x", 3], [3], [4, True], [5, 6.5]]
    made, _ = chart("line/v0", rows, {"x": "a", "y": "b"})
    assert [(row["x"], row["y"]) for row in values(made, "points")] == [(1, 2), (5, 6.5)]
    assert made.summary == "b over a: between 2 and 6.5."


@pytest.mark.parametrize("spec", ["line/v0", "scatter/v0", "bar/v0", "histogram/v0", "confusion_matrix/v1"])
def test_a_table_with_nothing_to_draw_is_named(spec):
    fields = dict.fromkeys(("x", "y", "label", "value", "Actual", "Predicted", "nPredictions"), "a")
    with pytest.raises(BlockError, match="no row that can be drawn"):
        chart(spec, [["text"], [None]], fields)


def test_columns_that_are_not_there_are_named():
    with pytest.raises(BlockError, match="no column 'loss'"):
        chart("line/v0", [[1, 2, 3]], {"x": "a", "y": "loss"})
    with pytest.raises(BlockError, match="needs a column for 'y'"):
        chart("line/v0", [[1, 2, 3]], {"x": "a"})


def test_names_of_a_run_log_stay_in_the_data_or_are_titles():
    fields = {"x": EVIL[0], "y": EVIL[1], "stroke": EVIL[3]}
    made, _ = chart("line/v0", [[1, 2, EVIL[1]], [2, 3, "b"]], fields, [EVIL[0], EVIL[1], EVIL[3]], title=EVIL[1])
    outside = without_data(made.spec)
    expressions = re.findall(r'"(?:signal|expr|test|field)": "((?:[^"\\]|\\.)*)"', outside)
    assert expressions
    assert not [text for text in expressions if "alert" in text]
    assert values(made, "points")[0]["color"] == EVIL[1]


def test_a_matrix_counts_each_pair_once_and_says_what_is_mistaken():
    rows = [["cat", "cat", 3], ["cat", "dog", 1], ["cat", "dog", 2], ["dog", "dog", -4], ["dog", "cat", "x"]]
    made, _ = chart("confusion_matrix/v1", rows, {"Actual": "a", "Predicted": "b", "nPredictions": "c"})
    assert [(row["actual"], row["predicted"], row["share"]) for row in values(made, "pairs")] == [
        ("cat", "cat", 0.5),
        ("cat", "dog", 0.5),
    ]
    assert "cat was taken for dog most often" in made.summary


def test_more_bars_than_can_be_seen_are_cut_and_that_is_said():
    made, notes = chart("bar/v0", [[str(n), n] for n in range(150)], {"label": "a", "value": "b"})
    assert len(values(made, "bars")) == 100
    assert notes == ("The first 100 of 150 bars are drawn.",)


def test_the_bundle_that_ships_draws_every_logged_chart_without_eval_and_network(tmp_path):
    node, manifest = shutil.which("node"), ROOT / "themes/reportgen/assets/assets.json"
    if node is None or not manifest.exists():
        pytest.skip("needs Node and the built browser code: npm run build in themes/client")
    bundle = manifest.parent / json.loads(manifest.read_text())["vega.js"]
    (tmp_path / "own.json").write_text('{"mark": "bar", "encoding": {"x": {"field": "${field:x}", "type": "nominal"}}}')
    own = LoggedChart("own", "", {"x": EVIL[1]}, {}, [EVIL[1]], [["a"], ["b"]])
    specs = [logged_chart(logged(case), "c")[0].spec for case in CASES] + [
        logged_chart(own, "c", None, tmp_path)[0].spec
    ]
    done = subprocess.run(
        [node, "--disallow-code-generation-from-strings", ROOT / "tests/charts/interpret.mjs", bundle],
        input=json.dumps(specs),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    for narrow, wide in json.loads(done.stdout):
        assert wide["span"] > narrow["span"] + 400
        assert min(wide["marks"].values()) > 0


@pytest.mark.parametrize("case", CASES)
def test_a_logged_chart_has_no_colour_and_no_address_of_its_own(case):
    text = json.dumps(logged_chart(logged(case), "c")[0].spec)
    assert not re.search(r"#[0-9a-f]{3,8}\b|\"(black|white|steelblue)\"", text)
    assert '"url"' not in text
    assert "background" not in text
