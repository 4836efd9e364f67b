"""Every page that a reader can reach by links opens without an error, a policy violation or a foreign request."""

from collections.abc import Iterator
from urllib.parse import urldefrag

from playwright.sync_api import Browser, Page

from tests.browser.visits import Visitor

LEAST_PAGES = 33  # home, workspace, runs, reports, a few reports, 27 runs


def links(page: Page, root: str) -> set[str]:
    """Pages of the site that this page leads to, without fragment and query."""
    found = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)")
    inside = {urldefrag(url).url.split("?")[0] for url in found if url.startswith(root)}
    return {url.removeprefix(root) for url in inside if url.endswith(".html")}


def crawl(visitor: Visitor) -> Iterator[str]:
    """Visit every page once, from the first page on, and yield its path while it is open."""
    seen, waiting = {"index.html"}, ["index.html"]
    while waiting:
        path = waiting.pop(0)
        page = visitor.open(path)
        page.wait_for_timeout(150)  # charts draw after load, and it is their trouble that we are after
        yield path
        fresh = sorted(links(page, visitor.root) - seen)
        seen.update(fresh)
        waiting += fresh


def test_every_page_is_sound(visitor: Visitor) -> None:
    visited = []
    for path in crawl(visitor):
        visited.append(path)
        assert visitor.page.title(), f"{path} has no title"
        assert visitor.page.locator("h1").count() == 1, f"{path} needs one first heading"
        policy = visitor.page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content")
        assert policy is not None, f"{path} has no policy"
        assert "unsafe" not in policy, f"{path}: {policy}"
    assert len(visited) >= LEAST_PAGES


def test_phone_pages_do_not_scroll_sideways(browser: Browser, example_http: str) -> None:
    paths = [
        "index.html",
        "workspace/index.html",
        "runs/index.html",
        "runs/adam-0.01-s0/index.html",
        "reports/index.html",
        "reports/learning-rates/index.html",
    ]
    with Visitor.start(browser, example_http, width=390) as visitor:
        for path in paths:
            page = visitor.open(path)
            page.wait_for_timeout(300)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= 390, f"{path} is {width} px wide on a phone"
