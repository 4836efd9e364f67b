"""The search over the whole site, from its button and its key, by keyboard alone, over http and from files."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import violations
from tests.browser.visits import Visitor


def results(page: Page) -> list[str]:
    return page.locator(".search-title").all_inner_texts()


def test_a_search_leads_to_runs_metrics_and_headings(visitor: Visitor) -> None:
    page = visitor.open("reports/seeds/index.html")
    assert not page.locator("script[src*='search.']").count(), "its code is loaded when it is first opened"
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Search the site")
    expect(field).to_be_focused()
    expect(page.locator(".search-result").first).to_be_visible()
    assert results(page)[:3] == ["Digits", "Reports", "Workspace"]

    page.keyboard.type("nesterov-0.1")
    expect(page.get_by_role("status")).to_have_text("3 found.")
    assert results(page) == ["nesterov-0.1-s2", "nesterov-0.1-s1", "nesterov-0.1-s0"]
    page.keyboard.press("ArrowDown")
    expect(page.locator(".search-result[aria-selected=true]")).to_contain_text("nesterov-0.1-s1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".search-result[aria-selected=true]")).to_contain_text("nesterov-0.1-s2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("nesterov-0.1-s1")

    page.get_by_role("button", name="Search").first.click()
    page.keyboard.type("val/acc")
    expect(page.locator(".search-result").first).to_have_text(re.compile("val/acc.*Metric"))
    page.keyboard.press("Enter")
    page.locator(".panel-canvas canvas").first.wait_for()
    titles = page.locator(".panel-title:visible")
    expect(titles).to_have_text(["val/acc"])

    page.keyboard.press("/")
    page.keyboard.type("same images")
    expect(page.locator(".search-result").first).to_contain_text("Heading · Where do the errors live?")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"reports/where-errors-live/index\.html[^#]*#the-same-images-fool-everybody$"))


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_an_open_search_is_accessible_and_says_when_nothing_is_found(
    browser: Browser, example_http: str, width: int, scheme: str
) -> None:
    with Visitor.start(browser, example_http, width=width, scheme=scheme) as visitor:
        page = visitor.open()
        page.get_by_role("button", name="Search").click()
        expect(page.locator(".search-result").first).to_be_visible()
        assert not violations(page)
        box = page.locator(".search-dialog").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        page.keyboard.type("no such thing anywhere")
        expect(page.get_by_role("status")).to_contain_text("Nothing found")
        expect(page.get_by_role("listbox")).to_be_hidden()
        assert not violations(page)
        page.keyboard.press("Escape")
        expect(page.locator(".search-dialog")).to_be_hidden()
