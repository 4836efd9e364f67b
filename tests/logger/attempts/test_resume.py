"""Runs that go on: resume, rewind and fork, within a process and after it was killed."""

import json
import math
import signal
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.errors import UsageError
from reportgen.logger.attempts.moment import parse_moment
from tests.logger.logs import lines, only_run, run_script


def logged(begin, steps, **options):
    """A finished run with a row for each step; its folder."""
    run = begin(**{"project": "p", "id": "a", **options})
    for step in range(steps):
        run.log({"loss": 1 / (step + 1), "from": run.starting_step})
    run.finish()
    return Path(run.folder)


def start(folder, number):
    """The start record of an attempt."""
    return lines(folder / ("run.jsonl" if number == 1 else f"run.{number}.jsonl"))[0]


def test_allow_goes_on_where_the_run_ended(begin):
    folder = logged(begin, 10)
    run = begin(project="p", id="a", resume="allow")
    assert (run.resumed, run.starting_step, run.step) == (True, 10, 10)
    run.log({"loss": 0})
    assert lines(folder / "metrics.2.jsonl")[0]["_step"] == 10
    assert len(lines(folder / "metrics.jsonl")) == 10
    assert (start(folder, 2)["attempt"], start(folder, 2)["starting_step"]) == (2, 10)


def test_allow_begins_what_is_not_there(begin):
    run = begin(project="p", id="new", resume="allow")
    assert (run.resumed, run.starting_step) == (False, 0)
    assert (start(Path(run.folder), 1)["attempt"], start(Path(run.folder), 1)["starting_step"]) == (1, 0)


def test_without_resume_a_further_attempt_begins_at_step_0(begin):
    folder = logged(begin, 3, name="first", tags=["t"])
    run = begin(project="p", id="a")
    assert (run.resumed, run.step, run.config.as_dict(), run.summary.as_dict()) == (False, 0, {}, {})
    assert start(folder, 2)["starting_step"] == 0
    assert "name" not in start(folder, 2)  # the default does not replace the name that somebody gave
    assert len(lines(folder / "metrics.jsonl")) == 3


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"id": "b", "resume": "must"}, "there is no run 'b'"),
        ({"resume": "must"}, "needs an id"),
        ({"id": "a", "resume": "never"}, "there is a run 'a' already"),
        ({"id": "a", "resume": "perhaps"}, "unknown resume 'perhaps'"),
        ({"resume_from": "b?_step=1"}, "there is no run 'b'"),
        ({"fork_from": "b?_step=1"}, "there is no run 'b'"),
        ({"resume_from": "a?_step=5"}, "has only come to step 4"),
        ({"fork_from": "a?_step=5"}, "has only come to step 4"),
        ({"resume_from": "a"}, "resume_from is 'a'"),
        ({"fork_from": "a?_step=x"}, "fork_from is"),
        ({"fork_from": "../p/a?_step=1"}, "which is no id"),
        ({"fork_from": "a?_step=1", "resume_from": "a?_step=1"}, "exclude each other"),
        ({"fork_from": "a?_step=1", "resume": "allow"}, "exclude each other"),
        ({"resume_from": "a?_step=1", "id": "b"}, "resume_from names the run 'a'"),
        ({"fork_from": "a?_step=1", "id": "a"}, "cannot have its id"),
    ],
    ids=str,
)
def test_what_cannot_go_on_is_refused_with_a_remedy(begin, options, message):
    folder = logged(begin, 5)
    before = sorted(folder.parent.rglob("*"))
    with pytest.raises(UsageError, match=message.replace("?", r"\?")) as caught:
        begin(project="p", **options)
    assert caught.value.where == "init"
    assert caught.value.remedy
    assert sorted(folder.parent.rglob("*")) == before


def test_never_begins_what_is_not_there(begin):
    assert not begin(project="p", id="b", resume="never").resumed


def test_the_variable_says_it_too(begin, monkeypatch):
    logged(begin, 2)
    monkeypatch.setenv("REPORTGEN_RESUME", "must")
    assert begin(project="p", id="a").starting_step == 2


def test_a_resumed_run_remembers_what_it_was(begin):
    folder = logged(begin, 3, config={"lr": 1, "opt": {"name": "adam", "eps": float("inf")}}, name="n", tags=["t"])
    run = begin(project="p", id="a", resume="must", config={"opt": {"name": "sgd"}, "new": 1}, notes="why")
    assert run.config.as_dict() == {"lr": 1, "opt": {"name": "sgd", "eps": math.inf}, "new": 1}
    assert (run.name, run.tags, run.notes) == ("n", ("t",), "why")
    assert run.summary["loss"] == 1 / 3
    run.log({"loss": 7, "other": float("nan")})
    run.summary["best"] = 1
    run.tags = ["u"]
    run.finish()
    (config,) = [record["config"] for record in lines(folder / "run.2.jsonl") if record["type"] == "config"]
    assert config == {"opt": {"name": "sgd"}, "new": 1}
    third = begin(project="p", id="a", resume="must", name="better")
    assert (third.name, third.tags, third.notes) == ("better", ("u",), "why")
    assert (third.summary["best"], third.summary["loss"], third.starting_step) == (1, 7, 4)
    assert math.isnan(third.summary["other"])


def test_the_step_counts_rows_of_every_writer_and_survives_damage(begin):
    folder = logged(begin, 4)
    (folder / "metrics.rank1.jsonl").write_bytes(b'{"_step": 30}\n{"_step": 31}\n\xff\xfe\n{"_step": 9')
    with (folder / "run.jsonl").open("ab") as file:
        file.write(b'{"type": "config", "config": {"kept": 1}}\nnonsense\n{"type": "conf')
    run = begin(project="p", id="a", resume="allow")
    assert (run.starting_step, run.config.as_dict()) == (32, {"kept": 1})


def test_a_run_that_another_language_logged_goes_on_in_further_files(begin, tmp_path):
    folder = tmp_path / "runs" / "p" / "shell"
    folder.mkdir(parents=True)
    (folder / "metrics.jsonl").write_text('{"loss": 1}\n{"loss": 0.5}\n')
    run = begin(project="p", id="shell", resume="must")
    run.log({"loss": 0.25})
    assert (folder / "metrics.jsonl").read_text().count("\n") == 2
    assert lines(folder / "metrics.2.jsonl")[0]["_step"] == 2


def test_an_attempt_that_died_before_its_first_row_changes_nothing(begin):
    folder = logged(begin, 6)
    begin(project="p", id="a").finish()
    run = begin(project="p", id="a", resume="must")
    assert (run.starting_step, run.summary["loss"], start(folder, 3)["attempt"]) == (6, 1 / 6, 3)


def test_rewind_goes_on_after_the_step(begin):
    folder = logged(begin, 10, config={"lr": 1})
    run = begin(project="p", resume_from="a?_step=3", config={"lr": 2})
    assert (run.id, run.resumed, run.starting_step, run.config.lr) == ("a", True, 4, 2)
    assert run.summary["loss"] == 1 / 4
    run.log({"loss": 9})
    run.finish()
    assert start(folder, 2)["rewind"] == {"step": 3}
    assert start(folder, 2)["starting_step"] == 4
    assert len(lines(folder / "metrics.jsonl")) == 10  # nothing is lost
    third = begin(project="p", id="a", resume="must")
    assert (third.starting_step, third.summary["loss"]) == (5, 9)


def test_a_rewind_without_rows_still_counts(begin):
    logged(begin, 10)
    begin(project="p", resume_from="a?_step=3").finish()
    assert begin(project="p", id="a", resume="must").starting_step == 4


def test_a_rewind_to_a_step_between_two_rows(begin):
    run = begin(project="p", id="a")
    for step in (0, 100, 200):
        run.log({"x": step}, step=step)
    run.finish()
    again = begin(project="p", resume_from="a?_step=150")
    assert (again.starting_step, again.summary["x"]) == (151, 100)


def test_fork_begins_a_run_with_the_history_of_another(begin):
    parent = logged(begin, 10, config={"lr": 1, "opt": {"name": "adam"}}, name="parent", tags=["t"])
    run = begin(project="p", id="b", fork_from="a?_step=5", config={"opt": {"name": "sgd"}})
    assert (run.resumed, run.starting_step, run.name, run.tags) == (False, 6, "b", ())
    assert run.config.as_dict() == {"lr": 1, "opt": {"name": "sgd"}}
    assert run.summary["loss"] == 1 / 6
    run.log({"loss": 0})
    run.finish()
    folder = Path(run.folder)
    assert folder.parent == parent.parent
    assert start(folder, 1)["fork"] == {"run": "a", "step": 5}
    assert start(folder, 1)["starting_step"] == 6
    (config,) = [record["config"] for record in lines(folder / "run.jsonl") if record["type"] == "config"]
    assert config == {"lr": 1, "opt": {"name": "sgd"}}  # whole, for the parent may be elsewhere one day
    assert len(lines(parent / "metrics.jsonl")) == 10


def test_a_fork_goes_on_and_is_forked_again(begin):
    logged(begin, 10)
    logged(begin, 0, id="b", fork_from="a?_step=5")
    assert begin(project="p", id="b", resume="must").starting_step == 6
    child = begin(project="p", id="c", fork_from="b?_step=2")  # a step that only the first one has
    assert (child.starting_step, child.summary["loss"]) == (3, 1 / 3)


KILLED = """
import os, reportgen, signal
run = reportgen.init(project="p", id="a", resume="allow", capture=False, config={"lr": 1})
print(run.resumed, run.starting_step, dict(run.summary))
run.summary["best"] = run.step
for step in range(50):
    run.log({"loss": run.step})
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_script_goes_on(tmp_path):
    status, out, err = run_script(KILLED, tmp_path)
    assert (status, out) == (-signal.SIGKILL, "False 0 {}\n"), err
    with (only_run(tmp_path / "runs") / "metrics.jsonl").open("ab") as file:
        file.write(b'{"_step":50,"_timest')  # a machine that lost power tears the last line
    status, out, err = run_script(KILLED, tmp_path)
    assert out == "True 50 {'loss': 49, 'best': 0}\n", err
    folder = only_run(tmp_path / "runs")
    assert [row["_step"] for row in lines(folder / "metrics.2.jsonl")] == list(range(50, 100))


@given(st.text(max_size=40) | st.from_regex(r"[a-z./]{0,4}(\?_step=)+[-0-9x]{0,20}", fullmatch=True))
def test_any_text_is_a_moment_or_a_mistake(text):
    with suppress(UsageError):  # nothing else is raised
        run_id, step = parse_moment(text, "fork_from")
        assert text.startswith(f"{run_id}?_step=")
        assert int(text.removeprefix(f"{run_id}?_step=")) == step
        assert not set(run_id) & set("/\\\0")


@given(st.text("abcXYZ019_", min_size=1), st.integers(0, 10**15))
def test_a_moment_is_read_as_it_is_written(run_id, step):
    assert parse_moment(f"{run_id}?_step={step}", "fork_from") == (run_id, step)


def test_the_log_is_as_the_contract_says(begin):
    folder = logged(begin, 2)
    record = json.loads((folder / "run.jsonl").read_text().splitlines()[0])
    assert record["type"] == "start"
    assert {"attempt", "starting_step"} <= record.keys()
    assert not {"rank", "world_size", "local_rank", "label", "job", "rewind", "fork"} & record.keys()


def test_a_refused_init_leaves_the_run_that_is_going_on_alone(begin):
    run = begin(project="p", id="a")
    with pytest.raises(UsageError):
        begin(project="p", id="b", resume="must")
    run.log({"loss": 1})
    assert not run.finished
    assert len(lines(Path(run.folder, "metrics.jsonl"))) == 1


def test_what_was_deleted_from_the_summary_stays_away(begin):
    run = begin(project="p", id="a")
    run.log({"debug": 1, "loss": 2})
    run.summary.update({"best": 3, "other": 4})
    del run.summary["debug"]
    del run.summary["best"]
    run.finish()
    again = begin(project="p", id="a", resume="must")
    again.log({"debug": 5})
    assert again.summary.as_dict() == {"loss": 2, "other": 4}
