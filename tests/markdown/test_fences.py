"""Which lines are a block, and where values stand."""

import pytest

from reportgen.markdown.fences import find_fences, outside_code


def fences(text):
    return [(fence.name, fence.body, fence.closed) for fence in find_fences(text.split("\n"))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```chart\nmetric: a\n```", [("chart", "metric: a", True)]),
        ("~~~ runs\nlimit: 1\n~~~", [("runs", "limit: 1", True)]),
        ("```{.metric}\nvalue: 1\n```", [("metric", "value: 1", True)]),
        ("```python\nx\n```", [("", "x", True)]),
        ("```charts\nx\n```", [("", "x", True)]),
        ("````md\n```chart\na: 1\n```\n````", [("", "```chart\na: 1\n```", True)]),
        ("```chart\n~~~\n```", [("chart", "~~~", True)]),
        ("~~~chart\n```\n~~~", [("chart", "```", True)]),
        ("```chart\na: 1\n`````", [("chart", "a: 1", True)]),
        ("````chart\na: 1\n```\n````", [("chart", "a: 1\n```", True)]),
        ("```chart\na: 1", [("chart", "a: 1", False)]),
        ("  ```chart\n  a:\n    - b\n  ```", [("chart", "a:\n  - b", True)]),
        ("    ```chart\n    a: 1\n    ```", [("chart", "a: 1", True)]),
        ("> ```chart\n> a: 1\n> ```", [("chart", "a: 1", True)]),
        ("```chart```\n", []),
        ("text ```chart\n", []),
        ("``chart\n``", []),
        ("```chart\n```\n```runs\n```", [("chart", "", True), ("runs", "", True)]),
    ],
)
def test_fences_are_found(text, found):
    assert fences(text) == found


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("a `{{ b }}` c", ["a ", " c"]),
        ("a ``{{ ` }}`` c", ["a ", " c"]),
        ("a ` {{ b }}", ["a ` {{ b }}"]),
        ("a ` b\n\nc ` {{ d }}", ["a ` b\n\nc ` {{ d }}"]),
        ("a <!-- {{ b }} --> c", ["a ", " c"]),
        ("a <code>{{ b }}</code> c", ["a ", " c"]),
        (r"a \` {{ b }} ` c", ["a ", " {{ b }} ` c"]),
    ],
)
def test_code_spans_and_comments_are_no_place_for_values(text, outside):
    assert [text[start:end] for start, end in outside_code(text)] == outside
