"""The same project gives the same site to the byte: wherever it lies, whenever and by however many it is built."""

import shutil
import subprocess

import pytest

from tests.builders import NOW, run
from tests.e2e.study import tree, write_study

LATER = str(int(NOW) + 100_000)
"""More than a day after the first build; all runs have ended long before either."""


def project(folder):
    """A study, with attempts, ranks, a fork and bytes that are no rows."""
    write_study(folder, runs=2)
    ranks = run("b1").at(1_000).rank(0).metric("train/loss", [3, float("nan"), 1]).rank(1).metric("train/loss", [4, 2])
    ranks.attempt(2, starting_step=1).metric("train/loss", [1], steps=[1]).finished().write(folder)
    run("b2").at(1_500).fork("b1", 1).metric("train/loss", [0.5], steps=[2]).line("metrics", b"bad\n").finished().write(
        folder
    )
    return folder


def cloned(folder, target):
    """What git makes of a folder elsewhere: other times, and nothing that is not committed."""
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"]
    for command in (
        ["init"],
        ["add", "--all", "--force", "runs", "reports", "index.md"],
        ["commit", "-m", "The study"],
    ):
        subprocess.run([*git, *command], cwd=folder, check=True, capture_output=True)
    subprocess.run([*git, "clone", folder, target], check=True, capture_output=True)
    return target


@pytest.fixture(scope="module")
def built(tmp_path_factory, command):
    """Builds the project in some way and gives back every file of the site; each way once."""
    top = tmp_path_factory.mktemp("same")
    first = project(top / "study")
    trees = {}

    def site_of(name, folder, jobs=1, **variables):
        done = command("build", folder, "--jobs", jobs, "--site-dir", top / "sites" / name, **variables)
        assert done.returncode == 0, done.stderr
        return tree(top / "sites" / name)

    ways = {
        "cold": lambda: site_of("cold", first),
        "warm": lambda: site_of("warm", first),
        "over itself": lambda: site_of("cold", first),
        "copied": lambda: site_of("copied", shutil.copytree(first, top / "elsewhere/copy")),
        "two processes": lambda: site_of("jobs", project(top / "again"), jobs=2),
        "cloned": lambda: site_of("cloned", cloned(project(top / "origin"), top / "clone")),
        "later": lambda: site_of("later", first, SOURCE_DATE_EPOCH=LATER),
    }

    def of(way):
        if way not in trees:
            trees[way] = ways[way]()
        return trees[way]

    return of


@pytest.mark.parametrize("way", ["warm", "over itself", "copied", "two processes", "cloned", "later"])
def test_the_same_project_gives_the_same_bytes(built, way):
    expected, found = built("cold"), built(way)
    assert len(expected) > 20
    assert sorted(found) == sorted(expected)
    assert [name for name in sorted(expected) if found[name] != expected[name]] == []


def test_runs_alone_give_the_same_bytes_at_any_time(tmp_path, command):
    run("a").metric("loss", [2, 1]).finished().write(tmp_path / "study")
    for name, moment in (("now", NOW), ("later", LATER)):
        site = tmp_path / name
        done = command("build", tmp_path / "study", "--site-dir", site, SOURCE_DATE_EPOCH=str(int(float(moment))))
        assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "now") == tree(tmp_path / "later")
