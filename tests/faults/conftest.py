"""Subprocesses that tests are about begin before it is their turn, a few at a time: most of their time they wait."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

AT_A_TIME = 6


@pytest.fixture(scope="session")
def futures(request, tmp_path_factory):
    """Gives the future of a job: anything hashable with ``run(folder)``."""
    started = {}
    with ThreadPoolExecutor(AT_A_TIME) as executor:

        def start(job):
            if job not in started:
                started[job] = executor.submit(job.run, tmp_path_factory.mktemp("job"))
            return started[job]

        if "PYTEST_XDIST_WORKER" not in os.environ:  # else each worker would do all
            for item in request.session.items:
                if "job" in getattr(item, "callspec", _NO_PARAMETERS).params:
                    start(item.callspec.params["job"])
        yield start
        executor.shutdown(cancel_futures=True)


class _NO_PARAMETERS:  # noqa: N801 # stands for a call specification
    params = {}  # noqa: RUF012


@pytest.fixture
def outcome(job, futures):
    """What came of the test's job."""
    return futures(job).result(timeout=120)
