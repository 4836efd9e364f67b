"""The runs table: sorted, filtered, grouped, its columns chosen, all of it in the address."""

import csv
import json
import math
import re
import statistics
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

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


def test_groups_by_several_columns_fold_and_say_mean_and_interval(table: Page) -> None:
    show_only(table, "summary.test/acc")
    table.get_by_role("button", name="Group", exact=True).click()
    menu = table.get_by_role("dialog", name="Group by")
    menu.get_by_role("button", name="optimizer.name").click()
    menu.get_by_role("button", name="optimizer.learning_rate").click()
    menu.get_by_role("button", name="Fold all groups").click()
    table.keyboard.press("Escape")
    expect(table.locator(".grid-row-group")).to_have_count(3)
    expect(table.locator(".grid-row-group").first).to_contain_text("n = 9")
    expect(table).to_have_url(re.compile("group=config.optimizer.name,config.optimizer.learning_rate.*folded=1"))

    table.locator(".group-toggle", has_text="nesterov").click()
    inner = table.locator(".grid-row-group", has=table.locator(".cell-group[data-depth='1']"))
    expect(inner).to_have_count(3)
    expect(inner.first).to_contain_text("n = 3")
    chosen = {"name": "nesterov", "learning_rate": 0.1}
    seeds = [
        summary(run_id)["test/acc"]
        for run_id in run_ids()
        if {key: config(run_id)["optimizer"].get(key) for key in chosen} == chosen
    ]
    mean, half = statistics.mean(seeds), 4.303 * statistics.stdev(seeds) / math.sqrt(3)
    cell = inner.filter(has=table.locator(".group-label", has_text=re.compile("^0.1$"))).locator(".cell-number").last
    shown, interval = (float(text) for text in cell.inner_text().split(" ± "))
    assert shown == pytest.approx(mean, abs=6e-5)
    assert interval == pytest.approx(half, rel=0.05)
    table.reload()
    expect(table.locator(".grid-row-group")).to_have_count(3)


def test_a_condition_is_a_chip_that_goes_away_by_itself(table: Page) -> None:
    show_only(table, "tags", "config.optimizer.learning_rate")
    head(table, "config.optimizer.learning_rate").hover()
    table.get_by_role("button", name="Column optimizer.learning_rate").click()
    menu = table.get_by_role("dialog", name="Column optimizer.learning_rate")
    menu.get_by_label("Condition").select_option("less than")
    menu.get_by_label("Value").fill("fast")
    menu.get_by_role("button", name="Filter").click()
    expect(menu.get_by_text("Not a value of this column.")).to_be_visible()
    menu.get_by_label("Value").fill("1")
    menu.get_by_label("Value").press("Enter")
    table.locator(".grid-row .chip", has_text="sweep").first.click()
    chips = table.get_by_role("list", name="Conditions of the filter").get_by_role("listitem")
    expect(chips).to_have_text(["config.optimizer.learning_rate < 1", '"sweep" in tags'])
    low = [run_id for run_id in run_ids() if config(run_id)["optimizer"]["learning_rate"] < 1]
    expect(table.locator(".table-count")).to_have_text(f"{len(low)} of {NUMBER_OF_RUNS} runs")

    table.get_by_role("button", name='Remove "sweep" in tags').click()
    expect(chips).to_have_count(1)
    chips.first.get_by_title("Click to edit").click()
    box = table.locator("rg-runs-table input[type=search]")
    expect(box).to_be_focused()
    expect(chips.first).to_be_hidden()
    expect(box).to_have_value("config.optimizer.learning_rate < 1")
    box.fill("")
    box.press("Enter")
    expect(table.locator(".table-count")).to_have_text(f"{NUMBER_OF_RUNS} of {NUMBER_OF_RUNS} runs")


def test_columns_are_pinned_moved_sized_and_heated(table: Page) -> None:
    show_only(table, "config.seed", "config.optimizer.name", "summary.test/acc")
    labels = table.locator(".grid-head .head-label")
    expect(labels).to_have_text(["name", "state", "seed", "optimizer.name", "test/acc"])
    start, end = (head(table, key).bounding_box() for key in ("config.seed", "config.optimizer.name"))
    assert start
    assert end
    table.mouse.move(start["x"] + 20, start["y"] + 15)
    table.mouse.down()
    table.mouse.move(end["x"] + end["width"] - 12, end["y"] + 15, steps=5)
    table.mouse.up()
    expect(labels).to_have_text(["name", "state", "optimizer.name", "seed", "test/acc"])
    expect(table.locator("[aria-sort]:not([aria-sort=none])")).to_have_count(0)  # a drag does not sort

    grid = table.get_by_role("grid")
    grid.focus()
    for key in ["ArrowUp", *["ArrowRight"] * 4, "Control+ArrowLeft"]:
        table.keyboard.press(key)
    expect(labels).to_have_text(["name", "state", "seed", "optimizer.name", "test/acc"])
    seed = table.locator("[role=columnheader][title='config.seed']")
    before = seed.evaluate("head => head.offsetWidth")
    table.keyboard.press("Shift+ArrowRight")
    table.keyboard.press("Shift+ArrowRight")
    expect(table).to_have_url(re.compile(f"widths=config.seed%3A{before + 32}"))
    assert seed.evaluate("head => head.offsetWidth") == before + 32

    table.keyboard.press("Space")
    table.get_by_role("button", name="Pin to the left").click()
    expect(table.locator(".grid-head .grid-pinned .head-label")).to_have_text(["name", "state", "seed"])
    expect(table).to_have_url(re.compile("pin=config.seed"))
    head(table, "summary.test/acc").click(button="right")
    table.get_by_role("button", name="Heat").click()
    heated = table.locator(".cell:has(.cell-bar)")
    expect(heated.first).to_be_visible()
    widths = heated.evaluate_all("cells => cells.map(cell => [Number(cell.innerText), cell.firstChild.offsetWidth])")
    bars = [width for _, width in sorted(widths)]
    assert bars == sorted(bars)
    assert bars[0] < bars[-1] / 2
    best = table.locator(".cell-best")
    expect(best).to_have_count(1)
    assert float(best.inner_text()) == max(value for value, _ in widths)
    assert float(best.evaluate("cell => getComputedStyle(cell).fontWeight")) >= 700


def test_differences_from_a_baseline(table: Page) -> None:
    show_only(table, "config.seed", "summary.test/acc", "summary.train/loss")
    row = table.locator(".grid-row", has=table.get_by_role("link", name="adam-0.01-s0"))
    row.get_by_role("checkbox").check()
    table.get_by_role("button", name="Use as baseline").click()
    expect(row).to_contain_text("baseline")
    expect(table.get_by_text("against adam-0.01-s0")).to_be_visible()
    expect(table).to_have_url(re.compile("baseline=adam-0.01-s0"))
    other = table.locator(".grid-row", has=table.get_by_role("link", name="adam-0.01-s2"))
    for key, better in (("test/acc", 1), ("train/loss", -1)):
        difference = summary("adam-0.01-s2")[key] - summary("adam-0.01-s0")[key]
        found = other.locator(".cell-delta").nth(["test/acc", "train/loss"].index(key))
        assert float(found.inner_text().replace("\N{MINUS SIGN}", "-")) == pytest.approx(difference, rel=0.01)
        expect(found).to_have_attribute("data-better", str(better if difference > 0 else -better))
    table.get_by_role("button", name="Compare with no baseline").click()
    expect(table.locator(".cell-delta")).to_have_count(0)


def test_ticked_runs_are_taken_elsewhere(table: Page) -> None:
    show_only(table, "config.seed")
    ticks = table.locator(".grid-row .row-tick")
    ticks.nth(1).check()
    ticks.nth(3).click(modifiers=["Shift"])
    expect(table.locator(".grid-row[aria-selected=true]")).to_have_count(3)
    expect(table.locator(".selection-count")).to_have_text("3 selected")
    chosen = names(table)[1:4]
    expect(table.locator("#runs").get_by_role("link", name="Compare")).to_have_attribute(
        "href", re.compile(r"compare/index\.html#runs=" + ",".join(map(re.escape, chosen)) + "$")
    )
    with table.expect_download() as waiting:
        table.get_by_role("button", name="CSV").click()
    rows = list(csv.DictReader(Path(waiting.value.path()).read_text(encoding="utf-8").splitlines()))
    assert [row["name"] for row in rows] == chosen
    assert [row["config.seed"] for row in rows] == [str(config(row["id"])["seed"]) for row in rows]
    expect(table).to_have_url(re.compile("selected="))
    table.reload()
    expect(table.locator(".selection-count")).to_have_text("3 selected")

    table.get_by_role("link", name="Show in workspace").click()
    shown = table.locator(".run-row[aria-pressed=true], .run-row:has([aria-pressed=true])")
    expect(table.locator(".run-heading")).to_contain_text(f"3 of {NUMBER_OF_RUNS}")
    assert shown.count() <= NUMBER_OF_RUNS
    table.locator("#places").get_by_role("link", name="Runs").click()
    expect(table.locator(".grid-row-closed")).to_have_count(NUMBER_OF_RUNS - 3)
    open_eyes = table.locator(".grid-row:not(.grid-row-closed) .run-name")
    assert sorted(open_eyes.all_inner_texts()) == sorted(chosen)


def test_downloads_hold_what_is_shown(table: Page) -> None:
    show_only(table, "config.seed")
    table.locator("rg-runs-table input[type=search]").fill("adam-0.01")
    expect(table.locator(".table-count")).to_contain_text("3 of")
    table.get_by_role("button", name="Download").click()
    menu = table.get_by_role("dialog", name="Download")
    with table.expect_download() as waiting:
        menu.get_by_role("button", name="JSON").click()
    rows = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
    assert sorted(row["name"] for row in rows) == ["adam-0.01-s0", "adam-0.01-s1", "adam-0.01-s2"]
    assert all(row["config.seed"] == config(row["id"])["seed"] for row in rows)
    assert set(rows[0]) == {"id", "name", "state", "config.seed"}
    links = menu.get_by_role("link")
    expect(links).to_have_text(["runs.csv", "runs.json"])


def test_is_used_by_keys_alone(table: Page) -> None:
    show_only(table, "config.seed")
    grid = table.get_by_role("grid")
    grid.focus()
    first, second = names(table)[:2]
    expect(table.locator(".cell-active")).to_have_count(1)
    table.keyboard.press("Space")
    table.keyboard.press("j")
    table.keyboard.press("x")
    expect(table.locator(".grid-row[data-row='0']")).to_have_attribute("aria-selected", "true")
    expect(table.locator(".grid-row-closed .run-name")).to_have_text(second)
    table.keyboard.press("b")
    expect(table.locator(".grid-row-baseline .run-name")).to_have_text(second)
    table.keyboard.press("Escape")
    expect(table.locator(".grid-row[aria-selected=true]")).to_have_count(0)
    table.keyboard.press("Control+End")
    active = grid.get_attribute("aria-activedescendant")
    expect(table.locator(f"#{active}")).to_be_in_viewport()
    assert table.locator(f".grid-row:has(#{active})").get_attribute("data-row") == str(NUMBER_OF_RUNS - 1)
    table.keyboard.press("Control+Home")
    table.keyboard.press("Enter")
    expect(table.locator("h1")).to_have_text(first)


def test_fits_a_phone(browser: Browser, root: str) -> None:
    with Visitor.start(browser, root, width=390) as phone:
        page = phone.open("runs/index.html#group=config.optimizer.name&filter=state+%3D%3D+%22finished%22")
        expect(page.locator(".grid-row-group").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        expect(page.locator(".grid-head .grid-pinned .head-label")).to_have_text(["name"])
        page.locator(".grid-row .row-tick").nth(1).check()
        expect(page.get_by_role("link", name="Show in workspace")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        head(page, "state").click()
        expect(page.locator("[aria-sort=ascending] .head-label")).to_have_text("state")


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
