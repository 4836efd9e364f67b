"""The runs table: sorted, filtered, grouped, its columns chosen, all of it in the address."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.logs import config, run_ids, summary
from tests.browser.visits import Visitor

NUMBER_OF_RUNS = len(run_ids())


@pytest.fixture
def table(visitor: Visitor) -> Page:
    page = visitor.open("runs/index.html")
    expect(page.locator("rg-runs-table [role=grid]")).to_be_visible()
    return page


def names(page: Page) -> list[str]:
    """Names of the runs in the rows drawn, from top to bottom."""
    rows = page.locator(".grid-row:not(.grid-row-group)").all()
    placed = sorted((int(row.get_attribute("data-row") or 0), row.locator("a").inner_text()) for row in rows)
    return [name for _, name in placed]


def head(page: Page, key: str) -> Locator:
    return page.locator(f"[role=columnheader][title='{key}'] .head-label")


def show_only(page: Page, *keys: str) -> None:
    """Columns to show besides the first ones, so that all are in sight."""
    page.goto(page.url.split("#")[0] + "#columns=" + ",".join(("name", "state", *keys)).replace("/", "%2F"))
    page.reload()
    expect(page.locator("rg-runs-table [role=grid]")).to_be_visible()


def test_sorts_by_a_click_and_keeps_it_in_the_address(table: Page) -> None:
    show_only(table, "summary.test/acc")
    accuracies = {run_id: summary(run_id).get("test/acc") for run_id in run_ids()}
    head(table, "summary.test/acc").click()
    best = max((value, run_id) for run_id, value in accuracies.items() if value is not None)[1]
    expect(table.locator(".grid-row[data-row='0'] a")).to_have_text(best)
    expect(table).to_have_url(re.compile("sort="))
    table.reload()
    expect(table.locator(".grid-row[data-row='0'] a")).to_have_text(best)
    head(table, "summary.test/acc").click()
    worst = min(value for value in accuracies.values() if value is not None)
    assert accuracies[names(table)[0]] == worst


def test_filters_by_an_expression(table: Page) -> None:
    box = table.locator("rg-runs-table input[type=search]")
    box.fill('config.optimizer.name == "adam" && summary["test/acc"] > 0.9')
    expected = [
        run_id
        for run_id in run_ids()
        if config(run_id)["optimizer"]["name"] == "adam" and summary(run_id).get("test/acc", 0) > 0.9
    ]
    expect(table.locator(".table-count")).to_have_text(f"{len(expected)} of {NUMBER_OF_RUNS} runs")
    assert sorted(names(table)) == sorted(expected)
    expect(table).to_have_url(re.compile("filter="))
    table.reload()
    expect(table.locator(".table-count")).to_have_text(f"{len(expected)} of {NUMBER_OF_RUNS} runs")


def test_filters_by_plain_words(table: Page) -> None:
    table.locator("rg-runs-table input[type=search]").fill("nesterov-0.1-s")
    expect(table.locator(".table-count")).to_have_text(f"3 of {NUMBER_OF_RUNS} runs")
    assert sorted(names(table)) == ["nesterov-0.1-s0", "nesterov-0.1-s1", "nesterov-0.1-s2"]


def test_a_wrong_filter_says_so_and_hides_nothing(table: Page) -> None:
    table.locator("rg-runs-table input[type=search]").fill("config.optimizer.name ==")
    expect(table.locator(".table-error")).to_be_visible()
    expect(table.locator(".table-count")).to_have_text(f"{NUMBER_OF_RUNS} of {NUMBER_OF_RUNS} runs")


def test_groups_fold(table: Page) -> None:
    table.get_by_label("Group by").select_option("config.optimizer.name")
    expect(table.locator(".grid-row-group")).to_have_count(3)
    expect(table.locator(".grid-row-group").first).to_contain_text("n = 9")
    table.locator(".group-toggle").first.click()
    expect(table.locator(".group-toggle").first).to_have_attribute("aria-expanded", "false")
    expect(table).to_have_url(re.compile("group="))


def test_columns_are_chosen(table: Page) -> None:
    table.get_by_role("button", name="Columns").click()
    table.get_by_label("Find a column").fill("config.seed")
    tick = table.locator(".chooser-list li[title='config.seed'] input")
    shown = tick.is_checked()
    tick.click()
    header = table.locator("[role=columnheader][title='config.seed']")
    expect(header).to_have_count(0 if shown else 1)
    expect(table).to_have_url(re.compile("columns="))


def test_a_name_leads_to_its_run(table: Page) -> None:
    table.locator("rg-runs-table input[type=search]").fill("adam-0.01-s0")
    expect(table.locator(".table-count")).to_contain_text("1 of")
    table.locator(".grid-row a").first.click()
    expect(table.locator("h1")).to_have_text("adam-0.01-s0")


def test_heads_say_where_a_column_comes_from(table: Page) -> None:
    labels = [label for label in table.locator(".group-head-label").all_inner_texts() if label]
    assert labels == ["Run", "Config", "Summary"]
