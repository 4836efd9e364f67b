"""The open data of a site: complete, exact, and safe to open."""

import csv
import io
import json
import shutil

import pytest

from reportgen.config import BuildConfig
from reportgen.executors.workers import Inline
from reportgen.site.build import open_site, program_version, write_site
from reportgen.site.links import slugs
from reportgen.site.listener import Listener
from reportgen.site.open_data import run_record, runs_csv
from reportgen.site.open_json import FORMAT, VERSION
from tests.builders import NOW, START, project_model, run


def opened(folder, **options):
    config = BuildConfig(folder=folder, site_dir=folder / "site", now=NOW, jobs=1, **options)
    return open_site(config, Listener(lambda _: None), Inline())


def files(folder, **options):
    """What a build writes, by name."""
    site = opened(folder, **options)
    write_site(site)
    return {name: (folder / "site" / name).read_bytes() for name in sorted(site.files.written)}


@pytest.fixture
def study(tmp_path):
    run("a").config(lr=0.1).metric("loss", [1, 2]).system("cpu", [5]).file("files/x y.svg", b"<svg/>").finished().write(
        tmp_path
    )
    run("b").metric("acc", [0.5]).failed().write(tmp_path)
    run("c", project="other").finished().write(tmp_path)
    return tmp_path


def test_the_index_leads_to_everything(study):
    site = opened(study, histories="csv")
    write_site(site)
    index = json.loads((study / "site/data/index.json").read_bytes())
    assert (index["format"], index["version"], index["histories"]) == (FORMAT, VERSION, "csv")
    assert index["generator"] == f"reportgen {program_version()}"
    digits, other = index["projects"]
    assert digits["metrics"] == ["acc", "loss"]
    assert [(one["id"], one["name"], one["state"]) for one in digits["runs"]] == [
        ("a", "a", "finished"),
        ("b", "b", "failed"),
    ]
    assert sorted(set(digits["runs"][0]) - set(digits["runs"][1])) == ["files", "system"]
    assert "history" not in other["runs"][0]
    urls = [digits[key] for key in ("records", "table", "index")] + list(digits["pages"].values()) + [index["home"]]
    urls += [
        one[key] for one in digits["runs"] for key in ("page", "curves", "system", "history", "files") if key in one
    ]
    assert [url for url in urls if not (study / "site" / url).is_file()] == []


def test_histories_are_there_only_when_asked_for(study):
    assert not [name for name in files(study) if "history" in name]
    assert [name for name in files(study, histories="parquet") if "history" in name] == [
        "data/digits/r/a/history.parquet",
        "data/digits/r/b/history.parquet",
    ]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_same_runs_give_the_same_bytes(study, kind):
    first = files(study, histories=kind)
    shutil.rmtree(study / "site")
    shutil.rmtree(study / ".reportgen")
    assert files(study, histories=kind) == first


def test_another_kind_of_history_replaces_the_first(study):
    assert any(name.endswith("history.csv") for name in files(study, histories="csv"))
    again = files(study, histories="parquet")
    assert not any(name.endswith("history.csv") for name in again)
    assert any(name.endswith("history.parquet") for name in again)


def test_the_history_of_a_run_that_grew_is_written_again(study):
    before = files(study, histories="csv")
    with (study / "runs/digits/a/metrics.jsonl").open("a") as log:
        log.write('{"_step": 2, "loss": 0.25}\n')
    after = files(study, histories="csv")
    assert after["data/digits/r/a/history.csv"] == before["data/digits/r/a/history.csv"] + b"2,,0.25\r\n"
    assert after["data/digits/r/b/history.csv"] == before["data/digits/r/b/history.csv"]


def test_below_a_folder_of_the_site_urls_stay_relative_to_it(study):
    write_site(opened(study, prefix="demo"))
    index = json.loads((study / "site/demo/data/index.json").read_bytes())
    assert (study / "site/demo" / index["projects"][0]["runs"][0]["page"]).is_file()
    assert (study / "site/demo/llms.txt").is_file()


def test_the_files_of_a_run_are_listed_with_where_they_are(study):
    listed = json.loads(files(study, largest_file=100)["data/digits/r/a/files.json"])["files"]
    (entry,) = listed
    assert (entry["path"], entry["size"]) == ("x y.svg", 6)
    assert entry["url"].startswith("digits/runs/a/files/x-y")
    assert entry["url"].endswith(".txt")
    assert "url" not in json.loads(files(study, largest_file=5)["data/digits/r/a/files.json"])["files"][0]


def test_a_record_keeps_what_json_has_no_numbers_for(tmp_path):
    described = run("a").config(big=10**30, deep={"x": [1, {"y": "é"}]}).metric("loss", [float("nan")])
    record = run_record(project_model(tmp_path, described.define("loss", goal="minimize").finished()).runs[0])
    assert record["summary"] == {"loss": "NaN"}
    assert record["config"]["deep"] == {"x": [1, {"y": "é"}]}
    assert record["started"] == START
    assert record["definitions"][0]["goal"] == "minimize"
    assert "attempts" not in record


def test_the_table_has_exact_values_and_no_formulas(tmp_path):
    described = run("=cmd").name("=1+1").config({"=x": "@y", "n": 2**60, "t": ["a", "b"]}).metric("acc", [1 / 3])
    text = runs_csv(project_model(tmp_path, described.finished(), run("b").at(5).finished()).runs).decode()
    first, second = csv.DictReader(io.StringIO(text, newline=""))
    assert (first["id"], first["name"], first["config.=x"]) == ("'=cmd", "'=1+1", "'@y")
    assert first["config.n"] == str(2**60)
    assert first["config.t"] == '["a","b"]'
    assert float(first["summary.acc"]) == 1 / 3
    assert float(first["started"]) == START
    assert second["summary.acc"] == second["config.n"] == ""
    assert {cell[0] for line in text.splitlines() for cell in line.split(",") if cell} <= set('"0123456789')


def test_a_language_model_is_told_what_is_where(study):
    (study / "reports").mkdir()
    (study / "reports/one.md").write_text("---\ntitle: A [link](http://x) <b>\ndescription: About it\n---\nText.\n")
    text = files(study, histories="csv")["llms.txt"].decode()
    lines = text.splitlines()
    assert lines[0] == f"# {study.name}".replace("_", "\\_")
    assert lines[2].startswith("> 3 runs in 2 projects")
    assert "history.csv" in text
    assert [line for line in lines if line.startswith("## ")] == ["## Pages", "## Reports", "## Data"]
    assert "- [A \\[link\\](http://x) \\<b\\>](reports/one/index.html): About it" in lines
    assert "- [digits: runs.csv](data/digits/runs.csv): 2 runs; metrics: acc, loss" in lines


def test_no_metric_takes_the_place_of_a_file():
    assert not {"history.csv", "files.json", "manifest.js"} & set(
        slugs(["history.csv", "files.json", "manifest.js"]).values()
    )
