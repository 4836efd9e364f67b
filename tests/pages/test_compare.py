"""The page that compares runs, and what is compared of each."""

from dataclasses import replace

from reportgen.document import Comparison, Notice
from reportgen.model import Project
from reportgen.pages import compare_page, compared_run
from reportgen.pages.compare import compare_uri
from reportgen.pages.compared_run import packages_of
from tests.builders import run


def test_the_page_leads_to_what_is_compared_of_each_run(context_of):
    context = context_of(run("a").finished(), run("b").finished())
    page = compare_page(context.workspace.projects[0], ["data/x.js", ""], context)
    assert (page.uri, page.template, page.title) == ("compare/index.html", "compare.html", "Compare")
    (block,) = page.sections[0].blocks
    assert isinstance(block, Comparison)
    assert (block.data.key, block.data.payload) == ("digits/compare", {"urls": ["data/x.js", ""]})
    assert block.instead.uri == "runs/index.html"


def test_a_project_without_runs_is_told_how_to_log_one(context_of):
    context = context_of(run("a"))
    links = replace(context.links, projects={"empty": "empty"})
    page = compare_page(Project("empty", ()), [], replace(context, links=links))
    assert isinstance(page.sections[0].blocks[0], Notice)


def test_an_address_names_runs_whatever_their_ids(context_of):
    context = context_of(run("a,b").finished(), run("50%").finished())
    runs = context.workspace.projects[0].runs
    assert compare_uri(runs, context) in (
        "compare/index.html#runs=a%2Cb,50%25",
        "compare/index.html#runs=50%25,a%2Cb",
    )


def compared(context):
    return compared_run(context.workspace.projects[0].runs[0], context)


def test_what_is_known_of_machine_and_code_is_compared_and_what_the_table_has_is_not(context_of):
    git = {"commit": "a" * 40, "remote": "git@github.com:team/digits.git", "dirty": True, "left_out": ["big.bin"]}
    described = run("a").environment(host="n1", command=["train.py", "--lr", "0 1"], git=git, env={"SEED": "3"})
    found = compared(context_of(described.metric("loss", [1.0]).system("cpu", [5.0]).finished()))
    facts = {(heading, label): value for heading, label, value in found.values["facts"]}
    assert facts["Machine", "Host"] == "n1"
    assert facts["Run", "Command"] == "train.py --lr '0 1'"
    assert ("Run", "State") not in facts
    assert found.values["command"] == ["train.py", "--lr", "0 1"]
    assert found.values["code"] == {
        "commit": "a" * 40,
        "page": f"https://github.com/team/digits/commit/{'a' * 40}",
        "repository": "git@github.com:team/digits.git",
        "compare": "https://github.com/team/digits/compare/{old}...{new}",
        "dirty": True,
        "leftOut": ["big.bin"],
    }
    assert (found.values["metrics"], found.values["system"]) == (["loss"], ["cpu"])


def test_hostile_environments_are_compared_as_far_as_they_make_sense(context_of):
    described = run("a").environment(command={"a": 1}, git="none", host=["x"]).finished()
    found = compared(context_of(described))
    assert found.values["command"] == []
    assert found.values["code"]["commit"] == found.values["code"]["compare"] == ""
    assert found.values["code"]["dirty"] is None


def test_saved_code_is_compared(context_of):
    described = (
        run("a").file("files/diff.patch", b"diff --git a/x b/x\n").file("files/requirements.txt", b"numpy==2.0\n")
    )
    found = compared(context_of(described.finished()))
    assert (found.patch, found.packages, found.values["cut"]) == ("diff --git a/x b/x\n", {"numpy": "2.0"}, False)


def test_a_huge_patch_is_cut_and_said_to_be(context_of):
    found = compared(context_of(run("a").file("files/diff.patch", b"+" * 1_000_001).finished()))
    assert (len(found.patch), found.values["cut"]) == (1_000_000, True)


def test_packages_are_read_from_any_requirements():
    text = (
        "numpy==2.0\nown @ git+https://git.example.org/own@abc  # own==1.0\nlocal==0.1  # editable, file:///x\n"
        "# conda: mkl=2024.1=h123\n# a comment\n\nbare\nnumpy==9\n"
    )
    assert packages_of(text) == {
        "numpy": "2.0",
        "own": "git+https://git.example.org/own@abc (own==1.0)",
        "local": "0.1 (editable, file:///x)",
        "mkl (conda)": "2024.1=h123",
        "bare": "",
    }
