"""Charts and tables on pages of MkDocs' own theme and of Material: drawn and legible, in the scheme of the page."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import violations
from tests.browser.canvas import strong_colours, until
from tests.browser.conftest import EXAMPLE, build
from tests.browser.visits import Visitor

THEMES = {
    "mkdocs": "theme: {name: mkdocs, color_mode: %s, highlightjs: false}",
    "material": "theme: {name: material, font: false, palette: {scheme: %s}}",
}
SCHEMES = {"mkdocs": {"light": "light", "dark": "dark"}, "material": {"light": "default", "dark": "slate"}}
THEIR_OWN = ("(setting 'disabled')", "(reading 'backdrop')")
"""MkDocs' theme looks for highlight.js and for a search, which are off here: one is on a network, one not for files."""
REPORT = "reports/learning-rates/index.html"


@pytest.fixture(scope="module", params=THEMES)
def themed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Path]]:
    """The example in a theme, once for each scheme."""
    folder = tmp_path_factory.mktemp(request.param) / "project"
    ignored = shutil.ignore_patterns("site", ".reportgen", "__pycache__")
    shutil.copytree(EXAMPLE, folder, ignore=ignored)
    sites = {}
    for scheme, name in SCHEMES[request.param].items():
        theme = THEMES[request.param] % name
        (folder / "mkdocs.yml").write_text(f"site_name: digits\n{theme}\nplugins: [reportgen]\n")
        sites[scheme] = build(folder, folder.parent / scheme)
    return request.param, sites


def forgive(visitor: Visitor) -> None:
    """Leave out what is the theme's own trouble."""
    visitor.trouble[:] = [trouble for trouble in visitor.trouble if not any(own in trouble for own in THEIR_OWN)]


def luminance(page: Page, selector: str, what: str) -> float:
    red, green, blue = page.locator(selector).first.evaluate(
        "(element, what) => getComputedStyle(element)[what].match(/[\\d.]+/g).slice(0, 3).map(Number)", what
    )
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_and_tables_are_drawn_and_legible(
    browser: Browser, themed: tuple[str, dict[str, Path]], scheme: str
) -> None:
    _, sites = themed
    # What the system prefers is not what the page has: the page decides.
    other = "light" if scheme == "dark" else "dark"
    with Visitor.start(browser, sites[scheme].as_uri() + "/", scheme=other) as visitor:
        page = visitor.open(REPORT)
        width = page.locator(".chart").first.evaluate("chart => chart.clientWidth / chart.parentElement.clientWidth")
        assert width > 0.9, "a chart has all the width there is"
        canvas = page.locator(".panel-canvas canvas").first
        canvas.wait_for()
        until(lambda: strong_colours(canvas) >= 3)
        table = page.locator("rg-runs-table [role=row]").nth(2)
        table.scroll_into_view_if_needed()
        expect(table).to_contain_text("finished")
        assert (luminance(page, ".panel", "backgroundColor") < 60) == (scheme == "dark")
        assert (luminance(page, ".panel-title", "color") > 160) == (scheme == "dark")
        faults = violations(page, within=["rg-panel", "rg-runs-table", ".metric"], rules=["color-contrast"])
        assert not faults, "\n".join(faults)
        forgive(visitor)


def test_charts_follow_the_switch_of_the_theme(browser: Browser, themed: tuple[str, dict[str, Path]]) -> None:
    name, sites = themed
    change = {
        "mkdocs": "document.documentElement.setAttribute('data-bs-theme', 'dark')",
        "material": "document.body.setAttribute('data-md-color-scheme', 'slate')",
    }[name]
    with Visitor.start(browser, sites["light"].as_uri() + "/") as visitor:
        page = visitor.open(REPORT)
        page.locator(".panel-canvas canvas").first.wait_for()
        page.evaluate(change)
        until(lambda: luminance(page, ".panel", "backgroundColor") < 60)
        until(lambda: luminance(page, ".panel-title", "color") > 160)
        assert page.locator(".site-search").count() == 0, "the page has the theme's own head"
        forgive(visitor)


def test_pages_of_runs_have_our_theme_and_search(browser: Browser, themed: tuple[str, dict[str, Path]]) -> None:
    _, sites = themed
    with Visitor.start(browser, sites["light"].as_uri() + "/") as visitor:
        page = visitor.open("runs/adam-0.01-s0/index.html")
        page.keyboard.press("/")
        page.keyboard.type("seeds")
        expect(page.locator(".search-result").first).to_contain_text("How steady is it over seeds?")
