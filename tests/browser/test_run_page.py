"""The page of a run: its tabs, console, media, files, code and what failed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.logs import RUNS, config, records, summary
from tests.browser.visits import Visitor

RUN = "adam-0.01-s0"


@pytest.fixture
def run_page(visitor: Visitor) -> Page:
    return visitor.open(f"runs/{RUN}/index.html")


def open_tab(page: Page, name: str) -> None:
    page.locator(".tabs > a", has_text=name).click()
    expect(page.locator(f"#{name.lower()}")).to_be_visible()


def test_overview_shows_config_and_summary(run_page: Page) -> None:
    overview = run_page.locator("#overview")
    expect(overview).to_contain_text(str(config(RUN)["optimizer"]["learning_rate"]))
    accuracy = overview.locator("[data-full][title]", has_text=f"{summary(RUN)['test/acc']:.4f}").first
    expect(accuracy).to_have_attribute("data-full", str(summary(RUN)["test/acc"]))
    expect(run_page.locator(".state").first).to_have_text("finished")
    expect(run_page.locator("#overview em", has_text="second")).to_be_visible()  # the notes are Markdown


def test_tabs_are_links_and_remember(run_page: Page) -> None:
    open_tab(run_page, "Console")
    assert run_page.url.endswith("#console")
    run_page.reload()
    expect(run_page.locator("#console")).to_be_visible()
    expect(run_page.locator("#overview")).to_be_hidden()
    run_page.go_back()
    expect(run_page.locator("#overview")).to_be_visible()


def test_console_has_what_was_printed(run_page: Page) -> None:
    open_tab(run_page, "Console")
    printed = "".join(record["text"] for record in records(RUNS / RUN / "console.jsonl"))
    shown = run_page.locator("rg-console")
    expect(shown).to_contain_text(printed.splitlines()[0].strip().split("  ")[0])
    expect(shown).to_contain_text(f"{len(printed.splitlines())} lines")
    run_page.get_by_label("Search the console").fill("epoch 20")
    expect(shown.locator("mark").first).to_have_text("epoch 20")


def test_charts_are_drawn(run_page: Page) -> None:
    open_tab(run_page, "Charts")
    run_page.locator("#charts rg-panel canvas").first.wait_for()


def test_media_slider_changes_the_step(run_page: Page) -> None:
    open_tab(run_page, "Media")
    gallery = run_page.locator("rg-gallery")
    figures = gallery.locator("figure[data-key='val/mistakes']:visible img")
    expect(figures).to_have_count(4)
    last = figures.first.get_attribute("src")
    gallery.get_by_role("slider", name="Step", exact=True).fill("0")
    expect(figures.first).not_to_have_attribute("src", str(last))
    # decode() waits for a picture and is refused for a broken one; polling an expression would need eval.
    shown = run_page.evaluate(
        """Promise.all([...document.images].filter(image => image.checkVisibility())
                       .map(image => image.decode().then(() => image.naturalWidth)))"""
    )
    assert min(shown) > 0


def test_media_have_histogram_and_table(run_page: Page) -> None:
    open_tab(run_page, "Media")
    expect(
        run_page.locator(
            "figure[data-key='weights/hidden']:visible svg, figure[data-key='weights/hidden']:visible canvas"
        )
    ).to_have_count(1)
    expect(run_page.locator("figure[data-key='test/digits'] tbody tr:not([aria-hidden])")).to_have_count(10)


def test_files_can_be_fetched(run_page: Page) -> None:
    open_tab(run_page, "Files")
    link = run_page.locator("#files a", has_text="model.npz")
    with run_page.expect_download() as download:
        link.click()
    assert download.value.path().read_bytes() == (RUNS / RUN / "files" / "model.npz").read_bytes()


def test_code_shows_the_patch_and_how_to_get_it_back(run_page: Page) -> None:
    open_tab(run_page, "Code")
    code = run_page.locator("#code")
    expect(code.locator(".patch-file").first).to_contain_text("train.py")
    expect(code.locator(".line-add", has_text="def active_units").first).to_be_visible()
    expect(code.locator(".recipe pre")).to_contain_text("git")


def test_a_failed_run_says_why(visitor: Visitor) -> None:
    page = visitor.open("runs/adam-1-s1/index.html")
    expect(page.locator("main .state >> nth=0")).to_have_text("failed")
    open_tab(page, "Console")
    expect(page.locator("rg-console")).to_contain_text("FloatingPointError: the loss is inf")


def test_keys_lead_to_the_next_run(run_page: Page) -> None:
    target = run_page.locator(".run-steps a[data-key=j], .run-steps a[data-key=k]").first
    key, href = target.get_attribute("data-key"), target.get_attribute("href")
    run_page.keyboard.press(str(key))
    run_page.wait_for_url(f"**/{str(href).split('/')[-2]}/index.html*")
