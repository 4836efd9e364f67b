"""Console output below Python, with real descriptors in real processes."""

import signal
import subprocess
import sys

import pytest

from tests.logger.logs import environment, lines, run_script

BEGIN = """
import ctypes, os, signal, subprocess, sys, time
from reportgen.logger.capture.redirect import ConsoleRedirect
from reportgen.logger.writing.line_writer import LineWriter
from reportgen.logger.troubles import Troubles
console = ConsoleRedirect("console.jsonl", LineWriter("console.jsonl", Troubles(strict=False)).append, redact=True)
console.start()
"""


def printed(folder, stream):
    return "".join(record["text"] for record in lines(folder / "console.jsonl") if record["stream"] == stream)


def test_everything_that_is_printed_goes_where_it_went_and_into_the_log(tmp_path):
    code = """
print("python")
os.write(1, b"raw \\r10%\\r")
libc = ctypes.CDLL(None)
libc.printf(b"from C\\n")
libc.fflush(None)
subprocess.run(["echo", "child"], check=True)
print("password='hunter2'", file=sys.stderr)
console.stop()
print("after")
"""
    status, out, err = run_script(BEGIN + code, tmp_path)
    assert (status, err) == (0, "password='hunter2'\n")
    assert out == "python\nraw \n10%\nfrom C\nchild\nafter\n"  # read as text, in which \\r ends a line
    assert printed(tmp_path, "stdout") == "python\nraw \r10%\rfrom C\nchild\n"
    assert printed(tmp_path, "stderr") == "password='***'\n"


@pytest.mark.parametrize(
    ("end", "status"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
        ("os.abort()", -signal.SIGABRT),
        ("os._exit(3)", 3),
        ("ctypes.string_at(0)", -signal.SIGSEGV),
    ],
)
def test_the_last_words_of_a_process_that_dies_are_kept(tmp_path, end, status):
    code = f"import faulthandler; faulthandler.enable()\nos.write(1, b'x' * 60_000 + b'last words')\n{end}\n"
    found, out, _ = run_script(BEGIN + code, tmp_path)
    assert found == status
    assert out.endswith("last words")
    assert printed(tmp_path, "stdout") == "x" * 60_000 + "last words"
    if status == -signal.SIGSEGV:
        assert "Segmentation fault" in printed(tmp_path, "stderr")


def test_c_code_that_prints_while_it_holds_the_interpreter_goes_on(tmp_path):
    code = """
libc = ctypes.PyDLL(None)  # keeps the interpreter
libc.write.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_size_t)
for _ in range(64):
    libc.write(1, b"y" * 65536, 65536)
console.stop()
"""
    status, out, _ = run_script(BEGIN + code, tmp_path)
    assert (status, len(out)) == (0, 64 * 65536)
    assert len(printed(tmp_path, "stdout")) == 64 * 65536


def test_signals_to_the_group_do_not_end_the_program_before_the_training(tmp_path):
    code = """
signal.signal(signal.SIGINT, lambda *_: print("interrupted", flush=True))
os.killpg(os.getpgid(0), signal.SIGINT) if os.getpgid(0) == os.getpid() else os.kill(os.getpid(), signal.SIGINT)
print("goes on")
console.stop()
"""
    status, out, _ = run_script("import os; os.setpgid(0, 0)\n" + BEGIN + code, tmp_path)
    assert (status, out) == (0, "interrupted\ngoes on\n")
    assert printed(tmp_path, "stdout") == out


def test_printing_goes_on_when_the_program_is_killed(tmp_path):
    code = """
os.kill(console._tee.pid, signal.SIGKILL)
console._tee.wait()
print("into the pipe", flush=True)
console.pump()
print("as before", flush=True)
console.stop()
"""
    assert run_script(BEGIN + code, tmp_path) == (0, "into the pipe\nas before\n", "")


def test_a_child_that_prints_on_is_not_waited_for(tmp_path):
    code = """
child = subprocess.Popen(["sh", "-c", "sleep 3; echo late"])
console.stop(0.2)
print("done", flush=True)
os._exit(0)
"""
    status, out, _ = run_script(BEGIN + code, tmp_path)
    assert status == 0
    assert out == "done\nlate\n"
    assert printed(tmp_path, "stdout") == "late\n"


def test_descriptors_are_given_back(tmp_path):
    code = """
before = len(os.listdir("/proc/self/fd"))
console.stop()
console = ConsoleRedirect("console.jsonl", print, redact=True)
held = len(os.listdir("/proc/self/fd"))
console.start()
console.stop()
assert len(os.listdir("/proc/self/fd")) == held
"""
    assert run_script(BEGIN + code, tmp_path)[0] == 0


def test_bytes_that_are_no_text_are_printed_as_they_are(tmp_path):
    code = "os.write(1, b'caf\\xc3'); time.sleep(0.4); os.write(1, b'\\xa9 \\xff\\n'); console.stop()\n"
    script = tmp_path / "train.py"
    script.write_text(BEGIN + code)
    done = subprocess.run([sys.executable, script], cwd=tmp_path, env=environment(), capture_output=True, check=True)
    assert done.stdout == "café ".encode() + b"\xff\n"
    assert printed(tmp_path, "stdout") == "café \ufffd\n"
