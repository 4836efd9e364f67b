"""What the search index names, and where that is."""

import json

from reportgen.config import BuildConfig
from reportgen.executors.workers import Inline
from reportgen.mkdocs_plugin import build
from reportgen.site import search_data
from reportgen.site.build import open_site, write_site
from reportgen.site.listener import Listener
from tests.builders import NOW, run


def payload(data_folder):
    (file,) = data_folder.glob("search.*.js")
    return json.loads(file.read_text()[len('reportgen.put("search",') : -len(");\n")])


def test_reports_with_headings_and_runs_with_words(tmp_path):
    run("a").tag("wide", "old").notes("first of all").group("g1").metric("loss", [1]).finished().write(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "sweep.md").write_text(
        "---\ntitle: The sweep\ntags: [rates]\n---\n# The sweep\n\n## Cats & dogs\n"
    )
    build(tmp_path, jobs=1)
    index = payload(tmp_path / "site" / "data")
    assert index["pages"][-1] == {
        "kind": "report",
        "title": "The sweep",
        "url": "reports/sweep/index.html",
        "words": "rates",
        "headings": [["cats-dogs", "Cats & dogs"]],
    }
    (project,) = index["projects"]
    assert project["metrics"] == ["loss"]
    assert (project["names"], project["slugs"], project["words"]) == (["a"], [0], ["wide old g1 first of all"])


def test_documents_around_a_project_are_found_too(tmp_path):
    project = tmp_path / "study"
    run("a").finished().write(project)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Handbook\n")
    (tmp_path / "docs" / "how.md").write_text("# How to\n\n## Begin\n")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Handbook\ntheme: {name: reportgen}\nplugins: [{reportgen: {path: study, at: demo/sub}}]\n"
    )
    build(tmp_path, jobs=1)
    urls = {page["title"]: page["url"] for page in payload(tmp_path / "site" / "demo" / "sub" / "data")["pages"]}
    assert urls["How to"] == "../../how/index.html"
    assert (tmp_path / "site" / "how" / "index.html").is_file()


def test_of_many_runs_the_newest_are_there(tmp_path, monkeypatch):
    monkeypatch.setattr(search_data, "MOST_RUNS", 2)
    for number, name in enumerate(("x y", "b", "c")):
        run(name).at(number).finished().write(tmp_path)
    site = open_site(
        BuildConfig(folder=tmp_path, site_dir=tmp_path / "site", now=NOW, jobs=1), Listener(lambda _: None), Inline()
    )
    write_site(site)
    (project,) = payload(tmp_path / "site" / "data")["projects"]
    assert (project["names"], project["left"]) == (["c", "b"], 1)
    assert project["words"] == ["", ""]
