"""A run that is sent to other processes, and a run that several unrelated ones share."""

import copy
import os
import pickle
from pathlib import Path

import pytest

from reportgen.logger.attempts.plan import safe_label
from reportgen.logger.run import Run
from reportgen.logger.writing.run_log import file_name, written_by
from tests.logger.logs import lines, only_run, records, rows, run_script

SPAWN = """
import multiprocessing, os, sys
import reportgen

def work(run, number):
    for turn in range(20):
        run.log({"number": number, "turn": turn, "pid": os.getpid()})
    assert run.config.lr == 1
    assert isinstance(run, reportgen.Run)
    if number == 3:
        run.config.seen = True
    if number == 4:
        raise ValueError("on purpose")

if __name__ == "__main__":
    run = reportgen.init(project="p", name="named", config={"lr": 1}, capture=False)
    for step in range(7):
        run.log({"main": 1})
    context = multiprocessing.get_context(sys.argv[1] if len(sys.argv) > 1 else METHOD)
    workers = [context.Process(target=work, args=(run, number)) for number in range(WORKERS)]
    for worker in workers: worker.start()
    for worker in workers: worker.join()
    run.log({"main": 2})
    print([worker.exitcode for worker in workers])
"""


def by_writer(folder, stream):
    """Every line of a stream by the name of its writer."""
    found = {}
    for path in folder.glob(f"{stream}*.jsonl"):
        _, writer, _ = written_by(path.name)
        found[writer] = lines(path)
    return found


@pytest.mark.parametrize(("method", "workers"), [("spawn", 16), ("forkserver", 5)])
def test_workers_write_files_of_their_own(tmp_path, method, workers):
    code = f"METHOD, WORKERS = {method!r}, {workers}\n{SPAWN}"
    status, out, err = run_script(code, tmp_path)
    assert (status, out) == (0, f"{[int(number == 4) for number in range(workers)]}\n"), err
    folder = only_run(tmp_path / "runs")
    written = by_writer(folder, "metrics")
    assert set(written) == {"", *(f"worker{number}" for number in range(1, workers + 1))}
    assert [row["main"] for row in written.pop("")] == [1] * 7 + [2]
    for found in written.values():
        assert [row["turn"] for row in found] == list(range(20))
        assert [row["_step"] for row in found] == list(range(7, 27))  # from where the run stood
        assert len({row["pid"] for row in found}) == 1
    assert {row["number"] for found in written.values() for row in found} == set(range(workers))
    for writer, found in by_writer(folder, "run").items():
        start, end = found[0], found[-1]
        assert start.get("label", "") == writer
        assert ("name" in start) == (writer == "")
        failed = writer and written[writer][0]["number"] == 4
        assert (end["type"], end["exit_code"]) == ("finish", int(bool(failed)))
    configs = [
        record["config"] for found in by_writer(folder, "run").values() for record in found if "config" in record
    ]
    assert sorted(configs, key=str) == [{"lr": 1}, {"seen": True}]


@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_a_pool_that_sends_the_run_with_each_task_has_one_writer_for_each_process(tmp_path, method):
    code = """
import multiprocessing, os
import reportgen

def work(task):
    run, number = task
    run.log({"number": number})
    return os.getpid()

if __name__ == "__main__":
    run = reportgen.init(project="p", capture=False)
    with multiprocessing.get_context(METHOD).Pool(3) as pool:
        print(len(set(pool.map(work, [(run, number) for number in range(60)], chunksize=1))))
"""
    status, out, err = run_script(f"METHOD = {method!r}\n{code}", tmp_path)
    assert (status, err) == (0, "")
    folder = only_run(tmp_path / "runs")
    written = by_writer(folder, "metrics")
    assert len(written) == int(out)
    assert sorted(row["number"] for found in written.values() for row in found) == list(range(60))
    ends = [found[-1] for name, found in by_writer(folder, "run").items() if name and found[-1]["type"] == "finish"]
    assert all(end["exit_code"] == 0 for end in ends)  # the pool stops its workers with SIGTERM, which is no failure


def test_a_worker_that_never_uses_the_run_leaves_no_trace(tmp_path):
    code = f"METHOD, WORKERS = 'spawn', 1\n{SPAWN}".replace(
        "    for turn in range(20)", "    return\n    for turn in ()"
    )
    status, _, err = run_script(code, tmp_path)
    assert (status, err) == (0, "")
    assert set(by_writer(only_run(tmp_path / "runs"), "run")) == {""}


def test_a_worker_that_forks_does_not_share_its_file(tmp_path):
    code = f"METHOD, WORKERS = 'spawn', 1\n{SPAWN}".replace(
        "    assert run.config.lr == 1\n",
        "    if os.fork() == 0:\n        run.log({'child': 1})\n        os._exit(0)\n",
    )
    _, _, err = run_script(code, tmp_path)
    assert "belongs to the parent" in err
    written = by_writer(only_run(tmp_path / "runs"), "metrics")
    assert not any("child" in row for found in written.values() for row in found)


def test_in_its_own_process_a_run_stays_itself(begin):
    run = begin()
    assert pickle.loads(pickle.dumps(run)) is run  # noqa: S301 # our own bytes
    assert copy.copy(run) is copy.deepcopy(run) is run
    assert copy.deepcopy({"run": [run]})["run"][0] is run


SENT = """
import pickle, sys
run = pickle.load(open("run.pickle", "rb"))
run.log({"a": 1})
print(run.disabled, run.finished, run.step)
"""


@pytest.mark.parametrize(
    ("options", "finish", "said"),
    [({}, True, "False True 1\n"), ({"mode": "disabled"}, False, "True False 2\n")],
    ids=["finished", "disabled"],
)
def test_a_run_that_takes_nothing_takes_nothing_elsewhere(begin, tmp_path, options, finish, said):
    run = begin(**options)
    run.log({"a": 0})
    if finish:
        run.finish()
    (tmp_path / "run.pickle").write_bytes(pickle.dumps(run))
    before = sorted(tmp_path.rglob("*"))
    _, out, err = run_script(SENT, tmp_path)
    assert out == said, err
    assert ("has finished" in err) == finish
    assert sorted(path for path in tmp_path.rglob("*") if path.name != "train.py") == before


def test_a_worker_of_a_later_attempt_says_so(begin, tmp_path):
    begin(project="p", id="a").finish()
    run = begin(project="p", id="a", resume="must")
    (tmp_path / "run.pickle").write_bytes(pickle.dumps(run))
    run_script(SENT, tmp_path)
    (start,) = [lines(path)[0] for path in Path(run.folder).glob("run.worker*")]
    assert (start["label"], start["attempt"]) == ("worker1", 2)
    assert Path(run.folder, "run.worker1.2.jsonl").is_file()


SHARED = """
import os, sys
import reportgen
run = reportgen.init(project="p", id="a", mode="shared", capture=False, **eval(os.environ.get("MORE", "{}")))
print(type(run).__name__, run.resumed, run.starting_step)
for step in range(5):
    run.log({"pid": os.getpid()})
"""


def test_processes_share_a_run_under_names_of_their_own(tmp_path):
    for label in ("", "loader", "evaluator/1", "", "rank7", "12"):
        run_script(SHARED, tmp_path, REPORTGEN_LABEL=label)
    folder = only_run(tmp_path / "runs")
    written = by_writer(folder, "metrics")
    assert set(written) == {"", "loader", "evaluator-1", "writer2", "label-rank7", "label-12"}
    assert len({row["pid"] for found in written.values() for row in found}) == len(written)
    assert {name: found[0].get("label", "") for name, found in by_writer(folder, "run").items()} == {
        name: name for name in written
    }


def test_a_labelled_writer_goes_on_with_its_own_rows(tmp_path):
    run_script(SHARED, tmp_path)
    run_script(SHARED, tmp_path, REPORTGEN_LABEL="loader")
    _, out, _ = run_script(SHARED, tmp_path, REPORTGEN_LABEL="loader", MORE="dict(resume='allow')")
    assert out == "Run True 5\n"
    folder = only_run(tmp_path / "runs")
    assert lines(folder / "run.loader.2.jsonl")[0]["attempt"] == 2
    assert [row["_step"] for row in lines(folder / "metrics.loader.2.jsonl")] == list(range(5, 10))


def test_writers_that_start_at_once_have_files_of_their_own(tmp_path):
    code = """
import os, subprocess, sys
writers = [subprocess.Popen([sys.executable, "-c", os.environ["WRITER"]]) for _ in range(8)]
sys.exit(max(writer.wait() for writer in writers))
"""
    assert run_script(code, tmp_path, WRITER=SHARED)[0] == 0
    written = by_writer(only_run(tmp_path / "runs"), "metrics")
    assert set(written) == {"", *(f"writer{number}" for number in range(2, 9))}
    assert all([row["_step"] for row in found] == list(range(5)) for found in written.values())


@pytest.mark.parametrize("label", ["", "a", "a.b", "7", "rank1", "rank", "1.2", "../x", "é" * 200, "worker1"])
def test_a_label_is_told_from_ranks_and_attempts_in_a_file_name(label):
    safe = safe_label(label)
    assert written_by(file_name("metrics", safe, 1)) == ("metrics", safe, 1)
    assert written_by(file_name("metrics", safe, 12)) == ("metrics", safe, 12)


def test_a_forked_child_leaves_the_run_of_its_parent_alone(begin):
    """As ever: only a run that is sent is joined."""
    run = begin()
    child = os.fork()
    if child == 0:
        run.log({"child": 1})
        os._exit(0)
    os.waitpid(child, 0)
    run.log({"parent": 1})
    assert rows(run.folder) == [{"_step": 0, "parent": 1}]
    assert isinstance(run, Run)
    assert records(run.folder, "finish") == []
