"""Saved views: chosen, opened by default, saved, and the same again after a build."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import build
from tests.browser.visits import Visitor
from tests.builders import run

WORKSPACE = "workspace/index.html"
HOSTILE = "<img src=x onerror=alert(1)> & 'co'"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    for number, run_id in enumerate(("a", "b", "c")):
        run(run_id).at(number).config(lr=number).metric("val/acc", [0.1 * number, 0.5, 0.9]).finished().write(folder)
    (folder / "views").mkdir()
    (folder / "views" / "plain.yml").write_text("title: Half smooth\nsmooth: 0.5\n", encoding="utf-8")
    return folder


def view_choice(page: Page):
    return page.locator(".tool-view select")


def smoothing(page: Page):
    return page.get_by_role("slider", name="Smoothing")


def log_y(page: Page):
    return page.get_by_role("button", name="log y")


def test_a_view_is_chosen_and_is_in_the_address(visitor: Visitor) -> None:
    page = visitor.open(WORKSPACE)
    view_choice(page).select_option(label="Validation by optimiser")
    expect(page).to_have_url(re.compile(r"smooth=0\.6"))
    expect(page).to_have_url(re.compile("colorBy=config.optimizer.name"))
    expect(smoothing(page)).to_have_value("0.6")
    log_y(page).click()
    expect(view_choice(page).locator("option:checked")).to_have_text("custom")
    expect(page).to_have_url(re.compile("logY"))
    page.reload()
    expect(log_y(page)).to_have_attribute("aria-pressed", "true")
    view_choice(page).select_option(label="none")
    expect(smoothing(page)).to_have_value("0")
    expect(page).to_have_url(visitor.root + WORKSPACE)
    page.goto("about:blank")
    page = visitor.open(f"{WORKSPACE}#view=first-epochs")
    expect(view_choice(page)).to_have_value("first-epochs")
    expect(log_y(page)).to_have_attribute("aria-pressed", "true")


def test_the_default_view_is_for_an_address_without_state(browser: Browser, project: Path, tmp_path: Path) -> None:
    (project / "views" / "first.yml").write_text("title: First\ndefault: true\nlogY: true\n", encoding="utf-8")
    root = build(project, tmp_path / "site").as_uri() + "/"
    with Visitor.start(browser, root) as visitor:
        page = visitor.open(WORKSPACE)
        expect(view_choice(page)).to_have_value("first")
        expect(log_y(page)).to_have_attribute("aria-pressed", "true")
        log_y(page).click()
        expect(page).to_have_url(re.compile("#view=$"))
        page.reload()
        expect(log_y(page)).to_have_attribute("aria-pressed", "false")
        page.goto("about:blank")
        page = visitor.open(f"{WORKSPACE}#smooth=0.3")
        expect(smoothing(page)).to_have_value("0.3")
        expect(log_y(page)).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_saved_view_is_the_same_after_a_build(browser: Browser, project: Path, tmp_path: Path, width: int) -> None:
    site = build(project, tmp_path / "site")
    with Visitor.start(browser, site.as_uri() + "/", width=width) as visitor:
        page = visitor.open(f"{WORKSPACE}#runs=but.b&zoom=0_1.5&metrics=%5Eval%2F.*%5Cw")
        smoothing(page).fill("0.8")
        expect(page).to_have_url(re.compile("smooth=0.8"))
        page.get_by_role("button", name="Save view").click()
        dialog = page.get_by_role("dialog", name="Save view")
        dialog.get_by_label("Title").fill(HOSTILE)
        expect(dialog).to_contain_text("views/img-src-x-onerror-alert-1-co.yml")
        with page.expect_download() as download:
            dialog.get_by_label("Title").press("Enter")
        expect(dialog).to_be_hidden()
        state = page.url.partition("#")[2]
        saved = tmp_path / download.value.suggested_filename
        download.value.save_as(saved)
    assert saved.name == "img-src-x-onerror-alert-1-co.yml"
    shutil.copy(saved, project / "views")
    build(project, site)
    with Visitor.start(browser, site.as_uri() + "/", width=width) as visitor:
        page = visitor.open(WORKSPACE)
        view_choice(page).select_option(label=HOSTILE)
        expect(smoothing(page)).to_have_value("0.8")
        expect(page.get_by_label("Show metrics that match")).to_have_value(r"^val/.*\w")
        expect(page.get_by_role("heading", name="Runs 2 of 3", include_hidden=True)).to_have_count(1)
        expect(page).to_have_url(re.compile(f"#{re.escape(state)}$"))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_layout_is_kept_in_a_view(browser: Browser, project: Path, tmp_path: Path) -> None:
    site = build(project, tmp_path / "site")
    layout = "sections=mine&panels=line.1*metrics_val%2Facc*logY_1*title_**Mine*in_mine*w_2*h_300&removed=val%2Facc"
    layout = layout.replace("**Mine", "Mine%3A+my+%252A")
    with Visitor.start(browser, site.as_uri() + "/") as visitor:
        page = visitor.open(f"{WORKSPACE}#{layout}")
        page.get_by_role("button", name="Save view").click()
        dialog = page.get_by_role("dialog", name="Save view")
        dialog.get_by_label("Title").fill("Mine")
        with page.expect_download() as download:
            dialog.get_by_label("Title").press("Enter")
        saved = project / "views" / "mine.yml"
        download.value.save_as(saved)
        state = page.url.partition("#")[2]
    text = saved.read_text("utf-8")
    for line in ("  - kind: line", "    id: 1", "    logY: true", "    section: mine", "    width: 2", "removed:"):
        assert line in text.splitlines()
    saved.write_text(text.replace("title: Mine\n", "title: Mine\ndefault: true\n"), encoding="utf-8")
    build(project, site)
    with Visitor.start(browser, site.as_uri() + "/") as visitor:
        page = visitor.open(WORKSPACE)
        expect(view_choice(page)).to_have_value("mine")
        expect(page.locator(".panel-title")).to_have_text(["Mine: my *"])
        page.get_by_role("button", name="log y").click()
        expect(page).to_have_url(re.compile(re.escape(state.split("&panels")[0])))
        view_choice(page).select_option("")
        expect(page.locator(".panel-title")).to_have_text(["val/acc"])
