"""How a run stands."""

import os
import socket
import subprocess
import sys

import pytest

from reportgen.reading.records import replay
from reportgen.reading.state import is_dead, run_state

START = {"type": "start", "time": 1000.0, "host": "elsewhere", "pid": 1}


def finish(exit_code):
    return {"type": "finish", "time": 1100.0, "exit_code": exit_code}


@pytest.mark.parametrize(
    ("records", "last_sign", "state"),
    [
        ([START, finish(0)], 1100.0, "finished"),
        ([START, finish(2)], 1100.0, "failed"),
        ([START], 1990.0, "running"),
        ([START], 1870.0, "crashed"),
        ([START], float("nan"), "crashed"),
        ([START, finish(0), START], 1990.0, "running"),
        ([START, finish(0), START], 1100.0, "crashed"),
        ([], 1990.0, "running"),
        ([], 1100.0, "crashed"),
    ],
)
def test_states(records, last_sign, state):
    assert run_state(replay(records), last_sign, now=2000.0) == state


@pytest.mark.parametrize(
    ("last_sign", "state"), [(1990.0, "running"), (1100.0, "finished"), (float("nan"), "finished")]
)
def test_a_log_that_cannot_say_that_it_is_done(last_sign, state):
    assert run_state(None, last_sign, now=2000.0) == state


def test_a_process_of_this_machine_that_is_gone_has_crashed_at_once():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    record = replay([START | {"host": socket.gethostname(), "pid": process.pid}])
    assert run_state(record, 1999.0, now=2000.0) == "crashed"


def test_a_process_of_this_machine_that_lives_is_running():
    record = replay([START | {"host": socket.gethostname(), "pid": os.getpid()}])
    assert run_state(record, 1999.0, now=2000.0) == "running"


@pytest.mark.parametrize("pid", [0, -1, 2**80, "1", None, True, 1.5])
def test_no_process_id_is_never_asked_for(pid):
    assert not is_dead({"host": socket.gethostname(), "pid": pid})
