"""Reports from Markdown to Markdown with everything computed in it."""

import html
import re
from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.document import Chart, Metric, Notice, Table
from reportgen.markdown import MARKDOWN_EXTENSION_CONFIGS, MARKDOWN_EXTENSIONS, expand


def rendered(text):
    return markdown.markdown(text, extensions=list(MARKDOWN_EXTENSIONS), extension_configs=MARKDOWN_EXTENSION_CONFIGS)


def problems(expanded):
    return [str(problem) for problem in expanded.problems]


def test_a_report_without_anything_of_ours_stays_as_it_is(context):
    text = "# Title\n\nText with `{{ code }}`, a { brace }.\r\n\n```python\nprint('{{ 1 }}')\n```\n\n    {% raw %}\n"
    expanded = expand(text, context)
    assert (expanded.text, expanded.blocks, expanded.problems) == (text, (), ())


def test_blocks_are_made_in_order_and_stand_where_they_were_written(context):
    text = """\
# Report

```chart
metric: val/acc
runs: adam
caption: "a *b* [c](d) `e`"
```

Between.

~~~runs
columns: [name, lr]
sort: -lr
limit: 2
~~~

````markdown
```chart
metric: an example
```
````
"""
    expanded = expand(text, context)
    chart, table = expanded.blocks
    assert isinstance(chart, Chart)
    assert isinstance(table, Table)
    assert chart.panel["runs"] == ["r0", "r1", "r2"]
    assert chart.caption == "a *b* [c](d) `e`"
    assert (table.total, table.options["sort"]) == (2, ["-config.lr"])
    made = rendered(expanded.text)
    assert re.findall(r'<figure class="(\w+)"|<p>(\w+)\.</p>|<code>', made) == [
        ("Chart", ""),
        ("", "Between"),
        ("Table", ""),
        ("", ""),
    ]
    assert not expanded.problems


class Attributes(HTMLParser):
    """Collects the attribute ``data-panel`` of every figure."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        if tag == "figure":
            self.found.append(dict(attributes)["data-panel"])


@pytest.mark.parametrize(
    "frame",
    [
        "{}",
        "Text before\n{}\ntext after",
        "- item\n\n{4}\n\n- next",
        "1. item\n\n{4}",
        "!!! note\n\n{4}",
        '=== "Tab"\n\n{4}',
        "> quoted\n>\n{>}",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n{}",
    ],
)
def test_markdown_leaves_the_html_of_blocks_alone(context, frame):
    lines = ["```chart", "metric: val/acc", "```"]
    block = {
        "{}": "\n".join(lines),
        "{4}": "\n".join("    " + line for line in lines),
        "{>}": "\n".join("> " + line for line in lines),
    }
    text = frame
    for place, written in block.items():
        text = text.replace(place, written)
    made = Attributes()
    made.feed(rendered(expand(text, context).text))
    assert made.found == ["[a](b) *c* _d_ `e`"]


def test_charts_of_a_list_stand_side_by_side(context):
    expanded = expand("```chart\n- metric: val/acc\n- metric: val/loss\n  log_x: true\n  log_y: true\n```", context)
    first, second = expanded.blocks
    assert (first.title, second.title) == ("val/acc", "val/loss")
    assert second.panel["logX"] is second.panel["logY"] is True
    assert not {"logX", "logY"} & first.panel.keys()
    assert first.id != second.id
    assert '<div class="panels"><figure' in expanded.text


def test_metrics_stand_in_a_row(context):
    text = """\
```metric
- metric: val/acc
  format: pct
  label: Best accuracy
- metric: val/loss
  stat: mean
  runs: adam
- value: count("adam")
  label: Adam runs
  detail: of all
- metric: val/acc
  stat: ci
  format: pct(2)
- metric: val/acc
  stat: last
```
"""
    expanded = expand(text, context)
    assert problems(expanded) == []
    best, mean, count, interval, last = expanded.blocks
    assert isinstance(best, Metric)
    assert (best.label, best.value, best.source.href) == (
        "Best accuracy",
        "95.0\N{NO-BREAK SPACE}%",
        "../../runs/r5/index.html",
    )
    assert (mean.label, mean.value, mean.source) == ("val/loss", "0.1", None)
    assert mean.detail == "mean of val/loss over 3 runs"
    assert (count.value, count.detail) == ("3", "of all")
    assert interval.value == "92.50 ± 1.96\N{NO-BREAK SPACE}%"
    assert last.source.text == "sgd-5"
    assert '<div class="metrics">' in expanded.text


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        ("chart\nmetrc: val/acc", "6: chart: unknown key 'metrc'; did you mean 'metric'?"),
        ("chart\nmetric: val/acc\n\nzzz: 1", "8: chart: unknown key 'zzz'; there is: kind, metric"),
        (
            "chart\nkind: line\nmetric: val/acx",
            "7: chart: none of the 6 runs logged a metric 'val/acx'; did you mean 'val/acc'",
        ),
        (
            "chart\nmetric: val/acc\nruns: config.lr > 5",
            "7: chart: no run of 'digits' is selected by 'config.lr > 5'; the",
        ),
        ("chart\nmetric: val/acc\nruns: none", "7: chart: no run of 'digits' is selected by 'config.lr > 100'"),
        ("chart\nmetric: val/acc\nruns: adm", "7: chart: there is no run set 'adm'; did you mean 'adam'?"),
        ("chart\nmetric: val/acc\nruns: config.lr <", "7: chart: "),
        ("chart\nmetric: val/acc\nruns: [r0, r9]", "7: chart: there is no run 'r9'"),
        (
            "chart\nkind: pie",
            "6: chart: there is no chart of kind 'pie'; choose one of line, scatter, bar, histogram, box",
        ),
        ("chart\nkind: scater", "6: chart: there is no chart of kind 'scater'; did you mean 'scatter'?"),
        ("chart\nkind: bar\nmetric: val/acc\nsmooth: 0.5", "8: chart: a bar chart has no use for 'smooth'; it takes"),
        ("chart\nmetric: val/acc\nsmooth: 2", "7: chart: 'smooth' must be a number from 0 to 0.99, not 2"),
        ("chart\nmetric: [a, b]", "6: chart: 'metric' must be text, not ['a', 'b']"),
        ("chart\nmetric: val/acc\nlog_y: 1", "7: chart: 'log_y' must be true or false, not 1"),
        ("chart\nmetric: val/acc\nproject: digit", "7: chart: there is no project 'digit'; did you mean 'digits'?"),
        (
            "chart\nmetric: a: b",
            "6: chart: the block is not valid YAML: mapping values are not allowed here; put a value",
        ),
        ("chart\nmetric: [a", "6: chart: the block is not valid YAML: "),
        ("chart\njust text", "6: chart: a block is made of lines 'key: value'"),
        ("chart\n- metric: val/acc\n- metrc: val/acc", "7: chart: unknown key 'metrc'"),
        ("chart", "5: chart: a line chart needs 'metric'"),
        ("runs\nsort: -val/ac", "6: runs: the runs have no column 'val/ac'; did you mean 'val/acc'"),
        ("runs\ncolumns: [name, lrx]", "6: runs: the runs have no column 'lrx'; did you mean 'lr'?"),
        ("runs\nlimit: 0", "6: runs: 'limit' must be a whole number above zero, not 0"),
        ("metric\nlabel: x", "5: metric: a metric needs 'value' or 'metric'"),
        ("metric\nvalue: best('val/acc')\nmetric: val/acc", "7: metric: 'metric' and 'value' exclude each other"),
        ("metric\nmetric: val/acc\nstat: average", "7: metric: 'stat' must be one of best"),
        ("metric\nmetric: val/acc\nformat: percent", "7: metric: there is no format 'percent'; choose one of pct"),
        ("metric\nvalue: nosuch()", "6: metric: "),
    ],
)
def test_a_block_with_an_error_says_what_and_on_which_line(context, block, problem):
    expanded = expand(f"```{block}\n```\n\nThe rest {{{{ count() }}}}.", context)
    assert len(expanded.problems) == 1
    assert problems(expanded)[0].startswith(f"reports/a.md:{problem}")
    (notice,) = expanded.blocks
    assert isinstance(notice, Notice)
    assert notice.kind == "error"
    assert notice.items[-1] == str(expanded.problems[0]).split(": ")[0]
    assert ">6</span>." in expanded.text


def test_a_block_without_an_end_is_an_error_and_swallows_the_rest(context):
    expanded = expand("```chart\nmetric: val/acc\n\nText.", context)
    assert problems(expanded) == ["reports/a.md:5: chart: the block 'chart' is not closed; end it with a line of ```"]


def test_a_value_with_an_error_is_seen_and_reported_with_its_line(context):
    expanded = expand("One.\n\nTwo {{ count() }} and\n{{ nosuch }} here.", context)
    (problem,) = problems(expanded)
    assert problem.startswith("reports/a.md:8: {{ nosuch }}: there is no 'nosuch'; there is: runs, run, best, last, ")
    assert 'class="value value-error" role="alert"' in expanded.text
    assert "there is no 'nosuch'" in html.unescape(expanded.text)
    assert ">6</span>" in expanded.text


def test_escaped_braces_stay_braces(context):
    assert rendered(expand(r"\{{ count() }}", context).text) == "<p>{{ count() }}</p>"


def test_a_value_may_stand_in_headings_and_tables(context):
    made = rendered(expand("## Best {{ count() }}\n\n| a |\n|---|\n| {{ ci('val/acc') | pct }} |", context).text)
    assert re.search(r'<h2 id="best-6">Best <span class="value value-inline" title="6 runs">6</span>', made)
    assert re.search(r"<td><span [^>]*>92\.5 &#177; 2\.0&#160;%</span></td>", made)


def test_the_front_matter_names_the_project(with_meta):
    context = with_meta(project="zebra")
    expanded = expand("{{ count() }}\n\n```chart\nmetric: loss\n```", context)
    assert expanded.problems == ()
    assert expanded.blocks[0].panel["project"] == "zebra"
    assert ">1</span>" in expanded.text


def test_a_block_may_name_another_project(context):
    expanded = expand("```runs\nproject: zebra\n```", context)
    assert expanded.blocks[0].options["project"] == "zebra"


@pytest.mark.parametrize("runs", [None, "text", ["a"], {"a": 1}, {"a": "a"}, {"a": "b", "b": "a"}, {1: "true"}])
def test_odd_front_matter_spoils_only_what_uses_it(with_meta, runs):
    expanded = expand('{{ count() }} {{ count("a") }}', with_meta(runs=runs))
    assert ">6</span>" in expanded.text


def test_a_workspace_without_projects_says_so(context):
    import dataclasses

    from reportgen.model import Workspace

    empty = dataclasses.replace(context, workspace=Workspace(context.workspace.folder, ()))
    expanded = expand("{{ count() }}\n\n```runs\n```", empty)
    assert [problem.what for problem in expanded.problems] == [
        "runs: there is no project yet; log a run first",
        "{{ count() }}: there is no project yet; log a run first",
    ] or len(expanded.problems) == 2


FRAGMENTS = st.sampled_from(
    [
        *(
            "```",
            "~~~",
            "````",
            "`",
            "``",
            "{{",
            "}}",
            "{{ ",
            " }}",
            "\\",
            "\n",
            "\n\n",
            "    ",
            "> ",
            "- ",
            "\r\n",
            "\0",
        ),
        *("chart", "runs", "metric", "metric: val/acc", "runs: adam", "kind: box", "x: lr", ": ", "[", "]", "&a", "*a"),
        *("best('val/acc')", "count()", ".summary", "['val/acc']", "| pct", "(", ")", "'", '"', "**", "<!--", "-->"),
        *(
            "<code>",
            "</code>",
            "smooth: .inf",
            "limit: -1",
            "bins: 3",
            "? ",
            "- metric: a",
            "!!python/object:os.x",
            "~",
        ),
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(), st.lists(st.one_of(FRAGMENTS, st.text(max_size=5)), max_size=25).map("".join)))
def test_expand_never_raises_whatever_the_text_says(context, text):
    expanded = expand(text, context)
    assert all(problem.where.startswith("reports/a.md:") for problem in expanded.problems)
    for problem in expanded.problems:
        line = int(problem.where.rpartition(":")[2])
        assert 5 <= line <= 5 + text.count("\n") + 1


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.one_of(FRAGMENTS, st.text(max_size=3)), max_size=12))
def test_no_block_body_and_no_expression_raises(context, parts):
    body = " ".join(parts).replace("`", "").replace("}}", "")
    expand(
        f"```chart\n{body}\n```\n\n```metric\nvalue: {body}\n```\n\n```runs\nruns: {body}\n```\n\n{{{{ {body} }}}}",
        context,
    )
