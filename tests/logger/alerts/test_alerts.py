"""Alerts, posted to a real web server on this machine."""

import json
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import reportgen
from reportgen.errors import UsageError
from tests.logger.logs import only_run, records, run_script


class Chat(ThreadingHTTPServer):
    """Takes posts and answers as it is told."""

    def __init__(self):
        self.posts, self.status, self.release = [], 200, threading.Event()
        self.release.set()
        super().__init__(("127.0.0.1", 0), Answer)

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/hook/s3cret"


class Answer(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.release.wait(10)
        self.server.posts.append((self.path, self.headers["Content-Type"], json.loads(body)))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def chat():
    server = Chat()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.release.set()
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_alert_is_on_record_when_it_returns(begin):
    run = begin()
    before = time.time()
    run.alert("Loss is NaN", "at step 3", level=reportgen.AlertLevel.ERROR, wait_duration=timedelta(minutes=5))
    run.alert("Slow", level="warn")
    reportgen.alert("Fine")
    logged = records(run.folder, "alert")
    assert [(record["level"], record["title"], record["text"]) for record in logged] == [
        ("ERROR", "Loss is NaN", "at step 3"),
        ("WARN", "Slow", ""),
        ("INFO", "Fine", ""),
    ]
    assert all(before <= record["time"] <= time.time() for record in logged)


def test_without_an_address_there_is_no_thread_and_no_network(tmp_path):
    code = (
        "import sys, threading, reportgen\n"
        "run = reportgen.init(capture=False)\n"
        "before = threading.active_count()\n"
        "run.alert('a', 'b')\n"
        "assert threading.active_count() == before\n"
        "assert not {'socket', 'urllib.request', 'http.client'} & set(sys.modules)\n"
    )
    status, _, err = run_script(code, tmp_path)
    assert (status, err) == (0, "")


def test_it_is_posted_as_chats_take_it(begin, chat):
    run = begin(project="digits", id="a1", settings={"alert_webhook": chat.address})
    run.alert("Loss <is> NaN", "lr & co", level="ERROR")
    run.finish()
    text = "ERROR: Loss &lt;is&gt; NaN\nlr &amp; co\ndigits/a1"
    assert chat.posts == [("/hook/s3cret", "application/json", {"text": text})]


def test_the_address_may_come_from_the_environment_and_is_never_written(chat, tmp_path):
    code = "import reportgen\nrun = reportgen.init()\nprint(run.settings)\nrun.alert('a')\n"
    status, out, err = run_script(code, tmp_path, REPORTGEN_ALERT_WEBHOOK=chat.address)
    assert (status, err) == (0, "")
    assert len(chat.posts) == 1  # at the end of the process it was waited for
    assert "s3cret" not in out
    folder = only_run(tmp_path / "runs")
    assert not [path for path in folder.rglob("*") if path.is_file() and b"s3cret" in path.read_bytes()]


def test_one_title_is_posted_once_in_its_time_and_always_recorded(begin, chat):
    run = begin(settings={"alert_webhook": chat.address})
    for _ in range(5):
        run.alert("same", wait_duration=3600)
    for _ in range(2):
        run.alert("often", wait_duration=0)
    run.finish()
    titles = [post["text"].split("\n")[0] for _, _, post in chat.posts]
    assert titles == ["INFO: same", "INFO: often", "INFO: often"]
    assert len(records(run.folder, "alert")) == 7


def test_training_does_not_wait_for_a_server_that_hangs(begin, chat):
    chat.release.clear()
    run = begin(settings={"alert_webhook": chat.address})
    for number in range(300):
        run.alert(f"alert {number}")
    assert chat.posts == []  # all calls have returned while the first post still hangs
    chat.release.set()
    run.finish()
    assert len(records(run.folder, "alert")) == 300
    assert 100 <= len(chat.posts) <= 103


def test_the_end_waits_no_longer_than_it_may(begin, chat):
    chat.release.clear()
    run = begin(settings={"alert_webhook": chat.address})
    run.capture_timeout = 0.05
    run.alert("hangs")
    run.finish()
    assert run.finished
    assert chat.posts == []


@pytest.mark.parametrize("status", [404, 500])
def test_a_server_that_refuses_is_told_once_without_its_address(begin, chat, capsys, status):
    chat.status = status
    run = begin(settings={"alert_webhook": chat.address})
    run.alert("a")
    run.alert("b")
    run.finish()
    told = capsys.readouterr().err
    assert told.count(f"the server answered {status}") == 1
    assert "s3cret" not in told


def test_no_server_is_told_even_when_strict(begin, capsys):
    run = begin(strict=True, settings={"alert_webhook": "http://127.0.0.1:1/s3cret"})
    run.alert("a")
    run.finish()
    told = capsys.readouterr().err
    assert "could not be posted (ConnectionRefusedError" in told
    assert "s3cret" not in told


@pytest.mark.parametrize("options", [{"level": "LOUD"}, {"wait_duration": "soon"}], ids=str)
def test_an_alert_that_means_nothing_is_told_or_raised(begin, capsys, options):
    begin().alert("a", **options)
    assert str(next(iter(options.values()))) in capsys.readouterr().err
    with pytest.raises(UsageError):
        begin(strict=True).alert("a", **options)


def test_a_finished_and_a_disabled_run_post_nothing(begin, chat):
    run = begin(settings={"alert_webhook": chat.address})
    run.finish()
    run.alert("late")
    begin(mode="disabled", settings={"alert_webhook": chat.address}).alert("never")
    assert chat.posts == []
    assert records(run.folder, "alert") == []
