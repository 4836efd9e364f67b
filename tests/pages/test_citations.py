"""Which reports cite a run."""

import pytest

from reportgen.document import Link
from reportgen.pages.citations import find_citations
from tests.builders import run
from tests.pages.test_run import facts, page_of

REPORT = Link("Why", "reports/why/index.html")


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("{{ run('a').summary['acc'] }}", {"a"}),
        ('{{ run("second").config.lr }} and {{run( "a" )}}', {"a", "b"}),
        ("runs: 'id == \"b\"'", {"b"}),
        ("[the run](../runs/digits/a/index.md) and ![x](../runs/digits/b/files/x.png)", {"a", "b"}),
        ("[page](../runs/a/index.html#console:12)", {"a"}),
        ("a run of b, 'a' and `b`, run(a), runs/abc/", set()),
    ],
)
def test_a_report_cites_the_runs_that_it_names_or_links_to(context_of, text, cited):
    context = context_of(run("a"), run("b").at(1).name("second"))
    found = find_citations(context.workspace, [(REPORT, text)])
    assert found == {("digits", name): (REPORT,) for name in cited}


def test_the_page_of_a_run_leads_to_the_reports(context_of):
    context = context_of(run("a"), citations={("digits", "a"): (REPORT,)})
    fact = facts(page_of(context, "a"))["Cited in"]
    assert (fact.value, fact.uri) == ("Why", "reports/why/index.html")
