"""Groups of runs: a line with a band for each, in the address, on hover, without the runs that are hidden."""

import re

from playwright.sync_api import Page, expect

from tests.browser.canvas import strong_colours, until
from tests.browser.logs import summary
from tests.browser.visits import Visitor

WORKSPACE = "workspace/index.html"
ADAM = [f"adam-0.01-s{seed}" for seed in range(3)]
ONLY_ADAM = f"runs=only.{','.join(ADAM)}"


def stage(page: Page, title: str):
    return page.locator(".panel", has=page.get_by_role("heading", name=title, exact=True)).locator(".panel-stage")


def picture(page: Page, title: str) -> str:
    return str(stage(page, title).locator(".panel-canvas canvas").evaluate("canvas => canvas.toDataURL()"))


def note(page: Page, title: str):
    return page.locator(".panel", has=page.get_by_role("heading", name=title, exact=True)).locator(".panel-note")


def at_the_end(page: Page, title: str) -> str:
    """What the tooltip says at the last step."""
    box = stage(page, title).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 16, box["y"] + box["height"] / 2)
    tip = page.locator(".chart-tooltip:not([hidden])")
    expect(tip).to_contain_text("n = ")
    return tip.inner_text()


def test_a_group_is_a_line_with_a_band(visitor: Visitor) -> None:
    page = visitor.open(WORKSPACE)
    until(lambda: strong_colours(stage(page, "val/acc").locator(".panel-canvas canvas")) >= 4)
    before = picture(page, "val/acc")
    expect(page.get_by_label("Band of a group")).to_be_hidden()
    page.get_by_label("Group runs by").select_option("config.optimizer.name")
    until(lambda: picture(page, "val/acc") != before)
    expect(note(page, "val/acc")).to_have_text("mean, ± std. deviation · 25 runs by optimizer.name")
    expect(page).to_have_url(re.compile("groupBy=config.optimizer.name"))
    expect(page.locator(".run-group-name").first).to_have_text("adam")
    deviation = picture(page, "val/acc")
    page.get_by_label("Band of a group").select_option("none")
    until(lambda: picture(page, "val/acc") != deviation)
    page.get_by_label("Center of a group").select_option("median")
    expect(note(page, "val/acc")).to_contain_text("median, no band")
    page.get_by_label("Group runs by").select_option("")
    until(lambda: picture(page, "val/acc") == before)
    expect(page).not_to_have_url(re.compile("groupBy"))


def test_the_address_brings_groups_back_and_hover_tells_their_numbers(visitor: Visitor) -> None:
    page = visitor.open(f"{WORKSPACE}#groupBy=group&band=minmax&{ONLY_ADAM}")
    expect(page.get_by_label("Group runs by")).to_have_value("group")
    expect(page.get_by_label("Band of a group")).to_have_value("minmax")
    expect(note(page, "val/acc")).to_have_text("mean, min\N{EN DASH}max · 3 runs by group")
    values = [summary(run_id)["val/acc"] for run_id in ADAM]
    mean, low, high = (f"{number:.4g}" for number in (sum(values) / 3, min(values), max(values)))
    said = at_the_end(page, "val/acc")
    band = f"{low} \N{EN DASH} {high}, n = 3"
    assert re.search(rf"adam-0\.01\s+{re.escape(mean)}\d*\s+{re.escape(band)}", said), said
    page.mouse.move(5, 5)
    before = picture(page, "val/acc")
    page.get_by_role("button", name=re.compile(f"^Hide {ADAM[0]} ")).click()
    until(lambda: picture(page, "val/acc") != before)
    expect(note(page, "val/acc")).to_contain_text("2 runs")
    assert "n = 2" in at_the_end(page, "val/acc")


def test_a_column_that_is_not_offered_can_stand_in_the_address(visitor: Visitor) -> None:
    page = visitor.open(f"{WORKSPACE}#groupBy=config.no-such-key&{ONLY_ADAM}")
    expect(page.get_by_label("Group runs by").locator("option:checked")).to_have_text("config.no-such-key")
    expect(note(page, "val/acc")).to_contain_text("3 runs by config.no-such-key")


def test_the_legend_of_a_report_has_the_groups_and_hides_them(visitor: Visitor) -> None:
    page = visitor.open("reports/seeds/index.html")
    title = "Validation accuracy of Adam by learning rate"
    stage(page, title).scroll_into_view_if_needed()
    item = page.get_by_role("button", name="0.1 (n = 3)", exact=True)
    expect(item).to_be_visible()
    expect(page.get_by_role("button", name="0.01 (n = 3)", exact=True)).to_be_visible()
    expect(note(page, title)).to_have_text("mean, min\N{EN DASH}max · 6 runs by optimizer.learning_rate")
    item.click()
    expect(note(page, title)).to_contain_text("3 runs")
