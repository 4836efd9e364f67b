"""The runs table."""

import pytest

from reportgen.document import Cell
from reportgen.errors import BlockError
from reportgen.tables import RunsTableOptions, report_table, runs_table
from tests.builders import project_model, run


def link(logged):
    return f"runs/{logged.id}/index.html"


@pytest.fixture
def project(tmp_path):
    return project_model(
        tmp_path,
        run("a").name("<script>alert(1)</script>").config(lr=0.1, same=1).metric("val/acc", [0.5]).finished(),
        run("b").at(10).config(lr=0.01, same=1).metric("val/acc", [0.98765]).finished(seconds=75),
        run("c").at(20).config(lr=0.001, same=1).tag("x", "y").failed(),
    )


def texts(table):
    return [[cell.text for cell in row] for row in table.rows]


def test_chosen_columns_are_the_name_what_differs_and_the_results(project):
    table = runs_table(project, project.runs, RunsTableOptions("t"))
    assert [column.key for column in table.columns] == ["name", "config.lr", "summary.val/acc"]
    assert texts(table) == [["<script>alert(1)</script>", "0.1", "0.5"], ["b", "0.01", "0.9877"], ["c", "0.001", ""]]


def test_columns_may_be_named_in_short(project):
    table = runs_table(project, project.runs, RunsTableOptions("t", columns=("name", "lr", "val/acc", "duration")))
    assert [column.key for column in table.columns] == ["name", "config.lr", "summary.val/acc", "duration"]
    assert texts(table)[1] == ["b", "0.01", "0.9877", "1 min 15 s"]
    assert table.options["columns"] == ["name", "config.lr", "summary.val/acc", "duration"]


@pytest.mark.parametrize(
    ("sort", "order"), [("val/acc", "abc"), ("-val/acc", "bac"), ("lr", "cba"), ("-started", "cba")]
)
def test_runs_without_a_value_come_last_in_either_direction(project, sort, order):
    table = runs_table(project, project.runs, RunsTableOptions("t", sort=(sort,), link=link))
    assert "".join(row[0].uri.split("/")[1] for row in table.rows) == order


def test_the_first_sort_key_goes_before_the_second(tmp_path):
    described = [run(f"r{n}").config(a=n % 2, b=n).metric("m", [1]) for n in range(4)]
    project = project_model(tmp_path, *described)
    table = runs_table(project, project.runs, RunsTableOptions("t", columns=("name",), sort=("a", "-b")))
    assert texts(table) == [["r2"], ["r0"], ["r3"], ["r1"]]


def test_whole_numbers_are_sorted_by_size(tmp_path):
    project = project_model(tmp_path, *(run(f"r{size}").config(size=size).metric("m", [1]) for size in (9, 10, 100)))
    table = runs_table(project, project.runs, RunsTableOptions("t", columns=("name",), sort=("-size",)))
    assert texts(table) == [["r100"], ["r10"], ["r9"]]


def test_names_link_to_their_run_and_values_carry_their_full_text(project):
    table = runs_table(project, project.runs, RunsTableOptions("t", link=link))
    assert table.rows[1][0] == Cell("b", "b", "runs/b/index.html")
    assert table.rows[1][2] == Cell("0.9877", "0.98765")


def test_a_limit_counts_after_sorting_and_names_its_runs(project):
    table = runs_table(project, project.runs, RunsTableOptions("t", sort=("-val/acc",), limit=1))
    assert (table.total, table.options["runs"]) == (1, ["b"])
    assert runs_table(project, project.runs, RunsTableOptions("t")).options["runs"] is None


def test_the_page_of_runs_has_every_column(project):
    table = runs_table(project, project.runs, RunsTableOptions("t", every_column=True, url=True))
    keys = [column.key for column in table.columns]
    assert {"name", "state", "started", "duration", "tags", "config.same"} <= set(keys)
    assert "columns" not in table.options
    assert table.options["url"] is True
    assert texts(table)[2][keys.index("tags")] == "x, y"


def test_only_the_first_fifty_rows_are_text(tmp_path):
    project = project_model(tmp_path, *(run(f"r{n:03}").metric("m", [n]) for n in range(60)))
    table = runs_table(project, project.runs, RunsTableOptions("t"))
    assert (len(table.rows), table.total) == (50, 60)


def test_an_unknown_column_names_its_neighbours(project):
    with pytest.raises(BlockError, match="no column 'val/ac'") as caught:
        runs_table(project, project.runs, RunsTableOptions("t", columns=("val/ac",)))
    assert "'val/acc'" in caught.value.remedy
    for options in (RunsTableOptions("t", sort=("-lrr",)), RunsTableOptions("t", group="lrr")):
        with pytest.raises(BlockError, match="'lrr'"):
            runs_table(project, project.runs, options)


def test_a_report_describes_a_table_by_its_keys(project):
    options = {"columns": ["name"], "sort": ["-lr"], "limit": 2, "group": "lr", "title": "T", "caption": "C"}
    table = report_table(project, project.runs, options, "runs-1", link=link)
    assert (table.id, table.title, table.caption, table.options["group"]) == ("runs-1", "T", "C", "config.lr")
    assert [row[0].uri for row in table.rows] == ["runs/a/index.html", "runs/b/index.html"]
