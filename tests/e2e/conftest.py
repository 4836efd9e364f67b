"""The real command line, in a process of its own, at a fixed time."""

import os
import subprocess
import sys

import pytest

from tests.builders import NOW


@pytest.fixture(scope="session")
def command():
    """Runs ``python -m <module> <arguments>`` and gives back the finished process."""

    def execute(*arguments, module="reportgen", cwd=None, **variables):
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(NOW)), "PYTHONWARNINGS": "ignore", **variables}
        return subprocess.run(
            [sys.executable, "-m", module, *map(str, arguments)],
            cwd=cwd,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return execute


@pytest.fixture(scope="session")
def build(command):
    """Builds a project folder and gives back the finished process; no outcome may be a traceback."""

    def execute(folder, *arguments, **options):
        done = command("build", folder, "--jobs", 1, *arguments, **options)
        assert "Traceback" not in done.stderr + done.stdout, done.stderr
        return done

    return execute
