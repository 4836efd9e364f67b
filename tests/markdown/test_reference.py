"""docs/reference/report-blocks.md has every block, key, function, format and extension, and its examples work."""

import re
from pathlib import Path

import pytest

from reportgen.charts import CHARTS
from reportgen.markdown import BLOCKS, MARKDOWN_EXTENSIONS, expand
from reportgen.markdown.functions import Functions
from reportgen.markdown.metric_block import STATISTICS
from reportgen.markdown.run_view import RUN_ATTRIBUTES, Sources
from reportgen.markdown.values import FILTERS

PAGE = (Path(__file__).parents[2] / "docs/reference/report-blocks.md").read_text("utf-8")


@pytest.mark.parametrize("block", BLOCKS)
def test_every_key_of_a_block_is_described(block):
    section = re.search(rf"^## {block}$(.*?)^## ", PAGE, re.MULTILINE | re.DOTALL)[1]
    table = "\n".join(line.split("|")[1] for line in section.splitlines() if line.startswith("|"))
    assert set(BLOCKS[block][0]) == set(re.findall(r"`(\w+)`", table))


def test_every_kind_function_format_and_extension_is_described(context):
    words = [
        *CHARTS,
        *STATISTICS,
        *FILTERS,
        *MARKDOWN_EXTENSIONS,
        *RUN_ATTRIBUTES,
        *Functions(context, Sources()).table(),
    ]
    missing = [word for word in words if not re.search(rf"`{re.escape(word)}\b", PAGE)]
    assert missing == []


def test_the_examples_of_blocks_have_no_unknown_key(context):
    examples = re.findall(r"^````markdown\n(.*?)^````$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(examples) == 5
    for example in examples:
        problems = [problem.what for problem in expand(example, context).problems]
        assert not [what for what in problems if "unknown key" in what or "YAML" in what or "must be" in what], problems
