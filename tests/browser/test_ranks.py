"""Ranks, attempts, forks and alerts as a reader of a run's page sees them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.canvas import strong_colours, until
from tests.browser.conftest import build
from tests.browser.visits import Visitor
from tests.builders import run

RANKS = 3
STEPS = 60


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A job of three ranks that was preempted at step 60 and began again at step 40, and a fork of it."""
    folder = tmp_path_factory.mktemp("ranks")
    described = run("job").rank(0, host="node-0").alert("Loss is <NaN>", "\n".join(["at step 812"] * 30), "ERROR")
    described.alert("Slow", "batch took 3 s", "WARN", seconds=2)
    for rank in range(RANKS):
        described = described.rank(rank, host=f"node-{rank}") if rank else described
        described.metric("train/loss", [10.0 * (rank + 1)] * STEPS).system("cpu", [10.0 * (rank + 1)] * 9).preempting()
        described.attempt(2, host=f"node-{rank}").metric(
            "train/loss", [10.0 * (rank + 1) + 1] * 40, steps=range(40, 80)
        )
        described.finished()
        if rank == 0:
            described.metric("val/acc", [0.5, 0.75], steps=[40, 79])
    described.write(folder)
    run("fork").at(5000).fork("job", 20).metric("train/loss", [1.0] * 10, steps=range(21, 31)).preempting().write(
        folder
    )
    return build(folder, folder / "site")


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def visitor(browser: Browser, site: Path, scheme: str) -> Iterator[Visitor]:
    with Visitor.start(browser, site.as_uri() + "/", scheme=scheme) as visiting:
        yield visiting


def panel(page: Page, title: str) -> Locator:
    return page.locator(".panel", has=page.get_by_role("heading", name=title, exact=True))


def described(shown: Locator, pattern: str) -> None:
    """Wait until what a plot says of itself fits a pattern."""
    expect(shown.locator(".panel-stage")).to_have_attribute("aria-description", re.compile(pattern))


def press(shown: Locator, name: str) -> None:
    shown.get_by_role("button", name=name, exact=True).click()


def test_at_first_the_main_rank_is_shown_and_nothing_else_is_loaded(visitor: Visitor) -> None:
    requests: list[str] = []
    visitor.page.on("request", lambda request: requests.append(request.url))
    page = visitor.open("runs/job/index.html#charts")
    loss = panel(page, "train/loss")
    described(loss, r"^train/loss: 1 line, .* values from 10 to 11\.")
    expect(loss.get_by_role("button", name="rank 0", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(panel(page, "val/acc").locator(".segments")).to_have_count(0)
    assert not [url for url in requests if "/ranks/" in url or "/bands." in url or "/overwritten." in url]


def test_by_rank_draws_a_line_for_each_with_its_name(visitor: Visitor) -> None:
    page = visitor.open("runs/job/index.html#charts")
    loss = panel(page, "train/loss")
    described(loss, "1 line")
    press(loss, "by rank")
    described(loss, r"3 lines, .* values from 10 to 31\.")
    expect(loss.locator(".legend-item")).to_have_text(["rank 0", "rank 1", "rank 2"])
    until(lambda: strong_colours(loss.locator(".panel-canvas canvas")) >= RANKS)
    loss.locator(".panel-stage").hover()
    tooltip = page.locator(".chart-tooltip:visible")
    expect(tooltip.locator("tr .name")).to_have_count(RANKS)
    expect(tooltip).to_contain_text("rank 2")
    loss.get_by_role("button", name="rank 2", exact=True).click()
    described(loss, r"2 lines, .* values from 10 to 21\.")
    for name in ("rank 0", "rank 1"):
        loss.locator(".legend-item", has_text=name).click()
    expect(loss.locator(".panel-note")).to_have_text("every rank is hidden")


def test_the_choice_is_that_of_the_page_and_stays_in_the_address(visitor: Visitor) -> None:
    page = visitor.open("runs/job/index.html#charts")
    press(panel(page, "train/loss"), "band")
    page.wait_for_url("**/index.html?ranks=band#charts")
    described(panel(page, "train/loss"), r"1 line, .* values from 10 to 31\.")
    expect(panel(page, "train/loss").locator(".panel-note")).to_have_text(re.compile("^mean and min.max of 3 ranks$"))
    page.locator(".tabs > a", has_text="System").click()
    page.wait_for_url("**/index.html?ranks=band#system")
    described(panel(page, "CPU use (%)"), r"1 line, .* values from 10 to 30\.")
    page.reload()
    described(panel(page, "CPU use (%)"), r"values from 10 to 30\.")
    press(panel(page, "CPU use (%)"), "rank 0")
    page.wait_for_url("**/index.html#system")
    described(panel(page, "CPU use (%)"), r"values from 10 to 10\.")


def test_each_node_has_its_name_in_the_system_tab(visitor: Visitor) -> None:
    page = visitor.open("runs/job/index.html?ranks=each#system")
    expect(panel(page, "CPU use (%)").locator(".legend-item")).to_have_text(
        ["rank 0, node-0", "rank 1, node-1", "rank 2, node-2"]
    )


def test_what_was_overwritten_is_drawn_on_demand(visitor: Visitor) -> None:
    page = visitor.open("runs/job/index.html#charts")
    loss = panel(page, "train/loss")
    described(loss, "1 line")
    switch = loss.get_by_role("button", name="overwritten", exact=True)
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.focus()
    page.keyboard.press("Enter")
    described(loss, "2 lines")
    expect(switch).to_have_attribute("aria-pressed", "true")
    expect(loss.locator(".panel-note")).to_contain_text("dashed: overwritten")
    page.wait_for_url("**/index.html?overwritten=1#charts")
    box = loss.locator(".panel-stage").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 60)
    expect(page.locator(".chart-tooltip:visible")).to_contain_text("rank 0, attempt 1, overwritten")
    press(loss, "by rank")
    described(loss, "6 lines")
    switch.click()
    described(loss, "3 lines")


def test_the_workspace_shows_the_main_line_alone(visitor: Visitor) -> None:
    page = visitor.open("workspace/index.html")
    described(panel(page, "train/loss"), "2 lines")
    expect(page.get_by_role("heading", name=re.compile("@"))).to_have_count(0)
    expect(page.locator(".segments")).to_have_count(0)


def test_the_overview_says_who_logged_and_how_it_ended(visitor: Visitor) -> None:
    page = visitor.open("runs/job/index.html")
    attempts = page.locator("#attempts tbody tr")
    expect(attempts).to_have_count(2)
    expect(attempts.first).to_contain_text("preempted")
    expect(attempts.last).to_contain_text("40 to 79")
    expect(page.locator("#ranks tbody tr")).to_have_count(RANKS)
    expect(page.locator("#ranks tbody tr").last).to_contain_text("node-2")


def test_alerts_have_a_level_in_words_and_long_ones_are_folded(visitor: Visitor) -> None:
    page = visitor.open("runs/job/index.html")
    alerts = page.locator(".alert")
    expect(alerts).to_have_count(2)
    expect(alerts.first.locator(".alert-level")).to_have_text("warn")
    expect(alerts.last).to_contain_text("Loss is <NaN>")
    text = alerts.last.locator(".alert-text")
    expect(text).to_be_hidden()
    alerts.last.locator("summary").click()
    expect(text).to_be_visible()


def test_a_fork_and_its_parent_lead_to_each_other(visitor: Visitor) -> None:
    page = visitor.open("runs/fork/index.html")
    expect(page.locator(".run-line")).to_contain_text("preempted")
    page.get_by_role("link", name="job at step 20").click()
    page.wait_for_url("**/runs/job/index.html")
    page.get_by_role("link", name="fork", exact=True).click()
    page.wait_for_url("**/runs/fork/index.html")
    page.locator(".tabs > a", has_text="Charts").click()
    described(panel(page, "train/loss"), r"1 line, step 0 to step 30, values from 1 to 10\.")


def test_on_a_phone_everything_is_within_reach(browser: Browser, site: Path, scheme: str) -> None:
    with Visitor.start(browser, site.as_uri() + "/", width=390, scheme=scheme) as visitor:
        page = visitor.open("runs/job/index.html#charts")
        loss = panel(page, "train/loss")
        described(loss, "1 line")
        frame = loss.bounding_box()
        assert frame
        for name in ("rank 0", "by rank", "band", "overwritten"):
            box = loss.get_by_role("button", name=name, exact=True).bounding_box()
            assert box
            assert frame["x"] <= box["x"]
            assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
        title = loss.locator(".panel-title").bounding_box()
        assert title
        assert title["width"] >= 60
        assert int(page.evaluate("document.documentElement.scrollWidth")) <= 390
