"""A report's charts, tables and numbers; the numbers computed again from the run logs."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.canvas import strong_colours, until
from tests.browser.logs import RUNS, mean, records, run_ids
from tests.browser.visits import Visitor

TUNED = [run_id for run_id in run_ids() if run_id.rsplit("-s", 1)[0] in ("sgd-1", "nesterov-0.1", "adam-0.01")]


@pytest.fixture
def report(visitor: Visitor) -> Page:
    return visitor.open("reports/learning-rates/index.html")


def test_numbers_are_those_of_the_runs(report: Page) -> None:
    adam = [f"adam-0.01-s{seed}" for seed in range(3)]
    sgd = [f"sgd-0.01-s{seed}" for seed in range(3)]
    text = report.locator("article").inner_text().replace("\N{NO-BREAK SPACE}", " ")
    assert f"Adam reads {mean('val/acc', adam) * 100:.1f} % of the validation images" in text
    assert f"plain SGD {mean('val/acc', sgd) * 100:.1f} %" in text
    assert "{{" not in text
    expect(report.locator(".notice[data-kind=error], .notice[data-kind=warning]")).to_have_count(0)


def test_a_number_says_where_it_comes_from(report: Page) -> None:
    value = report.locator("a.value").first
    value.click()
    expect(report.locator("h1")).to_have_text("adam-0.01-s0")


def test_every_chart_is_drawn(report: Page) -> None:
    panels = report.locator("rg-panel")
    expect(panels).to_have_count(4)
    for panel in panels.all():
        panel.scroll_into_view_if_needed()
        canvas = panel.locator(".panel-canvas canvas")
        until(lambda canvas=canvas: strong_colours(canvas) >= 3)


def test_the_table_is_there_and_sorts(report: Page) -> None:
    table = report.locator("rg-runs-table")
    table.scroll_into_view_if_needed()
    expect(table.locator("[role=grid]")).to_be_visible()
    first = table.locator(".grid-row[data-row='0'] a")
    best = first.inner_text()
    table.locator("[role=columnheader][title='summary.test/acc'] .head-label").click()
    expect(first).not_to_have_text(best)


def test_a_picture_of_a_run_stands_in_the_text(visitor: Visitor) -> None:
    page = visitor.open("reports/where-errors-live/index.html")
    pictures = page.locator("article img")
    expect(pictures).to_have_count(2)
    assert all(picture.evaluate("image => image.naturalWidth") == 80 for picture in pictures.all())


def test_the_report_on_errors_is_true() -> None:
    """Its prose says that every tuned run is fooled by the same two images; this is not an inline value."""
    fooled_by = []
    for run_id in TUNED:
        rows = [row for row in records(RUNS / run_id / "metrics.jsonl") if "val/mistakes" in row]
        fooled_by.append({picture["sha256"][:16] for picture in rows[-1]["val/mistakes"]})
    assert set.intersection(*fooled_by) == {"32d27554f843c0e5", "70666894ce191b96"}
    recalls = {digit: mean(f"test/recall/{digit}", TUNED) for digit in range(10)}
    assert [digit for digit in recalls if recalls[digit] == 1] == [0, 6, 7]
    assert sorted(recalls, key=recalls.__getitem__)[:3] == [5, 3, 1]
