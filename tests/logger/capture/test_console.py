import io
import json
import logging
import sys

import pytest

from reportgen.logger.capture.console import ConsoleCapture, records
from tests.logger.logs import lines, only_run, run_script


class Recorder:
    """Takes the place of the file."""

    def __init__(self):
        self.content = b""

    def append(self, content):
        self.content += content

    def text(self, stream="stdout"):
        records = [json.loads(line) for line in self.content.splitlines()]
        return "".join(record["text"] for record in records if record["stream"] == stream)


class Closed(io.StringIO):
    def write(self, text):
        raise ValueError("I/O operation on closed file")


def own_streams(monkeypatch):
    """Streams of this test, set in its body: pytest sets its own after the fixtures."""
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    return Recorder()


def test_what_is_printed_still_is_and_is_recorded_by_stream(monkeypatch):
    recorder = own_streams(monkeypatch)
    capture = ConsoleCapture(recorder.append)
    capture.start()
    print("out")
    print("err", file=sys.stderr)
    sys.stdout.writelines(["a", "b\n"])
    capture.stop()
    assert (sys.stdout.getvalue(), sys.stderr.getvalue()) == ("out\nab\n", "err\n")
    assert (recorder.text("stdout"), recorder.text("stderr")) == ("out\nab\n", "err\n")


def test_after_stop_the_streams_are_as_before(monkeypatch):
    recorder = own_streams(monkeypatch)
    before = sys.stdout.write
    capture = ConsoleCapture(recorder.append)
    capture.start()
    capture.stop()
    print("later")
    assert sys.stdout.write == before
    assert recorder.content == b""


def test_loggers_that_hold_the_stream_are_captured(monkeypatch):
    recorder = own_streams(monkeypatch)
    handler = logging.StreamHandler(sys.stderr)
    capture = ConsoleCapture(recorder.append)
    capture.start()
    handler.emit(logging.LogRecord("x", logging.INFO, "", 0, "from logging", None, None))
    capture.stop()
    assert recorder.text("stderr") == "from logging\n"


def test_somebody_who_wraps_the_stream_later_keeps_his_wrapper(monkeypatch):
    recorder = own_streams(monkeypatch)
    capture = ConsoleCapture(recorder.append)
    capture.start()
    ours, seen = sys.stdout.write, []
    sys.stdout.write = lambda text: (seen.append(text), ours(text))[1]
    capture.stop()
    print("x", end="")
    assert "".join(seen) == "x"
    assert sys.stdout.getvalue() == "x"
    assert recorder.content == b""


def test_missing_and_closed_streams_do_no_harm(monkeypatch):
    recorder = own_streams(monkeypatch)
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", Closed())
    capture = ConsoleCapture(recorder.append)
    capture.start()
    print("nobody hears")
    with pytest.raises(ValueError, match="closed"):
        sys.stderr.write("as without us")
    capture.stop()
    assert recorder.text("stderr") == "as without us"


def test_a_file_that_refuses_does_not_stop_printing(monkeypatch):
    own_streams(monkeypatch)

    def refuse(_):
        raise OSError("full")

    capture = ConsoleCapture(refuse)
    capture.start()
    print("x\n" * 10_000)
    capture.stop()
    assert len(sys.stdout.getvalue()) == 20_001


def test_consecutive_output_of_one_stream_is_one_record():
    printed = [(1.0, "stdout", "a"), (2.0, "stdout", "b\n"), (3.0, "stderr", "c"), (4.0, "stdout", "d\ud800")]
    assert records(printed, redact=True) == [
        {"time": 1.0, "stream": "stdout", "text": "ab\n"},
        {"time": 3.0, "stream": "stderr", "text": "c"},
        {"time": 4.0, "stream": "stdout", "text": "d?"},
    ]


def test_what_was_printed_is_kept_raw():
    drawn = "10%\r20%\r\x1b[A\x1b[32m30%\x1b[0m\r\n"
    assert records([(1.0, "stdout", drawn)], redact=True) == [{"time": 1.0, "stream": "stdout", "text": drawn}]


def test_secrets_are_masked_unless_that_is_switched_off():
    printed = [(1.0, "stdout", "password="), (1.0, "stdout", "'hunter2'\n")]
    said = [records(printed, redact=redact)[0]["text"] for redact in (True, False)]
    assert said == ["password='***'\n", "password='hunter2'\n"]


def test_a_script_prints_as_if_nothing_listened(tmp_path):
    code = """
import sys
import reportgen
run = reportgen.init(project="p", capture="console")
print("hello")
sys.stderr.write("oops\\n")
assert not sys.stdout.isatty() and sys.stdout.fileno() == 1
run.finish()
print("after")
"""
    assert run_script(code, tmp_path) == (0, "hello\nafter\n", "oops\n")
    recorded = lines(only_run(tmp_path / "runs") / "console.jsonl")
    assert [(record["stream"], record["text"]) for record in recorded] == [("stdout", "hello\n"), ("stderr", "oops\n")]
    assert all(record["time"] > 1e9 for record in recorded)


def test_a_script_with_closed_streams_runs(tmp_path):
    code = """
import os, sys
import reportgen
run = reportgen.init(project="p", capture="console")
os.close(1)
sys.stderr.close()
run.log([])
run.log({"a": 1})
run.finish()
os._exit(0)
"""
    assert run_script(code, tmp_path)[0] == 0
    assert (only_run(tmp_path / "runs") / "metrics.jsonl").exists()
