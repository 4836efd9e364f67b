import argparse
import copy
import json
import pickle
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.errors import ConfigError, UsageError
from reportgen.reading.records import replay
from reportgen.schema import NON_FINITE
from tests.logger.logs import lines, records


def logged(run):
    """The configuration as a reader merges it."""
    merged = {}

    def merge(target, source):
        for key, value in source.items():
            if isinstance(value, dict) and isinstance(target.get(key), dict):
                merge(target[key], value)
            else:
                target[key] = value

    for record in records(run.folder, "config"):
        merge(merged, record["config"])
    return merged


def test_values_are_reached_by_item_and_attribute_at_any_depth(begin):
    run = begin(config={"lr": 0.1, "optimizer": {"name": "adam", "betas": {"first": 0.9}}})
    assert run.config.lr == run.config["lr"] == 0.1
    assert run.config.optimizer.betas["first"] == 0.9
    assert run.config.get("missing", 7) == 7
    assert "lr" in run.config
    assert dict(run.config.optimizer.betas) == {"first": 0.9}
    with pytest.raises(AttributeError, match="missing"):
        _ = run.config.missing


def test_every_change_reaches_the_log(begin):
    run = begin(config={"lr": 0.1, "optimizer": {"name": "adam"}})
    run.config.lr = 0.2
    run.config["epochs"] = 3
    run.config.optimizer.decay = 0.01
    run.config["optimizer"]["schedule"] = {"warmup": 5}
    run.config.update({"seed": 1}, allow_val_change=True, extra="x")
    expected = {
        "lr": 0.2,
        "optimizer": {"name": "adam", "decay": 0.01, "schedule": {"warmup": 5}},
        "epochs": 3,
        "seed": 1,
        "extra": "x",
    }
    assert logged(run) == run.config.as_dict() == expected


def test_setdefaults_keeps_what_is_there(begin):
    run = begin(config={"lr": 0.1})
    run.config.setdefaults({"lr": 9, "seed": 1})
    assert logged(run) == {"lr": 0.1, "seed": 1}


def test_namespaces_and_dataclasses_are_configurations(begin):
    @dataclass
    class Model:
        layers: int

    @dataclass
    class Options:
        lr: float
        model: Model

    run = begin(config=argparse.Namespace(batch=32, model=argparse.Namespace(width=8)))
    run.config.update(Options(0.1, Model(3)))
    assert logged(run) == {"batch": 32, "lr": 0.1, "model": {"width": 8, "layers": 3}}


def test_the_dictionary_given_stays_the_callers(begin):
    given = {"optimizer": {"name": "adam"}}
    run = begin(config=given)
    run.config.optimizer.name = "sgd"
    assert given == {"optimizer": {"name": "adam"}}


def test_values_that_json_cannot_hold_are_logged_as_well_as_possible(begin):
    import numpy as np

    run = begin(config={"seeds": {1, 2}, "lr": np.float32(0.5), "shape": (1, 2), "bad": float("nan"), "cls": dict})
    assert logged(run) == {"seeds": [1, 2], "lr": 0.5, "shape": [1, 2], "bad": "NaN", "cls": "builtins.dict"}
    assert run.config.shape == (1, 2)


def test_a_configuration_that_is_none_is_refused_at_init(begin):
    with pytest.raises(UsageError, match="no configuration"):
        begin(config=3)


def test_a_nested_change_is_written_alone(begin):
    run = begin(config={"optimizer": {"name": "adam", "betas": {"first": 0.9}}})
    run.config.optimizer.betas.second = 0.99
    assert records(run.folder, "config")[-1] == {"config": {"optimizer": {"betas": {"second": 0.99}}}}


def test_an_update_is_one_record(begin):
    run = begin()
    run.config.update({"a": 1, "b": {"c": 2}}, d=3)
    run.config.update({})
    assert records(run.folder, "config") == [{"config": {"a": 1, "b": {"c": 2}, "d": 3}}]


def test_a_changed_value_is_taken_and_told_once_by_name(begin, capsys):
    run = begin(config={"lr": 0.1, "optimizer": {"name": "adam"}, "layers": [1, 2]})
    run.config.lr = 0.2
    run.config.lr = 0.3
    run.config.optimizer.name = "s3cret"
    told = capsys.readouterr().err
    assert told.count("lr had another value") == told.count("optimizer.name had another value") == 1
    assert "s3cret" not in told
    assert logged(run) == {"lr": 0.3, "optimizer": {"name": "s3cret"}, "layers": [1, 2]}


def test_the_same_value_new_keys_and_what_is_allowed_are_no_news(begin, capsys):
    import numpy as np

    run = begin(config={"lr": 0.1, "layers": (1, 2), "array": np.arange(3), "nan": float("nan")})
    run.config.update({"lr": 0.1, "layers": [1, 2], "array": np.arange(3), "new": 1, "nan": run.config.nan})
    run.config.update({"lr": 9}, True)
    run.config.setdefaults({"lr": 7})
    begin(config={"lr": 0.1}, allow_val_change=True).config.lr = 0.2
    assert capsys.readouterr().err == ""


def test_strict_refuses_a_change_and_keeps_the_value(begin):
    run = begin(config={"lr": 0.1, "a": 1}, strict=True)
    with pytest.raises(ConfigError, match="lr had another value"):
        run.config.update({"a": 1, "lr": 0.2, "b": 3})
    assert run.config.as_dict() == {"lr": 0.1, "a": 1}
    run.config.update({"lr": 0.2}, allow_val_change=True)
    assert run.config.lr == 0.2
    assert issubclass(ConfigError, UsageError)


def test_persist_writes_what_was_changed_in_place(begin):
    run = begin(config={"layers": [1]})
    run.config.layers.append(2)
    run.config.persist()
    assert logged(run) == {"layers": [1, 2]}


def test_config_static_can_only_be_read(begin):
    run = begin(config={"lr": 0.1, "optimizer": {"name": "adam"}})
    static = run.config_static
    assert (static.lr, static["optimizer"].name, list(static.keys())) == (0.1, "adam", ["lr", "optimizer"])
    for change in (lambda: setattr(static, "lr", 1), lambda: static.__setitem__("lr", 1)):
        with pytest.raises(AttributeError, match="cannot be changed"):
            change()
    run.config.update({"lr": 9}, allow_val_change=True)
    assert static.as_dict() == {"lr": 0.1, "optimizer": {"name": "adam"}}


def test_a_setting_cannot_be_deleted(begin):
    run = begin(config={"lr": 0.1})
    with pytest.raises(TypeError, match="stays on record"):
        del run.config["lr"]
    assert run.config.lr == 0.1


names = st.text(st.characters(codec="utf-8", exclude_characters="."), min_size=1, max_size=3)
texts = st.text(st.characters(codec="utf-8"), max_size=3).filter(
    lambda text: text not in NON_FINITE
)  # those are numbers
leaves = st.none() | st.booleans() | st.integers(-9, 9) | texts
trees = st.dictionaries(
    names, st.recursive(leaves, lambda inner: st.dictionaries(names, inner, max_size=3)), max_size=3
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(trees, st.lists(trees, max_size=4))
def test_the_log_merges_to_what_the_script_sees(begin, first, updates):
    run = begin(config=first, allow_val_change=True)
    for update in updates:
        run.config.update(update)
    run.finish()
    assert replay(lines(f"{run.folder}/run.jsonl")).config == run.config.as_dict()


def sent(value):
    """What another process gets."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301 # our own


def test_what_is_nested_is_a_dictionary_that_anything_takes(begin):
    values = {"lr": 0.1, "optimizer": {"name": "adam", "betas": [0.9, 0.99], "labels": {0: "no", 1: "yes"}}}
    run = begin(config=values, strict=True)
    plain = {"name": "adam", "betas": [0.9, 0.99], "labels": {"0": "no", "1": "yes"}}
    assert json.loads(json.dumps(dict(run.config))) == {"lr": 0.1, "optimizer": plain}
    assert isinstance(run.config["optimizer"], dict)
    assert dict(**run.config.optimizer) == plain
    assert run.config.optimizer["labels"][1] == run.config.optimizer.labels["1"] == "yes"
    for copied in (sent(run.config.optimizer), copy.deepcopy(run.config["optimizer"])):
        assert (type(copied), type(copied["labels"]), copied) == (dict, dict, plain)
    with pytest.raises(KeyError):
        _ = run.config.optimizer["labels"][2]
    with pytest.raises(AttributeError, match="momentum"):
        _ = run.config.optimizer.momentum


def test_what_is_nested_changes_the_configuration_in_every_way_of_a_dictionary(begin):
    run = begin(config={"a": {"b": {"c": 1}}})
    part = run.config.a
    part.b["d"] = 2
    part["e"] = 3
    part |= {"f": 4}
    part.update({"b": {"g": 5}}, h=6)
    assert (part.setdefault("i", 7), part.setdefault("e", 8)) == (7, 3)
    part.b.setdefaults({"c": 9, "j": 10})
    part.k = {"l": 11}
    part.k.m = 12
    expected = {"b": {"c": 1, "d": 2, "g": 5, "j": 10}, "e": 3, "f": 4, "h": 6, "i": 7, "k": {"l": 11, "m": 12}}
    assert run.config.as_dict()["a"] == run.config.a == logged(run)["a"] == expected


def test_what_is_taken_out_of_a_nested_part_stays_on_record(begin):
    run = begin(config={"optimizer": {"name": "adam", "lr": 0.1}})
    options = run.config["optimizer"]
    assert options.pop("name") == "adam"
    assert options == {"lr": 0.1}
    assert run.config.as_dict() == logged(run) == {"optimizer": {"name": "adam", "lr": 0.1}}


def test_a_nested_change_is_told_by_its_whole_name(begin):
    run = begin(config={"a": {"b": {"c": 1}}}, strict=True)
    with pytest.raises(ConfigError, match=r"a\.b\.c had another value"):
        run.config.a.b.c = 2
    run.config.a.b.update({"c": 3}, allow_val_change=True)
    assert run.config.a.b.c == 3


@pytest.mark.parametrize("way", [copy.deepcopy, copy.copy, sent])
def test_a_copy_of_a_configuration_is_of_no_run(begin, way):
    run = begin(config={"a": {"b": 1}})
    copied = way(run.config)
    copied.a.b = 2
    copied.new = 3
    assert (copied.a.b, copied.new) == (2, 3)
    assert run.config.as_dict() == logged(run) == {"a": {"b": 1}}
