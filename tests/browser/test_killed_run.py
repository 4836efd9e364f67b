"""The bar of the whole product: 10,000 calls of `log`, SIGKILL right after the last, 10,000 rows on the page."""

import signal
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.conftest import build
from tests.browser.visits import Visitor

ROWS = 10_000
TRAINING = f"""
import os, signal, reportgen
run = reportgen.init(project="kill", id="victim", dir="runs")
for step in range({ROWS}):
    run.log({{"loss": 1 / (step + 1), "last": step}})
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_no_row_is_lost_when_the_training_is_killed(browser: Browser, tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", TRAINING], cwd=tmp_path, check=False, capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    site = build(tmp_path, tmp_path / "site")
    with Visitor.start(browser, site.as_uri() + "/") as visitor:
        page = visitor.open("runs/victim/index.html")
        facts = page.locator("#overview").inner_text().replace(",", "")
        assert f"Rows\n{ROWS}\n" in facts
        assert str(ROWS - 1) in facts  # the value of the last row
        expect(page.locator("main .state >> nth=0")).to_have_text("crashed")
