"""The panel grid of the workspace: panels added, edited, hidden, moved, resized, filling the window, taken away."""

import json
import re
from pathlib import Path

import pytest
import vl_convert
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.canvas import strong_colours, until
from tests.browser.visits import Visitor

WORKSPACE = "workspace/index.html"
WIDE = 1000


def cell(page: Page, panel: str) -> Locator:
    return page.locator(f'.panel-cell[data-panel="{panel}"]')


def drawn(page: Page, panel: str) -> None:
    """Wait until lines of several colours are on a panel."""
    cell(page, panel).scroll_into_view_if_needed()
    until(lambda: strong_colours(cell(page, panel).locator(".panel-canvas canvas")) >= 3)


def order(page: Page, section: str) -> list[str]:
    return page.locator(f'.panel-section[data-section="{section}"] .panel-title').all_inner_texts()


def menu(page: Page, panel: str, item: str) -> None:
    cell(page, panel).hover()
    cell(page, panel).get_by_role("button", name="Menu of").click()
    page.get_by_role("menuitem", name=item, exact=True).click()


def box(place: Locator) -> dict[str, float]:
    found = place.bounding_box()
    assert found is not None
    return dict(found)


def drag(page: Page, handle: Locator, x: float, y: float) -> None:
    at = box(handle)
    page.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    page.mouse.down()
    page.mouse.move(x - 9, y - 9)
    page.mouse.move(x, y, steps=3)
    page.mouse.up()


def no_wider_than_the_window(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("width", [1440, 390])
def test_a_panel_is_added_edited_and_removed(
    browser: Browser, example_site: Path, example_http: str, width: int
) -> None:
    root = example_http if width < WIDE else f"{example_site.as_uri()}/"
    with Visitor.start(browser, root, width=width) as visitor:
        page = visitor.open(WORKSPACE)
        page.get_by_role("button", name="Add a panel", exact=True).click()
        dialog = page.get_by_role("dialog", name="Panel")
        dialog.get_by_role("button", name="Add").click()
        trouble = dialog.get_by_role("alert")
        expect(trouble).to_have_text("A panel of the kind “line” needs “metrics”, “pattern” or “y”.")
        metrics = dialog.get_by_role("group", name="Metrics")
        dialog.get_by_label("Search Metrics").fill("^val/.*s$")
        expect(metrics.locator(".choice-option")).to_have_text(["val/loss"])
        dialog.get_by_label("Search Metrics").press("Enter")
        dialog.get_by_label("Search Metrics").fill("/loss")
        dialog.get_by_role("button", name="Choose all 2").click()
        dialog.get_by_label("Section").fill("both <b>losses</b>")
        dialog.get_by_role("button", name="Add").click()
        expect(dialog).to_be_hidden()
        expect(page).to_have_url(re.compile(r"panels=line\.1\*"))
        drawn(page, "1")
        assert order(page, "both <b>losses</b>") == ["train/loss, val/loss"]
        menu(page, "1", "Edit…")
        expect(metrics.get_by_label("train/loss")).to_be_checked()
        dialog.get_by_label("Logarithmic y").check()
        dialog.get_by_label("Title").fill("Losses")
        dialog.get_by_role("button", name="Save").click()
        page.wait_for_url(re.compile("title_Losses"))
        assert len(page.url.partition("#")[2]) < 160
        page.reload()
        expect(cell(page, "1").get_by_role("heading", name="Losses")).to_be_visible()
        drawn(page, "1")
        assert no_wider_than_the_window(page)
        menu(page, "1", "Remove")
        expect(cell(page, "1")).to_have_count(0)
        expect(page).to_have_url(visitor.root + WORKSPACE)
        page.get_by_role("button", name="Undo").click()
        expect(cell(page, "1")).to_be_visible()


def test_a_metric_is_hidden_and_had_back(page: Page, visitor: Visitor) -> None:
    visitor.open(WORKSPACE)
    menu(page, "val/acc", "Hide")
    expect(cell(page, "val/acc")).to_have_count(0)
    expect(page).to_have_url(re.compile("removed=val%2Facc"))
    page.reload()
    expect(cell(page, "val/loss")).to_be_visible()
    expect(cell(page, "val/acc")).to_have_count(0)
    page.get_by_text("Hidden panels").click()
    page.get_by_role("button", name="val/acc", exact=True).click()
    drawn(page, "val/acc")
    assert order(page, "val") == ["val/acc", "val/loss"]
    expect(page).to_have_url(visitor.root + WORKSPACE)


def test_panels_and_sections_are_moved(page: Page, visitor: Visitor) -> None:
    visitor.open(WORKSPACE)
    drawn(page, "val/loss")
    kept = cell(page, "val/loss").locator("canvas").first.element_handle()
    cell(page, "val/loss").hover()
    target = box(cell(page, "train/loss"))
    drag(page, cell(page, "val/loss").locator(".panel-grip"), target["x"] + 30, target["y"] + 80)
    expected = ["train/active", "train/gradient_norm", "val/loss", "train/loss"]
    until(lambda: order(page, "train") == expected)
    assert kept.evaluate("canvas => canvas.isConnected")  # it was moved, not drawn again
    grip = cell(page, "val/acc").get_by_role("button", name="Move val/acc")
    grip.focus()
    page.keyboard.press("ArrowRight")
    until(lambda: order(page, "train")[0] == "val/acc")
    expect(grip).to_be_focused()
    expect(page.locator(".panel-sections > [aria-live]")).to_have_text("val/acc, 1 of 5 in train")
    page.locator('.panel-section[data-section="train"]').get_by_role("button", name="Menu of section").click()
    page.get_by_role("menuitem", name="New section…").click()
    dialog = page.get_by_role("dialog", name="Section")
    dialog.get_by_label("Name").fill("mine")
    dialog.get_by_label("Name").press("Enter")
    empty = page.locator('.panel-section[data-section="mine"]')
    expect(empty).to_contain_text("No panels yet")
    cell(page, "val/acc").hover()
    target = box(empty)
    drag(page, cell(page, "val/acc").locator(".panel-grip"), target["x"] + 200, target["y"] + 60)
    until(lambda: order(page, "mine") == ["val/acc"])
    empty.get_by_role("button", name="Menu of section").click()
    page.get_by_role("menuitem", name="Rename…").click()
    dialog.get_by_label("Name").fill("train")
    dialog.get_by_label("Name").press("Enter")
    expect(dialog.get_by_role("alert")).to_have_text("There is a section “train” already.")
    dialog.get_by_label("Name").fill("ours")
    dialog.get_by_role("button", name="Rename").click()
    ours = page.locator('.panel-section[data-section="ours"]')
    ours.get_by_role("button", name="Menu of section").click()
    page.get_by_role("menuitem", name="Move down").click()
    sections = page.locator(".panel-section .section-name")
    expect(sections).to_have_text(["train", "ours", "compare", "system"])
    page.wait_for_url(re.compile("sections=train"))
    page.reload()
    expect(sections).to_have_text(["train", "ours", "compare", "system"])
    until(lambda: order(page, "train") == expected)
    page.get_by_role("button", name="Reset layout").click()
    expect(sections).to_have_text(["val", "train", "compare", "system"])


def test_a_panel_is_resized_by_its_corner(page: Page, visitor: Visitor) -> None:
    visitor.open(WORKSPACE)
    drawn(page, "val/acc")
    before = box(cell(page, "val/acc"))
    cell(page, "val/acc").hover()
    corner = cell(page, "val/acc").get_by_role("button", name="Size of val/acc")
    at = box(corner)
    drag(page, corner, at["x"] + before["width"], at["y"] + 100)
    page.wait_for_url(re.compile(r"w_2\*h_320"))
    after = box(cell(page, "val/acc"))
    assert after["width"] == pytest.approx(2 * before["width"] + 12, abs=2)
    assert after["height"] == pytest.approx(before["height"] + 100, abs=12)
    until(lambda: box(cell(page, "val/acc").locator("canvas").first)["width"] > before["width"])
    corner.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    page.wait_for_url(re.compile("panels=.val%2Facc.h_300"))
    page.set_viewport_size({"width": 390, "height": 900})
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("w_2"))
    assert no_wider_than_the_window(page)
    page.reload()
    until(lambda: box(cell(page, "val/acc").locator(".panel-stage"))["height"] == 300)
    assert box(cell(page, "val/acc"))["width"] == box(cell(page, "val/loss"))["width"]


def test_a_panel_fills_the_window_and_leads_to_the_next(page: Page, visitor: Visitor) -> None:
    visitor.open(WORKSPACE)
    drawn(page, "val/acc")
    stage = cell(page, "val/acc").locator(".panel-stage")
    stage.focus()
    page.keyboard.press("f")
    full = page.locator(".panel-full")
    until(lambda: box(full) == {"x": 0, "y": 0, "width": 1440, "height": 900})
    until(lambda: box(stage.locator("canvas").first)["width"] > 1300)
    page.mouse.move(500, 450)
    page.mouse.down()
    page.mouse.move(900, 450, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile("zoom="))
    page.keyboard.press("ArrowDown")
    expect(full.get_by_role("heading")).to_have_text("val/loss")
    until(lambda: strong_colours(full.locator(".panel-canvas canvas")) >= 3)
    page.keyboard.press("PageDown")
    expect(full.get_by_role("heading")).to_have_text("train/active")
    full.get_by_role("button", name="Previous panel").click()
    expect(full.get_by_role("heading")).to_have_text("val/loss")
    page.keyboard.press("Escape")
    expect(full).to_have_count(0)
    expect(cell(page, "val/loss").locator(".panel-stage")).to_be_focused()


def test_a_panel_is_taken_away(page: Page, visitor: Visitor, tmp_path: Path) -> None:
    def taken(panel: str, what: str) -> Path:
        with page.expect_download() as download:
            menu(page, panel, f"Download {what}")
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        return path

    visitor.open(f"{WORKSPACE}#smooth=0.5&runs=only.adam-0.01-s0,sgd-1-s0")
    drawn(page, "train/loss")
    svg = taken("train/loss", "SVG").read_text("utf-8")
    assert ">train/loss</text>" in svg
    assert ">adam-0.01-s0</text>" in svg
    assert len(re.findall(r' d="M[^"]{200,}"', svg)) >= 2  # the lines themselves
    assert "NaN" not in svg
    with Image.open(taken("train/loss", "PNG")) as picture:
        assert picture.width == 3 * round(box(cell(page, "train/loss").locator(".panel-stage"))["width"] + 24)
        assert len({pixel for _, pixel in picture.convert("RGB").getcolors(picture.width * picture.height) or []}) > 50
    spec = json.loads(taken("train/loss", "Vega-Lite").read_text("utf-8"))
    assert "marks" in vl_convert.vegalite_to_vega(spec)
    rows = taken("train/loss", "CSV").read_text("utf-8").splitlines()
    assert rows[0] == "line,step,last,min,max,smoothed"
    drawn_rows = {(row["line"], f"{row['x']}", f"{row['value']}", f"{row['smooth']}") for row in spec["data"]["values"]}
    listed = {(line, step, last, smoothed) for line, step, last, _, _, smoothed in (row.split(",") for row in rows[1:])}
    assert len(drawn_rows) == len(rows) - 1
    assert {row[:2] for row in drawn_rows} == {row[:2] for row in listed}
    built = page.locator(".panel-cell", has=page.get_by_role("heading", name="Best runs"))
    built.scroll_into_view_if_needed()
    until(lambda: strong_colours(built.locator("canvas").first) >= 2)
    identity = str(built.get_attribute("data-panel"))
    assert len(taken(identity, "CSV").read_text("utf-8").splitlines()) > 3
    assert "<path" in taken(identity, "SVG").read_text("utf-8")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("panels=nonsense.1*x_1**line.2*metrics_gone", ["kind of panel “nonsense”", "metric “gone”"]),
        ("panels=.old*w_3&removed=older", ["no panel “old” any more", "no panel “older”"]),
        (
            "panels=__proto__.1*__proto___x&sections=constructor&x=up&foo=1&view=gone",
            ["“__proto__”", "“x”", "“foo”", "“view”"],
        ),
    ],
)
def test_an_address_that_asks_in_vain_is_answered(page: Page, visitor: Visitor, state: str, said: list[str]) -> None:
    visitor.open(f"{WORKSPACE}#{state}")
    drawn(page, "val/acc")
    for words in said:
        expect(page.locator(".layout-trouble")).to_contain_text(words)
    page.locator(".layout-trouble").get_by_role("button", name="Close").click()
    expect(page.locator(".layout-trouble")).to_be_hidden()
    assert no_wider_than_the_window(page)
