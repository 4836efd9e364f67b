import math

import numpy as np
import pytest

from reportgen.frames import LineFacts, line_facts
from reportgen.model import Series


@pytest.mark.parametrize(
    ("values", "facts"),
    [
        ([3.0, 1.0, 2.0], LineFacts(3, 2.0, 1.0, 3.0)),
        ([3.0, math.nan, math.inf], LineFacts(3, 3.0, 3.0, 3.0)),
        ([math.nan, -math.inf], LineFacts(2, math.nan, math.nan, math.nan)),
    ],
)
def test_what_is_not_finite_is_counted_and_nothing_else(values, facts):
    column = np.array(values)
    found = line_facts(Series("m", np.arange(len(column), dtype=float), column, column))
    assert found.points == facts.points
    np.testing.assert_equal(tuple(found), tuple(facts))
