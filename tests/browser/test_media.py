"""The media of a run: all kinds are shown, over http and from files, and cost nothing where they are not."""

import io
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Error, Locator, Page, expect

from tests.browser.canvas import inked, until
from tests.browser.conftest import build, served
from tests.browser.visits import Visitor
from tests.media_project import write_media_project

RUN = "runs/media/index.html"
ROAD = (110, 110, 115)


@pytest.fixture(scope="module")
def media_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("media")
    write_media_project(folder)
    return build(folder, folder / "site")


@pytest.fixture(scope="module")
def media_http(media_site: Path) -> Iterator[str]:
    with served(media_site) as address:
        yield address


@pytest.fixture(params=["file", "http"])
def gallery(request: pytest.FixtureRequest, browser: Browser, media_site: Path) -> Iterator[Locator]:
    """The gallery of the run; the test fails at its end if the page had any trouble."""
    root = media_site.as_uri() + "/" if request.param == "file" else request.getfixturevalue("media_http")
    with Visitor.start(browser, root) as visitor:
        made = visitor.open(f"{RUN}#media").locator("rg-gallery")
        expect(made).to_have_attribute("data-ready", "true")
        yield made


def shown(gallery: Locator, key: str) -> Locator:
    """The figure of a key at the slider's step, scrolled into view."""
    figure = gallery.locator(f"figure[data-key='{key}']:visible").first

    def is_in_view() -> bool:
        with suppress(Error):  # another step's figure has just taken its place
            figure.scroll_into_view_if_needed()
            return True
        return False

    until(is_in_view)
    return figure


def pixel(picture: Locator, x: float, y: float) -> tuple[int, ...]:
    """The colour that a reader sees at a place of a picture, in fractions of it."""
    image = Image.open(io.BytesIO(picture.screenshot())).convert("RGB")
    found = image.getpixel((int(x * image.width), int(y * image.height)))
    return tuple(found) if isinstance(found, tuple) else ()


def is_near(found: tuple[int, ...], wanted: tuple[float, ...]) -> bool:
    return all(abs(one - other) <= 3 for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize("key", ["line", "bar", "histogram", "scatter", "roc", "confusion", "own"])
def test_logged_charts_are_drawn(gallery: Locator, key: str) -> None:
    canvas = shown(gallery, f"charts/{key}").locator("canvas").first
    canvas.wait_for()
    until(lambda: inked(canvas))


def test_an_unknown_chart_is_its_table_and_says_what_to_do(gallery: Locator) -> None:
    figure = shown(gallery, "charts/unknown")
    expect(figure.locator(".logged-count")).to_have_text("40 rows")
    expect(figure).to_contain_text("Put a Vega-Lite or Vega specification into specs/lab/missing.json.")


def test_masks_are_coloured_and_switched_by_class(gallery: Locator) -> None:
    picture = shown(gallery, "val/street").locator(".picture")
    picture.locator("img.mask").wait_for()
    for name in ("truth", "predictions"):
        gallery.get_by_role("group", name=f"Boxes: {name}").get_by_label(name, exact=True).uncheck()
    red = (0xDB, 0x41, 0x13)  # the palette's colour of class 1
    blend = tuple(0.45 * below + 0.55 * above for below, above in zip(ROAD, red, strict=True))
    until(lambda: is_near(pixel(picture, 0.1, 0.9), blend))
    switches = gallery.get_by_role("group", name="Mask: segments")
    switches.get_by_label("road").uncheck()
    until(lambda: is_near(pixel(picture, 0.1, 0.9), ROAD))
    switches.get_by_label("road").check()
    switches.get_by_label("segments").uncheck()
    until(lambda: is_near(pixel(picture, 0.1, 0.9), ROAD))


def test_boxes_have_labels_and_their_switches_hold_for_all_steps(gallery: Locator) -> None:
    figure = shown(gallery, "val/street")
    expect(figure.locator(".box-label", has_text="car, acc 0.91")).to_be_visible()
    gallery.get_by_role("group", name="Boxes: predictions").get_by_label("car").uncheck()
    expect(figure.locator(".box-label", has_text="car, acc 0.91")).to_be_hidden()
    expect(figure.locator(".box-label", has_text="road, acc 0.5")).to_be_visible()
    gallery.get_by_label("Step", exact=True).fill("0")
    expect(shown(gallery, "val/street").locator(".box-label", has_text="car, acc 0.91")).to_be_hidden()


def test_points_in_space_turn_with_the_keys_and_by_dragging(gallery: Locator) -> None:
    canvas = shown(gallery, "space/scene").locator("canvas")
    canvas.wait_for()
    until(lambda: inked(canvas))
    gallery.page.wait_for_timeout(300)  # the last change of size draws it once more
    pictures = [canvas.evaluate("canvas => canvas.toDataURL()")]

    def is_new() -> bool:
        picture = canvas.evaluate("canvas => canvas.toDataURL()")
        return picture not in pictures and not pictures.append(picture)

    canvas.press("ArrowLeft")
    until(is_new)
    box = canvas.bounding_box()
    assert box is not None
    mouse = gallery.page.mouse
    mouse.move(box["x"] + 100, box["y"] + 100)
    mouse.down()
    mouse.move(box["x"] + 180, box["y"] + 140)
    mouse.up()
    until(is_new)
    canvas.press("0")
    until(lambda: canvas.evaluate("canvas => canvas.toDataURL()") == pictures[0])


def test_a_plotly_figure_is_drawn_and_answers_the_mouse(gallery: Locator) -> None:
    figure = shown(gallery, "plots/plotly")
    figure.locator(".main-svg .bars path").first.wait_for()
    expect(figure.locator(".gtitle")).to_have_text("A figure")

    def answers() -> bool:  # what stands above may still be drawn, and move the figure
        figure.scroll_into_view_if_needed()
        box = figure.locator(".main-svg .bars path").nth(1).bounding_box()
        assert box is not None
        gallery.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 3, steps=2)
        gallery.page.wait_for_timeout(200)
        return figure.locator(".hoverlayer text").count() > 0

    until(answers)


def test_html_is_shown_in_its_frame_and_runs_nothing(gallery: Locator) -> None:
    frame = shown(gallery, "text/attention").frame_locator(".html-frame").frame_locator("iframe")
    expect(frame.locator("h1")).to_have_text("Attention")
    expect(frame.locator("p")).to_have_css("background-color", "rgb(255, 215, 0)")
    assert "ran" not in gallery.page.title()


def test_sounds_play_and_animations_move(gallery: Locator) -> None:
    seconds = (
        shown(gallery, "audio/tone")
        .locator("audio")
        .evaluate(
            """audio => new Promise((resolve, reject) => {
             audio.onloadedmetadata = () => resolve(audio.duration);
             audio.onerror = () => reject(new Error("it does not play"));
             audio.preload = "metadata";
             audio.load();
           })"""
        )
    )
    assert seconds == pytest.approx(0.5)
    expect(shown(gallery, "audio/tone")).to_contain_text("500 ms")
    assert shown(gallery, "video/drive").locator("img").evaluate("i => i.decode().then(() => i.naturalWidth)") == 240


def test_cells_show_pictures_and_rows_still_sort(gallery: Locator) -> None:
    table = shown(gallery, "val/errors")
    expect(table.locator("td img")).to_have_count(4)
    for _ in range(2):
        table.get_by_role("button", name="digit").click()
    expect(table.locator("tbody tr[aria-rowindex]").first).to_contain_text("guess 3")


def test_several_pictures_of_one_step_stand_in_a_row(gallery: Locator) -> None:
    pictures = gallery.locator("figure[data-key='val/batch']:visible")
    expect(pictures).to_have_count(4)
    tops = {round((pictures.nth(place).bounding_box() or {"y": -1})["y"]) for place in range(4)}
    assert len(tops) == 1


def test_files_that_are_not_drawn_can_be_fetched(gallery: Locator) -> None:
    with gallery.page.expect_download() as download:
        shown(gallery, "chem/broken").get_by_role("link", name="Download").click()
    assert download.value.path().read_bytes() == b"ATOM      1"


def test_a_phone_does_not_scroll_sideways(browser: Browser, media_site: Path) -> None:
    with Visitor.start(browser, media_site.as_uri() + "/", width=390, scheme="dark") as visitor:
        page = visitor.open(f"{RUN}#media")
        page.locator("rg-gallery[data-ready]").wait_for()
        for shelf in page.locator(".gallery-shelf").all():
            shelf.scroll_into_view_if_needed()
        page.wait_for_timeout(500)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_there_are_pictures_words_and_links(browser: Browser, media_site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page: Page = context.new_page()
    page.goto((media_site / RUN).as_uri())
    figures = page.locator("figure.medium")
    expect(figures.filter(has_text="440 Hz").first.locator("a[download]")).to_be_visible()
    expect(page.locator("figure[data-key='val/street'] svg rect").first).to_be_attached()
    expect(page.locator("figure[data-key='val/street'] a", has_text="Mask: segments").first).to_be_visible()
    expect(page.locator("figure[data-key='charts/confusion']").first).to_contain_text("are right")
    expect(page.locator("figure[data-key='plots/plotly'] a[download]").first).to_be_visible()
    context.close()


def test_animations_stand_still_when_less_motion_is_wanted(browser: Browser, media_site: Path) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{(media_site / RUN).as_uri()}#media")
    figure = page.locator("figure[data-key='video/drive']:visible")
    expect(figure.locator("img")).to_be_hidden()
    expect(figure.get_by_role("link", name="Open the animation")).to_be_visible()
    context.close()


def test_a_run_without_such_media_loads_none_of_this(browser: Browser, example_site: Path) -> None:
    assert not [file for name in ("plotly", "space", "bokeh") for file in (example_site / "assets").glob(f"{name}*")]
    with Visitor.start(browser, example_site.as_uri() + "/") as visitor:
        asked: list[str] = []
        visitor.page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
        page = visitor.open("runs/adam-0.01-s0/index.html")
        page.wait_for_timeout(300)
        scripts = [name for name in asked if name.endswith(".js")]
        assert not [name for name in scripts if name.startswith(("media.", "plotly.", "space.", "shelf-"))]
        page.get_by_role("link", name="Media").first.click()
        page.locator("rg-gallery figure:visible").first.wait_for()
        assert [name for name in asked if name.startswith("media.") and name.endswith(".js")]
