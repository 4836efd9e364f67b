"""axe-core finds no fault with any kind of page, in both schemes, on a desk and on a phone."""

import pytest
from playwright.sync_api import Browser

from tests.browser.accessibility import violations
from tests.browser.visits import Visitor

PAGES = {
    "index.html": ".home",
    "workspace/index.html": ".panel-canvas canvas",
    "runs/index.html": "rg-runs-table [role=row]",
    "runs/adam-0.01-s0/index.html": ".overview",
    "runs/adam-0.01-s0/index.html#charts": ".panel-canvas canvas",
    "runs/adam-0.01-s0/index.html#media": "#media",
    "runs/adam-0.01-s0/index.html#system": "#system",
    "runs/adam-0.01-s0/index.html#console": "rg-console",
    "runs/adam-0.01-s0/index.html#files": "#files",
    "runs/adam-0.01-s0/index.html#code": "#code",
    "compare/index.html": "main",
    "compare/index.html#runs=adam-0.01-s0,sgd-1-s0": "main table",
    "compare/index.html#runs=adam-0.01-s0,sgd-1-s0&show=metrics": ".panel-canvas canvas",
    "compare/index.html#runs=adam-0.01-s0,sgd-1-s0&show=media": "rg-gallery, main figure",
    "compare/index.html#runs=adam-0.01-s0,sgd-1-s0&show=code": "main h2, main h3",
    "reports/index.html": ".report-cards",
    "reports/learning-rates/index.html": ".panel-canvas canvas",
    "reports/seeds/index.html": ".panel-canvas canvas",
    "reports/where-errors-live/index.html": ".panel-canvas canvas",
    "404.html": "h1",
}
"""One of each kind of page, and what is there when it is ready. A new kind of page is a new line here."""


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "dark")])
def test_axe_finds_nothing(browser: Browser, example_http: str, width: int, scheme: str) -> None:
    faults = []
    with Visitor.start(browser, example_http, width=width, scheme=scheme) as visitor:
        for path, ready in PAGES.items():
            page = visitor.open(path)
            page.locator(ready).first.wait_for()
            page.wait_for_timeout(200)  # what is drawn on arrival
            faults += [f"{path}: {fault}" for fault in violations(page)]
    assert not faults, "\n".join(faults)
