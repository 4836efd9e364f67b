"""What a build pays before it does anything, as modules: seconds depend on the machine."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import run

ROOT = Path(__file__).parents[2]
HEAVY = {
    *("altair", "vl_convert", "narwhals", "jsonschema"),
    *("pandas", "cel", "prompt_toolkit", "rich"),
    *("IPython", "PIL", "matplotlib", "pymdownx", "ghp_import", "psutil"),
    *("dask", "distributed", "fsspec", "pyarrow", "reportgen.results"),
    *("pygments.lexers.python", "pygments.formatters.html"),  # MkDocs loads pygments, but highlights nothing here
}
BUILD = """
import json, sys
from reportgen.mkdocs_plugin import build
build(sys.argv[1])
print(json.dumps(sorted(sys.modules)))
"""


@pytest.fixture
def sweep(tmp_path):
    for number in range(6):
        log(tmp_path, number)
    return tmp_path


def log(folder, number):
    described = run(f"r{number}").config(lr=10.0 ** -(number % 3 + 1), optimizer=("adam", "sgd")[number % 2])
    described.metric("val/acc", [0.5, 0.8 + number / 100]).finished().write(folder)


def loaded(code, folder):
    """Names of all modules after some code has run in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_the_plugin_itself_loads_nothing_heavy(tmp_path):
    code = "import json, sys, reportgen.mkdocs_plugin; print(json.dumps(sorted(sys.modules)))"
    assert loaded(code, tmp_path) & (HEAVY | {"pygments", "multiprocessing"}) == set()


def test_a_build_with_a_warm_cache_loads_nothing_that_it_does_not_use(sweep):
    assert {"altair", "vl_convert"} <= loaded(BUILD, sweep)  # authors the charts of the workspace, once

    log(sweep, 6)  # its page, its curves, the runs table and the charts of the workspace are made
    assert loaded(BUILD, sweep) & HEAVY == set()


def test_a_filter_loads_cel_and_a_report_its_highlighter(sweep):
    reports = sweep / "reports"
    reports.mkdir()
    reports.joinpath("a.md").write_text(
        "# A\n\n```runs\nruns: summary['val/acc'] > 0.8\n```\n\n```python\nx = 1\n```\n"
    )
    assert {"cel", "pymdownx", "pygments.lexers.python"} <= loaded(BUILD, sweep)
