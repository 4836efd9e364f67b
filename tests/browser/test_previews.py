"""A workspace of many runs: few bytes at first, every spike in sight, and all of it when somebody looks."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.canvas import inked, until
from tests.browser.conftest import build
from tests.browser.visits import Visitor
from tests.builders import run

RUNS, STEPS = 300, 600
SPIKE = 123
MOST_BYTES = 400_000

PAINT_ABOVE = """
canvas => {
  const { data } = canvas.getContext("2d").getImageData(60, 0, canvas.width - 60, canvas.height / 2);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    const pixel = [data[i], data[i + 1], data[i + 2]];
    if (data[i + 3] > 100 && Math.max(...pixel) - Math.min(...pixel) > 60) count += 1;
  }
  return count;
}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    for number in range(RUNS):
        flat = [1 + number / RUNS] * STEPS
        if number == SPIKE:
            flat[400] = 9.0
        described = run(f"r{number:03}").at(number).config(lr=number / 7, kind="ab"[number % 2])
        described.metric("loss", flat).metric("acc", flat[::-1]).finished().write(folder)
    return build(folder, folder / "site")


@pytest.fixture
def visitor(browser: Browser, site: Path) -> Iterator[Visitor]:
    with Visitor.start(browser, site.as_uri() + "/") as visiting:
        yield visiting


def panel(page: Page, title: str):
    return page.locator(".panel", has=page.get_by_role("heading", name=title, exact=True))


def canvas(page: Page, title: str):
    return panel(page, title).locator(".panel-canvas canvas")


def test_a_preview_is_drawn_until_somebody_looks(visitor: Visitor) -> None:
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    page = visitor.open("workspace/index.html")
    until(lambda: inked(canvas(page, "loss")))
    until(lambda: inked(canvas(page, "acc")))
    expect(panel(page, "loss").locator(".panel-note")).to_contain_text("preview")
    # One run in three hundred, one step in six hundred: above all others there is paint.
    assert canvas(page, "loss").evaluate(PAINT_ABOVE) > 10
    files = [Path(unquote(urlsplit(url).path)) for url in asked if url.startswith("file:")]
    names = [path.name.partition(".")[0] for path in files]
    assert names.count("preview") == 4
    assert "runs" not in names
    assert sum(len(gzip.compress(path.read_bytes())) for path in files if path.is_file()) < MOST_BYTES
    before = str(canvas(page, "loss").evaluate("canvas => canvas.toDataURL()"))
    panel(page, "loss").locator(".panel-stage").hover()
    expect(panel(page, "loss").locator(".panel-note")).not_to_contain_text("preview")
    expect(panel(page, "acc").locator(".panel-note")).to_contain_text("preview")
    until(lambda: str(canvas(page, "loss").evaluate("canvas => canvas.toDataURL()")) != before)
    assert any(re.search(r"/data/[^/]+/runs\.", url) for url in asked)


def test_all_columns_are_there_for_whoever_uses_the_page(visitor: Visitor) -> None:
    page = visitor.open("workspace/index.html")
    until(lambda: inked(canvas(page, "loss")))
    page.get_by_label("Group runs by").select_option("config.kind")
    expect(panel(page, "loss").locator(".panel-note")).to_contain_text("300 runs by kind")
    page.get_by_label("Group runs by").select_option("")
    page.locator(".run-head input, .run-filter input, input[placeholder*='filter']").first.fill("config.lr < 1")
    expect(page.locator(".run-head")).to_contain_text("7 of 300")


def test_an_address_with_a_filter_has_them_at_once(visitor: Visitor) -> None:
    page = visitor.open("workspace/index.html#filter=config.lr+%3C+1&smooth=0.5")
    expect(page.locator(".run-head")).to_contain_text("7 of 300")
    until(lambda: inked(canvas(page, "loss")))
    expect(panel(page, "loss").locator(".panel-note")).not_to_contain_text("preview")
