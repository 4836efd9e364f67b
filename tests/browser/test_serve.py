"""``reportgen serve``: pages follow what is written, say what cannot be built, and save views into the project."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.canvas import inked, until
from tests.browser.conftest import REPOSITORY
from tests.browser.visits import Visitor
from tests.builders import run

REPORT = "---\ntitle: Rates\n---\n\n# Rates\n\n{text}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for number in range(3):
        run(f"r{number}").at(number).metric("loss", [3, 2, 1 + number]).finished().write(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "rates.md").write_text(REPORT.format(text="First words."))
    return tmp_path


@pytest.fixture
def address(project: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "reportgen", "serve", str(project), "--port", "0"]
    with subprocess.Popen(
        command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        line = running.stdout.readline()
        assert line.startswith("http://127.0.0.1:"), line + (running.stderr.read() if running.stderr else "")
        yield line.split()[0]
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=20)
        assert running.returncode == 0, errors
        assert "Traceback" not in errors


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    with Visitor.start(browser, address) as visiting:
        yield visiting


def test_a_report_follows_what_is_written_and_says_what_is_wrong(visitor: Visitor, project: Path) -> None:
    page = visitor.open("reports/rates/index.html")
    expect(page.locator("main")).to_contain_text("First words.")
    (project / "reports" / "rates.md").write_text(REPORT.format(text="Other words: {{ runs | count }}"))
    expect(page.locator("main")).to_contain_text("Other words")
    (project / "mkdocs.yml").write_text("site_name: [unfinished\n")
    expect(page.locator(".serve-problem")).to_contain_text("not up to date")
    (project / "mkdocs.yml").write_text("site_name: Study of rates\n")
    expect(page).to_have_title(re.compile("Study of rates"))
    expect(page.locator(".serve-problem")).to_be_hidden()


def test_a_run_that_grows_is_seen_and_a_view_is_saved_into_the_project(visitor: Visitor, project: Path) -> None:
    page = visitor.open("workspace/index.html")
    until(lambda: inked(page.locator(".panel-canvas canvas").first))
    expect(page.locator(".run-row").first).to_contain_text("3")
    log = next((project / "runs" / "digits" / "r2").glob("metrics*.jsonl"))
    with log.open("a") as rows:
        rows.write(json.dumps({"_step": 3, "_timestamp": 1e9, "loss": 77}) + "\n")
    expect(page.locator(".run-row").first).to_contain_text("77", timeout=20_000)
    page.get_by_role("button", name="Save view").click()
    dialog = page.get_by_role("dialog", name="Save view")
    dialog.get_by_label("Title").fill("All of them")
    expect(dialog).to_contain_text("It goes into the project")
    dialog.get_by_role("button", name="Save", exact=True).click()
    until((project / "views" / "all-of-them.yml").is_file)
    assert "title: All of them" in (project / "views" / "all-of-them.yml").read_text()
    expect(page.get_by_role("combobox", name="view")).to_contain_text("All of them", timeout=20_000)
