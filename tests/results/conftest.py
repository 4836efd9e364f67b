"""A study with everything that results can have, as logs and as sites."""

import functools
import http.server
import shutil
import threading

import pytest

import reportgen
from reportgen.config import BuildConfig
from reportgen.executors.workers import Inline
from reportgen.site.build import open_site, write_site
from reportgen.site.listener import Listener
from tests.builders import NOW, run

LONG = 5_000
"""Rows of a curve that has finer levels."""


def write_study(folder):
    nan, inf = float("nan"), float("inf")
    one = run("a").name("first").config(lr=0.1, optimizer={"name": "adam"}, layers=[1, 2]).tag("baseline")
    one.metric("loss", [1 / (step + 3) for step in range(LONG)]).metric("acc", [0.5, nan, inf, -inf, 1 / 3])
    one.image("img").file("files/model.pt", b"weights").file("files/deep/notes.txt", b"x").finished().write(folder)
    two = run("b").at(10).config(lr=0.01, optimizer={"name": "sgd"}).group("sweep").notes("*slow*")
    two.define("acc", goal="maximize").metric("loss", [9, 8, 7, 6]).attempt(2, starting_step=2)
    two.metric("loss", [5.5], steps=[2]).metric("acc", [0.75], steps=[2]).failed().write(folder)
    run("c").at(20).config(lr=1).summary(note="NaN", acc=0.25).finished().write(folder)
    run("d", project="other").at(30).config(lr=2).metric("loss", [3]).finished().write(folder)
    return folder


def build(folder, site, **options):
    config = BuildConfig(folder=folder, site_dir=site, now=NOW, jobs=1, **options)
    write_site(open_site(config, Listener(lambda _: None), Inline()))
    return site


@pytest.fixture(scope="session")
def study(tmp_path_factory):
    return write_study(tmp_path_factory.mktemp("results") / "study")


@pytest.fixture(scope="session")
def sites(study, tmp_path_factory):
    """The sites of the study: without histories, and with each kind."""
    folder = tmp_path_factory.mktemp("sites")
    return {kind: build(study, folder / (kind or "drawn"), histories=kind) for kind in ("", "csv", "parquet")}


@pytest.fixture
def results(study):
    return reportgen.load(study)


@pytest.fixture
def serve():
    """Serves a folder on loopback and gives back its address and the paths that were asked for."""
    servers = []

    def start(folder, answer=None):
        asked = []

        class Handler(http.server.SimpleHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                if not (answer and answer(self)):
                    super().do_GET()

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}", asked

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def copied(sites, tmp_path):
    """A copy of a site that a test may spoil."""

    def copy(kind="csv"):
        return shutil.copytree(sites[kind], tmp_path / "copied")

    return copy
