import json

import pytest

from reportgen import Graph
from tests.logger.logs import logged, told


def content_of(run, value):
    found, path = logged(run, value)
    return found, json.loads(path.read_text())


def test_a_graph_is_a_table_of_its_nodes(begin):
    graph = Graph()
    first = graph.add_node(id="in", name="input", output_shape=(None, 64))
    graph.add_node(id="out", class_name="Linear", num_parameters=650)
    graph.add_edge(first, "out")
    value, content = content_of(begin(), graph)
    assert content == {
        "columns": ["id", "name", "class_name", "output_shape", "num_parameters", "inputs"],
        "data": [["in", "input", None, [None, 64], None, []], ["out", None, "Linear", None, 650, ["in"]]],
    }
    assert (value["_type"], value["graph"], value["nrows"], value["ncols"]) == ("table-file", "keras", 2, 6)
    assert graph["in"] is first


def test_nodes_and_edges_at_once(begin):
    graph = Graph("torch", nodes=[{"id": 1, "name": "a"}, 2], edges=[(1, 2), (3, 2)])
    value, content = content_of(begin(), graph)
    assert content["columns"] == ["id", "name", "inputs"]
    assert content["data"] == [[1, "a", []], [2, None, [1, 3]], [3, None, []]]
    assert value["graph"] == "torch"


def test_ids_and_attributes_of_any_kind(begin):
    graph = Graph()
    graph.add_node({"id": ["a"], "self": 1, "inputs": "x"})
    graph.add_edge(["a"], ("b", 2))
    assert graph[["a"]].attributes["self"] == 1
    columns, rows = content_of(begin(), graph)[1].values()
    assert (columns, rows) == (["id", "self", "inputs"], [["['a']", 1, []], [["b", 2], None, ["['a']"]]])


def test_a_wrong_edge_is_told_and_the_rest_kept(begin, capsys):
    _, content = content_of(begin(), Graph(edges=[(1, 2), (3,)]))
    assert [row[0] for row in content["data"]] == [1, 2]
    assert "something about a medium is wrong" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [{}, {"nodes": 5}])
def test_a_graph_without_nodes_is_none(begin, capsys, wrong):
    told(begin, capsys, Graph(**wrong))
