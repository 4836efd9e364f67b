import argparse
from dataclasses import dataclass

import pytest

from reportgen.errors import UsageError
from tests.logger.logs import records


def logged(run):
    """The configuration as a reader merges it."""
    merged = {}

    def merge(target, source):
        for key, value in source.items():
            if isinstance(value, dict) and isinstance(target.get(key), dict):
                merge(target[key], value)
            else:
                target[key] = value

    for record in records(run.dir, "config"):
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
