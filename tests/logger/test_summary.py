import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.config import BuildConfig
from reportgen.reading import load_workspace
from reportgen.reading.records import replay
from tests.logger.logs import lines, records


def test_the_last_value_logged_is_the_summary(begin):
    run = begin()
    run.log({"loss": 2.0, "first": 1})
    run.log({"loss": 1.0, "nested": {"x": 5}})
    assert dict(run.summary) == {"loss": 1.0, "first": 1, "nested.x": 5}
    assert records(run.folder, "summary") == []


def test_what_is_set_by_hand_is_written_and_wins(begin):
    run = begin()
    run.log({"acc": 0.5})
    run.summary["acc"] = 0.9
    run.summary.best_epoch = 3
    run.summary.update({"test": {"f1": 0.8}}, note="ok")
    run.log({"acc": 0.6})
    assert run.summary["acc"] == 0.9
    assert run.summary.get("test.f1") == 0.8
    assert records(run.folder, "summary") == [
        {"summary": {"acc": 0.9}},
        {"summary": {"best_epoch": 3}},
        {"summary": {"test.f1": 0.8, "note": "ok"}},
    ]


def test_a_key_that_was_never_logged_is_missing(begin):
    run = begin()
    assert run.summary.get("loss") is None
    assert "loss" not in run.summary
    assert len(run.summary) == 0


def test_nested_values_are_reached_step_by_step(begin):
    run = begin()
    run.log({"test": {"f1": 0.5, "by": {"cat": 1}}})
    run.summary["test"]["acc"] = 0.9
    run.summary.test.by.dog = 2
    run.summary.test.update({"deep": {"er": 3}})
    assert (run.summary.test.f1, run.summary["test"]["by"]["cat"], run.summary.test.by.dog) == (0.5, 1, 2)
    assert dict(run.summary["test"]) == {"f1": 0.5, "by.cat": 1, "acc": 0.9, "by.dog": 2, "deep.er": 3}
    assert run.summary.test.get("nothing", 7) == 7
    assert run.summary["test.acc"] == 0.9
    assert [list(record["summary"]) for record in records(run.folder, "summary")] == [
        ["test.acc"],
        ["test.by.dog"],
        ["test.deep.er"],
    ]


def test_a_deleted_key_is_gone_until_it_is_set_by_hand(begin):
    run = begin()
    run.log({"loss": 1.0, "acc": 0.5, "test": {"f1": 1, "n": 2}})
    run.summary.best = 3
    del run.summary["loss"]
    del run.summary.best
    del run.summary["test"]["f1"]
    run.log({"loss": 0.5})
    assert dict(run.summary) == {"acc": 0.5, "test.n": 2}
    del run.summary["test"]
    run.summary.loss = 9
    assert dict(run.summary) == {"acc": 0.5, "loss": 9}
    assert [record.get("removed") for record in records(run.folder, "summary")] == [
        None,
        ["loss"],
        ["best"],
        ["test.f1"],
        ["test.n"],
        None,
    ]


def test_a_key_that_is_not_there_cannot_be_deleted(begin):
    run = begin()
    with pytest.raises(KeyError, match="loss"):
        del run.summary["loss"]
    with pytest.raises(AttributeError, match="loss"):
        del run.summary.loss
    assert records(run.folder, "summary") == []


def test_the_reader_shows_the_summary_that_the_script_saw(begin, tmp_path):
    run = begin(project="p")
    for step in range(3):
        run.log({"loss": 1 / (step + 1), "acc": step / 2, "note": "text", "test": {"f1": step}})
    run.summary.update({"best": 2, "acc": 0.9})
    for key in ("loss", "best", "note", "test"):
        del run.summary[key]
    run.log({"loss": 0.1, "note": "again"})
    run.summary["best"] = 3
    seen = dict(run.summary)
    run.finish()
    (project,) = load_workspace(BuildConfig(folder=tmp_path, site_dir=tmp_path / "site")).projects
    assert dict(project.runs[0].summary) == seen == {"acc": 0.9, "best": 3}


def test_a_disabled_run_has_the_same_summary(begin):
    run = begin(mode="disabled")
    run.summary["test"] = {"f1": 1, "n": 2}
    del run.summary.test.n
    assert dict(run.summary) == {"test.f1": 1}


keys = st.sampled_from(["loss", "acc", "test", "test.f1", "test.by.cat"])
steps = st.tuples(st.sampled_from(["log", "set", "delete"]), keys, st.integers(0, 9))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, max_size=12))
def test_the_log_adds_up_to_what_the_script_sees(begin, done):
    run = begin()
    last = {}
    for action, key, value in done:
        if action == "log":
            run.log({key: value})
            last[key] = value
        elif action == "set":
            run.summary[key] = value
        else:
            with contextlib.suppress(KeyError):
                del run.summary[key]
    seen = dict(run.summary)
    run.finish()
    record = replay(lines(f"{run.folder}/run.jsonl"))
    assert {key: value for key, value in last.items() if key not in record.removed} | record.summary == seen
