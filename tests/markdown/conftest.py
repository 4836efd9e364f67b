"""A small workspace, and a context whose blocks are rendered as their class, title and texts."""

import dataclasses
from functools import partial
from html import escape

import pytest

from reportgen.charts import report_charts
from reportgen.markdown import ReportContext
from reportgen.model import Workspace
from reportgen.tables import report_table
from tests.builders import load, run

FIRST_LINE = 5
"""The front matter of the pretended report takes four lines."""


def render(block):
    """Something like a template: the block's class and all its text, escaped."""
    words = [str(getattr(block, name)) for name in ("title", "label", "value", "items") if hasattr(block, name)]
    return (
        f'<figure class="{type(block).__name__}" data-panel="[a](b) *c* _d_ `e`">\n{escape(" ".join(words))}\n</figure>'
    )


@pytest.fixture(scope="session")
def workspace(tmp_path_factory) -> Workspace:
    folder = tmp_path_factory.mktemp("study")
    for number, name in enumerate(("<script>alert(1)</script>", "{{7*7}}", "adam-2", "sgd-3", "sgd-4", "sgd-5")):
        run(f"r{number}").at(number * 10).name(name).tag("sweep").config(
            optimizer={"name": "adam" if number < 3 else "sgd"}, lr=0.1 / 10**number
        ).metric("val/acc", [0.5, 0.9 + number / 100]).metric("val/loss", [1.0, 0.1]).finished(seconds=90).write(folder)
    run("other", project="zebra").metric("loss", [1.0]).finished().write(folder)
    return load(folder)


@pytest.fixture
def context(workspace) -> ReportContext:
    return ReportContext(
        workspace=workspace,
        charts=report_charts(),
        runs_table=partial(report_table, link=lambda logged: f"runs/{logged.id}/index.html"),
        render=render,
        links=lambda logged: f"../../runs/{logged.id}/index.html",
        where="reports/a.md",
        first_line=FIRST_LINE,
        meta={"runs": {"adam": 'config.optimizer.name == "adam"', "none": "config.lr > 100", "two": ["r0", "adam-2"]}},
    )


@pytest.fixture
def with_meta(context):
    def replaced(**meta):
        return dataclasses.replace(context, meta=meta)

    return replaced
