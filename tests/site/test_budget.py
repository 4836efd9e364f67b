"""What is said of a site that is too heavy."""

import pytest

from reportgen.errors import UsageError
from reportgen.site.budget import FILE_LIMIT, KINDS, SITE_LIMIT, budget_warnings, heavy, kind_of, parse_size
from reportgen.site.links import workspace_links
from tests.builders import load, run


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("500MB", 500_000_000),
        ("1.5 GB", 1_500_000_000),
        ("800k", 800_000),
        ("800kB", 800_000),
        ("2GiB", 2 * 1024**3),
        ("12345", 12_345),
        (" .5m ", 500_000),
        ("1T", 10**12),
    ],
)
def test_a_size_is_read(text, size):
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "MB", "-1", "0", "0.4", "ten", "1 PB", "1,5GB", "1GBs", "nan", "1e3"])
def test_what_is_no_size_is_refused(text):
    with pytest.raises(UsageError, match="500MB"):
        parse_size(text)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("index.html", "pages"),
        ("runs/a1/index.html", "pages"),
        ("runs/a1/files/model.pt", "files"),
        ("runs/a1/files/page.html.view.html", "files"),
        ("demo/digits/runs/a1/files/model.pt", "files"),
        ("assets/reportgen.js", "assets"),
        ("reports/plot.png", "other"),
        ("data/manifest.js", "tables"),
        ("data/index.json", "tables"),
        ("data/digits/runs.csv", "tables"),
        ("data/digits/index.12345678.js", "tables"),
        ("data/digits/r/a1/files.json", "tables"),
        ("data/digits/ov/loss/0.12345678.js", "curves"),
        ("data/digits/system/cpu/250.12345678.js", "curves"),
        ("data/charts/abc.12345678.js", "curves"),
        ("data/digits/r/a1/charts.12345678.js", "curves"),
        ("data/digits/r/a1/ranks/loss/curves.12345678.js", "curves"),
        ("data/digits/r/a1/system/bands.12345678.js", "curves"),
        ("data/digits/r/a1/loss/tiles.12345678.js", "tiles"),
        ("data/digits/r/a1/loss/64-4096.12345678.js", "tiles"),
        ("data/digits/r/a1/system/cpu/1-0.12345678.js", "tiles"),
        ("data/digits/r/a1/history.parquet", "histories"),
        ("data/previews/0123456789abcdef.12345678.js", "files"),
        ("data/digits/r/a1/console-0.12345678.js", "consoles"),
    ],
)
def test_the_kind_of_a_file_is_in_its_name(name, kind):
    assert kind in KINDS
    assert kind_of(name) == kind
    if name.startswith("data/"):
        assert kind_of(f"demo/{name}", "demo/") == kind


def test_the_heaviest_kinds_and_runs_come_first(tmp_path):
    for name in ("a", "b"):
        run(name).finished().write(tmp_path)
    workspace = load(tmp_path)
    files = [
        ("runs/a/files/x.bin", 5_000_000),
        ("data/digits/r/b/loss/1-0.12345678.js", 7_000_000),
        ("data/digits/r/b/charts.12345678.js", 10),
        ("runs/index.html", 1_000),
    ]
    lines = list(heavy(files, workspace_links(workspace), workspace.projects[0].runs))
    assert [line.split()[:3] for line in lines] == [
        ["7.0", "MB", "tiles:"],
        ["5.0", "MB", "files:"],
        ["1.0", "kB", "pages:"],
        ["10", "B", "curves:"],
        ["7.0", "MB", "run"],
        ["5.0", "MB", "run"],
    ]
    assert "largest_file" in lines[1]
    assert lines[4].endswith("run digits/b: tiles 7.0 MB, curves 10 B")


def test_without_a_budget_the_limits_of_github_pages_count(tmp_path):
    run("a").finished().write(tmp_path)
    workspace = load(tmp_path)
    links, runs = workspace_links(workspace), workspace.projects[0].runs

    def said(files, budget=0):
        return list(budget_warnings(files, budget, links, runs))

    assert said({"index.html": 10, "runs/a/files/fits.bin": FILE_LIMIT}) == []
    (warning,) = said({"runs/a/files/big.bin": FILE_LIMIT + 1})
    assert warning.startswith("runs/a/files/big.bin has 105 MB; GitHub takes no file above 100 MB")
    first, second = said({"runs/a/files/big.bin": SITE_LIMIT, "index.html": 1})
    assert "and GitHub Pages takes 1,024 MB\n" in first
    assert "run digits/a: files 1.1 GB" in first
    assert second.startswith("runs/a/files/big.bin")
    (warning,) = said({"index.html": 1_001, "runs/a/files/x.bin": 9_000}, budget=10_000)
    assert warning.startswith("the site has 10 kB, and the budget is 10 kB\n")
    assert said({"runs/a/files/big.bin": FILE_LIMIT + 1}, budget=2 * FILE_LIMIT) == []
