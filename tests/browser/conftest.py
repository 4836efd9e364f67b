"""One Chromium and one built example site for the whole folder; every page opened here is watched for trouble."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.visits import Visitor

REPOSITORY = Path(__file__).parents[2]
EXAMPLE = REPOSITORY / "example_project"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def chromium() -> str | None:
    """The browser that `CHROMIUM` names, or the system's."""
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next((path for path in found if path), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = chromium()
    if executable is None:
        message = "no Chromium: install it (apt-get install chromium) or name one in CHROMIUM"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield running
        running.close()


def build(project: Path, site: Path) -> Path:
    """Build a project with the real command line."""
    command = [sys.executable, "-m", "reportgen", "build", str(project), "--site-dir", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY)
    assert done.returncode == 0, done.stdout + done.stderr
    return site


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example")
    shutil.copytree(EXAMPLE, folder / "project", ignore=shutil.ignore_patterns("site", ".reportgen", "__pycache__"))
    return build(folder / "project", folder / "site")


class QuietServer(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """A page that is left while its data arrive hangs up: no error of the site's."""


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """The standard library's file server, without a line of output for each request."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on a server of its own."""
    handler = functools.partial(QuietHandler, directory=str(folder))
    with QuietServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def example_http(example_site: Path) -> Iterator[str]:
    with served(example_site) as address:
        yield address


@pytest.fixture(params=["file", "http"])
def root(request: pytest.FixtureRequest, example_site: Path) -> str:
    """Address of the example site: opened with a double click, and from a server."""
    if request.param == "file":
        return example_site.as_uri() + "/"
    return str(request.getfixturevalue("example_http"))


@pytest.fixture
def visitor(browser: Browser, root: str) -> Iterator[Visitor]:
    """A visitor of the example site; the test fails at its end if any page had trouble."""
    with Visitor.start(browser, root) as visiting:
        yield visiting


@pytest.fixture
def page(visitor: Visitor) -> Page:
    return visitor.page
