"""Metrics that are drawn over another one, as a reader sees them: named axes, and zooms that stay on their axis."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.canvas import drag, until
from tests.browser.conftest import build
from tests.browser.visits import Visitor
from tests.builders import RunBuilder, run

EPOCHS = 12
STEPS = 20
"""In an epoch."""
LONG = 6000

REPORT = """---
title: Epochs
---

```chart
metric: val/loss
```

```chart
metrics: [train/loss, val/loss]
```
"""


def trained(name: str, seconds: float) -> RunBuilder:
    """The loss is logged each step, the epoch at the end of each, and what is validated a step later."""
    ends = [(epoch + 1) * STEPS - 1 for epoch in range(EPOCHS)]
    described = run(name).at(seconds).define("val/*", step_metric="epoch").define("long", step_metric="samples")
    described.define("secret/*", hidden=True).metric("secret/x", [1])
    described.metric("train/loss", [5.0 / (1 + step) for step in range(EPOCHS * STEPS)])
    described.metric("epoch", range(EPOCHS), steps=ends)
    described.metric("val/loss", [4.0 / (1 + epoch) for epoch in range(EPOCHS)], steps=[end + 1 for end in ends])
    described.metric("val/acc", [0.5, *[epoch / EPOCHS for epoch in range(EPOCHS)]], steps=[0, *ends])
    return described.finished()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("axes")
    trained("first", 0).write(folder)
    second = trained("second", 500)
    # It goes back on its axis, as a second pass over the same data would.
    half = LONG // 2
    second.metric("samples", [64 * (step % half) for step in range(LONG)])
    second.metric("long", [float(step % 7) for step in range(LONG)]).write(folder)
    run("old").at(900).metric("val/loss", [3, 2], steps=[10, 30]).metric("train/loss", [3, 2]).finished().write(folder)
    job = run("job").at(1200).define("dist", step_metric="pass").define("odd", step_metric="<b>lr</b>")
    job.metric("odd", [3, 2, 1]).metric("<b>lr</b>", [1e-5, 3e-5, 2e-5])
    for rank in range(2):
        # The passes of a rank take four steps; the second attempt begins with the third pass.
        job.rank(rank).metric("dist", [rank + 1.0] * 16).metric("pass", [step // 4 for step in range(16)])
        job.attempt(2).metric("dist", [rank + 5.0] * 8, steps=range(8, 16))
        job.metric("pass", [2 + step // 4 for step in range(8)], steps=range(8, 16)).finished()
    job.write(folder)
    (folder / "reports").mkdir()
    (folder / "reports" / "epochs.md").write_text(REPORT)
    return build(folder, folder / "site")


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def visitor(browser: Browser, site: Path, scheme: str) -> Iterator[Visitor]:
    with Visitor.start(browser, site.as_uri() + "/", scheme=scheme) as visiting:
        yield visiting


def panel(page: Page, title: str) -> Locator:
    return page.locator(".panel", has=page.get_by_role("heading", name=title, exact=True))


def described(shown: Locator, pattern: str) -> None:
    """Wait until what a plot says of itself fits a pattern."""
    expect(shown.locator(".panel-stage")).to_have_attribute("aria-description", re.compile(pattern))


def choose(shown: Locator, item: str) -> None:
    shown.hover()
    shown.locator(".panel-menu-button").click()
    shown.get_by_role("menuitem", name=item).click()


LINES_BELOW_AXIS = """
canvas => {
  const { data, width, height } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let lines = 0;
  for (let y = height - 1, before = 0; y >= 0; y -= 1) {
    let ink = 0;
    for (let x = 0; x < width; x += 1) ink += data[(y * width + x) * 4 + 3] > 100;
    if (ink > width / 2) return lines;
    if (ink && !before) lines += 1;
    before = ink;
  }
  return 0;
}
"""
"""How many lines of something stand below the x axis of a plot."""


def test_the_run_page_draws_over_the_epoch(visitor: Visitor) -> None:
    page = visitor.open("runs/first/index.html#charts")
    loss = panel(page, "val/loss")
    described(loss, r"^val/loss: 1 line, epoch 0 to epoch 11, values from")
    described(panel(page, "train/loss"), r"1 line, step 0 to step 239,")
    expect(panel(page, "secret/x")).to_have_count(0)
    loss.locator(".panel-stage").hover(position={"x": 140, "y": 60})
    expect(page.locator(".chart-tooltip:visible .chart-tooltip-x")).to_have_text(re.compile(r"^epoch [234]$"))


def test_points_before_the_first_epoch_are_left_out_and_said_to_be(visitor: Visitor) -> None:
    page = visitor.open("runs/first/index.html#charts")
    acc = panel(page, "val/acc")
    described(acc, r"^val/acc: 1 line, epoch 0 to epoch 11, values from 0 to 0\.9167\.")
    expect(acc.locator(".panel-note")).to_have_text("raw points · 1 without epoch, left out")
    choose(acc, "Show as table")
    expect(acc.locator(".panel-table tbody tr")).to_have_text(re.compile(r"12epoch 0epoch 11"))


def test_csv_names_the_axis(visitor: Visitor) -> None:
    page = visitor.open("runs/first/index.html#charts")
    loss = panel(page, "val/loss")
    described(loss, "1 line")
    with page.expect_download() as waiting:
        choose(loss, "Download CSV")
    lines = Path(waiting.value.path()).read_text().splitlines()
    assert lines[0] == "line,epoch,last,min,max,smoothed"
    assert lines[2] == "first,1,2,,,"


def test_the_axis_has_a_title_below_its_numbers(visitor: Visitor) -> None:
    page = visitor.open("runs/first/index.html#charts")
    lines = {}
    for title in ("val/loss", "train/loss"):
        shown = panel(page, title)
        described(shown, "1 line")
        shown.scroll_into_view_if_needed()
        until(lambda shown=shown: bool(shown.locator("canvas").first.evaluate(LINES_BELOW_AXIS)))
        lines[title] = shown.locator("canvas").first.evaluate(LINES_BELOW_AXIS)
    assert lines["val/loss"] == lines["train/loss"] + 1


def test_the_workspace_draws_over_what_most_runs_define(visitor: Visitor) -> None:
    page = visitor.open("workspace/index.html")
    loss = panel(page, "val/loss")
    described(loss, r"^val/loss: 2 lines, epoch 0 to epoch 11,")
    expect(loss.locator(".panel-note")).to_have_text("raw points · 2 without epoch, left out")
    expect(page.get_by_role("heading", name="secret/x")).to_have_count(0)


def test_a_zoom_in_steps_leaves_epochs_alone_and_panels_over_epochs_zoom_together(visitor: Visitor) -> None:
    page = visitor.open("workspace/index.html")
    loss, acc, train = (panel(page, title) for title in ("val/loss", "val/acc", "train/loss"))
    described(loss, "epoch 0 to epoch 11")
    described(train, "step 0 to step 239")
    drag(page, train, 0.4, 0.6)
    described(train, r"step 7\d to step 13\d,")
    described(loss, "epoch 0 to epoch 11")
    drag(page, loss, 0.4, 0.6)
    described(loss, r"epoch 3\.\d+ to epoch [67]\.\d+,")
    described(acc, r"epoch 3\.\d+ to epoch [67]\.\d+,")
    described(train, r"step 7\d to step 13\d,")
    page.wait_for_url(re.compile(r"#.*zoom=\d.*zooms=epoch%3A\d|#.*zooms=epoch:\d"))
    page.reload()
    described(acc, r"epoch 3\.\d+ to epoch [67]\.\d+,")
    described(train, r"step 7\d to step 13\d,")
    loss.locator(".panel-stage").dblclick()
    described(acc, "epoch 0 to epoch 11")
    described(train, r"step 7\d to step 13\d,")


def test_the_crosshair_stays_on_its_axis(visitor: Visitor) -> None:
    page = visitor.open("workspace/index.html")
    loss, acc, train = (panel(page, title) for title in ("val/loss", "val/acc", "train/loss"))
    for shown in (loss, acc, train):
        described(shown, "epoch|step")
    ink = (
        "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(part => part > 0)"
    )
    loss.locator(".panel-stage").hover()
    until(lambda: bool(acc.locator(".panel-overlay").evaluate(ink)))
    assert not train.locator(".panel-overlay").evaluate(ink)


def test_time_shows_every_point(visitor: Visitor) -> None:
    page = visitor.open("workspace/index.html#x=relative")
    acc = panel(page, "val/acc")
    described(acc, r"^val/acc: 2 lines, 0 ms to 3 min 59 s,")
    expect(acc.locator(".panel-note")).to_have_text("raw points")


def test_what_goes_back_is_in_order_and_zooms_down_to_raw_points(visitor: Visitor) -> None:
    page = visitor.open("runs/second/index.html#charts")
    long = panel(page, "long")
    described(long, r"^long: 1 line, samples \d+ to samples 191.936, values from 0 to 6\.")
    expect(long.locator(".panel-note")).to_contain_text("px ≈")
    drag(page, long, 0.45, 0.5)
    expect(long.locator(".panel-note")).to_have_text("raw points")
    choose(long, "Show as table")
    row = long.locator(".panel-table tbody tr td")
    until(lambda: int(row.first.inner_text()) > 200)


def test_ranks_bands_and_overwritten_points_are_on_the_same_axis(visitor: Visitor) -> None:
    page = visitor.open("runs/job/index.html?overwritten=1#charts")
    dist = panel(page, "dist")
    described(dist, r"^dist: 2 lines, pass 0 to pass 3, values from 1 to 5\.")
    dist.get_by_role("button", name="by rank", exact=True).click()
    described(dist, r"^dist: 4 lines, pass 0 to pass 3, values from 1 to 6\.")
    dist.get_by_role("button", name="overwritten", exact=True).click()
    dist.get_by_role("button", name="band", exact=True).click()
    described(dist, r"^dist: 1 line, pass 0 to pass 3, values from 1 to 6\.")


def test_an_axis_may_have_any_name_and_small_numbers(visitor: Visitor) -> None:
    page = visitor.open("runs/job/index.html#charts")
    odd = panel(page, "odd")
    described(odd, r"^odd: 1 line, <b>lr</b> 1e-5 to <b>lr</b> 3e-5, values from 1 to 3\.")
    odd.locator(".panel-stage").hover()
    expect(page.locator(".chart-tooltip:visible .chart-tooltip-x")).to_have_text("<b>lr</b> 2e-5")


def test_a_report_draws_over_the_epoch_where_all_its_metrics_do(visitor: Visitor) -> None:
    page = visitor.open("reports/epochs/index.html")
    described(panel(page, "val/loss"), "epoch 0 to epoch 11")
    described(panel(page, "train/loss, val/loss"), "step 0 to step 240")


def test_on_a_phone_nothing_is_cut(browser: Browser, site: Path, scheme: str) -> None:
    with Visitor.start(browser, site.as_uri() + "/", width=390, scheme=scheme) as visitor:
        page = visitor.open("runs/first/index.html#charts")
        described(panel(page, "val/loss"), "epoch 0 to epoch 11")
        assert int(page.evaluate("document.documentElement.scrollWidth")) <= 390
