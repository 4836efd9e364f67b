"""Home, workspace, runs table and list of reports."""

from reportgen.document import Notice, Prose, ReportCard, ReportCards, RunCards, StateCounts, Table, Workbench
from reportgen.pages import home_page, reports_page, runs_page, workspace_page
from tests.builders import run


def blocks(page, kind):
    return [block for section in page.sections for block in section.blocks if isinstance(block, kind)]


def three_runs():
    return (
        run("a").name("slow").metric("val/acc", [0.5]).finished(),
        run("b").at(100).name("<b>best</b>").tag("x").metric("val/acc", [0.9]).finished(),
        run("c").at(200).metric("val/acc", [0.7]).failed(),
        run("d").at(300).crashed(),
    )


def test_the_home_of_one_project_shows_it(context_of):
    reports = (ReportCard("A report", "reports/a/index.html"),)
    page = home_page(context_of(*three_runs(), reports=reports), prose="<p>About</p>")
    assert (page.uri, page.title, page.project) == ("index.html", "digits", "digits")
    assert [section.id for section in page.sections] == ["about", "runs", "best", "recent", "reports"]
    (counts,) = blocks(page, StateCounts)
    assert counts.counts == {"finished": 2, "failed": 1, "crashed": 1}
    assert [link.uri for link in counts.links] == ["workspace/index.html", "runs/index.html"]
    best, recent = blocks(page, RunCards)
    assert [(card.name, card.detail, card.color) for card in best.runs] == [
        ("<b>best</b>", "val/acc 0.9", 1),
        ("c", "val/acc 0.7", 2),
        ("slow", "val/acc 0.5", 0),
    ]
    assert [card.name for card in recent.runs] == ["d", "c", "<b>best</b>", "slow"]
    (cards,) = blocks(page, ReportCards)
    assert cards.reports == reports


def test_a_loss_is_best_when_low(context_of):
    page = home_page(context_of(run("a").metric("val/loss", [0.5]), run("b").at(1).metric("val/loss", [0.1])))
    assert [card.name for card in blocks(page, RunCards)[0].runs] == ["b", "a"]


def test_runs_without_a_metric_have_no_best(context_of):
    assert [section.id for section in home_page(context_of(run("a"))).sections] == ["runs", "recent"]


def test_several_projects_are_counted_each(context_of):
    context = context_of(run("a", project="one"), run("b", project="two").at(5), run("c", project="two").at(3))
    page = home_page(context)
    assert (page.uri, page.project) == ("index.html", "")
    assert [(card.project, card.counts) for card in blocks(page, StateCounts)] == [
        ("one", {"crashed": 1}),
        ("two", {"crashed": 2}),
    ]
    assert [card.uri for card in blocks(page, RunCards)[0].runs] == [
        "two/runs/b/index.html",
        "two/runs/c/index.html",
        "one/runs/a/index.html",
    ]
    own = home_page(context, project=context.workspace.projects[1])
    assert (own.uri, own.title) == ("two/index.html", "two")


def test_an_empty_folder_says_how_to_begin(context_of):
    page = home_page(context_of())
    (prose,) = blocks(page, Prose)
    assert "reportgen.init(" in prose.html
    assert "<script" not in prose.html


def test_problems_outside_of_any_run_are_shown(context_of, tmp_path):
    (tmp_path / "runs/digits").mkdir(parents=True)
    (tmp_path / "runs/digits/notes.txt").write_text("not a run")
    (tmp_path / "runs/digits/empty").mkdir()
    context = context_of(run("a"))
    problems = [*context.workspace.problems, *context.workspace.projects[0].problems]
    shown = [item for notice in blocks(home_page(context), Notice) for item in notice.items]
    assert shown == [str(problem) for problem in problems]


def test_damaged_run_logs_are_counted_and_named_in_the_same_notice(context_of, tmp_path):
    context_of(run("a"), run("b"))
    for name in ("a", "b"):
        with (tmp_path / f"runs/digits/{name}/metrics.jsonl").open("a") as log:
            log.write("garbage\n")
    context = context_of()
    (notice,) = blocks(home_page(context), Notice)
    assert notice.items == ("digits: 2 places in the run logs could not be read, see a, b",)


def test_a_workspace_is_for_the_browser_to_fill(context_of):
    context = context_of(*three_runs())
    page = workspace_page(context.workspace.projects[0], context)
    assert (page.uri, page.template) == ("workspace/index.html", "workspace.html")
    assert blocks(page, Workbench) == [Workbench("digits")]


def test_the_runs_page_has_every_run_newest_first_and_keeps_its_state(context_of):
    context = context_of(*three_runs())
    page = runs_page(context.workspace.projects[0], context)
    (table,) = blocks(page, Table)
    assert [row[0].text for row in table.rows] == ["d", "c", "<b>best</b>", "slow"]
    assert table.rows[0][0].uri == "runs/d/index.html"
    assert table.options == {"project": "digits", "runs": None, "url": True, "sort": ["-started"]}


def test_the_list_of_reports_says_how_to_write_one(context_of):
    (cards,) = blocks(reports_page(context_of(run("a"))), ReportCards)
    assert "reports/" in cards.empty
