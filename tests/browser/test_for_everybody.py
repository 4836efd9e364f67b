"""Pages by keyboard alone, without JavaScript, on paper, and with a part of the data missing."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import EXAMPLE, build
from tests.browser.visits import Visitor

OUTLINE = "getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).boxShadow"


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with pictures of its charts, and a copy to damage."""
    folder = tmp_path_factory.mktemp("pictured")
    ignored = shutil.ignore_patterns("site", ".reportgen", "__pycache__")
    shutil.copytree(EXAMPLE, folder / "project", ignore=ignored)
    (folder / "project" / "mkdocs.yml").write_text("plugins: [{reportgen: {images: reports}}]\nsite_name: digits\n")
    return build(folder / "project", folder / "site")


@pytest.fixture
def still(browser: Browser, pictured: Path) -> Iterator[Page]:
    """A page of a browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(pictured.as_uri() + "/index.html")
    yield page
    context.close()


def helped(page: Page) -> str:
    page.keyboard.press("?")
    text = page.locator(".help-keys").inner_text().replace("\n", " ")
    assert not violations(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    return text


def test_the_list_of_keys_has_those_of_the_page(browser: Browser, example_http: str) -> None:
    with Visitor.start(browser, example_http) as visitor:
        home = helped(visitor.open())
        assert "go to the workspace" in home
        assert "next run" not in home
        assert "filter of this page" not in home
        page = visitor.open("runs/adam-0.01-s1/index.html")
        assert "next run" in helped(page)
        page.keyboard.press("j")
        expect(page.locator("h1")).to_have_text("adam-0.01-s2")
        page.keyboard.press("g")
        page.keyboard.press("w")
        page.locator(".panel-canvas canvas").first.wait_for()
        assert "show or hide the run" in helped(page)
        page.keyboard.press("g")
        page.keyboard.press("r")
        page.locator("rg-runs-table [role=row]").first.wait_for()
        page.keyboard.press("s")
        expect(page.locator("main input[type=search]").first).to_be_focused()


def test_tab_reaches_the_content_and_every_stop_is_visible(browser: Browser, example_http: str) -> None:
    with Visitor.start(browser, example_http) as visitor:
        page = visitor.open("reports/seeds/index.html")
        page.locator(".panel-canvas canvas").first.wait_for()
        page.keyboard.press("Tab")
        expect(page.locator(".skip-link")).to_be_focused()
        expect(page.locator(".skip-link")).to_be_in_viewport()
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#main"
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break  # the last stop is behind us
            assert page.evaluate(OUTLINE) != "nonenone", page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_a_chart_of_vega_is_a_sentence_and_a_table_too(browser: Browser, example_http: str) -> None:
    with Visitor.start(browser, example_http) as visitor:
        page = visitor.open("reports/seeds/index.html")
        panel = page.locator(".panel-vega").first
        panel.locator("canvas").first.wait_for()
        assert "made when" not in (panel.get_by_role("group").get_attribute("aria-description") or "")
        panel.get_by_role("button", name="Menu of").click()
        page.get_by_role("menuitem", name="Show as table").click()
        table = panel.locator(".panel-table table")
        expect(table.locator("th").first).to_be_visible()
        assert table.locator("tbody tr").count() > 3
        assert not violations(page)


def test_without_javascript_there_are_tables_and_pictures(still: Page, pictured: Path) -> None:
    root = pictured.as_uri() + "/"
    expect(still.get_by_role("button", name="Search")).to_be_hidden()
    assert still.locator(".report-picture").count() == 3
    still.goto(root + "reports/learning-rates/index.html")
    assert still.locator("rg-panel img").count() == still.locator("rg-panel").count()
    picture = still.locator("rg-panel img").first
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box is not None
    assert box["width"] > 200
    assert box["height"] > 100
    still.goto(root + "workspace/index.html")
    assert still.locator(".workbench-still img").count() == 6
    still.goto(root + "runs/index.html")
    assert still.locator("rg-runs-table tbody tr").count() == 27
    expect(still.get_by_role("link", name="runs.csv")).to_be_visible()


def test_paper_has_charts_and_no_controls(browser: Browser, example_http: str) -> None:
    with Visitor.start(browser, example_http, scheme="dark") as visitor:
        page = visitor.open("reports/seeds/index.html")
        page.locator(".panel-canvas canvas").first.wait_for()
        page.emulate_media(media="print")
        expect(page.locator(".panel-canvas canvas").first).to_be_visible()
        for control in (".header", ".site-search", ".panel-menu-button", ".footer"):
            assert not page.locator(control).first.is_visible(), control


@pytest.mark.parametrize("damage", ["missing", "damaged"])
def test_a_part_that_is_gone_is_said_and_the_rest_works(
    browser: Browser, pictured: Path, tmp_path: Path, damage: str
) -> None:
    site = tmp_path / "site"
    shutil.copytree(pictured, site)
    for file in (site / "data" / "digits").glob("runs.*.js"):
        file.unlink() if damage == "missing" else file.write_text("reportgen.put(")
    for file in (site / "data").glob("search.*.js"):
        file.unlink() if damage == "missing" else file.write_text("reportgen.put(")
    with Visitor.start(browser, site.as_uri() + "/") as visitor:
        page = visitor.open("runs/index.html")
        expect(page.locator("main")).to_contain_text("reload the page")
        assert page.locator("rg-runs-table tbody tr").count() == 27, "what is in the page stays"
        visitor.open("reports/seeds/index.html")
        page.locator(".panel-vega canvas").first.wait_for()
        page.keyboard.press("/")
        expect(page.get_by_role("status")).to_contain_text("reload the page")
        visitor.trouble.clear()  # the browser has told of the same
