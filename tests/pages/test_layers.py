"""Laying out graphs in layers."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.pages.layers import layered


def test_a_chain_goes_to_the_right():
    drawn = layered("abc", [("a", "b"), ("b", "c")])
    assert drawn.places == {"a": (0, 0), "b": (1, 0), "c": (2, 0)}
    assert drawn.routes["a", "b"] == ((0, 0), (1, 0))


def test_an_edge_over_several_layers_has_a_place_in_each():
    drawn = layered("abc", [("a", "b"), ("b", "c"), ("a", "c")])
    assert drawn.sizes == (1, 2, 1)
    first, between, last = drawn.routes["a", "c"]
    assert (first, last) == (drawn.places["a"], drawn.places["c"])
    assert between not in drawn.places.values()


def test_what_nothing_leads_to_stands_beside_what_it_leads_to():
    drawn = layered("abcx", [("a", "b"), ("b", "c"), ("x", "c")])
    assert drawn.places["x"][0] == 1


def test_a_circle_is_drawn_with_one_edge_back():
    drawn = layered("abc", [("a", "b"), ("b", "c"), ("c", "a")])
    assert [drawn.places[name][0] for name in "abc"] == [0, 1, 2]
    assert drawn.routes["c", "a"] == (drawn.places["c"], drawn.places["a"])


def test_edges_that_need_not_cross_do_not():
    edges = [("a", "z"), ("b", "y"), ("c", "x"), ("x", "1"), ("y", "2"), ("z", "3")]
    drawn = layered("abcxyz123", edges)
    for one in edges:
        for other in edges:
            (a, p), (_, q) = drawn.routes[one]
            (b, r), (_, s) = drawn.routes[other]
            assert a != b or (p - r) * (q - s) >= 0


NAMES = [f"n{number}" for number in range(12)]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda edge: edge[0] != edge[1])))
def test_every_graph_has_every_node_in_a_place_of_its_own(edges):
    drawn = layered(NAMES, edges)
    assert len(set(drawn.places.values())) == len(NAMES)
    assert set(drawn.routes) == set(edges)
    backward = [edge for edge in edges if drawn.places[edge[0]][0] >= drawn.places[edge[1]][0]]
    for edge in set(edges) - set(backward):
        assert [layer for layer, _ in drawn.routes[edge]] == list(
            range(drawn.places[edge[0]][0], drawn.places[edge[1]][0] + 1)
        )
    for layer, place in drawn.places.values():
        assert place < drawn.sizes[layer]
