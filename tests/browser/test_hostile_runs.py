"""Whatever a run log contains, the site shows it and never runs it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import build
from tests.browser.hostile import EVIL, IMAGE, write_hostile_project
from tests.browser.test_every_page import crawl
from tests.browser.visits import Visitor


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    write_hostile_project(folder)
    return build(folder, folder / "site")


def test_nothing_is_executed_on_any_page(browser: Browser, hostile_site: Path) -> None:
    with Visitor.start(browser, hostile_site.as_uri() + "/") as visitor:
        visited = 0
        for path in crawl(visitor):
            visited += 1
            page = visitor.page
            assert page.evaluate("document.querySelectorAll('[onerror], [onload], [onmouseover]').length") == 0, path
            assert page.locator("a[href^='javascript:']").count() == 0, path
            for tab in page.locator(".tabs > a:visible").all():
                tab.click()
                page.wait_for_timeout(50)
        assert visited >= len(EVIL) + 3


def test_names_are_shown_as_they_are(browser: Browser, hostile_site: Path) -> None:
    with Visitor.start(browser, hostile_site.as_uri() + "/") as visitor:
        page = visitor.open("runs/index.html")
        expect(page.locator(".grid-row a", has_text=IMAGE).first).to_be_visible()


def test_hovering_and_filtering_run_nothing(browser: Browser, hostile_site: Path) -> None:
    with Visitor.start(browser, hostile_site.as_uri() + "/") as visitor:
        page = visitor.open("workspace/index.html")
        page.locator("rg-panel canvas, rg-workbench canvas").first.wait_for()
        page.locator(".panel-stage").first.hover()
        page.wait_for_timeout(200)
        page = visitor.open("runs/index.html#filter=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&group=config.nested")
        page.wait_for_timeout(200)


def test_ranks_and_attempts_of_any_name_are_drawn(browser: Browser, hostile_site: Path) -> None:
    with Visitor.start(browser, hostile_site.as_uri() + "/") as visitor:
        page = visitor.open("runs/run-0/index.html?ranks=each&overwritten=1#charts")
        loss = page.locator(".panel", has=page.get_by_role("heading", name="loss", exact=True))
        expect(loss.get_by_role("button", name=IMAGE)).to_be_visible()
        expect(loss.locator(".panel-stage")).to_have_attribute("aria-description", re.compile("^loss: 3 lines"))
        loss.locator(".panel-stage").hover()
        expect(page.locator(".chart-tooltip")).to_contain_text(IMAGE)


def test_no_file_outside_the_run_is_published(hostile_site: Path) -> None:
    for path in hostile_site.rglob("*"):
        assert path.resolve().is_relative_to(hostile_site.resolve())
        if path.is_file():
            assert b"root:x:0" not in path.read_bytes(), path
