"""Builds of one project at the same time, one of them killed, spoil neither its cache nor a site."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from tests.builders import NOW
from tests.e2e.study import tree, write_study

SEED = int(os.environ.get("KILL_SEED", random.SystemRandom().randrange(10**6)))
LATEST = 2.5
"""Seconds until a build is killed, at most; about what it takes."""


def start(folder, site):
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(NOW)), "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "reportgen", "build", str(folder), "--site-dir", str(site), "--jobs", "2"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def build(folder, site):
    """A build on its own; gives back every file of the site."""
    process = start(folder, site)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return tree(site)


def build_at_once(folder, sites, chance):
    """Build into several places together and kill the first; gives back how the others ended, and what they said."""
    processes = [start(folder, site) for site in sites]
    try:
        time.sleep(chance.uniform(0, LATEST))
        processes[0].send_signal(signal.SIGKILL)
        said = [process.communicate(timeout=120)[1] for process in processes]
    finally:
        for process in processes:
            process.kill()
    return [(process.returncode, text) for process, text in zip(processes[1:], said[1:], strict=True)]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """What the study's site is."""
    return build(write_study(tmp_path_factory.mktemp("fresh") / "study", runs=2), tmp_path_factory.mktemp("site") / "a")


def test_builds_into_places_of_their_own_share_a_cache(tmp_path, fresh):
    folder, sites = write_study(tmp_path / "study", runs=2), [tmp_path / f"site{number}" for number in range(3)]
    for code, said in build_at_once(folder, sites, random.Random(f"{SEED} own")):
        assert code == 0, f"seed {SEED}: {said}"
    assert [tree(site) == fresh for site in sites[1:]] == [True, True], f"seed {SEED}"
    # The killed one's site, and one that owes everything to the cache that they left.
    assert [build(folder, site) == fresh for site in (sites[0], tmp_path / "new")] == [True, True], f"seed {SEED}"


def test_builds_into_one_place_leave_what_the_next_build_makes_whole(tmp_path, fresh):
    folder, site = write_study(tmp_path / "study", runs=2), tmp_path / "site"
    build_at_once(folder, [site] * 3, random.Random(f"{SEED} one"))
    assert build(folder, site) == fresh, f"seed {SEED}"
