"""The tools of line panels as a reader uses them: x axes, smoothing, outliers, groups, expressions, zooms."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.canvas import drag, inked, strong_colours, until
from tests.browser.conftest import build
from tests.browser.visits import Visitor
from tests.builders import RunBuilder, run

STEPS = 12_000
VALIDATED = 100
"""Steps from one validation to the next."""
SPIKE = 5_000

REPORT = """---
title: Lines
---

```chart
pattern: ^val/
title: Validation
runs: 'name == "adam-0"'
```

```chart
pattern: loss$
title: Both losses
smooth: 0.5
smooth_by: gaussian
ignore_outliers: true
```

```chart
y: train/loss - val/loss
```

```chart
metrics: [train/loss, val/loss]
y: log10(y)
x: metric:tokens
title: Logarithms
group: [optimizer, seed]
band: minmax
```
"""


def trained(optimizer: str, seed: int, seconds: float) -> RunBuilder:
    """The learning rate rises and falls again; the loss has one spike; tokens are 32 a step."""
    steps = np.arange(STEPS)
    noise = np.random.default_rng(seed).normal(0, 0.02, STEPS)
    loss = 4 * np.exp(-steps / 3000) + 0.5 + noise
    loss[SPIKE] = 1e4
    ends = steps[VALIDATED - 1 :: VALIDATED]
    described = run(f"{optimizer}-{seed}").at(seconds).config(optimizer=optimizer, seed=seed)
    described.metric("train/loss", loss.round(4).tolist()).metric("tokens", (32 * steps).tolist())
    described.metric("lr", (np.minimum(steps, STEPS - steps) / STEPS).tolist())
    described.metric("val/loss", (loss[ends] + 0.1).round(4).tolist(), steps=ends.tolist())
    described.metric("val/acc", (1 - np.exp(-ends / 4000)).round(4).tolist(), steps=(ends + 1).tolist())
    return described.system("cpu", [10.0, 20.0, 30.0]).finished()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lines")
    for place, (optimizer, seed) in enumerate([("adam", 0), ("adam", 1), ("sgd", 0)]):
        trained(optimizer, seed, 500.0 * place).write(folder)
    (folder / "reports").mkdir()
    (folder / "reports" / "lines.md").write_text(REPORT)
    return build(folder, folder / "site")


@pytest.fixture(params=[("light", 1440), ("dark", 390)], ids=["wide", "narrow"])
def visitor(request: pytest.FixtureRequest, browser: Browser, site: Path) -> Iterator[Visitor]:
    scheme, width = request.param
    with Visitor.start(browser, site.as_uri() + "/", width=width, scheme=scheme) as visiting:
        yield visiting


@pytest.fixture
def wide(browser: Browser, site: Path) -> Iterator[Visitor]:
    with Visitor.start(browser, site.as_uri() + "/") as visiting:
        yield visiting


def panel(page: Page, title: str) -> Locator:
    shown = page.locator(".panel", has=page.get_by_role("heading", name=title, exact=True))
    shown.scroll_into_view_if_needed()
    return shown


def picture(shown: Locator) -> str:
    return str(shown.locator(".panel-canvas canvas").evaluate("canvas => canvas.toDataURL()"))


def described(shown: Locator, pattern: str) -> None:
    """Wait until what a plot says of itself fits a pattern."""
    expect(shown.locator(".panel-stage")).to_have_attribute("aria-description", re.compile(pattern))


def noted(shown: Locator, pattern: str) -> None:
    """Wait until the line under a plot fits a pattern."""
    expect(shown.locator(".panel-note")).to_have_text(re.compile(pattern))


def fits(page: Page) -> bool:
    """Whether nothing is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_any_metric_is_an_x_axis_down_to_its_raw_points(visitor: Visitor) -> None:
    page = visitor.open("workspace/index.html")
    described(panel(page, "val/loss"), "3 lines")
    axis = page.locator(".tool-x select")
    offered = ["step", "relative time", "wall time", "lr", "tokens", "train/loss", "val/acc", "val/loss"]
    assert sorted(axis.locator("option:not([hidden])").all_text_contents()) == sorted(offered)
    axis.select_option(label="tokens")
    expect(page).to_have_url(re.compile(r"#x=metric%3Atokens$"))
    described(panel(page, "val/loss"), r"3 lines, tokens 3.168 to tokens 383.968, values")
    noted(panel(page, "val/loss"), r"^1 px ≈ .* tokens, tokens reduced$")
    noted(panel(page, "val/acc"), r"^1 px ≈ .* tokens, tokens reduced · 3 without tokens, left out$")
    loss = panel(page, "train/loss")
    noted(loss, r"^1 px ≈ .* tokens .*, min.max shown$")
    drag(page, loss, 0.5, 0.55)
    described(loss, r"tokens 1[5-9]\d.?\d\d\d to")
    drag(page, loss, 0.4, 0.6)
    noted(loss, "^raw points$")
    expect(page).to_have_url(re.compile(r"zoom=18\d{4}[.\d]*_18\d{4}"))
    page.reload()
    noted(panel(page, "train/loss"), "^raw points$")
    assert fits(page)


def test_a_metric_that_goes_back_is_in_order_and_raw_where_it_comes_by_twice(wide: Visitor) -> None:
    page = wide.open("workspace/index.html#x=metric:lr&zoom=0.2_0.202&runs=only.adam-0")
    loss = panel(page, "train/loss")
    # Once on the way up, once on the way down: 24 steps each, and both ends.
    noted(loss, "^raw points$")
    loss.hover()
    loss.locator(".panel-menu-button").click()
    loss.get_by_role("menuitem", name="Show as table").click()
    expect(loss.locator(".panel-table tbody tr")).to_have_text(re.compile(r"^adam-0(48|49|50)lr 0\.2lr 0\.20"))
    page.get_by_role("button", name="log x").click()
    noted(loss, "^raw points · 1 at x ≤ 0, left out$")
    page.get_by_role("button", name="Reset zoom, smoothing, axes and search").click()
    described(loss, r"step 31 to step 11.999")


def test_the_kind_of_smoothing_is_chosen_beside_the_slider(visitor: Visitor) -> None:
    page = visitor.open("workspace/index.html#smooth=0.9")
    loss = panel(page, "lr")
    until(lambda: strong_colours(loss.locator("canvas").first) >= 1)
    kind = page.get_by_label("Kind of smoothing")
    expect(kind).to_have_value("ema")
    pictures = [picture(loss)]
    for label, name in (("Gaussian", "gaussian"), ("running mean", "mean")):
        kind.select_option(label=label)
        expect(page).to_have_url(re.compile(f"smooth=0.9&smoothBy={name}"))
        until(lambda: picture(panel(page, "lr")) not in pictures)
        pictures.append(picture(panel(page, "lr")))
    page.get_by_role("button", name="Reset zoom, smoothing, axes and search").click()
    expect(kind).to_be_hidden()
    expect(page).not_to_have_url(re.compile("smooth"))


MARKS = """
canvas => {
  const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, Math.round(canvas.height / 12));
  let ink = 0;
  for (let i = 0; i < data.length; i += 4) {
    const pixel = [data[i], data[i + 1], data[i + 2]];
    ink += data[i + 3] > 200 && Math.max(...pixel) - Math.min(...pixel) > 60;
  }
  return ink;
}
"""
"""How much colour is at the upper edge of a plot."""


def test_outliers_are_ignored_but_marked_and_counted(visitor: Visitor) -> None:
    page = visitor.open("workspace/index.html#runs=only.adam-0")
    loss = panel(page, "train/loss")
    described(loss, "values from")
    before = picture(loss)
    page.get_by_role("button", name="ignore outliers").click()
    expect(page).to_have_url(re.compile("ignoreOutliers=1"))
    noted(loss, r"at least 1 outlier outside ▲▼$")
    noted(panel(page, "val/acc"), "raw points · no outliers")
    until(lambda: picture(panel(page, "train/loss")) != before)
    plot = panel(page, "train/loss").locator(".panel-canvas canvas")
    assert 10 < int(plot.evaluate(MARKS)) < 400
    page.get_by_role("button", name="log y").click()
    noted(panel(page, "train/loss"), r"at least 1 outlier outside ▲▼$")
    assert fits(page)
    page.goto(page.url.split("#")[0] + f"#runs=only.adam-0&ignoreOutliers=1&zoom={SPIKE - 90}_{SPIKE + 90}")
    noted(panel(page, "train/loss"), r"^raw points · 1 outlier outside ▲▼$")
    page.get_by_role("button", name="ignore outliers").click()
    noted(panel(page, "train/loss"), "^raw points$")


def test_groups_are_made_by_several_keys(visitor: Visitor) -> None:
    page = visitor.open("workspace/index.html")
    page.get_by_label("Group runs by").select_option("config.optimizer")
    noted(panel(page, "val/loss"), r"^mean, ± std. deviation · 3 runs by optimizer$")
    page.get_by_label("And by").first.select_option("config.seed")
    noted(panel(page, "val/loss"), r"^mean, ± std. deviation · 3 runs by optimizer, seed$")
    expect(page).to_have_url(re.compile("groupBy=config.optimizer,config.seed"))
    described(panel(page, "val/loss"), "3 lines")
    assert fits(page)
    page.reload()
    expect(page.get_by_label("And by").first).to_have_value("config.seed")
    page.get_by_label("Group runs by").select_option("")
    expect(page.get_by_label("Group runs by")).to_have_value("config.seed")
    described(panel(page, "val/loss"), "2 lines")
    noted(panel(page, "val/loss"), "by seed$")


def test_a_panel_has_several_metrics_and_expressions(visitor: Visitor) -> None:
    page = visitor.open("reports/lines/index.html")
    described(panel(page, "Validation"), "2 lines, step 99 to step 12.000")
    expect(panel(page, "Validation").locator(".legend-item")).to_have_text(["val/acc", "val/loss"])
    both = panel(page, "Both losses")
    described(both, "6 lines")
    noted(both, r"at least 3 outliers outside ▲▼$")
    gap = panel(page, "train/loss - val/loss")
    described(gap, r"3 lines, step 127 to step 11.999, values from -0")
    noted(gap, r"about [\d\s]+ without train/loss or val/loss, left out$")
    logs = panel(page, "Logarithms")
    described(logs, "6 lines, tokens 992 to tokens 383.968")
    noted(logs, r"^y: log10\(y\) · mean, min.max · 3 runs by optimizer, seed · means of up to \d+ points$")
    expect(logs.locator(".legend-item")).to_have_text(["adam · 0 (n = 1)", "adam · 1 (n = 1)", "sgd · 0 (n = 1)"])
    drag(page, gap, 0.4, 0.5)
    drag(page, gap, 0.3, 0.6)
    noted(gap, "^raw points")
    described(gap, r"values from -0\.1 to -0\.1\.")
    assert fits(page)


ADDED = (
    "line.1*pattern_loss%24*y_log10(y)*in_val**line.2*metrics_val/acc*y_log10(y*in_val**"
    "line.3*y_lr/0.5*x_metric:tokens*in_val"
)
"""Three panels: what is drawn of two metrics, an expression that is none, and one with an axis of its own."""


def test_panels_of_the_workspace_have_patterns_and_expressions(visitor: Visitor) -> None:
    page = visitor.open(f"workspace/index.html#panels={ADDED}")
    logs = panel(page, "log10(y)")
    described(logs, "6 lines, step 31 to step 11.999, values from -0.28")
    expect(logs.locator(".legend-item")).to_have_text(["train/loss", "val/loss"])
    dashes = logs.locator(".legend-item line").evaluate_all(
        "lines => lines.map(line => line.getAttribute('stroke-dasharray'))"
    )
    assert len(set(dashes)) == 2
    expect(panel(page, "log10(y").locator(".panel-message")).to_have_text(
        "“(” is not closed, at character 6 of “log10(y”."
    )
    rate = panel(page, "lr/0.5")
    described(rate, "3 lines, tokens .* values from 0.* to 1")
    drag(page, rate, 0.4, 0.6)
    described(rate, r"tokens 1\d\d.?\d\d\d to tokens 2")
    described(panel(page, "log10(y)"), "step 31 to step 11.999")
    assert fits(page)


def test_panels_zoom_together_or_alone(visitor: Visitor) -> None:
    page = visitor.open("workspace/index.html")
    sync = page.get_by_role("button", name="sync zoom")
    expect(sync).to_have_attribute("aria-pressed", "true")
    drag(page, panel(page, "val/loss"), 0.4, 0.6)
    described(panel(page, "val/acc"), r"step [3-5].\d\d\d to")
    sync.click()
    described(panel(page, "val/acc"), "step 100 to step 12.000")
    drag(page, panel(page, "val/loss"), 0.5, 0.7)
    described(panel(page, "val/loss"), r"step [4-6].\d\d\d to step [6-8].\d\d\d")
    described(panel(page, "val/acc"), "step 100 to step 12.000")
    expect(page).to_have_url(re.compile("zooms=panel.*&zoomAlone=1"))
    page.reload()
    described(panel(page, "val/loss"), r"step [4-6].\d\d\d to step [6-8].\d\d\d")
    described(panel(page, "val/acc"), "step 100 to step 12.000")


def test_the_tooltip_has_the_line_under_the_pointer_first_and_the_others_by_value(wide: Visitor) -> None:
    page = wide.open("workspace/index.html#x=metric:tokens&logX=1&logY=1&smooth=0.3&smoothBy=mean")
    loss = panel(page, "val/loss")
    described(loss, "3 lines")
    until(lambda: strong_colours(loss.locator("canvas").first) >= 2)
    box = loss.locator(".panel-stage").bounding_box()
    assert box
    tip = page.locator(".chart-tooltip:visible")
    for share in (0.2, 0.5, 0.8):
        page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] * share)
        expect(tip.locator(".chart-tooltip-x")).to_have_text(re.compile(r"^tokens [\d\s]+"))
        values = [float(text) for text in tip.locator("tbody tr:not(.near) .value").all_inner_texts()]
        assert values == sorted(values, reverse=True)
        if tip.locator(".near").count():
            expect(tip.locator("tbody tr").first).to_have_class("near")
    font = tip.locator(".value").first.evaluate(
        "cell => getComputedStyle(cell).fontFamily + getComputedStyle(cell).fontVariantNumeric"
    )
    assert re.search("mono|tabular", font)
    until(lambda: inked(panel(page, "val/acc").locator(".panel-overlay")))


def test_system_metrics_are_drawn_over_time_where_a_metric_is_x(wide: Visitor) -> None:
    page = wide.open("workspace/index.html#x=metric:tokens&folded=")
    described(panel(page, "cpu"), r"3 lines, 0 ms to")
