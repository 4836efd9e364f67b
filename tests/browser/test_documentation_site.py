"""This project's own documentation, built by MkDocs with our plugin and theme, and the example in it as its demo."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import REPOSITORY
from tests.browser.test_every_page import links
from tests.browser.visits import Visitor


@pytest.fixture(scope="module")
def documentation(tmp_path_factory: pytest.TempPathFactory) -> str:
    site = tmp_path_factory.mktemp("documentation") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return Path(site).as_uri() + "/"


def test_every_document_is_sound(browser: Browser, documentation: str) -> None:
    with Visitor.start(browser, documentation) as visitor:
        seen, waiting = {"index.html"}, ["index.html"]
        while waiting:
            path = waiting.pop()
            page = visitor.open(path)
            assert page.locator("h1").count() == 1, path
            fresh = {link for link in links(page, visitor.root) if not link.startswith("demo/")} - seen
            seen |= fresh
            waiting += sorted(fresh)
        written = {file.relative_to(REPOSITORY / "docs") for file in (REPOSITORY / "docs").rglob("*.md")}
        assert len(seen) == len(written), "a document that no link leads to"


def test_the_demo_works_inside_it(browser: Browser, documentation: str) -> None:
    with Visitor.start(browser, documentation) as visitor:
        page = visitor.open("index.html")
        page.get_by_role("link", name="live demo").click()
        expect(page.locator("h1")).to_have_text("Digits")
        page = visitor.open("demo/workspace/index.html")
        page.locator(".panel-canvas canvas").first.wait_for()
        page = visitor.open("demo/reports/learning-rates/index.html")
        page.locator(".panel-canvas canvas").first.wait_for()
        page.get_by_role("link", name="Documentation").click()
        expect(page.locator("h1")).to_contain_text("reportgen")
