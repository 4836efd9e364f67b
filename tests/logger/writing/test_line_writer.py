import errno
import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.logger.troubles import Troubles
from reportgen.logger.writing import backlog, line_writer
from reportgen.logger.writing.line_writer import LineWriter
from tests.logger.logs import lines, only_run, records, rows, run_script


def test_a_line_is_on_disk_when_append_returns(tmp_path):
    writer = LineWriter(str(tmp_path / "new" / "a.jsonl"), Troubles(strict=False))
    writer.append(b"1\n")
    writer.append(b"2\n")
    assert (tmp_path / "new" / "a.jsonl").read_bytes() == b"1\n2\n"


FULL_DISK = """
import resource, sys
import reportgen
run = reportgen.init(project="p", capture=False)
resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, resource.RLIM_INFINITY))
for i in range(400):
    run.log({"i": i})
sys.stdout.write("full\\n")
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
for i in range(400, 410):
    run.log({"i": i})
"""


def test_a_full_disk_costs_one_warning_and_no_row(tmp_path):
    status, out, err = run_script(FULL_DISK, tmp_path)
    assert (status, out) == (0, "full\n")
    assert err.count("cannot write") == 1
    folder = only_run(tmp_path / "runs")
    assert [row["i"] for row in rows(folder)] == list(range(410))
    assert records(folder, "finish")[0]["exit_code"] == 0


def test_a_full_disk_raises_when_strict(tmp_path):
    status, out, err = run_script(FULL_DISK, tmp_path, REPORTGEN_STRICT="1")
    assert (status, out) == (1, "")
    assert "File too large" in err


def test_a_file_in_place_of_the_folder_is_told_and_logging_begins_when_it_is_gone(tmp_path, begin, capsys):
    (tmp_path / "runs").write_text("in the way")
    run = begin(config={"lr": 1})
    run.log({"a": 1})
    run.log({"a": "text"})
    run.summary["x"] = 1
    assert capsys.readouterr().err.count("cannot write") == 1
    (tmp_path / "runs").unlink()
    run.log({"a": 3})
    run.finish()
    assert [row["a"] for row in rows(run.folder)] == [1, "text", 3]
    assert [record["type"] for record in lines(f"{run.folder}/run.jsonl")] == ["start", "config", "summary", "finish"]


def test_media_that_cannot_be_kept_do_not_cost_the_row(tmp_path, begin, capsys):
    import reportgen

    run = begin()
    Path(run.folder, "files").write_text("in the way")
    run.log({"table": reportgen.Table(["a"], [[1]]), "loss": 1})
    assert rows(run.folder) == [{"_step": 0, "table": None, "loss": 1}]
    assert "cannot log 'table'" in capsys.readouterr().err


def test_what_never_could_be_written_is_counted_at_the_end(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(backlog, "LIMIT", 20)
    (tmp_path / "file").write_text("")
    troubles = Troubles(strict=False)
    writer = LineWriter(str(tmp_path / "file" / "a.jsonl"), troubles)
    for number in range(10):
        writer.append(f"line {number}\n".encode())
    writer.close()
    troubles.tell_losses()
    assert "10 lines of a.jsonl" in capsys.readouterr().err


def test_a_deleted_file_is_told_and_made_again(tmp_path, capsys):
    writer = LineWriter(str(tmp_path / "a.jsonl"), Troubles(strict=False))
    writer.append(b"1\n")
    (tmp_path / "a.jsonl").unlink()
    writer.tend()
    writer.append(b"2\n")
    assert (tmp_path / "a.jsonl").read_bytes() == b"1\n2\n"
    assert "was deleted" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_the_device_that_is_always_full(capsys):
    troubles = Troubles(strict=False)
    writer = LineWriter("/dev/full", troubles)
    writer.append(b"1\n")
    writer.append(b"2\n")
    writer.close()
    troubles.tell_losses()
    err = capsys.readouterr().err
    assert err.count("cannot write") == 1
    assert "2 lines" in err


def test_one_write_a_row(begin, monkeypatch):
    written = []

    def count(descriptor, line):
        written.append(json.loads(line))
        return os.write(descriptor, line)

    run = begin()
    run.log({"a": 0})  # opens the file
    monkeypatch.setattr(line_writer, "write", count)
    run.log({"a": 1})
    run.log({"a": "x", "b": {"c": 1}})
    assert [row["_step"] for row in written] == [1, 2]


SHORT, REFUSED, INTERRUPTED, LOGS, RAISES = "short", "refused", "interrupted", "logs", "raises"
writes = st.lists(st.sampled_from(["whole", SHORT, REFUSED, INTERRUPTED, LOGS, RAISES]), max_size=30)


def whole_lines(path):
    """The numbers of the lines that are whole, and how many are not."""
    whole, bad = [], 0
    for text in path.read_bytes().split(b"\n")[:-1]:
        try:
            whole.append(json.loads(text)["n"])
        except ValueError:
            bad += 1
    return whole, bad


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(writes, st.integers(0, 40))
def test_no_line_is_torn_or_lost_however_writes_go(tmp_path_factory, monkeypatch, outcomes, length):
    """Writes that take a part, that are refused, or within which a signal handler logs or raises."""
    path = tmp_path_factory.mktemp("log") / "a.jsonl"
    writer = LineWriter(str(path), Troubles(strict=False))
    monkeypatch.setattr(line_writer, "RETRY_SECONDS", 0)
    left, count, returned, given_up = list(outcomes), iter(range(10_000)), [], set()

    def line(number):
        return json.dumps({"n": number, "pad": "x" * length}).encode() + b"\n"

    def append():
        number = next(count)
        given_up.add(number)
        writer.append(line(number))
        given_up.discard(number)
        returned.append(number)

    def write(descriptor, data):
        outcome = left.pop() if left else "whole"
        if outcome == REFUSED:
            raise OSError(errno.ENOSPC, "full")
        written = os.write(descriptor, data[: len(data) // 2] if outcome in {SHORT, INTERRUPTED} else data)
        if outcome in {LOGS, INTERRUPTED}:
            append()
        elif outcome == RAISES and not writer._backlog:  # what waits may be written twice by then, see the backlog
            raise KeyboardInterrupt
        return written

    monkeypatch.setattr(line_writer, "write", write)
    while left:
        try:
            append()
        except KeyboardInterrupt:
            continue
    append()
    writer.close()
    whole, bad = whole_lines(path)
    assert len(whole) == len(set(whole))
    assert set(returned) <= set(whole) <= set(returned) | given_up
    assert bad <= outcomes.count(INTERRUPTED)  # the part that stood there when the handler logged
    assert path.read_bytes().endswith(b"\n")
