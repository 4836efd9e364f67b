"""Inline values: what they show, where they come from, and what they must not do."""

import html
import re

import pytest

from reportgen.errors import ReportgenError
from reportgen.markdown import expand
from reportgen.markdown.values import evaluate, inert, result_text, value_html


def shown(expression, context):
    return result_text(evaluate(expression, context)[0])


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ('best("val/acc").summary["val/acc"] | pct', "95.0\N{NO-BREAK SPACE}%"),
        ('best("val/acc").summary["val/acc"]', "0.95"),
        ('best("val/loss").name', "<script>alert(1)</script>"),
        ('best("val/acc", mode="min").id', "r0"),
        ('best("val/acc", runs="adam").name', "adam-2"),
        ('best("val/acc", runs=runs("adam"))', "adam-2"),
        ('run("sgd-3").config.optimizer.name', "sgd"),
        ('run("r3").config["optimizer.name"]', "sgd"),
        ('run("r3").config.lr | sci(1)', "1e-4"),
        ('run("r3").duration | duration', "1 min 30 s"),
        ('run("r3").tags | join', "sweep"),
        ("count()", "6"),
        ('count("config.lr < 0.001")', "3"),
        ('count("adam")', "3"),
        ('count("none")', "0"),
        ('count("two")', "2"),
        ('runs("adam") | length', "3"),
        ('runs("adam")[2].name', "adam-2"),
        ('mean("val/acc", runs="adam") | round(3)', "0.910"),
        ('((mean("val/acc") - mean("val/acc", "adam")) * 100) | num(2)', "1.5"),
        ('median("val/acc", "adam")', "0.91"),
        ('minimum("val/acc") ~ " to " ~ (maximum("val/acc") | num)', "0.9 to 0.95"),
        ('std("val/acc", "adam") | num(3)', "0.01"),
        ('ci("val/acc", "adam")', "0.91 ± 0.025 (n = 3)"),
        ('ci("val/acc", "adam") | pct', "91.0 ± 2.5\N{NO-BREAK SPACE}%"),
        ('ci("val/acc", "adam").low | round(4)', "0.8852"),
        ('maximum("duration")', "90"),
        ('mean("config.lr", "adam") | num(3)', "0.037"),
        ('"yes" if count() > 3 else "no"', "yes"),
        ("count() == 6", "yes"),
        ('count(project="zebra")', "1"),
        ("7 // 2 + 2 ** 3 - 1 % 2", "10"),
    ],
)
def test_an_expression_is_computed_from_the_runs(expression, text, context):
    assert shown(expression, context) == text


def test_a_value_of_one_run_links_to_it_and_tells_its_step(context):
    made = value_html('best("val/acc").summary["val/acc"] | pct', context)
    assert made.startswith('<a class="value value-inline" href="../../runs/r5/index.html"')
    title = html.unescape(re.search(r'title="(.*?)"', made)[1])
    assert title == "best val/acc of 6 runs; val/acc of sgd-5, step 1"


def test_a_value_of_many_runs_links_nowhere_and_says_how_many(context):
    made = value_html('mean("val/acc", runs="adam")', context)
    assert made == '<span class="value value-inline" title="mean of val/acc over 3 runs">0.91</span>'


def test_a_hostile_name_is_text_and_is_not_evaluated_again(context):
    expanded = expand('{{ run("r0").name }} and {{ run("r1").name }}', context)
    assert "<script" not in expanded.text
    assert "{{" not in expanded.text
    assert "49" not in expanded.text
    assert "<script>alert(1)</script>" in html.unescape(expanded.text)


@pytest.mark.parametrize(
    ("expression", "what"),
    [
        ("", "the braces are empty"),
        ("1 +", "this is no expression"),
        ("1 | nosuch", "this is no expression"),
        ("{% for x in y %}", "this is no expression"),
        ("foo", "there is no 'foo'"),
        ("foo.bar", "'foo'"),
        ("range(10)", "cannot be used here"),
        ("lipsum()", "cannot be used here"),
        ("cycler", "there is no 'cycler'"),
        ("self", "nothing that can be shown"),
        ('best("val/ac")', "no run has a number in its summary under 'val/ac'"),
        ('best("val/acc", mode="up")', "mode must be 'min' or 'max'"),
        ('best("val/acc", runs="none")', "is selected by 'config.lr > 100'"),
        ('best("val/acc", runs="adm")', "there is no run set 'adm'"),
        ('mean("val/acc", runs="config.lr <")', ""),
        ('mean("name")', "no run has a number"),
        ('run("r9")', "there is no run 'r9'"),
        ('run("r0").confg', "a run has no 'confg'"),
        ('run("r0").config.lrr', "the config of '<script>alert(1)</script>' has no 'lrr'"),
        ('run("r0").summary["val/ac"]', "has no 'val/ac'"),
        ('run("r0").folder', "a run has no 'folder'"),
        ('count(project="none")', "there is no project 'none'"),
        ("best", "nothing that can be shown"),
        ("[1, 2]", "nothing that can be shown"),
        ("1 / 0", "this cannot be computed"),
        ("'x' | pct", "needs a number, not text"),
        ("1 | pct(99)", "digits must be"),
        ("count() | join", "join needs a list"),
        ("runs()[99]", "a list has no 99"),
        ("missing if count() < 0", ""),
        ("best()", "this cannot be computed"),
    ],
)
def test_an_expression_that_cannot_be_computed_says_why(expression, what, context):
    with pytest.raises(ReportgenError) as caught:
        value_html(expression, context)
    assert what in caught.value.what


@pytest.mark.parametrize(
    "expression",
    [
        "''.__class__.__mro__",
        "''['__class__']",
        'run("r0").__init__.__globals__',
        'run("r0").run.folder',
        'run("r0").sources',
        "best.__self__",
        "best.__func__.__globals__",
        'run("r0").config._values',
        'run("r0").config.__class__',
        'run("r0").config.keys()',
        "'%s' % 1",
        "'a' * 10 ** 9",
        "(1, 2) * 10 ** 9",
        "'{:1000000000}'.format(1)",
        "'a'.ljust(1000000000)",
        "10.0 ** 999",
        "2 ** 100000 ** 2",
        "runs() | map(attribute='folder')",
        "runs() | attr('folder')",
        "'a' | xmlattr",
        "config",
        "request",
        "x" * 301,
        "(" * 150,
        "not " * 70 + "1" * 10 + " +",
    ],
)
def test_the_sandbox_lets_nothing_out_and_nothing_grow(expression, context):
    with pytest.raises(ReportgenError):
        value_html(expression, context)


def test_a_result_that_is_too_long_for_a_sentence_is_refused(context):
    with pytest.raises(ReportgenError, match="too long"):
        value_html(f"runs() | join('{'x' * 250}')", context)


def test_what_markdown_could_take_for_its_own_is_escaped():
    text = "a_b_ *c* [d](e) `f` <g> & {h} | ~i~ \\ ! #"
    made = inert(text)
    assert html.unescape(made) == text
    assert not set("_*[]()`<>{}|~\\!") & set(made)
