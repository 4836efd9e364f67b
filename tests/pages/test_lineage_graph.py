"""The drawing of the ways of artifacts."""

from itertools import pairwise

from reportgen.document import LineageGraph
from reportgen.pages import lineage_graph
from tests.builders import run
from tests.pages.test_run import blocks, page_of

HOSTILE = "</text><script>alert(1)</script>"


def drawn(context, run_id):
    found = blocks(page_of(context, run_id), LineageGraph)
    return found[0] if found else None


def edges(graph):
    return {(edge.source.title, edge.target.title) for edge in graph.edges}


def chain():
    return (
        run("prepare").artifact("raw", action="use").artifact("data", artifact_type="dataset"),
        run("train").at(1).artifact("data", action="use").artifact("net"),
        run("eval").at(2).artifact("net", action="use").artifact("report"),
        run("sibling").at(3).artifact("data", action="use").artifact("other"),
    )


def test_a_run_stands_between_what_it_was_made_from_and_what_was_made_from_it(context_of):
    graph = drawn(context_of(*chain()), "train")
    assert edges(graph) == {
        ("raw:v0", "prepare"),
        ("prepare", "data:v0"),
        ("data:v0", "train"),
        ("train", "net:v0"),
        ("net:v0", "eval"),
        ("eval", "report:v0"),
    }
    assert all(edge.source.x < edge.target.x for edge in graph.edges)
    assert [node.title for node in graph.nodes if node.is_here] == ["train"]
    assert graph.note == ""
    places = {node.title: (node.uri, node.detail) for node in graph.nodes}
    assert places["prepare"] == ("runs/prepare/index.html#artifacts", "crashed")
    assert places["data:v0"] == ("runs/prepare/index.html#artifacts", "dataset")
    assert places["raw:v0"][0] == places["train"][0] == places["net:v0"][0] == ""


def test_nodes_do_not_lie_over_each_other_and_are_inside(context_of):
    used = [run(f"u{number}").at(number + 1).artifact("net", action="use") for number in range(9)]
    graph = drawn(context_of(run("maker").artifact("net").artifact("more"), *used), "maker")
    for one, other in pairwise(graph.nodes):
        assert one.x + graph.node_width <= other.x or one.y + graph.node_height <= other.y
    for node in graph.nodes:
        assert 0 <= node.x <= graph.width - graph.node_width
        assert 0 <= node.y <= graph.height - graph.node_height


def test_a_large_lineage_is_cut_and_says_so(context_of, monkeypatch):
    used = [run(f"u{number}").at(number + 1).artifact("net", action="use") for number in range(30)]
    context = context_of(run("maker").artifact("net"), *used)
    monkeypatch.setattr(lineage_graph, "MOST_NODES", 10)
    graph = drawn(context, "maker")
    assert len(graph.nodes) == 10
    assert graph.note == "The nearest 10 of 32 runs and versions are drawn."
    monkeypatch.setattr(lineage_graph, "MOST_COUNTED", 20)
    assert drawn(context, "maker").note == "The nearest 10 of more than 19 runs and versions are drawn."


def test_a_run_that_uses_what_it_logged_goes_in_a_circle(context_of):
    graph = drawn(context_of(run("a").artifact("net").artifact("net", action="use")), "a")
    assert edges(graph) == {("a", "net:v0"), ("net:v0", "a")}


def test_a_run_without_artifacts_has_no_drawing(context_of):
    assert drawn(context_of(run("a").metric("loss", [1])), "a") is None


def test_names_of_any_kind_are_text(context_of):
    graph = drawn(context_of(run("a").name(HOSTILE).artifact(HOSTILE, artifact_type=HOSTILE)), "a")
    assert {node.title for node in graph.nodes} == {HOSTILE, f"{HOSTILE}:v0"}
