"""What the records of run.jsonl add up to."""

import math

import pytest

from reportgen.definitions import MetricDefinition
from reportgen.reading.records import replay


def start(**fields):
    return {"type": "start", "version": 1, "time": 100.0, **fields}


def test_config_merges_deeply_and_later_wins():
    record = replay(
        [
            start(config={"lr": 1, "opt": {"name": "sgd", "m": 0.9}}),
            {"type": "config", "config": {"opt": {"name": "adam"}, "layers": [1, 2]}},
            {"type": "config", "config": {"layers": [3], "lr": "Infinity"}},
        ]
    )
    assert record.config == {"lr": math.inf, "opt": {"name": "adam", "m": 0.9}, "layers": [3]}


def test_update_changes_only_the_fields_present():
    record = replay(
        [
            start(name="a", tags=["x"], notes="n", group="g", job_type="train"),
            {"type": "update", "tags": ["y", "y", 3]},
            {"type": "update", "name": "b"},
        ]
    )
    assert (record.name, record.tags, record.notes) == ("b", ("y", "3"), "n")
    assert (record.group, record.job_type) == ("g", "train")


def test_what_is_found_out_after_the_start_joins_the_environment():
    record = replay([start(host="a"), {"type": "update", "git": {"commit": "c"}, "name": "b"}])
    assert record.environment == {"host": "a", "git": {"commit": "c"}}


def test_summary_is_flat_and_later_wins():
    record = replay(
        [
            {"type": "summary", "summary": {"val": {"acc": 0.9}, "x": "NaN"}},
            {"type": "summary", "summary": {"val.acc": 0.95, "table": {"_type": "table-file"}}},
        ]
    )
    assert record.summary["val.acc"] == 0.95
    assert math.isnan(record.summary["x"])
    assert "table" not in record.summary


def test_a_later_attempt_keeps_the_first_start_and_takes_later_fields():
    record = replay(
        [start(host="a", pid=1), {"type": "finish", "time": 200.0, "exit_code": 1}, start(time=300.0, pid=2)]
    )
    assert record.started == 100.0
    assert record.environment == {"host": "a", "pid": 2}
    assert record.exit_code is None
    assert math.isnan(record.ended)


def test_finish():
    record = replay([start(), {"type": "finish", "time": 200.0, "exit_code": 3}])
    assert (record.exit_code, record.ended) == (3, 200.0)


def test_metric_definitions():
    record = replay(
        [
            {"type": "metric", "name": "val/*", "step_metric": "epoch", "summary": ["min", "last"]},
            {"type": "metric", "name": "x", "summary": "max", "hidden": True},
        ]
    )
    assert list(record.definitions.values()) == [
        MetricDefinition("val/*", "epoch", ("min", "last"), hidden=None),
        MetricDefinition("x", summary=("max",), hidden=True),
    ]


def metric(name, **fields):
    return {"type": "metric", "name": name, **fields}


def definitions(*records):
    return list(replay(records).definitions.values())


def test_later_definitions_of_a_name_add_to_the_earlier_and_stand_behind_the_others():
    first = metric("loss", step_metric="epoch", summary=["best"], hidden=True)
    more = metric("loss", goal="minimize", step_sync=False, hidden=False)
    assert definitions(first, metric("*"), more) == [
        MetricDefinition("*"),
        MetricDefinition("loss", "epoch", ("best",), hidden=False, step_sync=False, goal="minimize"),
    ]


def test_a_definition_may_replace_the_earlier_one():
    first = metric("loss", step_metric="epoch", summary=["best"], hidden=True, goal="maximize", step_sync=False)
    assert definitions(first, metric("loss", overwrite=True, summary="copy")) == [
        MetricDefinition("loss", summary=("copy",))
    ]
    assert definitions(first, metric("loss", overwrite="yes"))[0].step_metric == "epoch"


@pytest.mark.parametrize("wrong", [None, 7, True, [], ["x", 1], {"a": 1}, "nonsense"])
@pytest.mark.parametrize("field", ["step_metric", "step_sync", "hidden", "goal", "overwrite", "summary"])
def test_definitions_of_wrong_types_say_nothing(field, wrong):
    (found,) = definitions(metric("loss", **{field: wrong}))
    assert isinstance(found.step_metric, str)
    assert isinstance(found.step_sync, bool)
    assert found.hidden in (None, True)
    assert not found.goal
    assert all(isinstance(word, str) for word in found.summary)


def test_what_has_its_own_place_is_no_environment():
    record = replay(
        [start(id="a", project="p", name="n", command=["python"], git={"commit": "c"}, future={"x": 1}, job="j")]
    )
    assert record.environment == {"command": ["python"], "git": {"commit": "c"}, "future": {"x": 1}}


def test_unknown_kinds_and_hostile_fields_are_ignored():
    record = replay(
        [
            {},
            {"type": ["start"]},
            {"type": "hologram", "time": 5.0},
            start(time="now", version="x", tags={"a": 1}, name=7, config=[1]),
            {"type": "config", "config": "x"},
            {"type": "summary", "summary": None},
            {"type": "metric", "name": 1},
            {"type": "finish", "time": None, "exit_code": "boom"},
        ]
    )
    assert record.name == "7"
    assert (record.tags, record.config, record.summary, record.definitions) == ((), {}, {}, {})
    assert record.exit_code == 1
    assert math.isnan(record.started)


def test_a_removed_key_of_the_summary_is_gone_until_it_is_set():
    records = [
        {"type": "summary", "summary": {"acc": 0.9, "best": 1, "x": None}},
        {"type": "summary", "summary": {}, "removed": ["acc", "loss", "best"]},
        {"type": "summary", "summary": {"best": 2}},
    ]
    record = replay(records)
    assert record.summary == {"best": 2, "x": None}
    assert record.removed == {"acc", "loss"}
    assert replay([{"type": "summary", "removed": ["acc"]}]).removed == {"acc"}
    for hostile in ("acc", {"acc": 1}, [["acc"], None, 3], None):
        assert replay([{"type": "summary", "summary": {"acc": 1}, "removed": hostile}]).summary == {"acc": 1}
