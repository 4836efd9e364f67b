"""From opening the workspace to the first panel that has been drawn, in Chromium."""

from __future__ import annotations

import gzip
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from benchmarks.scale.sites import workspace

PATIENCE_SECONDS = 120
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
DRAWN = """
() => {
  const canvas = document.querySelector(".panel:not(.panel-vega) .panel-canvas canvas");
  if (!canvas || !canvas.width || !canvas.height) return false;
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < data.length; i += 4) {
    const pixel = [data[i], data[i + 1], data[i + 2]];
    if (data[i + 3] > 200 && Math.max(...pixel) - Math.min(...pixel) > 60) return true;
  }
  return false;
}
"""
"""Whether a panel of curves has a pixel in a colour: axes and labels are grey."""


@dataclass(frozen=True)
class Shown:
    """A workspace whose first panel has been drawn.

    Attributes:
        seconds: from the navigation on; Chromium runs already.
        kilobytes: of all files that were asked for until then, each as gzip makes it.
    """

    seconds: float
    kilobytes: float


def chromium() -> str | None:
    """The browser that `CHROMIUM` names, or the system's; none without Playwright, which drives it."""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return None
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next((path for path in found if path), None)


def first_panel(site: Path, executable: str) -> Shown:
    """Open the workspace of a built site from its files, in a fresh browser; TimeoutError if nothing is drawn."""
    from playwright.sync_api import sync_playwright

    loaded: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.on("request", lambda request: loaded.append(request.url))
        start = time.perf_counter()
        page.goto(workspace(site).as_uri(), wait_until="commit")
        while not page.evaluate(DRAWN):
            if time.perf_counter() - start > PATIENCE_SECONDS:
                raise TimeoutError(f"no panel was drawn within {PATIENCE_SECONDS} seconds")
            time.sleep(0.02)
        seconds = time.perf_counter() - start
        browser.close()
    files = {Path(unquote(urlsplit(url).path)) for url in loaded if url.startswith("file:")}
    return Shown(seconds, sum(len(gzip.compress(path.read_bytes())) for path in files) / 1000)
