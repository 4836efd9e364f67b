import threading
from pathlib import Path

import pytest

from reportgen.errors import UsageError
from tests.logger.logs import lines, records, rows


def test_each_call_is_a_row_and_the_step_goes_up(begin):
    run = begin()
    run.log({"loss": 3.0})
    run.log({"loss": 2.0})
    assert run.step == 2
    assert rows(run.folder) == [{"_step": 0, "loss": 3.0}, {"_step": 1, "loss": 2.0}]


def test_commit_false_keeps_the_step_open(begin):
    run = begin()
    run.log({"loss": 1.0}, commit=False)
    run.log({"acc": 0.5})
    run.log({"loss": 0.5})
    assert [row["_step"] for row in rows(run.folder)] == [0, 0, 1]


def test_a_given_step_stays_open_until_it_is_committed(begin):
    run = begin()
    run.log({"a": 1}, step=5)
    run.log({"b": 1})
    run.log({"c": 1})
    run.log({"d": 1}, step=9, commit=True)
    run.log({"e": 1})
    assert [row["_step"] for row in rows(run.folder)] == [5, 5, 6, 9, 10]


def test_a_lower_step_is_kept_and_does_not_move_the_run_back(begin):
    run = begin()
    run.log({"a": 1}, step=10)
    run.log({"a": 2}, step=3)
    run.log({"a": 3})
    assert [(row["_step"], row["a"]) for row in rows(run.folder)] == [(10, 1), (3, 2), (10, 3)]


@pytest.mark.parametrize("values", [{"a": 1.5}, {"a": "text"}], ids=["fast path", "slow path"])
def test_both_paths_follow_the_same_rules(begin, values):
    run = begin()
    for options in ({}, {"commit": False}, {"step": 7}, {"step": 7, "commit": True}, {"step": 2}, {"commit": True}):
        run.log(values, **options)
    assert [row["_step"] for row in rows(run.folder)] == [0, 1, 7, 7, 2, 8]
    assert run.step == 9


def test_a_row_has_the_time_it_was_logged(begin):
    run = begin()
    run.log({"a": 1})
    run.log({"a": "b"})
    began = records(run.folder, "start")[0]["time"]
    assert all(0 <= row["_timestamp"] - began < 60 for row in lines(f"{run.folder}/metrics.jsonl"))


def test_an_empty_row_still_takes_a_step(begin):
    run = begin()
    run.log({})
    assert rows(run.folder) == [{"_step": 0}]


def test_step_may_be_any_whole_number(begin, capsys):
    import numpy as np

    run = begin()
    run.log({"a": 1}, step=np.int64(4))
    run.log({"a": 1}, step=6.0)
    run.log({"a": 1}, step="soon")
    assert [row["_step"] for row in rows(run.folder)] == [4, 6, 6]
    assert "no whole number" in capsys.readouterr().err


def test_our_own_keys_cannot_be_logged_over(begin, capsys):
    run = begin()
    run.log({"_step": 99, "_timestamp": 1.0, "a": 1})
    (row,) = lines(f"{run.folder}/metrics.jsonl")
    assert row["_step"] == 0
    assert row["_timestamp"] > 1e9
    assert "reserved" in capsys.readouterr().err


def test_what_is_no_dictionary_is_told_once_and_training_goes_on(begin, capsys):
    run = begin()
    run.log([1, 2])
    run.log(3.0)
    run.log({"a": 1})
    assert rows(run.folder) == [{"_step": 0, "a": 1}]
    assert capsys.readouterr().err.count("cannot log a") == 1


def test_strict_raises(begin):
    run = begin(strict=True)
    with pytest.raises(UsageError, match="cannot log a list"):
        run.log([1, 2])


def test_log_after_finish_is_told_once(begin, capsys):
    run = begin()
    run.finish()
    run.log({"a": 1})
    run.log({"a": "b"})
    assert capsys.readouterr().err.count("has finished") == 1
    assert not Path(run.folder, "metrics.jsonl").exists()


def test_finish_is_written_once_with_its_exit_code(begin):
    run = begin()
    run.finish(3)
    run.finish(0)
    assert [record["exit_code"] for record in records(run.folder, "finish")] == [3]


@pytest.mark.parametrize(
    ("error", "code"), [(None, 0), (ValueError("x"), 1), (KeyboardInterrupt(), 130), (SystemExit(4), 4)]
)
def test_a_with_block_ends_the_run(begin, error, code):
    def train():
        with begin() as run:
            folders.append(run.folder)
            if error:
                raise error

    folders = []
    if error:
        with pytest.raises(type(error)):
            train()
    else:
        train()
    assert records(folders[0], "finish")[0]["exit_code"] == code


def test_rows_of_many_threads_are_whole_and_have_steps_of_their_own(begin):
    run = begin()

    def work(number):
        for turn in range(500):
            run.log({"thread": number, "turn": turn, "text": "x" * number})

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    logged = rows(run.folder)
    assert [row["_step"] for row in logged] == list(range(4000))
    assert {(row["thread"], row["turn"]) for row in logged} == {(a, b) for a in range(8) for b in range(500)}


def test_the_start_record_says_what_was_asked_and_where_it_runs(begin):
    run = begin(project="digits", name="first", tags=["a", "b"], notes="why", group="g", job_type="train")
    (start,) = records(run.folder, "start")
    assert start["version"] == 1
    asked = ("id", "project", "name", "tags", "notes", "group", "job_type")
    assert [start[field] for field in asked] == [run.id, "digits", "first", ["a", "b"], "why", "g", "train"]
    assert {"time", "command", "cwd", "host", "pid", "os", "python", "executable", "cpu_count"} <= start.keys()


def test_changed_descriptions_are_written_alone(begin):
    run = begin()
    run.name = "better"
    run.tags += ("new",)
    run.notes = "because"
    assert records(run.folder, "update") == [{"name": "better"}, {"tags": ["new"]}, {"notes": "because"}]
    assert (run.name, run.tags, run.notes) == ("better", ("new",), "because")


def test_a_run_without_a_name_is_called_by_its_id(begin):
    run = begin()
    assert run.name == run.id == records(run.folder, "start")[0]["name"]


def test_define_metric_writes_how_it_wants_to_be_shown(begin, capsys):
    run = begin()
    run.define_metric("val/*", step_metric="epoch", summary="min, last")
    run.define_metric("secret", summary=["max"], hidden=True)
    run.define_metric("bad", summary="median")
    assert records(run.folder, "metric") == [
        {"name": "val/*", "step_metric": "epoch", "summary": ["min", "last"]},
        {"name": "secret", "summary": ["max"], "hidden": True},
    ]
    assert "unknown summary median" in capsys.readouterr().err


def test_a_disabled_run_touches_no_disk_but_answers(begin, tmp_path):
    run = begin(mode="disabled", config={"lr": 1})
    run.log({"loss": 0.5})
    run.config.lr = 2
    run.summary["best"] = 1
    run.define_metric("x")
    assert run.save("nothing") == []
    assert (run.step, run.config.lr, run.summary["loss"], run.summary["best"]) == (1, 2, 0.5, 1)
    run.finish()
    assert run.finished
    assert list(tmp_path.iterdir()) == []


def test_an_id_used_before_is_continued_in_further_files(begin):
    first = begin(id="job-7")
    first.log({"a": 1})
    first.finish()
    second = begin(id="job-7")
    second.log({"a": 2})
    assert second.folder == first.folder
    assert rows(first.folder) == [{"_step": 0, "a": 1}]
    assert lines(f"{first.folder}/metrics.2.jsonl")[0]["a"] == 2
    assert lines(f"{first.folder}/run.2.jsonl")[0]["type"] == "start"
