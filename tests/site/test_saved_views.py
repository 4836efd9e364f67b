"""Views of the workspace: what is read from their files, and what is said of a file that is wrong."""

import json
from pathlib import Path

import pytest

from reportgen.site.project_data import write_project_data
from reportgen.site.saved_views import LONGEST, SavedView, with_views
from reportgen.site.view_panels import KINDS
from tests.builders import load, run
from tests.e2e.site_check import payload
from tests.site.places import data_place

VECTORS = Path(__file__).parents[1] / "vectors"
VECTOR = json.loads((VECTORS / "view.json").read_text(encoding="utf-8"))


def read(folder, *projects, **files):
    """The views of the first project, and everything that is wrong, as text."""
    (folder / "views").mkdir()
    for name, text in files.items():
        (folder / "views" / f"{name}.yml").write_text(text, encoding="utf-8")
    for project in projects or ("digits",):
        for run_id in VECTOR["ids"]:
            run(run_id, project=project).metric("loss", [1]).write(folder)
    workspace, views = with_views(folder, load(folder))
    return views[workspace.projects[0].name], [str(problem) for problem in workspace.all_problems()]


def test_what_the_browser_writes_is_read(tmp_path):
    (view,), problems = read(tmp_path, slow=VECTOR["text"])
    assert problems == []
    assert view == SavedView("slow", VECTOR["title"], VECTOR["description"], VECTOR["default"], VECTOR["state"])


def test_the_kinds_of_panels_are_those_of_the_browser():
    kinds = json.loads((VECTORS / "panel_kinds.json").read_text(encoding="utf-8"))
    assert {kind: dict(fields) for kind, fields in KINDS.items()} == kinds


def test_a_panel_that_does_not_fit_is_said_with_its_line_and_the_others_are_kept(tmp_path):
    text = (
        "panels:\n  - kind: line\n    metrics: val/acc\n    widht: 2\n    height: 9\n  - kind: lime\n  - nothing\n"
        "  - panel: [a]\n  - panel: val/loss\n    width: 3\n    after: ''\n"
    )
    (view,), problems = read(tmp_path, a=text)
    assert view.state["panels"] == [
        {"kind": "line", "metrics": ["val/acc"]},
        {"panel": "val/loss", "width": 3, "after": ""},
    ]
    assert problems == [
        "views/a.yml:4: unknown key 'widht' of a panel; did you mean 'width'?",
        "views/a.yml:5: 'height' of a panel does not fit",
        "views/a.yml:6: unknown kind 'lime'; did you mean 'line'?",
        "views/a.yml:7: a panel has a 'kind', such as 'kind: line', or is one of the workspace: 'panel: val/loss'",
        "views/a.yml:8: a panel has a 'kind', such as 'kind: line', or is one of the workspace: 'panel: val/loss'",
    ]


def test_a_list_that_a_few_lines_stand_for_is_not_written_out(tmp_path):
    names = ", ".join(f"m{number}" for number in range(5000))
    text = f"panels:\n  - kind: line\n    metrics: &many [{names}]\n" + "  - kind: line\n    metrics: *many\n" * 500
    (view,), problems = read(tmp_path, a=text)
    assert view.state["panels"] == [{"kind": "line"}] * 300
    assert "views/a.yml:2: 'panels' has 501 entries; the first 300 count" in problems


def test_without_a_folder_there_are_no_views(tmp_path):
    run("a").write(tmp_path)
    workspace = load(tmp_path)
    changed, views = with_views(tmp_path, workspace)
    assert views == {"digits": ()}
    assert changed.all_problems() == workspace.all_problems()


def test_a_misspelt_key_is_named_with_its_line_and_the_rest_is_kept(tmp_path):
    (view,), problems = read(tmp_path, a="title: A\nx: wall\nsmoth: 0.5\nfoo: 1\n")
    assert view == SavedView("a", "A", state={"x": "wall"})
    assert problems[0] == "views/a.yml:3: unknown key 'smoth'; did you mean 'smooth'?"
    assert problems[1].startswith("views/a.yml:4: unknown key 'foo'; there is: title, ")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("smooth: 2", "'smooth' must be a number from 0 to 0.99, not '2'"),
        ("smooth: .nan", "'smooth' must be a number from 0 to 0.99, not '.nan'"),
        ("smooth: 1:30", "'smooth' must be a number from 0 to 0.99, not '1:30'"),
        ("logY: maybe", "'logY' must be true or false, not 'maybe'"),
        ("panels: val", "'panels' must be a list of panels, not 'val'"),
        ("x: sideways", "'x' must be step, relative, wall or metric:<name>, not 'sideways'"),
        ("center: middle", "'center' must be mean or median, not 'middle'"),
        ("band: sd", "'band' must be one of std, sem, minmax, ci95, none, not 'sd'"),
        ("groupBy: [a, [b]]", "'groupBy' must be a column or a list of them, not a list"),
        ("x: 'metric:'", "'x' must be step, relative, wall or metric:<name>, not 'metric:'"),
        ("smoothBy: box", "'smoothBy' must be one of ema, gaussian, mean, not 'box'"),
        ("ignoreOutliers: 1", "'ignoreOutliers' must be true or false, not '1'"),
        ("zoom: [5, 1]", "'zoom' must be two numbers, the lesser first, such as [10, 50], not a list"),
        ("zooms: [1, 5]", "'zooms' must be two such numbers for each metric that is an x axis"),
        ("zooms: {epoch: [1, 5], b: [5, 1]}", "'zooms' must be two such numbers"),
        ("zooms: {[a]: [1, 5]}", "'zooms' must be two such numbers"),
        ("metrics: [a]", "'metrics' must be text, not a list"),
        ("folded: {a: b}", "'folded' must be a list of sections, not a mapping"),
        ("runs: some", "'runs' must be all, none, or ids of runs under `only:` or `but:`, not 'some'"),
        ("runs: {only: [r0], but: [r3]}", "'runs' must be all, none, or ids of runs"),
        ("runs: {gone: [r0]}", "'runs' must be all, none, or ids of runs"),
        ("runs: {only: [[r0]]}", "'runs' must be all, none, or ids of runs"),
        ("runs: {only: [gone, r0]}", "no run of digits has the id 'gone'"),
        ("title: B", "'title' stands in line 1 already"),
        ("[a, b]: c", "unknown key a list; there is: title"),
        ("project: digit", "there is no project 'digit'; did you mean 'digits'?"),
    ],
)
def test_a_value_that_does_not_fit_is_said_with_its_line(tmp_path, line, said):
    _, problems = read(tmp_path, a=f"title: A\n{line}\n")
    (problem,) = problems
    assert problem.startswith(f"views/a.yml:2: {said}")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("title: A\nx: [\n", "views/a.yml:3: This is no view: not valid YAML: "),
        ("title: A\nx: a: b\n", "views/a.yml:2: This is no view: not valid YAML: "),
        ("- a\n", "views/a.yml:1: This is no view: it must have lines"),
        ("", "views/a.yml:1: This is no view: it must have lines"),
        ("a: b\n---\nc: d\n", "views/a.yml:2: This is no view: not valid YAML: "),
        ("title: \x07\n", "views/a.yml:1: This is no view: not valid YAML: "),
        ("x: " + "[" * 5000, "views/a.yml:1: This is no view: not valid YAML: "),
        ("x: *nobody\n", "views/a.yml:1: This is no view: not valid YAML: "),
        ("#" * (LONGEST + 1), "views/a.yml: This is no view: it has more than"),
    ],
)
def test_a_file_that_is_no_view_is_left_out(tmp_path, text, where):
    views, problems = read(tmp_path, a=text, b="title: B\n")
    assert [view.title for view in views] == ["B"]
    (problem,) = problems
    assert problem.startswith(where)


def test_a_few_lines_that_stand_for_millions_cost_nothing(tmp_path):
    bomb = "title: &a [x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
        for before, name in zip("abcdefghij", "bcdefghijk", strict=True)
    )
    _, problems = read(tmp_path, a=bomb + "metrics: *k\nruns: {only: *k}\n")
    assert all(len(problem) < 300 for problem in problems)


def test_text_stays_as_it_is_written(tmp_path):
    (view,), problems = read(tmp_path, a="title: 2026-01-31\nmetrics: on\nfilter:\nsort: ''\nruns:\n  only: [007]\n")
    assert problems == []
    assert view == SavedView("a", "2026-01-31", state={"metrics": "on", "sort": "", "runs": {"only": ["007"]}})


def test_a_view_without_a_title_has_the_name_of_its_file(tmp_path):
    assert read(tmp_path, smooth="smooth: 0.5\n")[0][0].title == "smooth"


def test_only_one_view_is_the_default(tmp_path):
    views, problems = read(tmp_path, a="title: A\ndefault: yes\n", b="title: B\ndefault: true\n")
    assert [view.default for view in views] == [True, False]
    assert problems == ["views/b.yml:2: the view 'a' is the default already"]


def test_of_several_projects_a_view_names_its_own(tmp_path):
    views, problems = read(
        tmp_path,
        "digits",
        "speech",
        a="title: A\nproject: digits\ndefault: true\n",
        b="title: B\nproject: speech\ndefault: true\n",
        c="title: C\n",
        d="title: [\n",
    )
    assert [view.name for view in views] == ["a"]
    assert problems[0] == "views/c.yml: a view says which project it is about, such as 'project: digits'"
    assert problems[1].startswith("views/d.yml:2: ")
    assert len(problems) == 2


def test_files_that_cannot_be_read_and_those_that_are_no_views(tmp_path):
    folder = tmp_path / "views"
    folder.mkdir()
    (folder / "latin.yaml").write_bytes(b"x: wall\ntitle: caf\xe9\n")
    (folder / "a.yaml").write_text("title: A\n")
    (folder / "a.yml").write_text("title: B\n")
    (folder / "folder.yml").mkdir()
    (folder / ".hidden.yml").write_text("nonsense")
    (folder / "README.md").write_text("nonsense")
    (folder / "nowhere.yml").symlink_to(folder / "gone")
    run("a").metric("loss", [1]).write(tmp_path)
    workspace, views = with_views(tmp_path, load(tmp_path))
    assert [view.title for view in views["digits"]] == ["A"]
    assert [str(problem) for problem in workspace.all_problems()] == [
        "views/a.yml: This is no view: another file has the name 'a'.",
        "views/latin.yaml:2: This is no view: not UTF-8 text.",
    ]


def test_views_are_in_the_index_of_their_project_and_cannot_leave_their_script(tmp_path):
    evil = "</script><script>alert(1)//\u2028"
    (view,), _ = read(tmp_path, a=f'title: "{evil}"\nsmooth: 0.5\n'.replace("\u2028", "\\u2028"))
    workspace = load(tmp_path)
    index = write_project_data(workspace.projects[0], data_place(tmp_path, workspace), views=(view,))
    assert payload(tmp_path / "site", index.key)["views"] == [
        {"name": "a", "title": evil, "description": "", "default": False, "state": {"smooth": 0.5}}
    ]
    script = (tmp_path / "site" / index.url).read_text(encoding="utf-8")
    assert "</script" not in script
    assert "\u2028" not in script
