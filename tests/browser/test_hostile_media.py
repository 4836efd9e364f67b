"""Whatever media contain, the page shows them, runs none of it, and stays where it is."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import build
from tests.browser.hostile_media import PAGES, write_hostile_media
from tests.browser.visits import Visitor
from tests.media_project import OWN_SPEC

RUN = "runs/evil/index.html"
REFUSED = (
    "Refused to",
    "violates the following Content Security Policy",
    "console error: Blocked ",
    "Not allowed to load local resource",
    "policy: ",
)
"""What a browser says when it does not do what HTML in the frame asks for."""
NEVER_SENT = re.compile(r": (?:request outside the site|failed): (\S+)( csp| other)?$")
"""A request that the policy stopped: Playwright tells of it twice, the second time why it failed."""


@pytest.fixture(scope="module")
def evil_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evil")
    write_hostile_media(folder)
    (folder / "specs").mkdir()
    (folder / "specs" / "own.json").write_text(json.dumps(OWN_SPEC), "utf-8")
    return build(folder, folder / "site")


def only_refusals(visitor: Visitor) -> None:
    """All trouble is the browser's own: it refused what was asked for. Nothing opened, nothing left the site."""
    requests = [NEVER_SENT.search(what) for what in visitor.trouble]
    stopped = {found[1] for found in requests if found and found[2]}
    strange = [
        what
        for what, found in zip(visitor.trouble, requests, strict=True)
        if not any(word in what for word in REFUSED) and not (found and found[1] in stopped)
    ]
    assert not strange, "\n".join(strange)
    visitor.trouble.clear()


def test_names_titles_and_labels_are_text(browser: Browser, evil_site: Path) -> None:
    with Visitor.start(browser, evil_site.as_uri() + "/") as visitor:
        page = visitor.open(f"{RUN}#media")
        page.locator("rg-gallery[data-ready]").wait_for()
        page.locator("figure[data-key='html']").evaluate_all("figures => figures.forEach(figure => figure.remove())")
        only_refusals(visitor)  # of HTML whose frame had begun to load
        for step in range(5):
            page.get_by_label("Step", exact=True).fill(str(step))
            for shelf in page.locator(".gallery-shelf").all():
                shelf.scroll_into_view_if_needed()
                page.wait_for_timeout(30)
        page.locator(".plotly-figure:visible .main-svg").first.wait_for()
        page.wait_for_timeout(300)
        assert page.locator("[href^='javascript:']").count() == 0
        assert page.evaluate(
            "[...document.querySelectorAll('a')].every(a => !/^javascript:/i.test(a.href.baseVal ?? a.href))"
        )
        assert page.evaluate("document.querySelectorAll('[onerror], [onload], [onmouseover]').length") == 0
        expect(page.locator(".overlay-switch").first).to_be_visible()


@pytest.mark.parametrize("step", range(len(PAGES)))
def test_html_in_the_page_runs_nothing_and_leads_nowhere(browser: Browser, evil_site: Path, step: int) -> None:
    with Visitor.start(browser, evil_site.as_uri() + "/") as visitor:
        page = visitor.open(f"{RUN}#media")
        page.get_by_label("Step", exact=True).fill(str(step))
        figure = page.locator("figure[data-key='html']:visible")
        figure.scroll_into_view_if_needed()
        frame = figure.frame_locator(".html-frame").frame_locator("iframe")
        frame.locator("body").wait_for(state="attached")
        for name in ("away", "send", "script"):
            for link in frame.locator(f"#{name}").all():
                link.click(no_wait_after=True)
        page.wait_for_timeout(300)
        only_refusals(visitor)
        assert page.url.endswith((f"{RUN}#media", f"{RUN}?step={step}#media"))
        assert "ran" not in page.title()


@pytest.mark.parametrize("step", range(len(PAGES)))
def test_html_opened_by_itself_runs_nothing_and_leads_nowhere(browser: Browser, evil_site: Path, step: int) -> None:
    with Visitor.start(browser, evil_site.as_uri() + "/") as visitor:
        path = f"runs/evil/files/media/html/{step}.html.txt.view.html"
        page = visitor.open(path)
        frame = page.frame_locator("iframe")
        frame.locator("body").wait_for(state="attached")
        for name in ("away", "send", "script"):
            for link in frame.locator(f"#{name}").all():
                link.click(no_wait_after=True)
        page.wait_for_timeout(300)
        only_refusals(visitor)
        assert page.url.endswith(path)
        assert page.title() == f"{step}.html"


def test_the_files_themselves_are_text(evil_site: Path) -> None:
    names = {path.name for path in (evil_site / "runs/evil/files/media/html").iterdir()}
    assert names == {f"{step}.html.txt{end}" for step in range(len(PAGES)) for end in ("", ".view.html")}
