"""``reportgen runs`` on real projects and sites."""

import csv
import io
import json

import pytest

from tests.builders import run


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs")
    for number, rate in enumerate((0.1, 0.01, 0.001)):
        described = run(f"r{number}").at(number).config(lr=rate, opt={"name": "adam"}).tag("sweep")
        described.metric("val/acc", [0.5, 0.9 - number / 10]).finished().write(folder)
    run("bad").at(9).config(lr=1.0).metric("val/acc", [float("nan")]).failed().write(folder)
    return folder


def listed(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_latest_runs_come_first_with_what_tells_them_apart(study, command):
    done = command("runs", study, COLUMNS="160")
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["id", "state", "started", "duration", "rows", "lr", "opt.name", "val/acc"]
    assert [line.split()[0] for line in lines[1:5]] == ["bad", "r2", "r1", "r0"]
    assert lines[-1] == "4 runs"


def test_runs_are_filtered_and_sorted_as_everywhere(study, command):
    done = command("runs", study, "--filter", 'config.lr < 0.5 && state == "finished"', "--sort", "-summary.val/acc")
    assert [line.split()[0] for line in done.stdout.splitlines()[1:-1]] == ["r0", "r1", "r2"]
    found = listed(command("runs", study, "--filter", "summary['val/acc'] >= 0.8", "--format", "json", "--limit", "1"))
    assert [(one["id"], one["config.lr"], one["summary.val/acc"]) for one in found] == [("r1", 0.01, 0.8)]


def test_programs_get_exact_values(study, command):
    rows = list(csv.DictReader(io.StringIO(command("runs", study, "--format", "csv", "--sort", "started").stdout)))
    assert [(row["id"], float(row["config.lr"])) for row in rows] == [
        ("r0", 0.1),
        ("r1", 0.01),
        ("r2", 0.001),
        ("bad", 1.0),
    ]
    bad = listed(command("runs", study, "--format", "json", "--columns", "summary.val/acc, tags"))[0]
    assert bad == {"id": "bad", "summary.val/acc": None, "tags": []}


def test_a_site_has_the_same_runs_as_its_folder(study, command, tmp_path):
    assert command("build", study, "--site-dir", tmp_path / "site").returncode == 0
    by_folder, by_site = (listed(command("runs", place, "--format", "json")) for place in (study, tmp_path / "site"))
    assert by_folder == by_site


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--filter", "config.lr >"], "ends too early"),
        (["--sort", "confg.lr"], "Did you mean config.lr"),
        (["--columns", "nme"], "Did you mean name"),
    ],
)
def test_a_mistake_is_a_message(study, command, arguments, said):
    done = command("runs", study, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_no_runs_is_a_message(tmp_path, command):
    done = command("runs", tmp_path)
    assert done.returncode == 2
    assert "there are no runs here" in done.stderr
