"""Photographs the example site for the README and the documentation: ``make screenshots``.

Builds the example, opens it from its files in Chromium, and writes ``docs/screenshots/<page>-<width>-<scheme>.png``.
"""

import io
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

REPOSITORY = Path(__file__).parents[1]
TARGET = REPOSITORY / "docs" / "screenshots"
PAGES = {
    "home": "index.html",
    "workspace": "workspace/index.html",
    "runs": "runs/index.html",
    "compare": "compare/index.html#runs=adam-0.01-s0,sgd-1-s0,nesterov-0.1-s1",
    "run": "runs/adam-0.01-s0/index.html",
    "report": "reports/learning-rates/index.html",
}
SIZES = {1440: 900, 390: 844}
SCHEMES = ("light", "dark")
MOST_BYTES = 200_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def build_example(site: Path) -> None:
    """The same command that a reader of the README types."""
    example = str(REPOSITORY / "example_project")
    subprocess.run([sys.executable, "-m", "reportgen", "build", example, "--site-dir", str(site)], check=True)


def photograph(browser: Browser, url: str, width: int, scheme: str) -> bytes:
    """One page as a reader first sees it, once every chart in view has drawn."""
    context = browser.new_context(viewport={"width": width, "height": SIZES[width]}, color_scheme=scheme)
    page = context.new_page()
    page.goto(url, wait_until="load")
    page.wait_for_timeout(2500)  # charts draw when scrolled into view; a picture has no event to wait for
    picture = page.screenshot()
    context.close()
    return picture


def write_small(picture: bytes, path: Path) -> None:
    """As a PNG of 256 colours, refined by k-means so that the colours of runs stay what they are."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(256, kmeans=4, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{path.name} has {path.stat().st_size:,} bytes; the limit is {MOST_BYTES:,}")


def main() -> None:
    """Every page at every width in both schemes."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        build_example(site)
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        for (name, path), width, scheme in itertools.product(PAGES.items(), SIZES, SCHEMES):
            target = TARGET / f"{name}-{width}-{scheme}.png"
            write_small(photograph(browser, (site / path).as_uri(), width, scheme), target)
            print(target.relative_to(REPOSITORY), f"{target.stat().st_size:,} bytes")
        browser.close()


if __name__ == "__main__":
    main()
