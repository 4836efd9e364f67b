"""The run list of the workspace: groups, only this run, what lights a line, values beside names."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.canvas import inked, strong_colours, until
from tests.browser.conftest import build
from tests.browser.visits import Visitor
from tests.builders import run

WORKSPACE = "workspace/index.html"
VALUES = (0.009939, -0.001234, 123456.7)


def row(page: Page, name: str) -> Locator:
    return page.locator(".run-row", has=page.locator(".run-name", has_text=re.compile(f"^{re.escape(name)}$")))


def canvas(page: Page, kind: str) -> Locator:
    return page.locator('.panel-cell[data-panel="val/acc"]').locator(kind)


def test_groups_have_an_eye_a_fold_and_a_mean(page: Page, visitor: Visitor) -> None:
    visitor.open(f"{WORKSPACE}#groupBy=config.optimizer.name&sort=name")
    groups = page.locator(".run-group-row")
    expect(groups.locator(".run-group-name")).to_have_text(["adam", "nesterov", "sgd"])
    expect(groups.first.locator(".count")).to_have_text("9")
    expect(groups.first.locator(".run-value")).to_have_text(re.compile(r"^0\.\d+$"))
    groups.first.get_by_role("button", name="Hide all runs of adam").click()
    expect(page.get_by_role("heading", name="Runs 18 of 27")).to_be_visible()
    page.wait_for_url(re.compile("runs=but"))
    groups.first.get_by_role("button", name="Show all runs of adam").click()
    row(page, "adam-0.01-s0").get_by_role("button", name="Hide").click()
    expect(groups.first.locator(".run-eye")).to_have_attribute("aria-pressed", "mixed")
    groups.first.locator(".run-group-fold").click()
    expect(row(page, "adam-0.01-s0")).to_have_count(0)
    expect(groups.first.locator(".run-group-fold")).to_be_focused()
    groups.nth(2).locator(".run-eye").click(modifiers=["Alt"])
    expect(page.get_by_role("heading", name="Runs 9 of 27")).to_be_visible()


def test_only_one_run_by_key_and_by_alt(page: Page, visitor: Visitor) -> None:
    visitor.open(f"{WORKSPACE}#sort=name")
    until(lambda: strong_colours(canvas(page, ".panel-canvas canvas")) >= 4)
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    expect(row(page, "adam-0.01-s1").locator("a")).to_be_focused()
    page.keyboard.press("o")
    expect(page.get_by_role("heading", name="Runs 1 of 27")).to_be_visible()
    page.wait_for_url(re.compile("runs=only.adam-0.01-s1"))
    until(lambda: strong_colours(canvas(page, ".panel-canvas canvas")) <= 2)
    page.keyboard.press("o")
    expect(page.get_by_role("heading", name="Runs 27 of 27")).to_be_visible()
    row(page, "sgd-1-s0").locator(".run-eye").click(modifiers=["Alt"])
    page.wait_for_url(re.compile("runs=only.sgd-1-s0"))


def test_a_run_in_the_list_lights_its_lines(page: Page, visitor: Visitor) -> None:
    visitor.open(f"{WORKSPACE}#sort=name")
    until(lambda: strong_colours(canvas(page, ".panel-canvas canvas")) >= 4)
    other = page.locator('.panel-cell[data-panel="val/loss"] .panel-overlay')
    assert not inked(other)
    row(page, "adam-0.01-s0").hover()
    until(lambda: inked(other) and inked(canvas(page, ".panel-overlay")))
    page.mouse.move(700, 20)
    until(lambda: not inked(other))
    row(page, "adam-0.01-s0").locator("a").focus()  # the keyboard's pointer
    until(lambda: inked(other))


@pytest.mark.parametrize("width", [1440, 390])
def test_values_do_not_wrap(browser: Browser, tmp_path: Path, width: int) -> None:
    project = tmp_path / "project"
    for number, value in enumerate(VALUES):
        run(f"r{number}").at(number).config(lr=number).metric("val/acc", [value]).finished().write(project)
    root = build(project, tmp_path / "site").as_uri() + "/"
    with Visitor.start(browser, root, width=width) as visitor:
        page = visitor.open(WORKSPACE)
        if width == 390:
            page.get_by_role("button", name="Runs 3 of 3").click()
        values = page.locator(".run-value")
        expect(values).to_have_text(["123457", "-0.001234", "0.009939"])
        for place in range(3):
            assert values.nth(place).evaluate("value => value.scrollWidth <= value.clientWidth + 1")
            assert values.nth(place).evaluate("value => value.getClientRects().length") == 1
            assert values.nth(place).evaluate("value => value.offsetHeight") < 24
