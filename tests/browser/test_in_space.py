"""Meshes, molecules and Bokeh figures: drawn, turned, and harmless, over http and from files."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.canvas import until
from tests.browser.conftest import build, served
from tests.browser.visits import Visitor
from tests.builders import run
from tests.media_in_space import bokeh_document
from tests.media_project import MediaRun, space_run

CODE = "top.document.title='ran';document.title='ran';alert(1)"

NO_WEBGL = """
const { getContext } = HTMLCanvasElement.prototype;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return kind.includes("webgl") ? null : getContext.call(this, kind, ...rest);
};
"""


@pytest.fixture(scope="module")
def space_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("space")
    space_run().write(folder)
    evil = run("evil").metric("loss", [1.0])
    MediaRun(evil).log("plots/bokeh", "bokeh-file", 0, "bokeh/x.bokeh.json", bokeh_document(code=CODE))
    evil.finished().write(folder)
    return build(folder, folder / "site")


@pytest.fixture(scope="module")
def space_http(space_site: Path) -> Iterator[str]:
    with served(space_site) as address:
        yield address


@pytest.fixture(params=["file", "http"])
def root(request: pytest.FixtureRequest, space_site: Path) -> str:
    return space_site.as_uri() + "/" if request.param == "file" else str(request.getfixturevalue("space_http"))


def only(page: Page, key: str) -> Locator:
    """The figure of a key, alone."""
    page.locator("rg-gallery[data-ready]").wait_for()
    page.get_by_label("Filter keys").fill(key)
    expect(page.locator(".gallery-shelf:visible")).to_have_count(1)
    return page.locator(f"figure[data-key='{key}']")


def colours(part: Locator) -> set[tuple[int, ...]]:
    """The strong colours that a reader sees, coarsely."""
    image = Image.open(io.BytesIO(part.screenshot())).convert("RGB")
    image.thumbnail((100, 100))
    found = [pixel for _, pixel in image.getcolors(10_000) or [] if isinstance(pixel, tuple)]
    return {tuple(part >> 5 for part in pixel) for pixel in found if max(pixel) - min(pixel) > 60}


def test_meshes_and_molecules_are_drawn_and_turned(browser: Browser, root: str) -> None:
    with Visitor.start(browser, root) as visitor:
        page = visitor.open("runs/space/index.html#media")
        for key, wanted in (("space/gltf", 0), ("space/obj", 2), ("space/stl", 2), ("chem/water", 0)):
            host = only(page, key).locator(".mesh, .molecule")
            expect(host).to_have_attribute("data-drawn", "true", timeout=20_000)
            canvas = host.locator("canvas")
            until(lambda canvas=canvas: bool(colours(canvas)))
            assert all(max(colour) == colour[wanted] for colour in colours(canvas))
        expect(only(page, "chem/water").locator(".atoms")).to_have_text("H 2O 1")
        before = canvas.screenshot()
        canvas.press("ArrowLeft")
        until(lambda: canvas.screenshot() != before)
        turned = canvas.screenshot()
        box = canvas.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 100, box["y"] + 100)
        page.mouse.down()
        page.mouse.move(box["x"] + 160, box["y"] + 150)
        page.mouse.up()
        until(lambda: canvas.screenshot() != turned)


def test_bokeh_draws_in_its_frame_and_answers(browser: Browser, root: str) -> None:
    with Visitor.start(browser, root, width=390) as visitor:
        page = visitor.open("runs/space/index.html#media")
        host = only(page, "plots/bokeh").locator(".bokeh-figure")
        expect(host).to_have_attribute("data-drawn", "true", timeout=20_000)
        until(lambda: (7, 0, 0) in colours(host))
        frame = host.frame_locator("iframe")
        handle = frame.locator(".noUi-handle")
        handle.press("ArrowRight")
        expect(handle).to_have_attribute("aria-valuenow", "4.0")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_code_in_a_bokeh_document_does_not_run(browser: Browser, root: str) -> None:
    with Visitor.start(browser, root) as visitor:
        page = visitor.open("runs/evil/index.html#media")
        host = page.locator(".bokeh-figure")
        host.scroll_into_view_if_needed()
        expect(host).to_have_attribute("data-drawn", "true", timeout=20_000)
        frame = host.frame_locator("iframe")
        frame.locator(".noUi-handle").press("ArrowRight")
        frame.get_by_text("away").click(no_wait_after=True)
        page.wait_for_timeout(500)
        assert "ran" not in page.title()
        assert "ran" not in (frame.locator("html").evaluate("html => html.ownerDocument.title"))
        assert any("unsafe-eval" in what for what in visitor.trouble), "the code was not even tried"
        assert not [what for what in visitor.trouble if "dialog" in what or "request outside" in what]
        visitor.trouble.clear()


def test_without_webgl_there_are_words_and_the_file(browser: Browser, space_site: Path) -> None:
    with Visitor.start(browser, space_site.as_uri() + "/") as visitor:
        visitor.page.add_init_script(NO_WEBGL)
        figure = only(visitor.open("runs/space/index.html#media"), "space/glb")
        expect(figure).to_contain_text("WebGL is off or missing")
        expect(figure.get_by_role("link", name="Download")).to_be_visible()
