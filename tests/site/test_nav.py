from types import SimpleNamespace

from reportgen.model import Project, Workspace
from reportgen.site import nav
from reportgen.site.links import workspace_links
from reportgen.site.nav import NavItem


def links(*names, prefix=""):
    return workspace_links(Workspace(None, tuple(Project(name, ()) for name in names)), prefix)


def texts(items):
    return [item.text for item in items]


def active(items):
    return [item.text for item in items if item.active]


def test_the_places_of_one_project():
    places = nav.site_nav(links("digits"), reports=True)
    assert texts(places) == ["Workspace", "Runs", "Compare", "Reports"]
    assert texts(nav.site_nav(links("digits"), reports=False)) == ["Workspace", "Runs", "Compare"]


def test_a_site_of_several_projects_leads_to_each():
    assert texts(nav.site_nav(links("b", "a"), reports=True)) == ["a", "b", "Reports"]


def test_a_workspace_without_projects_has_places_too():
    assert texts(nav.site_nav(links(), reports=False)) == []


def test_a_run_belongs_to_the_runs():
    places = nav.site_nav(links("digits"), reports=True)
    assert active(nav.activated(places, "runs/a/index.html")) == ["Runs"]
    assert active(nav.activated(places, "reports/x/index.html")) == ["Reports"]
    assert active(nav.activated(places, "index.html")) == []


def test_crumbs_lead_back():
    two = links("digits", "words")
    steps = nav.crumbs(two, "Study", "words", "words/runs/a/index.html")
    assert [step.text for step in steps] == ["Study", "words", "Runs"]
    assert [step.text for step in nav.crumbs(links("digits"), "digits", "digits", "workspace/index.html")] == ["digits"]


def test_documentation_keeps_its_nav_and_gets_the_project():
    def page(title, uri):
        return SimpleNamespace(
            title=title, children=None, is_page=True, is_link=False, file=SimpleNamespace(dest_uri=uri)
        )

    tree = [
        page("Home", "index.html"),
        SimpleNamespace(title="Guide", children=[page("Start", "start/index.html")], is_page=False, is_link=False),
        SimpleNamespace(title="Code", children=None, is_page=False, is_link=True, url="https://example.org"),
    ]
    docs = nav.docs_nav(tree, "")
    assert docs[2] == NavItem("Code", href="https://example.org")
    inside = SimpleNamespace(title="API", children=None, is_page=False, is_link=True, url="api/index.html")
    assert nav.docs_nav([inside], "") == (NavItem("API", uri="api/index.html"),)
    places = nav.site_nav(links("digits", prefix="demo"), reports=False)
    whole = nav.with_project(docs, "Demo", "demo/index.html", places)
    assert texts(whole) == ["Home", "Guide", "Code", "Demo"]
    assert texts(whole[3].children) == ["Overview", "Workspace", "Runs", "Compare"]
    marked = nav.activated(whole, "demo/runs/a/index.html")
    assert active(marked) == ["Demo"]
    assert active(marked[3].children) == ["Runs"]
    named = nav.with_project((NavItem("Try it", "demo/index.html"),), "Demo", "demo/index.html", places)
    assert texts(named) == ["Try it"]
    assert named[0].children
