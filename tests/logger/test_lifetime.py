"""How runs end, with real processes."""

import signal
import time

import pytest

from tests.logger.logs import lines, only_run, records, rows, run_script, start_script

BEGIN = """
import os, signal, sys, time
import reportgen
run = reportgen.init(project='p', capture={capture})
run.log({{'a': 1}})
"""
QUIET = BEGIN.format(capture=False)


def finish_codes(folder):
    return [record["exit_code"] for record in records(only_run(folder / "runs"), "finish")]


@pytest.mark.parametrize("capture", [True, False])
def test_ten_thousand_rows_survive_sigkill(tmp_path, capture):
    code = (
        BEGIN.format(capture=capture)
        + """
for i in range(9_999):
    run.log({'loss': 1 / (i + 1), 'acc': 0.5, 'lr': 1e-3})
os.kill(os.getpid(), signal.SIGKILL)
"""
    )
    status, _, _ = run_script(code, tmp_path)
    assert status == -signal.SIGKILL
    folder = only_run(tmp_path / "runs")
    assert [row["_step"] for row in rows(folder)] == list(range(10_000))
    assert records(folder, "finish") == []


@pytest.mark.parametrize(
    ("end", "status", "code"),
    [
        ("", 0, 0),
        ("raise ValueError('broken')", 1, 1),
        ("sys.exit(3)", 3, 3),
        ("sys.exit()", 0, 0),
        ("sys.exit('message')", 1, 1),
        ("os.kill(os.getpid(), signal.SIGINT); time.sleep(5)", -signal.SIGINT, 130),
        ("run.finish(7)", 0, 7),
    ],
)
def test_the_run_ends_as_its_process_does(tmp_path, end, status, code):
    assert run_script(QUIET + end, tmp_path)[0] == status
    assert finish_codes(tmp_path) == [code]


@pytest.mark.parametrize(("body", "said"), [("raise ValueError('broken')", True), ("sys.exit(3)", False)])
def test_the_console_of_a_run_that_failed_in_a_with_block_says_why(tmp_path, body, said):
    code = f"import sys\nimport reportgen\nwith reportgen.init(project='p', capture=['console']):\n    {body}\n"
    status, _, err = run_script(code, tmp_path)
    assert status == (1 if said else 3)
    assert err.count("ValueError: broken") == said
    console = only_run(tmp_path / "runs") / "console.jsonl"
    printed = "".join(chunk["text"] for chunk in lines(console)) if console.exists() else ""
    assert printed.count("ValueError: broken") == said
    assert ("line 4, in <module>" in printed) == said


def test_an_exception_is_still_printed_and_reaches_the_console_file(tmp_path):
    status, _, err = run_script(BEGIN.format(capture=["console"]) + "raise ValueError('broken')", tmp_path)
    assert status == 1
    assert "ValueError: broken" in err
    logged = "".join(chunk["text"] for chunk in lines(only_run(tmp_path / "runs") / "console.jsonl"))
    assert "ValueError: broken" in logged


def test_somebody_elses_excepthook_is_called(tmp_path):
    code = "import sys\nsys.excepthook = lambda *error: print('mine', error[0].__name__)\n" + QUIET + "raise ValueError"
    _, out, _ = run_script(code, tmp_path)
    assert out == "mine ValueError\n"
    assert finish_codes(tmp_path) == [1]


def terminate(process):
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    return process.returncode


READY = "print('ready', flush=True)\ntime.sleep(30)\n"


@pytest.mark.parametrize("capture", [True, False])
def test_sigterm_ends_the_run_and_the_process(tmp_path, capture):
    assert terminate(start_script(BEGIN.format(capture=capture) + READY, tmp_path)) == -signal.SIGTERM
    assert finish_codes(tmp_path) == [143]


def test_a_users_sigterm_handler_stays(tmp_path):
    code = "import signal, sys\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(9))\n" + QUIET + READY
    assert terminate(start_script(code, tmp_path)) == 9
    assert finish_codes(tmp_path) == [9]


def test_finish_gives_the_hooks_back(tmp_path):
    hooks = "(sys.excepthook, sys.exit, signal.getsignal(signal.SIGTERM))"
    code = f"""
import signal, sys
before = {hooks}
{QUIET}
run.finish()
assert before == {hooks}
raise ValueError
"""
    status, _, err = run_script(code, tmp_path)
    assert (status, "AssertionError" in err) == (1, False)
    assert finish_codes(tmp_path) == [0]


FORK = """
import threading
stop = threading.Event()
def work():
    while not stop.is_set():
        run.log({"thread": 1})
thread = threading.Thread(target=work)
thread.start()
children = []
for _ in range(20):
    child = os.fork()
    if child == 0:
        run.log({"child": 1})
        run.config["child"] = True
        run.summary["child"] = 1
        print("from a child")
        sys.exit(5)  # runs atexit and the hooks of the parent
    children.append(child)
assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [5] * 20
stop.set()
thread.join()
run.log({"parent": 1})
"""


def test_a_forked_child_neither_writes_nor_finishes(tmp_path):
    status, out, err = run_script(BEGIN.format(capture=["console"]) + FORK, tmp_path)
    assert status == 0, err
    assert out.count("from a child") == 20
    folder = only_run(tmp_path / "runs")
    assert not any("child" in row for row in rows(folder))
    assert rows(folder)[-1]["parent"] == 1
    assert records(folder, "config") == records(folder, "summary") == []
    assert finish_codes(tmp_path) == [0]
    assert not (folder / "console.jsonl").exists()


def test_a_child_that_is_terminated_dies_without_a_word(tmp_path):
    code = QUIET + (
        "child = os.fork()\n"  # at once: no time for the child to drop the handler
        "if child == 0:\n"
        "    time.sleep(20)\n"
        "    os._exit(0)\n"
        "os.kill(child, signal.SIGTERM)\n"
        "assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGTERM\n"
    )
    status, _, err = run_script(code, tmp_path)
    assert (status, err) == (0, "")
    assert finish_codes(tmp_path) == [0]


def test_multiprocessing_workers_leave_the_run_alone(tmp_path):
    code = QUIET + (
        "import multiprocessing\n"
        "with multiprocessing.get_context('fork').Pool(2) as pool: assert pool.map(abs, [-1, -2]) == [1, 2]\n"
    )
    status, _, err = run_script(code, tmp_path)
    assert (status, err) == (0, "")
    assert finish_codes(tmp_path) == [0]


def test_a_child_may_begin_a_run_of_its_own(tmp_path):
    code = QUIET + (
        "child = os.fork()\n"
        "if child == 0:\n"
        "    own = reportgen.init(project='children', capture=False)\n"
        "    own.log({'b': 1})\n"
        "    sys.exit(2)\n"
        "os.waitpid(child, 0)\n"
    )
    assert run_script(code, tmp_path)[0] == 0
    (child,) = (tmp_path / "runs" / "children").iterdir()
    assert [record["exit_code"] for record in records(child, "finish")] == [2]
    (parent,) = (tmp_path / "runs" / "p").iterdir()
    assert [record["exit_code"] for record in records(parent, "finish")] == [0]


def test_everything_is_captured_when_the_process_ends_at_once(tmp_path):
    begun = time.time()
    status, _, err = run_script("import reportgen\nreportgen.init(project='p')\n", tmp_path)
    assert (status, err) == (0, "")
    folder = only_run(tmp_path / "runs")
    assert (folder / "files" / "requirements.txt").read_text().count("==") > 5
    (sample,) = lines(folder / "system.jsonl")
    assert sample["_timestamp"] >= begun
    assert sample["proc.memory.rssMB"] > 1
    assert finish_codes(tmp_path) == [0]
    assert [path.name for path in (folder / "files").iterdir()] == ["requirements.txt"]
