"""The gallery of a run as its reader uses it: one step for all keys, pictures compared, tables, histograms."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.canvas import strong_colours, until
from tests.browser.conftest import build
from tests.browser.test_media import ROAD, is_near, pixel
from tests.browser.visits import Visitor
from tests.builders import run
from tests.media_project import HEIGHT, WIDTH, MediaRun, picture, street, write_media_project

RUN = "runs/media/index.html"
CAR, SKY = (190, 60, 50), (150, 190, 230)


@pytest.fixture(scope="module")
def media_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gallery")
    write_media_project(folder)
    many = run("many").metric("loss", [1.0])
    media = MediaRun(many)
    media.log("x", "image-file", 0, "image/street.png", picture(street(0)), width=WIDTH, height=HEIGHT)
    value = {"_type": "image-file", "path": "files/media/image/street.png", "width": WIDTH, "height": HEIGHT}
    many.value("batch", [{**value, "caption": f"number {number}"} for number in range(5000)], step=1)
    for step in range(5000):
        many.value("series", {**value, "caption": f"at {step}"}, step=step)
    many.finished().write(folder)
    return build(folder, folder / "site")


@pytest.fixture
def page(browser: Browser, media_site: Path) -> Iterator[Page]:
    with Visitor.start(browser, media_site.as_uri() + "/") as visitor:
        yield ready(visitor.open(f"{RUN}#media"))


def ready(page: Page) -> Page:
    page.locator("rg-gallery[data-ready]").wait_for()
    return page


def only(page: Page, key: str) -> Locator:
    """The shelf of a key, alone."""
    page.get_by_label("Filter keys").fill(key)
    shelf = page.locator(f".gallery-shelf[data-key='{key}']")
    expect(page.locator(".gallery-shelf:visible")).to_have_count(1)
    return shelf


def test_one_step_for_all_keys_by_key_by_play_and_in_the_address(page: Page) -> None:
    step = page.locator(".gallery-step")
    slider = page.get_by_label("Step", exact=True)
    expect(step).to_have_text("step 2")
    sparse = only(page, "val/sparse")
    expect(sparse).to_contain_text("step 1, the last before")
    slider.focus()
    page.keyboard.press("Home")
    expect(step).to_have_text("step 0")
    expect(sparse).to_contain_text("nothing before step 1")
    expect(sparse.locator("figure")).to_have_count(0)
    page.keyboard.press("]")
    expect(step).to_have_text("step 1")
    expect(sparse.locator("figure")).to_have_count(1)
    expect(sparse).not_to_contain_text("before")
    until(lambda: page.evaluate("location.search + location.hash") == "?step=1#media")
    page.reload()
    ready(page)
    expect(step).to_have_text("step 1")
    slider.focus()
    page.keyboard.press("End")
    until(lambda: page.evaluate("location.search") == "")
    page.get_by_label("Steps a second").select_option("30")
    loop = page.get_by_role("button", name="Begin again at the end")
    slider.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play")).to_be_visible()  # it has come to the end
    expect(step).to_have_text("step 2")
    loop.click()
    page.get_by_role("button", name="Play").click()
    for wanted in ("step 0", "step 2", "step 1"):
        expect(step).to_have_text(wanted)
    page.get_by_role("button", name="Pause").click()


@pytest.mark.parametrize("width", [1440, 390])
def test_two_steps_and_two_keys_lie_under_a_wipe(browser: Browser, media_site: Path, width: int) -> None:
    with Visitor.start(browser, media_site.as_uri() + "/", width=width) as visitor:
        page = ready(visitor.open(f"{RUN}#media"))
        shelf = only(page, "val/street")
        shelf.locator("figure a").first.click()
        box = page.get_by_role("dialog")
        expect(box).to_contain_text("val/street step 2")
        box.get_by_label("Compare with").select_option(label="val/sparse")
        sheet = box.locator(".lightbox-sheet")
        wipe = box.get_by_label("Wipe")
        sheet.locator(".wipe-handle").wait_for()
        # Of the road the left picture has a mask, the right one has not.
        until(lambda: is_near(pixel(sheet, 0.9, 0.9), ROAD) and not is_near(pixel(sheet, 0.1, 0.9), ROAD))
        wipe.fill("0")
        until(lambda: is_near(pixel(sheet, 0.1, 0.9), ROAD))
        expect(box.locator(".wipe-slider")).to_contain_text("val/sparse, step 1")
        wipe.fill("50")
        handle = sheet.locator(".wipe-handle").bounding_box()
        whole = sheet.bounding_box()
        assert handle is not None
        assert whole is not None
        page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + 40)
        page.mouse.down()
        page.mouse.move(whole["x"] + 0.2 * whole["width"], handle["y"] + 40, steps=3)
        page.mouse.up()
        expect(wipe).to_have_value("20")
        box.get_by_label("Compare with").select_option(label="val/street")
        box.get_by_label("Step of the other picture").select_option("0")
        wipe.fill("0")
        until(lambda: not is_near(pixel(sheet, 0.9, 0.7), CAR))
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.keyboard.press("Escape")
        expect(box).to_have_count(0)
        expect(shelf.locator("figure a").first).to_be_focused()


def test_a_picture_is_enlarged_moved_and_stepped_by_key_and_pointer(page: Page) -> None:
    only(page, "val/sparse").locator("figure a").first.click()
    stage = page.locator(".lightbox-stage")
    sheet = page.locator(".lightbox-sheet")
    expect(stage).to_be_focused()
    sheet.locator("img").wait_for()
    until(lambda: is_near(pixel(stage, 0.5, 0.3), SKY))
    for _ in range(4):
        page.keyboard.press("+")
    expect(stage).to_have_attribute("data-zoom", "5.06")
    until(lambda: is_near(pixel(stage, 0.5, 0.3), CAR))
    for _ in range(40):
        page.keyboard.press("ArrowUp")
    until(lambda: is_near(pixel(stage, 0.5, 0.3), SKY))
    page.keyboard.press("0")
    expect(stage).to_have_attribute("data-zoom", "1.00")
    page.mouse.move(700, 500)
    page.mouse.wheel(0, -400)
    until(lambda: float(stage.get_attribute("data-zoom") or 0) > 2)
    page.keyboard.press("[")
    page.keyboard.press("[")
    expect(page.get_by_role("dialog")).to_contain_text("nothing before step 1")


def test_boxes_below_a_threshold_are_hidden(page: Page) -> None:
    shelf = only(page, "val/street")
    label = shelf.locator(".box-label", has_text="road, acc 0.5")
    expect(label).to_be_visible()
    shelf.get_by_label("acc ≥").fill("0.6")
    expect(label).to_be_hidden()
    expect(shelf.locator(".box-label", has_text="car, acc 0.91")).to_be_visible()
    page.keyboard.press("[")
    expect(page.locator(".gallery-step")).to_have_text("step 2")  # a slider is no place for it
    page.get_by_label("Step", exact=True).fill("0")
    expect(label).to_be_hidden()


def test_a_growing_table_is_filtered_sorted_and_saved(page: Page) -> None:
    shelf = only(page, "val/grown")
    table = shelf.locator("figure:visible")
    rows = table.locator("tr[aria-rowindex]")
    expect(table.locator(".logged-count")).to_have_text("1,200 rows")
    assert rows.count() < 60
    expect(rows.first).to_contain_text("word 0")
    table.locator(".table-scroll").evaluate("table => table.scrollTop = table.scrollHeight")
    expect(rows.last).to_contain_text("1199")
    table.get_by_label("Filter rows").fill('score >= 0.9 "word 3"')
    count = 3 * sum(((number * 37) % 100) >= 90 and number % 7 == 3 for number in range(400))
    expect(table.locator(".logged-count")).to_have_text(f"{count} of 1,200 rows")
    for _ in range(2):
        table.get_by_role("button", name="number").click()
    expect(table.locator("th").first).to_have_attribute("aria-sort", "descending")
    first = rows.first.locator("td").first.inner_text()
    with page.expect_download() as download:
        table.get_by_role("button", name="CSV").click()
    lines = download.value.path().read_text("utf-8").splitlines()
    assert download.value.suggested_filename == "val-grown.csv"
    assert lines[0] == "number,word,score"
    assert len(lines) == count + 1
    assert lines[1].split(",")[:2] == [first, "word 3"]
    page.get_by_label("Step", exact=True).fill("0")
    earlier = shelf.locator("figure:visible")
    expect(earlier.locator(".logged-count")).to_contain_text("of 400 rows")
    expect(earlier.get_by_label("Filter rows")).to_have_value('score >= 0.9 "word 3"')


def test_histograms_over_steps_are_read_pressed_and_drawn_as_ridges(page: Page) -> None:
    shelf = only(page, "net/layer")
    canvas = shelf.locator("canvas")
    until(lambda: strong_colours(canvas) > 0)
    canvas.hover(position={"x": 20, "y": 110})
    expect(shelf.locator(".histogram-words")).to_contain_text("step 0, ")
    before = canvas.evaluate("canvas => canvas.toDataURL()")
    shelf.get_by_label("log counts").check()
    until(lambda: canvas.evaluate("canvas => canvas.toDataURL()") != before)
    canvas.click(position={"x": 20, "y": 110})
    expect(page.locator(".gallery-step")).to_have_text("step 0")
    canvas.press("ArrowRight")
    expect(page.locator(".gallery-step")).to_have_text("step 1")
    shelf.get_by_label("Histograms over steps as").select_option("ridges")
    canvas.hover(position={"x": 200, "y": 250})
    expect(shelf.locator(".histogram-words")).to_contain_text("step 2, ")
    expect(shelf.locator(".histogram rect").first).to_be_visible()


def test_a_waveform_is_drawn_and_seeks(page: Page) -> None:
    shelf = only(page, "audio/tone")
    wave = shelf.locator("figure:visible canvas")
    wave.scroll_into_view_if_needed()
    audio = shelf.locator("figure:visible audio")
    width = (wave.bounding_box() or {"width": 0})["width"]
    wave.click(position={"x": width * 0.8, "y": 20})
    until(lambda: abs(audio.evaluate("audio => audio.currentTime") - 0.4) < 0.02)
    until(lambda: strong_colours(wave) > 0)


def test_ten_thousand_pictures_are_made_as_the_reader_comes_to_them(browser: Browser, media_site: Path) -> None:
    with Visitor.start(browser, media_site.as_uri() + "/") as visitor:
        page = ready(visitor.open("runs/many/index.html?step=1#media"))
        batch = page.locator(".gallery-shelf[data-key='batch'] figure")
        expect(batch).to_have_count(60)
        expect(batch.first).to_contain_text("number 0")
        assert page.locator("rg-gallery figure").count() < 200
        assert len((media_site / "runs/many/index.html").read_bytes()) < 150_000
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        until(lambda: batch.count() > 60)
        page.get_by_label("Step", exact=True).fill("4321")
        series = page.locator(".gallery-shelf[data-key='series'] figure")
        series.scroll_into_view_if_needed()
        expect(series).to_contain_text("at 4321")
        expect(page.locator(".gallery-shelf[data-key='batch'] .shelf-note")).to_have_text("step 1, the last before")
