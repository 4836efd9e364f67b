"""The workspace: panels drawn, one crosshair for all, zoom, axes, visibility, and all of it in the address."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.canvas import inked, strong_colours, until
from tests.browser.logs import run_ids
from tests.browser.visits import Visitor

NUMBER_OF_RUNS = len(run_ids())


@pytest.fixture
def workspace(visitor: Visitor) -> Page:
    page = visitor.open("workspace/index.html")
    until(lambda: strong_colours(canvas(page, "val/acc")) >= 4)
    until(lambda: strong_colours(canvas(page, "val/loss")) >= 4)
    return page


def panel(page: Page, title: str) -> Locator:
    return page.locator(".panel:not(.panel-vega)", has=page.get_by_role("heading", name=title, exact=True))


def canvas(page: Page, title: str) -> Locator:
    return panel(page, title).locator(".panel-canvas canvas")


def picture(page: Page, title: str) -> str:
    """The pixels of a panel's plot."""
    return str(canvas(page, title).evaluate("canvas => canvas.toDataURL()"))


def changed(page: Page, title: str, before: str) -> None:
    until(lambda: picture(page, title) != before)


def test_every_panel_in_sight_is_drawn(workspace: Page) -> None:
    for title in ("val/acc", "val/loss", "train/active", "train/loss"):
        host = panel(workspace, title)
        host.scroll_into_view_if_needed()
        until(lambda host=host: strong_colours(host.locator(".panel-canvas canvas")) >= 4)


def test_the_crosshair_is_in_all_panels(workspace: Page) -> None:
    def crossed(title: str) -> bool:
        return inked(panel(workspace, title).locator(".panel-overlay"))

    assert not crossed("val/acc")
    assert not crossed("val/loss")
    panel(workspace, "val/acc").locator(".panel-stage").hover()
    until(lambda: crossed("val/acc") and crossed("val/loss"))
    tip = workspace.locator(".chart-tooltip:not([hidden])")
    expect(tip).to_be_visible()
    expect(tip).to_contain_text(re.compile(r"0\.\d+"))
    workspace.mouse.move(5, 5)
    until(lambda: not crossed("val/acc") and not crossed("val/loss"))


def test_a_drag_zooms_all_panels_and_a_double_click_resets(workspace: Page) -> None:
    before, other = picture(workspace, "val/acc"), picture(workspace, "val/loss")
    box = panel(workspace, "val/acc").locator(".panel-stage").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    workspace.mouse.move(box["x"] + box["width"] * 0.4, middle)
    workspace.mouse.down()
    workspace.mouse.move(box["x"] + box["width"] * 0.6, middle, steps=4)
    workspace.mouse.up()
    changed(workspace, "val/acc", before)
    changed(workspace, "val/loss", other)
    expect(workspace).to_have_url(re.compile("zoom="))
    workspace.mouse.move(5, 5)
    panel(workspace, "val/acc").locator(".panel-stage").dblclick()
    expect(workspace).not_to_have_url(re.compile("zoom="))


def test_x_axis_smoothing_and_log_y_change_the_picture_and_the_address(workspace: Page) -> None:
    steps = picture(workspace, "val/loss")
    workspace.locator(".toolbar select:has(option[value=relative])").select_option("relative")
    changed(workspace, "val/loss", steps)
    expect(workspace).to_have_url(re.compile("x=relative"))
    relative = picture(workspace, "val/loss")
    workspace.get_by_role("slider", name="Smoothing").fill("0.9")
    changed(workspace, "val/loss", relative)
    expect(workspace).to_have_url(re.compile("smooth=0.9"))
    smooth = picture(workspace, "val/loss")
    workspace.get_by_role("button", name="log y").click()
    changed(workspace, "val/loss", smooth)
    expect(workspace).to_have_url(re.compile("logY=1|logy=1|log"))


def test_the_address_brings_the_state_back(workspace: Page) -> None:
    workspace.get_by_role("button", name="log y").click()
    workspace.get_by_role("slider", name="Smoothing").fill("0.5")
    workspace.get_by_role("button", name=re.compile("^Hide adam-0.01-s0")).click()
    expect(workspace).to_have_url(re.compile("adam-0.01-s0"))
    expect(workspace).to_have_url(re.compile("smooth=0.5"))
    workspace.reload()
    expect(workspace.get_by_role("button", name="log y")).to_have_attribute("aria-pressed", "true")
    expect(workspace.get_by_role("slider", name="Smoothing")).to_have_value("0.5")
    expect(workspace.get_by_role("button", name=re.compile("^Show adam-0.01-s0"))).to_be_visible()
    expect(workspace.get_by_role("heading", name=f"Runs {NUMBER_OF_RUNS - 1} of {NUMBER_OF_RUNS}")).to_be_visible()


def test_the_eye_hides_a_line(workspace: Page) -> None:
    before = picture(workspace, "val/acc")
    workspace.locator(".run-all button", has_text="none").click()
    changed(workspace, "val/acc", before)
    until(lambda: strong_colours(canvas(workspace, "val/acc")) == 0)
    workspace.get_by_role("button", name=re.compile("^Show adam-0.01-s0")).click()
    until(lambda: strong_colours(canvas(workspace, "val/acc")) >= 1)


def test_a_filter_leaves_runs_out(workspace: Page) -> None:
    before = picture(workspace, "val/acc")
    workspace.get_by_label("Filter runs by name, tag or expression").fill('config.optimizer.name == "sgd"')
    changed(workspace, "val/acc", before)
    expect(workspace.get_by_role("heading", name=f"Runs 9 of {NUMBER_OF_RUNS}")).to_be_visible()


def test_metrics_are_searched(workspace: Page) -> None:
    workspace.get_by_label("Show metrics that match").fill("^val/acc$")
    expect(panel(workspace, "val/acc")).to_be_visible()
    expect(panel(workspace, "val/loss")).to_be_hidden()


def test_a_saved_view_is_chosen_and_has_an_address(workspace: Page) -> None:
    choice = workspace.get_by_role("combobox", name=re.compile("^view"))
    choice.select_option("validation")
    expect(workspace).to_have_url(re.compile("smooth=0.6"))
    expect(panel(workspace, "train/loss")).to_be_hidden()
    workspace.reload()
    expect(choice).to_have_value("validation")
    workspace.goto(workspace.url.split("#")[0])
    expect(choice).to_have_value("")
    address = workspace.url
    workspace.goto("about:blank")  # else it is the same page with another hash
    workspace.goto(address + "#view=validation")
    expect(choice).to_have_value("validation")
    expect(workspace.get_by_role("slider", name="Smoothing")).to_have_value("0.6")


def test_dark_and_light_have_different_pictures_and_are_kept(workspace: Page) -> None:
    light = picture(workspace, "val/acc")
    background = "getComputedStyle(document.documentElement).backgroundColor"
    before = workspace.evaluate(background)
    workspace.locator(".scheme-toggle").click()
    if workspace.evaluate(background) == before:  # the first press goes from the system's scheme to light
        workspace.locator(".scheme-toggle").click()
    until(lambda: workspace.evaluate(background) != before)
    changed(workspace, "val/acc", light)
    dark = workspace.evaluate(background)
    workspace.reload()
    assert workspace.evaluate(background) == dark
