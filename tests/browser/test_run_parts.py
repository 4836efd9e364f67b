"""The console, files, patch, lineage and alerts of a run that has much of each; hostile text stays text."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.canvas import until
from tests.browser.conftest import build
from tests.browser.visits import Visitor
from tests.builders import png, run

LINES = 100_000
EVIL = "<img src=x onerror=alert(1)>"
PATCH = f"""\
diff --git a/train.py b/train.py
--- a/train.py
+++ b/train.py
@@ -1,3 +1,4 @@
 def main():
-    rate = 0.1
+    rate = 0.01
+    print("{EVIL}")
     train(rate)
diff --git a/notes.md b/notes.md
--- a/notes.md
+++ b/notes.md
@@ -0,0 +1 @@
+text
"""


def console_text() -> str:
    lines = [f"step {number} loss {1 / (number + 1):.5f}" for number in range(LINES - 4)]
    return "\n".join(lines) + f"\n\x1b[38;2;255;255;0myellow\x1b[0m \x1b[1;31mbold {EVIL}\x1b[0m\nlast line\n"


@pytest.fixture(scope="module")
def parts_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parts")
    git = {"commit": "0123456789abcdef0123456789abcdef01234567", "remote": "https://github.com/ada/digits.git"}
    run("base").at(-500).config(lr=0.1).metric("loss", [2, 1]).artifact("data").finished().write(folder)
    (
        run("big")
        .environment(git=git)
        .config(lr=0.01, nested={"a": 1, "b": EVIL})
        .fork("base", 1)
        .metric("loss", [1 / (number + 1) for number in range(100)])
        .system("gpu.0.powerWatts", [100, 200, 300])
        .alert("loss is high", EVIL, "WARN", seconds=50)
        .console("10%\r50%\r", stream="stderr")
        .console("100%\n", stream="stderr", seconds=1)
        .console("warning!\n", stream="stderr", seconds=2)
        .console(console_text(), seconds=3)
        .file("files/diff.patch", PATCH.encode())
        .file("files/result.json", json.dumps({"note": EVIL}).encode())
        .file("files/table.csv", b'name,score\n"a, b",1\n')
        .file("files/plot.png", png(40, 30))
        .file("files/weights.bin", b"\0" * 10)
        .artifact("data", action="use")
        .artifact(EVIL)
        .finished()
        .write(folder)
    )
    for number in range(6):
        run(f"user-{number}").at(number + 1).artifact(EVIL, action="use").finished().write(folder)
    (folder / "reports").mkdir()
    (folder / "reports" / "why.md").write_text("---\ntitle: Why it is big\n---\n\n{{ run('big').config.lr }}\n")
    return build(folder, folder / "site")


@pytest.fixture(params=[1440, 390])
def page(request: pytest.FixtureRequest, browser: Browser, parts_site: Path) -> Iterator[Page]:
    with Visitor.start(browser, parts_site.as_uri() + "/", request.param) as visitor:
        visitor.open("runs/big/index.html")
        yield visitor.page
        assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def go(page: Page, fragment: str) -> None:
    page.evaluate(f"location.hash = {json.dumps(fragment)}")


def test_a_long_console_is_windowed_searched_and_linked(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/console-" in request.url else None)
    go(page, "console:60000")
    linked = page.locator(".console-linked")
    expect(linked).to_contain_text("step 59997 ")
    expect(page.locator(".console-total")).to_have_text("100,000 lines")
    assert page.locator(".console-line").count() < 200
    assert 0 < len(set(asked)) < 4
    page.get_by_label("To the start").click()
    first = page.locator(".console-line[data-index='0']")
    expect(first.locator(".console-text")).to_have_text("100%")  # the bar as it was drawn last
    expect(first.locator(".visually-hidden")).to_have_text("stderr")
    assert page.evaluate(
        "getComputedStyle(document.querySelector('.console-stderr a'), '::before').content"
    ).startswith('"! ')
    page.get_by_label("Search the console").fill("loss 0.00002")
    expect(page.locator(".console-count")).to_have_text(re.compile(r"1 of [\d,]{5,}"))
    expect(page.locator(".console-here")).to_have_text("loss 0.00002")
    top = page.locator(".console-box").evaluate("box => box.scrollTop")
    for _ in range(40):
        page.keyboard.press("Enter")
    expect(page.locator(".console-count")).to_have_text(re.compile("^41 of"))
    assert page.locator(".console-box").evaluate("box => box.scrollTop") > top
    page.get_by_label("Search the console").fill(":12")
    expect(linked).to_contain_text("step 9 ")
    assert page.url.endswith("#console:12")


def test_colours_times_and_hostile_lines(page: Page) -> None:
    go(page, "console:99999")
    line = page.locator(".console-linked")
    expect(line).to_contain_text(f"bold {EVIL}")
    assert page.locator("#console img").count() == 0
    colour = line.locator(".ansi-rgb").evaluate("span => getComputedStyle(span).color")
    page.emulate_media(color_scheme="dark")
    until(lambda: line.locator(".ansi-rgb").evaluate("span => getComputedStyle(span).color") == "rgb(255, 255, 0)")
    assert colour != "rgb(255, 255, 0)"  # yellow on white cannot be read
    expect(line.locator(".console-time")).to_be_hidden()
    page.get_by_role("button", name="Times").click()
    expect(line.locator(".console-time")).to_be_visible()


def test_lines_are_copied_over_the_window(page: Page) -> None:
    page.evaluate(
        "document.addEventListener('copy', event => { window.copied = event.clipboardData.getData('text/plain') })"
    )
    go(page, "console:11-4010")
    expect(page.locator(".console-linked").first).to_be_visible()
    box = page.locator(".console-box")
    box.focus()
    for place in (40_000, 80_000):  # so that the parts between have come
        box.evaluate(f"box => {{ box.scrollTop = {place} }}")
        page.locator(f".console-line[data-index='{place // 20}'] .console-text").wait_for()
    page.keyboard.press("Control+c")
    until(lambda: bool(page.evaluate("window.copied || ''")))
    lines = str(page.evaluate("window.copied")).split("\n")
    assert (len(lines), lines[0].split(" loss")[0], lines[-1].split(" loss")[0]) == (4000, "step 8", "step 4007")
    # From the middle of one line to the middle of another that is far below it.
    box.evaluate("box => { box.scrollTop = 0 }")
    start = page.locator(".console-line[data-index='5'] .console-text")
    start.wait_for()
    start.evaluate("text => getSelection().setBaseAndExtent(text.firstChild, 5, text.firstChild, 6)")
    box.evaluate("box => { box.scrollTop = 20000 }")
    end = page.locator(".console-line[data-index='1010'] .console-text")
    end.wait_for()
    end.evaluate("text => getSelection().extend(text.firstChild, 4)")
    page.evaluate("window.copied = ''")
    page.keyboard.press("Control+c")
    until(lambda: bool(page.evaluate("window.copied || ''")))
    lines = str(page.evaluate("window.copied")).split("\n")
    assert (len(lines), lines[0].split(" ")[0], lines[-1]) == (1006, "3", "step")


def test_small_files_can_be_looked_at(page: Page) -> None:
    go(page, "files:result.json")
    files = page.locator("#files")
    expect(files.locator(".preview-line")).to_have_text(["{", f'  "note": "{EVIL}"', "}"])
    files.get_by_label("Preview of table.csv").click()
    expect(files.locator(".preview-table td")).to_have_text(["a, b", "1"])
    files.get_by_label("Preview of plot.png").click()
    assert files.locator(".preview-image").evaluate("image => image.decode().then(() => image.naturalWidth)") == 40
    assert page.url.endswith("#files:plot.png")
    files.get_by_label("Preview of plot.png").click()
    expect(files.locator(".preview-image")).to_have_count(0)
    expect(files.get_by_label("Preview of weights.bin")).to_have_count(0)
    expect(files).to_contain_text("5 files")


def test_the_patch_is_coloured_folded_and_text(page: Page) -> None:
    go(page, "code")
    code = page.locator("#code")
    expect(code.locator("ins")).to_have_text("01")
    expect(code.locator("del")).to_have_text("1")
    expect(code.locator(".line-context .k").first).to_have_text("def")
    expect(code.locator(".line-add", has_text=EVIL)).to_be_visible()
    assert code.locator("img").count() == 0
    keyword = code.locator(".k").first.evaluate("span => getComputedStyle(span).color")
    assert keyword != code.locator(".line-text").first.evaluate("cell => getComputedStyle(cell).color")
    code.get_by_role("button", name="Fold all").click()
    expect(code.locator(".patch-lines").first).to_be_hidden()
    code.get_by_role("button", name="Unfold all").click()
    expect(code.locator(".patch-lines").last).to_be_visible()


def test_the_lineage_is_a_drawing_that_leads_on(page: Page) -> None:
    go(page, "artifacts")
    drawing = page.locator(".lineage svg")
    expect(drawing.locator(".lineage-here")).to_contain_text("big")
    expect(drawing.locator(".lineage-run")).to_have_count(8)
    expect(drawing.locator(".lineage-edge")).to_have_count(9)
    node = drawing.get_by_role("link", name="run base, finished")
    node.focus()
    expect(drawing.locator(".lineage-edge.lit")).to_have_count(1)
    page.get_by_role("button", name="Fit").click()
    scroll = page.locator(".lineage-scroll")
    assert scroll.evaluate("box => box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight")
    page.get_by_role("button", name="Larger").click()
    page.get_by_text("As a table").click()
    expect(page.locator(".lineage-table tbody tr")).to_have_count(9)
    node.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/runs/base/index.html#artifacts")
    expect(page.locator(".lineage-here")).to_contain_text("base")


def test_alerts_stand_in_the_charts_and_units_in_their_titles(page: Page) -> None:
    go(page, "charts")
    mark = page.locator("#charts .panel-mark")
    expect(mark).to_be_visible()
    expect(mark).to_have_attribute("aria-label", "warn: loss is high")
    area = page.locator("#charts .panel-overlay").bounding_box()
    place = mark.bounding_box()
    assert area
    assert place
    assert area["x"] + area["width"] * 0.4 < place["x"] < area["x"] + area["width"] * 0.7  # step 50 of 100
    go(page, "system")
    expect(page.locator("#system .panel-title")).to_have_text("Power (W), GPU 0")


def test_the_overview_names_reports_and_what_the_fork_changed(page: Page) -> None:
    overview = page.locator("#overview")
    expect(overview.locator("#changed tbody tr").first).to_have_text(re.compile(r"lr\s*0\.01\s*0\.1"))
    copied = overview.get_by_role("button", name="Copy config").get_attribute("data-copy")
    assert copied == f"lr: 0.01\nnested.a: 1\nnested.b: {EVIL}"
    overview.get_by_role("link", name="Why it is big").click()
    page.wait_for_url("**/reports/why/index.html")
