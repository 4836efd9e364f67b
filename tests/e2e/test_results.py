"""From the command line to a data frame: histories, the budget, and `reportgen.load` of a published site."""

import functools
import http.server
import json
import threading

import pytest

import reportgen
from tests.e2e.site_check import broken, policies
from tests.e2e.study import tree, write_study


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return write_study(tmp_path_factory.mktemp("study"))


@pytest.fixture
def address(study):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=study / "site"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_published_site_gives_what_was_logged(study, build, address, kind):
    done = build(study, "--histories", kind)
    assert (done.returncode, done.stderr) == (0, "")
    assert (broken(study / "site"), policies(study / "site")) == ([], [])
    assert f"history.{kind}" in (study / "site/runs/a1/index.html").read_text()
    logged, published = reportgen.load(study), reportgen.load(address)
    assert published.table().equals(logged.table())
    assert published.history().equals(logged.history())
    assert published["a1"].file("model.pt").read() == b"weights"
    assert published.filter("config.lr < 0.05").best("val/acc").id == "a4"


def test_the_same_input_gives_the_same_bytes(study, build, tmp_path):
    for name in ("one", "two"):
        assert build(study, "--site-dir", tmp_path / name, "--histories", "parquet").returncode == 0
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_without_histories_there_are_none_and_pages_lead_to_none(study, build):
    assert build(study).returncode == 0
    assert not list((study / "site").rglob("history.*"))
    assert "history." not in (study / "site/runs/a1/index.html").read_text()
    assert json.loads((study / "site/data/index.json").read_bytes())["histories"] is None
    assert 'type="text/csv" href="../data/digits/runs.csv"' in (study / "site/runs/index.html").read_text()


def test_a_site_over_its_budget_is_a_warning_and_a_failure_when_strict(study, build):
    done = build(study, "--budget", "100kB")
    assert done.returncode == 0
    assert "MB, and the budget is 100 kB\n" in done.stderr
    assert "assets: the code of the pages" in done.stderr
    assert "run digits/a1: " in done.stderr
    assert build(study, "--budget", "100kB", "--strict").returncode == 1
    nonsense = build(study, "--budget", "much")
    assert nonsense.returncode == 2
    assert "'much' is no size" in nonsense.stderr


def test_options_of_the_configuration_file_are_the_same(study, build, command, tmp_path):
    (study / "mkdocs.yml").write_text(
        "site_name: digits\ndocs_dir: reports\nplugins: [reportgen: {histories: csv, budget: 100000}]\n"
    )
    try:
        done = command("build", "--site-dir", tmp_path / "site", module="mkdocs", cwd=study)
        assert done.returncode == 0, done.stderr
        assert "the budget is 100 kB" in done.stderr
        assert len(list((tmp_path / "site").rglob("history.csv"))) == 4
        assert build(study, "--histories", "parquet", "--budget", "1GB", "--strict").returncode == 0
        assert len(list((study / "site").rglob("history.parquet"))) == 4
    finally:
        (study / "mkdocs.yml").unlink()


def test_parquet_without_its_package_names_the_extra(study, build, tmp_path):
    """A module that says it is not there stands in for the missing package: the command sees the same."""
    error = "ModuleNotFoundError(\"No module named 'pyarrow'\", name='pyarrow')"
    (tmp_path / "pyarrow.py").write_text(f"raise {error}\n")
    done = build(study, "--histories", "parquet", PYTHONPATH=str(tmp_path))
    assert done.returncode == 2
    assert 'pip install "reportgen[parquet]"' in done.stderr
    assert build(study, "--histories", "csv", PYTHONPATH=str(tmp_path)).returncode == 0
