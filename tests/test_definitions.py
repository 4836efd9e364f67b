"""Which definition applies to a metric."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.definitions import MetricDefinition, definition_of

DEFINITIONS = tuple(map(MetricDefinition, ("val/loss", "*", "val/*", "val/l*", "v?l")))


@pytest.mark.parametrize(
    ("metric", "name"),
    [("val/loss", "val/loss"), ("val/lr", "val/l*"), ("val/acc", "val/*"), ("x/y", "*"), ("val", "*")],
)
def test_an_exact_name_goes_before_globs_and_a_later_glob_before_earlier_ones(metric, name):
    assert definition_of(metric, DEFINITIONS).name == name


def test_without_a_star_there_is_no_glob():
    assert definition_of("val", [MetricDefinition("v?l", hidden=True)]) == MetricDefinition("val")


@given(st.text(), st.lists(st.text(alphabet="*?[]!-ab/\n\\", max_size=12)))
def test_whatever_the_names_are_one_definition_applies(metric, names):
    found = definition_of(metric, [MetricDefinition(name, step_metric="x") for name in names])
    assert found.name in {metric, *names}
