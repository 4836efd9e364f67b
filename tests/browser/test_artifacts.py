"""The artifacts of a run in Chromium, and the way along them from run to run."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

import reportgen
from tests.browser.conftest import build
from tests.browser.visits import Visitor


@pytest.fixture(scope="module")
def lineage_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of two runs: one logs a model with many files, the other uses it."""
    folder = tmp_path_factory.mktemp("lineage")
    with reportgen.init(project="digits", id="maker", dir=folder / "runs", capture=False, strict=True) as run:
        artifact = reportgen.Artifact("net", "model", description="A *model*", metadata={"layers": {"hidden": 64}})
        for number in range(20):
            with artifact.new_file(f"layers/{number:02}.bin", "wb") as file:
                file.write(bytes([number]) * 1000)
        run.log_artifact(artifact, aliases="best")
    with reportgen.init(project="digits", id="user", dir=folder / "runs", capture=False, strict=True) as run:
        run.use_artifact("net:best")
    return build(folder, folder / "site")


@pytest.mark.parametrize("width", [1440, 390])
def test_artifacts_lead_from_run_to_run(browser: Browser, lineage_site: Path, width: int) -> None:
    with Visitor.start(browser, lineage_site.as_uri() + "/", width) as visitor:
        page = visitor.open("runs/maker/index.html")
        page.locator(".tabs > a", has_text="Artifacts").click()
        artifact = page.locator("#artifacts .artifact")
        expect(artifact.locator("header")).to_contain_text("net:v0")
        expect(artifact.locator(".chip", has_text="best")).to_be_visible()
        expect(artifact.locator("em", has_text="model")).to_be_visible()
        expect(artifact.get_by_text("layers/07.bin")).to_be_hidden()
        artifact.locator("summary", has_text="Files").click()
        expect(artifact.get_by_text("layers/07.bin")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        artifact.get_by_role("link", name="user", exact=True).click()
        page.wait_for_url("**/runs/user/index.html")
        page.locator(".tabs > a", has_text="Artifacts").click()
        expect(page.locator("#artifacts").get_by_role("link", name="maker", exact=True)).to_be_visible()
