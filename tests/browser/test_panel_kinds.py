"""The panels that the browser draws from columns and media: what they show, and that they follow the workspace."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.canvas import strong_colours, until
from tests.browser.conftest import EXAMPLE, build
from tests.browser.logs import run_ids, summary
from tests.browser.visits import Visitor

WORKSPACE = "workspace/index.html"
RATE, OPTIMIZER = "config.optimizer.learning_rate", "config.optimizer.name"
SCATTER = f"scatter.1*x_{RATE}*y_summary.val/acc*logX_1"
BAR = "bar.2*metric_val/acc*limit_5"
NUMBER = "scalar.3*metric_val/acc"
HEATMAP = "heatmap.4*metric_weights/hidden"
PARALLEL = f"parallel.5*columns_{OPTIMIZER},{RATE},summary.val/acc*color_summary.val/acc"
IMPORTANCE = "importance.6*metric_val/acc"
MEDIA = "media.7*key_val/mistakes"
ACCURACY = {run: value for run in run_ids() if (value := summary(run).get("val/acc")) is not None}
BEST = max(ACCURACY, key=lambda run: (ACCURACY[run], run))


def opened(visitor: Visitor, *panels: str, more: str = "") -> Page:
    """The workspace with some panels, first of all."""
    entries = "**".join(f"{panel}*in_kinds" for panel in panels)
    return visitor.open(f"{WORKSPACE}#sections=kinds&panels={quote(entries)}{more}")


def panel(page: Page, kind: str) -> Locator:
    return page.locator(f".panel-{kind}")


def canvas(page: Page, kind: str) -> Locator:
    return panel(page, kind).locator(".panel-canvas canvas")


def picture(page: Page, kind: str) -> str:
    return str(canvas(page, kind).evaluate("canvas => canvas.toDataURL()"))


def note(page: Page, kind: str) -> Locator:
    return panel(page, kind).locator(".panel-note")


def changed(page: Page, kind: str, before: str) -> None:
    until(lambda: picture(page, kind) != before)


def choose(page: Page, kind: str, item: str) -> None:
    panel(page, kind).hover()
    panel(page, kind).get_by_role("button", name=re.compile("^Menu of")).click()
    page.get_by_role("menuitem", name=item).or_(page.get_by_role("menuitemcheckbox", name=item)).click()


def test_points_bars_and_a_number_follow_runs_groups_and_scheme(visitor: Visitor) -> None:
    page = opened(visitor, SCATTER, BAR, NUMBER)
    for kind in ("scatter", "bar"):
        until(lambda kind=kind: strong_colours(canvas(page, kind)) >= 4)
    expect(note(page, "scatter")).to_have_text(
        f"{len(ACCURACY)} runs · {len(run_ids()) - len(ACCURACY)} runs without a value, left out"
    )
    expect(note(page, "bar")).to_have_text(re.compile(rf"5 of {len(ACCURACY)} runs, best first"))
    expect(panel(page, "scalar").locator(".visually-hidden").first).to_contain_text(f"highest, {ACCURACY[BEST]:.5g}")
    before = {kind: picture(page, kind) for kind in ("scatter", "bar", "scalar")}
    page.get_by_label("Group runs by").select_option(OPTIMIZER)
    for kind, was in before.items():
        changed(page, kind, was)
    expect(note(page, "bar")).to_contain_text("3 groups, best first · mean, ± std. deviation")
    grouped = picture(page, "scalar")
    page.get_by_label("Band of a group").select_option("minmax")
    changed(page, "scalar", grouped)
    page.get_by_label("Group runs by").select_option("")
    until(lambda: picture(page, "scatter") == before["scatter"])
    page.emulate_media(color_scheme="dark")
    for kind, was in before.items():
        changed(page, kind, was)
    page.get_by_role("button", name="none", exact=True).click()
    for kind in before:
        expect(panel(page, kind).locator(".panel-message")).to_have_text("Every run is hidden.")


def test_a_point_tells_its_run_and_opens_it_by_pointer_and_by_key(visitor: Visitor) -> None:
    page = opened(visitor, SCATTER, BAR)
    until(lambda: strong_colours(canvas(page, "bar")) >= 4)
    stage = panel(page, "bar").locator(".panel-stage")
    stage.hover(position={"x": 120, "y": 20})
    tip = page.locator(".chart-tooltip:not([hidden])")
    expect(tip).to_contain_text(BEST)
    expect(tip).to_contain_text(f"{ACCURACY[BEST]:.5g}")
    expect(panel(page, "bar").locator(".panel-table")).to_be_hidden()
    choose(page, "bar", "Show as table")
    expect(panel(page, "bar").locator("tbody tr").first).to_contain_text(BEST)
    stage.focus()
    page.keyboard.press("ArrowDown")
    expect(panel(page, "bar").locator("[aria-live]")).to_contain_text(BEST)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/runs/{re.escape(BEST)}"))
    page.go_back()
    until(lambda: strong_colours(canvas(page, "scatter")) >= 4)


def test_a_brush_chooses_runs_and_can_hide_the_others(visitor: Visitor) -> None:
    page = opened(visitor, PARALLEL)
    until(lambda: strong_colours(canvas(page, "parallel")) >= 3)
    all_runs = len(run_ids())
    expect(note(page, "parallel")).to_contain_text(f"{all_runs} runs")
    before = picture(page, "parallel")
    axis = page.get_by_role("slider", name="Choose runs by optimizer.name")
    axis.focus()
    for key in ("ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    expect(axis).to_have_attribute("aria-valuetext", re.compile(r"0 to 50 % of the axis, \d+ runs"))
    changed(page, "parallel", before)
    page.keyboard.press("Escape")
    until(lambda: picture(page, "parallel") == before)
    box = axis.bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2
    page.mouse.move(middle, box["y"] + box["height"] - 2)
    page.mouse.down()
    page.mouse.move(middle, box["y"] + box["height"] * 0.7, steps=4)
    page.mouse.up()
    adam = sum(run.startswith("adam-") for run in run_ids())
    expect(note(page, "parallel")).to_contain_text(f"{adam} of {all_runs} runs")
    page.get_by_role("button", name="Hide the others").click()
    expect(page.locator(".run-row:not(.run-closed)")).to_have_count(adam)
    expect(note(page, "parallel")).to_contain_text(f"{adam} runs")
    expect(page).to_have_url(re.compile(r"runs="))


def test_histograms_over_steps_and_pictures_beside_each_other(visitor: Visitor) -> None:
    page = opened(visitor, HEATMAP, MEDIA)
    until(lambda: strong_colours(canvas(page, "heatmap")) >= 2)
    expect(note(page, "heatmap")).to_contain_text("histograms")
    before = picture(page, "heatmap")
    chooser = page.get_by_role("combobox", name="Run of weights/hidden")
    chooser.select_option(label="sgd-0.01-s0")
    changed(page, "heatmap", before)
    panel(page, "heatmap").locator(".panel-stage").hover(position={"x": 150, "y": 100})
    expect(page.locator(".chart-tooltip:not([hidden])")).to_contain_text("10 %, median, 90 %")
    panel(page, "media").scroll_into_view_if_needed()
    images = panel(page, "media").locator(".media-card img")
    until(lambda: images.first.evaluate("image => image.complete && image.naturalWidth > 0"))
    steps = panel(page, "media").locator(".media-run > span:last-child")
    last = steps.first.inner_text()
    slider = page.get_by_role("slider", name="Step of val/mistakes")
    slider.focus()
    page.keyboard.press("Home")
    expect(steps.first).not_to_have_text(last)
    first = panel(page, "media").locator(".media-card").first.get_attribute("data-run")
    page.locator(f'.run-row[data-run="{first}"] .run-eye').click()
    expect(panel(page, "media").locator(f'.media-card[data-run="{first}"]')).to_have_count(0)


def test_importance_says_what_it_is_worth_and_unknown_things_are_said(visitor: Visitor) -> None:
    page = opened(visitor, IMPORTANCE, "importance.8*metric_val/loss", more="&runs=only.adam-0.01-s0,adam-0.01-s1")
    for index in range(2):
        expect(panel(page, "importance").nth(index).locator(".panel-message")).to_have_text(
            re.compile("Too few runs: 2 runs of those shown have")
        )
    page.get_by_role("button", name="all", exact=True).click()
    until(lambda: strong_colours(canvas(page, "importance").first) >= 2)
    sentence = panel(page, "importance").first.locator("p.visually-hidden").first
    expect(sentence).to_contain_text("optimizer.learning_rate")
    expect(sentence).to_contain_text(re.compile(r"forest of the build: \d+ runs, out-of-bag R² -?\d\.\d\d"))
    page = opened(
        visitor,
        "heatmap.1*metric_none",
        "media.2*key_none",
        "scatter.3*x_config.none*y_summary.val/acc",
        "spec.4*name_none",
    )
    page.reload()
    for kind, words in (
        ("heatmap", "No run has logged histograms under “none”."),
        ("media", "No run has logged media under “none”."),
        ("spec", "There is no specs/none.json"),
    ):
        expect(panel(page, kind).locator(".panel-message")).to_contain_text(words)
    expect(page.get_by_text("No run has the column “config.none”.").first).to_be_visible()


def test_words_are_words_whatever_they_look_like(visitor: Visitor) -> None:
    links = '<img src=x onerror="alert(1)"> [bad](javascript:alert(1)) [good](../runs/)'
    text = f"# Why\n\n**Bold** {links}\n\n<script>alert(2)</script>"
    page = opened(visitor, f"text.1*markdown_{text.replace('*', '%2A')}")
    prose = panel(page, "text").locator(".panel-prose")
    expect(panel(page, "text").get_by_role("heading", name="Why", exact=True)).to_have_count(1)
    expect(prose.locator("strong")).to_have_text("Bold")
    expect(prose).to_contain_text("<script>alert(2)</script>")
    assert prose.locator("img, script").count() == 0
    assert [link.get_attribute("href") for link in prose.locator("a").all()] == ["../runs/"]


def test_a_picture_and_its_numbers_can_be_taken_away(visitor: Visitor) -> None:
    page = opened(visitor, SCATTER)
    until(lambda: strong_colours(canvas(page, "scatter")) >= 4)
    with page.expect_download() as csv:
        choose(page, "scatter", "Download CSV")
    rows = Path(csv.value.path()).read_text("utf-8").splitlines()
    assert rows[0] == "run,optimizer.learning_rate,val/acc"
    assert f"{BEST},0.01,{json.dumps(ACCURACY[BEST])}" in rows
    with page.expect_download() as svg:
        choose(page, "scatter", "Download SVG")
    drawing = Path(svg.value.path()).read_text("utf-8")
    assert drawing.count("<circle") == len(ACCURACY)
    assert "optimizer.learning_rate" in drawing


def test_every_kind_fits_a_phone(browser: Browser, example_http: str) -> None:
    with Visitor.start(browser, example_http, width=390) as visitor:
        page = opened(visitor, SCATTER, BAR, NUMBER, HEATMAP, PARALLEL, IMPORTANCE, MEDIA)
        for kind in ("scatter", "bar", "scalar", "heatmap", "parallel", "importance"):
            panel(page, kind).scroll_into_view_if_needed()
            until(lambda kind=kind: len(picture(page, kind)) > 2000)
        panel(page, "media").scroll_into_view_if_needed()
        expect(panel(page, "media").locator("img").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.fixture(scope="module")
def own_charts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with charts of its own over its runs."""
    folder = tmp_path_factory.mktemp("own") / "project"
    shutil.copytree(
        EXAMPLE, folder, ignore=shutil.ignore_patterns("site", ".reportgen", "reports", "views", "__pycache__")
    )
    (folder / "specs").mkdir()
    encoding = {
        "x": {"field": "config['optimizer.learning_rate']", "type": "quantitative", "scale": {"type": "log"}},
        "y": {"field": "summary['val/acc']", "type": "quantitative", "title": "accuracy"},
        "color": {"field": "color", "type": "nominal", "scale": None},
    }
    chart = {"title": "By rate", "data": {"name": "runs"}, "mark": "circle", "encoding": encoding}
    (folder / "specs/rate.json").write_text(json.dumps(chart))
    (folder / "specs/broken.json").write_text(json.dumps({**chart, "mark": "no such mark"}))
    return build(folder, folder.parent / "site")


@pytest.fixture
def own_visitor(browser: Browser, own_charts: Path) -> Iterator[Visitor]:
    with Visitor.start(browser, own_charts.as_uri() + "/") as visiting:
        yield visiting


def test_the_project_draws_its_own_charts_over_the_runs(own_visitor: Visitor) -> None:
    page = opened(own_visitor, "spec.1*name_rate", "spec.2*name_broken")
    chart = panel(page, "spec").first
    until(lambda: strong_colours(chart.locator(".panel-canvas canvas")) >= 4)
    many = strong_colours(chart.locator(".panel-canvas canvas"))
    expect(chart.locator(".panel-note")).to_have_text(f"{len(run_ids())} runs")
    row = page.locator(".run-row").filter(has_text=BEST)
    row.hover()
    row.get_by_role("button", name=re.compile("^Show only")).click()
    expect(chart.locator(".panel-note")).to_have_text("1 run")
    until(lambda: strong_colours(chart.locator(".panel-canvas canvas")) < many)
    expect(panel(page, "spec").nth(1).locator(".panel-message")).to_contain_text("specs/broken.json cannot be compiled")
