"""How metrics are defined, and what the summary keeps of them while they are logged."""

import math

import pytest

from reportgen.errors import UsageError
from tests.logger.logs import records


def test_the_record_has_what_was_given(begin):
    run = begin()
    epoch = run.define_metric("epoch", hidden=True)
    run.define_metric("val/*", epoch, summary="min, mean", goal="minimize", step_sync=False)
    run.define_metric("val/*", overwrite=True)
    run.finish()
    assert records(run.folder, "metric") == [
        {"name": "epoch", "hidden": True},
        {"name": "val/*", "step_metric": "epoch", "step_sync": False, "goal": "minimize", "summary": ["min", "mean"]},
        {"name": "val/*", "overwrite": True},
    ]


@pytest.mark.parametrize("wrong", [{"summary": "least"}, {"goal": "up"}])
def test_a_wrong_word_is_told_and_raised_when_strict(begin, capsys, wrong):
    begin().define_metric("loss", **wrong)
    assert "cannot define the metric 'loss'" in capsys.readouterr().err
    with pytest.raises(UsageError, match="unknown"):
        begin(strict=True).define_metric("loss", **wrong)


def test_the_summary_keeps_what_is_asked_for(begin):
    run = begin()
    run.define_metric("*", summary="max")
    run.define_metric("loss", summary=["min", "max", "mean", "first", "last", "best"], goal="minimize")
    run.define_metric("secret", summary="none")
    for value in (3.0, math.nan, 1.0, 2.0):
        run.log({"loss": value, "acc": value, "secret": 1, "text": "a"})
    assert run.summary.as_dict() == {
        "loss": 2.0,
        "loss.min": 1.0,
        "loss.max": 3.0,
        "loss.mean": 2.0,
        "loss.first": 3.0,
        "loss.last": 2.0,
        "loss.best": 1.0,
        "acc": 2.0,
        "acc.max": 3.0,
        "text": "a",
    }


def test_later_definitions_of_a_name_add_to_the_earlier(begin):
    run = begin()
    run.define_metric("loss", summary="best")
    run.define_metric("loss", goal="minimize")
    run.define_metric("*", summary="max")
    run.define_metric("acc", hidden=True)
    run.define_metric("speed", summary="min")
    run.define_metric("speed", overwrite=True)
    run.log({"loss": 1.0, "acc": 1.0, "speed": 1.0, "other": 1.0})
    assert run.summary.as_dict() == {
        "loss": 1.0,
        "loss.best": 1.0,
        "acc": 1.0,
        "speed": 1.0,
        "other": 1.0,
        "other.max": 1.0,
    }


def test_a_later_definition_counts_for_what_is_logged_from_then_on(begin):
    run = begin()
    run.log({"loss": 1.0})
    run.define_metric("loss", summary="min")
    run.log({"loss": 5.0})
    run.define_metric("l*", summary="max")
    run.log({"loss": 7.0})
    assert (run.summary["loss.min"], "loss.max" in run.summary) == (5.0, False)


def test_an_overwritten_definition_asks_for_nothing_more(begin):
    run = begin()
    run.define_metric("loss", summary="min")
    run.log({"loss": 2.0})
    run.define_metric("loss", overwrite=True)
    run.log({"loss": 1.0})
    assert run.summary["loss.min"] == 2.0


def test_a_name_that_cannot_be_said_is_told(begin, capsys):
    class Mute:
        def __str__(self):
            raise ValueError("no words")

        __repr__ = __str__

    begin().define_metric(Mute())
    assert "cannot define the metric that is a Mute" in capsys.readouterr().err
