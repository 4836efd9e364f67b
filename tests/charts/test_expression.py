"""The expressions of line charts: what the browser understands passes the build, and what it does not is said alike."""

import json
from pathlib import Path

import pytest

from reportgen.charts.expression import ExpressionError, read_expression

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "expression.json").read_text())


@pytest.mark.parametrize("row", VECTORS["values"] + VECTORS["ranges"], ids=lambda row: row["text"])
def test_the_metrics_of_an_expression(row):
    found = read_expression(row["text"], VECTORS["known"])
    named = set(row) - {"text", "is"}
    assert set(found.metrics) | ({"y"} if found.uses_y else set()) == named


@pytest.mark.parametrize("row", VECTORS["errors"], ids=lambda row: row["text"] or "nothing")
def test_what_is_wrong_is_said_as_the_browser_says_it(row):
    with pytest.raises(ExpressionError) as caught:
        read_expression(row["text"], VECTORS["known"])
    assert str(caught.value) == row["says"]


@pytest.mark.parametrize("text", ["(" * 500 + "y", "-" * 500 + "y", "y" + "+y" * 501])
def test_an_expression_is_refused_before_it_is_too_much(text):
    with pytest.raises(ExpressionError, match=r"nested too deep|longer than 1000"):
        read_expression(text, [])
