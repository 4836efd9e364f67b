import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model import Project, Run, Workspace
from reportgen.site.links import file_slug, relative, slug, slugs, workspace_links

SAFE = re.compile(r"[A-Za-z0-9._-]+")


def a_run(run_id, project, tmp_path):
    return Run(run_id, project, tmp_path, run_id, "finished", 0, 0.0, 1.0)


def a_workspace(tmp_path, **projects):
    made = tuple(Project(name, tuple(a_run(one, name, tmp_path) for one in runs)) for name, runs in projects.items())
    return Workspace(tmp_path, made)


def test_a_safe_name_is_its_own_slug():
    assert slug("adam-1e-3_s0.5") == "adam-1e-3_s0.5"


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../../etc", "a/b", "a b", "<b>", "data", "Runs", "CON", "nul.txt", "é", ".env", "-x"]
)
def test_any_other_name_gets_a_hash(name):
    assert slug(name) != name
    assert SAFE.fullmatch(slug(name))
    assert re.search(r"[0-9a-f]{6}$", slug(name))


@given(st.lists(st.text(max_size=30), unique=True, max_size=20))
def test_slugs_are_safe_and_apart_on_any_disk(names):
    found = slugs(names)
    assert list(found) == names
    assert all(SAFE.fullmatch(one) and not one.startswith((".", "-")) for one in found.values())
    assert len({one.casefold() for one in found.values()}) == len(names)


def test_names_that_differ_in_case_alone_have_folders_of_their_own():
    assert slugs(["Loss", "loss"])["loss"].casefold() != "loss"


def test_a_long_name_becomes_short():
    assert len(slug("x" * 500)) < 100
    assert slug("x" * 500) != slug("x" * 501)


@pytest.mark.parametrize(
    ("uri", "page", "url"),
    [
        ("index.html", "index.html", "index.html"),
        ("index.html", "runs/a/index.html", "../../index.html"),
        ("runs/a/index.html", "runs/index.html", "a/index.html"),
        ("runs/a/index.html#charts", "index.html", "runs/a/index.html#charts"),
        ("files/a b.png", "index.html", "files/a%20b.png"),
        ("#top", "runs/index.html", "#top"),
        ("compare/index.html#runs=a,b%2Cc", "runs/a/index.html", "../../compare/index.html#runs=a,b%252Cc"),
    ],
)
def test_a_url_is_relative_to_its_page(uri, page, url):
    assert relative(uri, page) == url


def test_one_project_lives_at_the_root(tmp_path):
    links = workspace_links(a_workspace(tmp_path, digits=["a1"]))
    assert links.home() == links.project_home("digits") == "index.html"
    assert links.workspace("digits") == "workspace/index.html"
    assert links.compare("digits") == "compare/index.html"
    assert links.run(a_run("a1", "digits", tmp_path)) == "runs/a1/index.html"


def test_several_projects_have_folders(tmp_path):
    links = workspace_links(a_workspace(tmp_path, digits=["a"], data=["a"]))
    assert links.home() == "index.html"
    assert links.runs_table("digits") == "digits/runs/index.html"
    assert links.project_home("data").startswith("data-")
    assert links.run_key(a_run("a", "digits", tmp_path), "charts") == "digits/r/a/charts"


def test_a_prefix_moves_pages_and_the_browser_does_not_see_it(tmp_path):
    links = workspace_links(a_workspace(tmp_path, digits=["a"]), "/demo/")
    uri = links.workspace("digits")
    assert uri == "demo/workspace/index.html"
    assert links.from_data_root(uri) == "workspace/index.html"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("model.pt", "model.pt"),
        ("media/a.png", "media/a.png"),
        ("page.html", "page.html.txt"),
        ("a.svg", "a.svg.txt"),
        ("a.SVG", "a.SVG.txt"),
        ("a.svg.txt", "a.svg.txt.txt"),
        ("x.js", "x.js.txt"),
        ("x.unheard-of", "x.unheard-of.txt"),
        ("notes.txt", "notes.txt"),
        ("LICENSE", "LICENSE.file.txt"),
    ],
)
def test_what_a_browser_might_run_is_published_as_text(path, place):
    assert file_slug(path) == place


@given(st.lists(st.text("ab./ <>\\é-", min_size=1, max_size=12), unique=True, max_size=12))
def test_a_file_never_leaves_its_folder_and_never_takes_anothers_place(paths):
    normal = {"/".join(part for part in path.split("/") if part not in ("", ".", "..")): path for path in paths}
    normal.pop("", None)
    places = {path: file_slug(path) for path in normal}
    for place in places.values():
        assert all(SAFE.fullmatch(part) and part not in (".", "..") for part in place.split("/"))
    assert len(set(places.values())) == len(places)


def test_reports_keep_their_folders(tmp_path):
    links = workspace_links(a_workspace(tmp_path, digits=["a"]))
    assert links.prose("index.md") == "index.html"
    assert links.prose("reports/sweep.md") == "reports/sweep/index.html"
    assert links.prose("reports/2026/may.md") == "reports/2026/may/index.html"
    assert links.prose("reports/2026/index.md") == "reports/2026/index.html"
    assert re.fullmatch(r"reports/what-now-[0-9a-f]{6}/index\.html", links.prose("reports/what now?.md"))
