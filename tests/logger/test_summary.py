from tests.logger.logs import records


def test_the_last_value_logged_is_the_summary(begin):
    run = begin()
    run.log({"loss": 2.0, "first": 1})
    run.log({"loss": 1.0, "nested": {"x": 5}})
    assert dict(run.summary) == {"loss": 1.0, "first": 1, "nested.x": 5}
    assert records(run.dir, "summary") == []


def test_what_is_set_by_hand_is_written_and_wins(begin):
    run = begin()
    run.log({"acc": 0.5})
    run.summary["acc"] = 0.9
    run.summary.best_epoch = 3
    run.summary.update({"test": {"f1": 0.8}}, note="ok")
    run.log({"acc": 0.6})
    assert run.summary["acc"] == 0.9
    assert run.summary.get("test.f1") == 0.8
    assert records(run.dir, "summary") == [
        {"summary": {"acc": 0.9}},
        {"summary": {"best_epoch": 3}},
        {"summary": {"test.f1": 0.8, "note": "ok"}},
    ]


def test_a_key_that_was_never_logged_is_missing(begin):
    run = begin()
    assert run.summary.get("loss") is None
    assert "loss" not in run.summary
    assert len(run.summary) == 0
