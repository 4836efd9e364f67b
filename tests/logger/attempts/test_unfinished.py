"""``resume="auto"``: the same command goes on with the run that it has not finished."""

import signal
from pathlib import Path

import pytest

from tests.logger.logs import lines, records, run_script, start_script

SCRIPT = """
import os, reportgen, signal, sys
run = reportgen.init(project="p", resume="auto", capture=False)
print(run.id, run.resumed, run.starting_step, flush=True)
run.log({"loss": 1})
run.log({"loss": 2})
"""
KILL = "os.kill(os.getpid(), signal.SIGKILL)\n"
WAIT = "print('ready', flush=True); import time; time.sleep({})\n"


def until_ready(process):
    """What the script has printed when it has logged its rows."""
    said = process.stdout.readline().split()
    assert process.stdout.readline() == "ready\n"
    return said


def memory(folder):
    return sorted(path.name for path in Path(folder, "runs").glob(".*"))


def runs(folder):
    return sorted(path.name for path in Path(folder, "runs", "p").iterdir())


@pytest.mark.parametrize("end", [KILL, "raise ValueError\n", "sys.exit(3)\n", "os._exit(0)\n"])
def test_a_script_that_did_not_finish_goes_on(tmp_path, end):
    _, first, _ = run_script(SCRIPT + end, tmp_path)
    run_id, *found = first.split()
    assert found == ["False", "0"]
    assert len(memory(tmp_path)) == 1
    _, second, _ = run_script(SCRIPT + end, tmp_path)
    assert second.split() == [run_id, "True", "2"]
    assert runs(tmp_path) == [run_id]
    assert lines(tmp_path / "runs" / "p" / run_id / "run.2.jsonl")[0]["starting_step"] == 2


def test_a_script_that_finished_begins_anew_and_leaves_nothing_behind(tmp_path):
    _, first, _ = run_script(SCRIPT, tmp_path)
    assert memory(tmp_path) == []
    _, second, _ = run_script(SCRIPT, tmp_path)
    assert second.split()[1:] == ["False", "0"]
    assert len(runs(tmp_path)) == 2
    assert first != second


def test_a_run_that_has_gone_on_to_its_end_is_not_gone_on_with(tmp_path):
    end = "if not run.resumed: os._exit(1)\n"
    outputs = [run_script(SCRIPT + end, tmp_path)[1].split() for _ in range(3)]
    assert outputs[0][0] == outputs[1][0] != outputs[2][0]
    assert [output[1] for output in outputs] == ["False", "True", "False"]


def test_sigterm_is_no_clean_end(tmp_path):
    process = start_script(SCRIPT + WAIT.format(60), tmp_path)
    run_id = until_ready(process)[0]
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert records(tmp_path / "runs" / "p" / run_id, "finish")[0]["exit_code"] == 143
    assert run_script(SCRIPT + WAIT.format(0), tmp_path)[1].split()[:3] == [run_id, "True", "2"]


def test_a_process_that_still_works_keeps_its_run(tmp_path):
    process = start_script(SCRIPT + WAIT.format(60), tmp_path)
    first = until_ready(process)
    other = start_script(SCRIPT + WAIT.format(60), tmp_path)
    second = until_ready(other)
    other.kill()
    process.kill()
    other.communicate()
    process.communicate()
    assert second[0] != first[0]
    assert second[1:] == ["False", "0"]
    assert run_script(SCRIPT + WAIT.format(0), tmp_path)[1].split()[:3] == [first[0], "True", "2"]


def test_another_command_and_another_task_begin_runs_of_their_own(tmp_path):
    assert run_script(SCRIPT + KILL, tmp_path, SLURM_ARRAY_TASK_ID="1")[1].split()[1] == "False"
    assert run_script(SCRIPT + KILL, tmp_path, SLURM_ARRAY_TASK_ID="2")[1].split()[1] == "False"
    assert run_script(SCRIPT + KILL, tmp_path, SLURM_ARRAY_TASK_ID="1")[1].split()[1] == "True"
    assert len(runs(tmp_path)) == 2


def test_a_run_that_says_it_is_preempted_can_be_gone_on_with(tmp_path):
    """Also when it did not begin with ``auto``, and while its process is still there, perhaps on another node."""
    code = SCRIPT.replace(', resume="auto"', ', resume=os.environ.get("HOW")')
    code += "if not run.resumed: run.mark_preempting(); print('marked', flush=True); import time; time.sleep(60)\n"
    process = start_script(code, tmp_path)
    run_id = process.stdout.readline().split()[0]
    assert process.stdout.readline() == "marked\n"
    _, out, _ = run_script(code, tmp_path, HOW="auto")
    process.kill()
    process.communicate()
    assert out.split() == [run_id, "True", "2"]
    (update,) = records(tmp_path / "runs" / "p" / run_id, "update")
    assert update["preempting"] is True
    assert update["time"] > 1e9


def test_a_preempted_run_that_still_ends_well_has_finished(tmp_path):
    code = SCRIPT + "run.mark_preempting()\n"
    run_script(code, tmp_path)
    assert memory(tmp_path) == []


def test_the_memory_is_of_this_process_and_of_nobody_else(begin, tmp_path):
    first = begin(project="p", resume="auto")
    first.log({"a": 1})
    first.finish(1)
    again = begin(project="p", resume="auto")
    assert (again.id, again.resumed, again.starting_step) == (first.id, True, 1)
    again.finish()
    assert begin(project="p", resume="auto").id != first.id


@pytest.mark.parametrize("content", [b"", b"\xff", b"[1]", b'{"id": "../../x"}', b'{"id": 3}', b'{"id": ""}'])
def test_a_memory_that_is_damaged_is_none(begin, tmp_path, content):
    run = begin(project="p", resume="auto")
    (path,) = (tmp_path / "runs").glob(".p.*")
    run.finish()
    path.write_bytes(content)
    again = begin(project="p", resume="auto")
    assert not again.resumed
    assert Path(again.folder).parent == tmp_path / "runs" / "p"


def test_a_disabled_run_remembers_nothing(begin, tmp_path):
    begin(mode="disabled", resume="auto").mark_preempting()
    assert list(tmp_path.iterdir()) == []


def test_two_runs_of_one_command_are_both_remembered_in_turn(begin):
    first = begin(project="p", resume="auto")
    second = begin(project="p", resume="auto")  # the first one is finished by that
    assert second.id != first.id
    second.finish(1)
    assert begin(project="p", resume="auto").id == second.id


def test_a_folder_that_cannot_be_written_is_told_and_training_goes_on(begin, tmp_path, capsys):
    (tmp_path / "runs").write_text("no folder")
    begin(project="p", resume="auto").log({"a": 1})
    assert capsys.readouterr().err.count("cannot remember the run") == 1
