"""``reportgen build`` from a folder of run logs to a site, in a process of its own."""

import re

import pytest

from tests.builders import run
from tests.e2e.site_check import broken, pages, payload, policies
from tests.e2e.study import tree, write_study

DOCS = """\
site_name: Product
plugins:
  - reportgen:
      path: study
      at: demo
nav:
  - Home: index.md
  - Guide:
      - Start: guide/start.md
  - Try it: demo/index.html
"""


@pytest.fixture
def study(tmp_path):
    return write_study(tmp_path / "study")


@pytest.fixture(scope="module")
def built(tmp_path_factory, command):
    """A study, its site, and what the command said."""
    folder = write_study(tmp_path_factory.mktemp("built") / "study")
    return folder, folder / "site", command("build", folder, "--jobs", 1)


def test_a_folder_of_runs_becomes_a_site(built):
    _, site, done = built
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert re.match(r"4 runs, 8,400 rows · 4 read \(\d+ kB\) · \d+ pages · \d.*[kM]B · \d", done.stdout)
    assert done.stdout.splitlines()[1].endswith("site/index.html")
    assert broken(site) == []
    assert policies(site) == []
    assert {"index.html", "workspace/index.html", "runs/index.html", "reports/index.html", "404.html"} <= set(
        tree(site)
    )
    assert {"runs/a1/index.html", "reports/rates/index.html", "reports/2026/later/index.html"} <= set(tree(site))
    assert not any("idea" in uri for uri in tree(site))


def test_the_datasets_hold_what_was_logged(built):
    site = built[1]
    index = payload(site, "digits/index")
    assert [entry["name"] for entry in index["metrics"]] == ["train/loss", "val/acc"]
    assert index["metrics"][1]["section"] == "val"
    assert [entry["name"] for entry in index["system"]] == ["cpu"]
    runs = payload(site, "digits/runs")
    assert runs["ids"] == ["a1", "a2", "a3", "a4"]
    assert runs["urls"][0] == "runs/a1/index.html"
    rates = next(column for column in runs["columns"] if column["key"] == "config.lr")
    assert rates["values"] == [0.1, 0.05, 0.1 / 3, 0.025]
    accuracy = next(ref for ref in index["metrics"] if ref["name"] == "val/acc")
    curves = payload(site, accuracy["overviews"][0]["data"]["key"])["curves"]
    assert [curve["run"] for curve in curves] == [0, 1, 2, 3]
    assert curves[0]["last"] == {"from": 0.501, "by": pytest.approx(0.01), "n": 10}
    loss = payload(site, "digits/r/a1/charts")["curves"]["train/loss"]
    assert loss["rows"] == 2_100
    assert loss["bucket"] > 1
    levels = payload(site, loss["deeper"]["key"])["levels"]
    assert levels[-1]["bucket"] == 1
    raw = payload(site, levels[-1]["tiles"][0]["data"]["key"])
    assert raw["step"] == {"from": 0, "by": 1, "n": 2_100}
    assert payload(site, "digits/r/a1/console-0")["text"] == "epoch 1"


def test_pages_lead_to_their_data(built):
    found = pages(built[1])
    led = {url for tag, name, url in found["runs/a1/index.html"].urls if name in ("data-panel", "data-parts")}
    assert {re.sub(r"\.[0-9a-f]{8}\.js$", "", url) for url in led} == {
        "data/digits/r/a1/charts",
        "data/digits/r/a1/system",
        "data/digits/r/a1/console-0",
    }


def test_a_report_has_its_charts_table_and_numbers(built):
    html = (built[1] / "reports/rates/index.html").read_text()
    assert "0.594" in html
    assert html.count("<rg-panel") == 2
    assert "<rg-runs-table" in html
    assert html.count("<h1") == 1
    assert 'align="right"' in html
    assert "Ada Lovelace" in html
    assert "{{" not in html


def test_the_same_input_gives_the_same_bytes(built, build, tmp_path):
    folder, site, _ = built
    assert build(folder, "--site-dir", tmp_path / "again").returncode == 0
    assert tree(tmp_path / "again") == tree(site)


def test_mkdocs_builds_the_same_site(study, build, command, tmp_path):
    assert build(study).returncode == 0
    (study / "mkdocs.yml").write_text("site_name: digits\ndocs_dir: reports\nplugins: [reportgen]\n")
    done = command("build", "--site-dir", tmp_path / "mkdocs", module="mkdocs", cwd=study)
    assert done.returncode == 0, done.stderr
    ours, theirs = tree(study / "site"), tree(tmp_path / "mkdocs")
    assert sorted(ours) == sorted(theirs)
    assert [uri for uri in ours if ours[uri] != theirs[uri]] == []
    assert build(study, "--site-dir", tmp_path / "third").returncode == 0
    assert tree(tmp_path / "third") == ours, "with an mkdocs.yml, reportgen build is mkdocs build"


def test_a_second_build_leaves_nothing_of_the_first(study, build):
    build(study)
    (study / "reports/rates.md").unlink()
    (study / "index.md").write_text("# The study\n")
    assert build(study).returncode == 0
    assert not (study / "site/reports/rates").exists()
    assert broken(study / "site") == []


def test_several_projects_have_a_home_each(tmp_path, build):
    for project in ("digits", "words & more"):
        for name in ("a", "b"):
            run(name, project=project).metric("loss", [3, 2, 1]).finished().write(tmp_path)
    assert build(tmp_path).returncode == 0
    site = tmp_path / "site"
    assert broken(site) == []
    assert policies(site) == []
    homes = [uri for uri in pages(site) if re.fullmatch(r"[^/]+/index\.html", uri)]
    assert len(homes) == 2
    assert sorted(payload(site, "manifest")["projects"]) == ["digits", "words & more"]
    assert "words &amp; more" in (site / "index.html").read_text()


def test_a_project_is_a_folder_of_a_documentation_site(tmp_path, build):
    write_study(tmp_path / "study")
    (tmp_path / "docs/guide").mkdir(parents=True)
    (tmp_path / "docs/index.md").write_text(
        "# Product\n\nSee [start](guide/start.md) and [demo](demo/workspace/index.html).\n"
    )
    (tmp_path / "docs/guide/start.md").write_text("# Start\n\n[back](../index.md#product) {{ not a value }}\n")
    (tmp_path / "mkdocs.yml").write_text(DOCS)
    done = build(tmp_path)
    assert done.returncode == 0
    assert done.stderr == ""
    site = tmp_path / "site"
    assert broken(site, data_root="demo") == []
    assert policies(site) == []
    assert {"index.html", "guide/start/index.html", "demo/index.html", "demo/reports/rates/index.html"} <= set(
        tree(site)
    )
    assert "demo/data/manifest.js" in tree(site)
    assert "{{ not a value }}" in (site / "guide/start/index.html").read_text()
    home, demo_run = (
        {url for tag, _, url in pages(site)[uri].urls if tag == "a"}
        for uri in ("index.html", "demo/runs/a1/index.html")
    )
    assert {"guide/start/index.html", "demo/index.html"} <= home
    assert {"../../../index.html", "../../index.html", "../../workspace/index.html", "../index.html"} <= demo_run


def test_another_theme_shows_the_prose(study, build):
    (study / "mkdocs.yml").write_text("site_name: Study\ntheme: mkdocs\nplugins: [reportgen]\n")
    assert build(study).returncode == 0
    html = (study / "site/reports/rates/index.html").read_text()
    assert "bootstrap" in html
    assert "<rg-panel" in html
    assert re.search(r'<script defer src="\.\./\.\./assets/reportgen\.\w+\.js" data-root="\.\./\.\./"', html)
    home = (study / "site/index.html").read_text()
    assert "runs/a1/index.html" in home
    assert "default-src 'none'" in (study / "site/workspace/index.html").read_text()
    assert [problem for problem in broken(study / "site") if problem.startswith("runs/")] == []


def test_a_documentation_home_page_can_be_the_projects(tmp_path, build):
    run("a").metric("loss", [1]).finished().write(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Hello\n\nOwn words.\n")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: [reportgen]\n")
    assert build(tmp_path, "--strict").returncode == 0
    html = (tmp_path / "site/index.html").read_text()
    assert "Own words." in html
    assert "runs/a/index.html" in html


def test_a_page_of_the_documentation_in_the_place_of_one_of_the_projects_is_left_out(tmp_path, build):
    run("a").metric("loss", [1]).finished().write(tmp_path)
    (tmp_path / "index.md").write_text("# Ours\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Theirs\n")
    (tmp_path / "docs/runs.md").write_text("# Jogging\n")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: [reportgen]\n")
    done = build(tmp_path)
    assert done.returncode == 0
    assert "docs/index.md: This page is hidden" in done.stderr
    assert "docs/runs.md: This page is hidden" in done.stderr
    assert "Ours" in (tmp_path / "site/index.html").read_text()
    assert "Jogging" not in (tmp_path / "site/runs/index.html").read_text()


def test_run_logs_may_lie_elsewhere(tmp_path, build):
    run("a").metric("loss", [1]).image("img").finished().write(tmp_path / "logs")
    (tmp_path / "study").mkdir()
    (tmp_path / "study/mkdocs.yml").write_text("site_name: x\nplugins: [{reportgen: {runs: ../logs/runs}}]\n")
    done = build(tmp_path / "study", "--strict")
    assert done.returncode == 0, done.stderr
    assert broken(tmp_path / "study/site") == []


def test_the_plugin_is_added_where_a_configuration_does_not_list_it(tmp_path, build):
    run("a").metric("loss", [1]).finished().write(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("site_name: Mine\nplugins: []\n")
    assert build(tmp_path).returncode == 0
    assert "Mine" in (tmp_path / "site/runs/a/index.html").read_text()


def test_a_404_page_finds_its_assets_from_any_address(study, build):
    (study / "mkdocs.yml").write_text("site_name: x\nsite_url: https://example.org/lab/\nplugins: [reportgen]\n")
    assert build(study).returncode == 0
    html = (study / "site/404.html").read_text()
    assert 'src="/lab/assets/head.' in html
    assert 'href="/lab/index.html"' in html


def test_help_and_version(command):
    text = command("--help").stdout
    assert "build" in text
    assert "publish" in text
    assert "Examples" in text
    assert re.match(r"reportgen \d", command("--version").stdout)
    assert "--strict" in command("build", "--help").stdout
