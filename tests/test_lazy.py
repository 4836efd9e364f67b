"""Mappings and sequences whose content is loaded when it is asked for."""

import pickle

from reportgen.lazy import LazyMapping, LazySequence, LoadedMapping

loaded = []


def load(key):
    loaded.append(key)
    return key * 2


def items():
    loaded.append("items")
    return [3, 1, 2]


def whole():
    loaded.append("whole")
    return {"b": 1, "a": 2}


def setup_function():
    loaded.clear()


def test_a_mapping_knows_its_keys_without_loading_anything():
    found = LazyMapping(("b", "a"), load)
    assert (list(found), len(found), "a" in found, "c" in found, [*found.keys()]) == (
        ["b", "a"],
        2,
        True,
        False,
        ["b", "a"],
    )
    assert (found.get("c"), bool(found), {*found}) == (None, True, {"a", "b"})
    assert not loaded
    assert found["a"] == "aa"
    assert loaded == ["a"]
    assert found == {"a": "aa", "b": "bb"}


def test_a_sequence_knows_its_length_without_loading_anything():
    found = LazySequence(3, items)
    assert (len(found), bool(found), bool(LazySequence(0, items))) == (3, True, False)
    assert list(LazySequence(0, items)) == []
    assert not loaded
    assert (list(found), found[0], found[-2:], 2 in found) == ([3, 1, 2], 3, [1, 2], True)
    assert found == (3, 1, 2)
    assert found != (3, 1)
    assert found != "312"


def test_a_mapping_that_is_loaded_whole_is_loaded_once_for_all_its_items():
    found = LoadedMapping(whole)
    assert dict(found.items()) == {"b": 1, "a": 2}
    assert loaded == ["whole"]
    assert (found["a"], len(found), list(found), found == {"a": 2, "b": 1}) == (2, 2, ["b", "a"], True)


def test_they_go_through_a_pipe():
    for found in (LazyMapping(("a",), load), LazySequence(3, items), LoadedMapping(whole)):
        assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 (our own)
