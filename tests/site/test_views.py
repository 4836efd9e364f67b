from types import SimpleNamespace

import pytest

from reportgen.document import Page
from reportgen.model import Project, Workspace
from reportgen.site.links import workspace_links
from reportgen.site.prose import ProseFile
from reportgen.site.render import Footer
from reportgen.site.views import Frame, RenderedProse, toc_items


def a_frame(*names, prefix="", **changes):
    links = workspace_links(Workspace(None, tuple(Project(name, ()) for name in names or ("digits",))), prefix)
    assets = {"reportgen.js": "assets/reportgen.1.js"}
    return Frame("Study", links, assets, Footer(0.0, "0.1", 1, 2), **{"reports": True, **changes})


def a_page(uri, project="digits"):
    return Page(uri, "run.html", "run", "a", (), project)


@pytest.mark.parametrize(
    ("prefix", "uri", "root", "script"),
    [
        ("", "index.html", "", "assets/reportgen.1.js"),
        ("", "runs/a/index.html", "../../", "../../assets/reportgen.1.js"),
        ("demo", "demo/index.html", "", "../assets/reportgen.1.js"),
        ("demo", "demo/runs/a/index.html", "../../", "../../../assets/reportgen.1.js"),
    ],
)
def test_a_page_knows_the_way_to_data_and_code(prefix, uri, root, script):
    view = a_frame(prefix=prefix).page(a_page(uri))
    assert view.root == root
    assert view.assets["reportgen.js"] == script


def test_a_documentation_page_finds_the_projects_data():
    view = a_frame(prefix="demo").docs_prose(RenderedProse("guide/start/index.html", "Start", "<p>x</p>"))
    assert view.root == "../../demo/"
    assert (view.kind, view.template) == ("prose", "prose.html")
    assert view.crumbs == ()


def test_a_report_shows_its_front_matter(tmp_path):
    file = ProseFile(
        tmp_path, "reports/a.md", "reports/a/index.html", "report", "A", {"description": "d", "tags": ("x",)}
    )
    view = a_frame().project_prose(file, RenderedProse(file.uri, "ignored", "<p>x</p>"), (), ("reports/a.md:1: no",))
    assert (view.title, view.description, view.meta["tags"]) == ("A", "d", ("x",))
    assert view.problems == ("reports/a.md:1: no",)
    assert view.content == "<p>x</p>"


def test_the_404_page_starts_from_the_address_of_the_site():
    frame = a_frame()
    assert frame.not_found("https://example.org/lab/").assets["reportgen.js"] == "/lab/assets/reportgen.1.js"
    assert frame.not_found("").assets["reportgen.js"] == "assets/reportgen.1.js"


def test_the_way_back_from_a_demo_leads_to_the_documentation():
    frame = a_frame(prefix="demo", docs_home="index.html")
    steps = frame.page(a_page("demo/runs/a/index.html")).crumbs
    assert [(step.text, step.uri) for step in steps] == [
        ("Study", "index.html"),
        ("Demo", "demo/index.html"),
        ("Runs", "demo/runs/index.html"),
    ]


def test_documentation_stands_beside_the_projects_places():
    frame = a_frame()
    guide = SimpleNamespace(
        title="Guide", children=None, is_page=True, is_link=False, file=SimpleNamespace(dest_uri="guide/index.html")
    )
    frame.surround([guide])
    assert [item.text for item in frame.page(a_page("index.html")).nav] == [
        "Workspace",
        "Runs",
        "Compare",
        "Reports",
        "Guide",
    ]


def test_headings_become_one_list():
    inner = SimpleNamespace(id="b", title="B", level=3, children=[])
    outer = SimpleNamespace(id="a", title="A", level=2, children=[inner])
    assert [(item.id, item.level) for item in toc_items([outer])] == [("a", 2), ("b", 3)]
