"""Line panels on long runs: nothing is hidden, zoom reaches the raw points, and all panels move together."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import build
from tests.browser.visits import Visitor
from tests.builders import run

STEPS = 20_000
SPIKE_STEP = 12_345
SPIKE = 9.0

INK_AT_TOP = """
canvas => {
  const ratio = canvas.width / canvas.clientWidth;
  const { data } = canvas.getContext("2d").getImageData(60 * ratio, 0, canvas.width - 60 * ratio, 40 * ratio);
  let strong = 0;
  for (let i = 0; i < data.length; i += 4) {
    const pixel = data.subarray(i, i + 3);
    if (data[i + 3] > 100 && Math.max(...pixel) - Math.min(...pixel) > 60) strong += 1;
  }
  return strong;
}
"""
"""How many coloured pixels the upper part of a plot has."""

CROSSHAIR = """
canvas => {
  const row = Math.round(canvas.height * 0.6);
  const { data } = canvas.getContext("2d").getImageData(0, row, canvas.width, 1);
  for (let x = 0; x < canvas.width; x += 1) if (data[x * 4 + 3] > 200) return x;
  return null;
}
"""
"""Where the crosshair of an overlay stands, in pixels; null for none."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two long runs, the second with one value that stands out, and a project page that has no panel."""
    folder = tmp_path_factory.mktemp("long")
    flat = [1 + (step % 7) / 100 for step in range(STEPS)]
    spiked = [SPIKE if step == SPIKE_STEP else value + 0.5 for step, value in enumerate(flat)]
    for name, values in (("calm", flat), ("spiked", spiked)):
        run(name).metric("train/loss", values).metric(
            "val/loss", flat[:200], steps=range(0, STEPS, 100)
        ).finished().write(folder)
    return build(folder, folder / "site")


@pytest.fixture(params=["light", "dark"])
def workspace(request: pytest.FixtureRequest, browser: Browser, site: Path) -> Iterator[Page]:
    with Visitor.start(browser, site.as_uri() + "/", scheme=request.param) as visitor:
        yield visitor.open("workspace/index.html")


def panel(page: Page, title: str) -> Locator:
    return page.locator(".panel", has=page.get_by_role("heading", name=title, exact=True))


def note(page: Page, title: str) -> Locator:
    return panel(page, title).locator(".panel-note")


def zoom_of(page: Page) -> tuple[float, float] | None:
    """The zoom in the address."""
    text = parse_qs(urlsplit(page.url).fragment).get("zoom")
    if not text:
        return None
    low, high = text[0].split("_")
    return float(low), float(high)


def drag(page: Page, stage: Locator, start: float, end: float) -> None:
    """Drag over a part of a plot, given as shares of its width."""
    box = stage.bounding_box()
    assert box
    height = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + start * box["width"], height)
    page.mouse.down()
    page.mouse.move(box["x"] + end * box["width"], height, steps=4)
    page.mouse.up()


def test_one_value_in_twenty_thousand_is_seen(workspace: Page) -> None:
    expect(note(workspace, "train/loss")).to_have_text(re.compile(r"1 px ≈ \d+ steps, min.max shown"))
    assert panel(workspace, "train/loss").locator(".panel-canvas canvas").evaluate(INK_AT_TOP) > 0


def test_zoom_reaches_the_raw_points_and_stays_in_the_address(workspace: Page) -> None:
    stage = panel(workspace, "train/loss").locator(".panel-stage")
    expect(note(workspace, "train/loss")).to_contain_text("1 px")
    zoom = f"zoom={SPIKE_STEP - 50}_{SPIKE_STEP + 50}"
    workspace.goto(f"{workspace.url}#{zoom}")
    expect(note(workspace, "train/loss")).to_have_text("raw points")
    expect(stage).to_have_attribute("aria-description", re.compile(rf"values from 1 to {SPIKE:g}\."))
    workspace.reload()
    expect(note(workspace, "train/loss")).to_have_text("raw points")
    stage.dblclick()
    expect(note(workspace, "train/loss")).to_contain_text("1 px ≈")


def test_dragging_zooms_every_panel_of_the_axis(workspace: Page) -> None:
    expect(note(workspace, "train/loss")).to_contain_text("1 px")
    drag(workspace, panel(workspace, "train/loss").locator(".panel-stage"), 0.3, 0.5)
    workspace.wait_for_url("**zoom=**")
    zoom = zoom_of(workspace)
    assert zoom is not None
    assert 0 < zoom[0] < zoom[1] < STEPS
    ends = (f"step {round(end):,}".replace(",", "\N{NARROW NO-BREAK SPACE}") for end in zoom)
    described = re.compile(f", {' to '.join(ends)}[,.]")
    for title in ("train/loss", "val/loss"):
        expect(panel(workspace, title).locator(".panel-stage")).to_have_attribute("aria-description", described)


def test_the_crosshair_stands_in_every_panel(workspace: Page) -> None:
    expect(note(workspace, "val/loss")).to_have_text("raw points")
    expect(note(workspace, "train/loss")).to_contain_text("1 px")
    box = panel(workspace, "train/loss").locator(".panel-stage").bounding_box()
    assert box
    workspace.mouse.move(box["x"] + box["width"] / 2, box["y"] + 60)
    workspace.mouse.move(box["x"] + box["width"] / 2 + 2, box["y"] + 60)
    tooltip = workspace.locator(".chart-tooltip:visible")
    expect(tooltip.locator("tr")).to_have_count(2)
    expect(tooltip).to_contain_text("step")
    for title in ("train/loss", "val/loss"):
        assert panel(workspace, title).locator(".panel-overlay").evaluate(CROSSHAIR) is not None
    workspace.mouse.move(2, 2)
    expect(tooltip).to_have_count(0)


def test_the_keyboard_moves_and_zooms(workspace: Page) -> None:
    expect(note(workspace, "val/loss")).to_have_text("raw points")
    stage = panel(workspace, "val/loss").locator(".panel-stage")
    stage.focus()
    workspace.keyboard.press("ArrowRight")
    spoken = panel(workspace, "val/loss").locator("[aria-live]")
    expect(spoken).to_have_text(re.compile(r"step [\d\s]+: (calm|spiked) 1\.\d+"))
    before = spoken.inner_text()
    workspace.keyboard.press("ArrowRight")
    expect(spoken).not_to_have_text(before)
    workspace.keyboard.press("+")
    workspace.wait_for_url("**zoom=**")
    workspace.keyboard.press("0")
    workspace.wait_for_url(lambda url: "zoom" not in url)


def test_a_closed_eye_takes_the_run_out_of_every_panel(workspace: Page) -> None:
    stage = panel(workspace, "train/loss").locator(".panel-stage")
    expect(stage).to_have_attribute("aria-description", re.compile("2 lines"))
    workspace.get_by_role("button", name=re.compile("^Hide spiked")).click()
    expect(stage).to_have_attribute("aria-description", re.compile("1 line,"))
    workspace.wait_for_url("**runs=but.spiked")
    workspace.reload()
    expect(stage).to_have_attribute("aria-description", re.compile("1 line,"))


def test_the_run_list_is_filtered_by_expression_and_by_text(workspace: Page) -> None:
    rows = workspace.locator(".run-row")
    expect(rows).to_have_count(2)
    box = workspace.get_by_label("Filter runs by name, tag or expression")
    box.fill('name == "calm"')
    expect(rows).to_have_count(1)
    box.fill("spi.ed")
    expect(rows).to_have_text(re.compile("spiked"))
    box.fill("summary.nothing >")
    expect(workspace.locator(".run-problem")).not_to_be_empty()


def test_what_is_drawn_can_be_taken_away(workspace: Page) -> None:
    loss = panel(workspace, "val/loss")
    expect(note(workspace, "val/loss")).to_have_text("raw points")
    loss.hover()
    loss.get_by_role("button", name="Menu of val/loss").click()
    with workspace.expect_download() as download:
        workspace.get_by_role("menuitem", name="Download CSV").click()
    assert download.value.suggested_filename == "val-loss.csv"
    lines = download.value.path().read_text().splitlines()
    assert lines[0] == "line,step,last,min,max,smoothed"
    assert len(lines) == 1 + 2 * 200
    assert lines[1] == "calm,0,1,,,"


def test_a_page_without_panels_loads_no_vega(browser: Browser, site: Path) -> None:
    with Visitor.start(browser, site.as_uri() + "/") as visitor:
        requests: list[str] = []
        visitor.page.on("request", lambda request: requests.append(request.url))
        page = visitor.open("runs/index.html")
        page.locator("rg-runs-table [role=grid], rg-runs-table table").first.wait_for()
        assert not [url for url in requests if "/vega." in url]
