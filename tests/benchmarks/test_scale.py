"""The pieces of the scale benchmark on tiny projects: what it makes is right, and it notices what is wrong."""

import json
import math
import os
import resource
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks.budget import table
from benchmarks.scale import measurements, parsing
from benchmarks.scale.builds import CHANGES, Build, build, middle
from benchmarks.scale.lines import figures, scale_lines
from benchmarks.scale.peers import Served, is_whole
from benchmarks.scale.processes import served, tree, used
from benchmarks.scale.projects import Project, Shape, append_rows, metric_name, run_id, values
from benchmarks.scale.sites import problem

TINY = Shape("tiny", runs=5, steps=20, metrics=3, repetitions=1)
GROWING = """
import subprocess, sys, time
child = "import time; held = bytearray(60_000_000); end = time.time() + 1\\nwhile time.time() < end: pass"
print("two of them", flush=True)
children = [subprocess.Popen([sys.executable, "-c", child]) for _ in range(2)]
sys.exit(max(each.wait() for each in children) + 3)
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project", TINY)


def logged(project: Project, run: int) -> list[dict[str, float]]:
    text = (project.runs / run_id(run) / "metrics.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def contents(project: Project) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in project.runs.rglob("*") if path.is_file()}


def test_every_run_logs_numbers_of_its_own(project: Project) -> None:
    seen = set()
    for run in range(TINY.runs):
        rows = logged(project, run)
        assert [row["_step"] for row in rows] == list(range(TINY.steps))
        expected = values(run, range(TINY.steps), TINY.metrics).tolist()
        assert [[row[metric_name(number)] for number in range(TINY.metrics)] for row in rows] == expected
        seen |= {value for row in expected for value in row}
    assert len(seen) == TINY.runs * TINY.steps * TINY.metrics


def test_rows_are_the_same_in_blocks_of_any_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = []
    for block in (1, 7, 1000):
        monkeypatch.setattr("benchmarks.scale.projects.BLOCK_VALUES", block)
        (tmp_path / str(block) / run_id(3)).mkdir(parents=True)
        append_rows(tmp_path / str(block), 3, range(5, 16), 2)
        rows = (tmp_path / str(block) / run_id(3) / "metrics.jsonl").read_text().splitlines()
        texts.append([[round(value, 6) for value in json.loads(row).values()] for row in rows])
    assert texts[0] == texts[1] == texts[2]
    assert len(texts[0]) == 11


def test_a_project_changes_and_is_put_back(project: Project) -> None:
    before = contents(project)
    project.append(10)
    project.add()
    assert len(logged(project, 4)) == 30
    assert len(logged(project, 5)) == 20
    assert project.steps == {0: 20, 1: 20, 2: 20, 3: 20, 4: 30, 5: 20}
    project.restore()
    assert contents(project) == before
    assert project.steps == dict.fromkeys(range(5), 20)


def test_a_build_that_is_wrong_does_not_count(project: Project) -> None:
    assert "FileNotFoundError" in problem(project)
    assert build(project, "cold").problem == ""
    project.append(1)
    assert problem(project) == "numbers of rows differ"
    project.restore()
    project.add()
    assert problem(project) == "5 runs instead of 6"
    project.restore()
    project.shape = replace(TINY, metrics=4)
    assert problem(project) == f"no last values of {metric_name(3)}"
    project.shape = TINY
    assert problem(project) == ""

    (runs,) = (project.site / "data").rglob("runs.*.js")
    honest = runs.read_text(encoding="utf-8")
    last = values(2, range(19, 20), 3)[0, 1]
    assert repr(float(last)) in honest
    runs.write_text(honest.replace(repr(float(last)), repr(float(last) + 0.001)), encoding="utf-8")
    assert problem(project) == f"last values of {metric_name(1)} differ"
    runs.write_text(honest, encoding="utf-8")
    (project.site / "runs" / run_id(1) / "index.html").unlink()
    assert problem(project).startswith("1 files are missing: runs/run00001")


def test_a_build_that_fails_does_not_count(project: Project) -> None:
    (project.folder / "mkdocs.yml").write_text("site_name: [")
    assert build(project, "cold").problem.startswith("exit code 1: ")


def test_raw_parsing_reads_every_value(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    assert int(measurements.raw_parsing(project).output) == 5 * 20 * (3 + 2)
    monkeypatch.setattr(parsing, "PART_BYTES", 500)
    log = project.runs / run_id(0) / "metrics.jsonl"
    cut = parsing.parts(log)
    assert len(cut) > 3
    assert [start for _, start, _ in cut[1:]] == [end for _, _, end in cut[:-1]]
    assert sum(map(parsing.decoded, cut)) == 20 * (3 + 2)


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="the system does not tell sizes of processes")
def test_all_processes_of_a_command_are_measured(tmp_path: Path) -> None:
    found = used([sys.executable, "-c", GROWING], tmp_path, os.environ)
    assert found.code == 3
    assert found.output == "two of them\n"
    assert found.memory > 120
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    assert 60 < found.largest < max(120, own + 1)  # what a large process starts is booked as large as itself
    assert found.cpu > 0.1


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not tell children of processes")
def test_a_server_ends_with_all_that_it_started(tmp_path: Path) -> None:
    with served([sys.executable, "-c", GROWING.replace("+ 1", "+ 20")], tmp_path, os.environ) as server:
        while len(tree(server.process.pid)) < 3:
            time.sleep(0.02)
        pids = tree(server.process.pid)
    wait_until_dead(pids)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the system does not tell children of processes")
def test_an_interrupt_ends_a_command_with_all_that_it_started(tmp_path: Path) -> None:
    started: set[int] = set()

    def interrupt() -> None:
        while len(started) < 3:
            time.sleep(0.02)
            started.update(pid for pid in tree(os.getpid()) if works_in(pid, tmp_path))
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)

    threading.Thread(target=interrupt).start()
    with pytest.raises(KeyboardInterrupt):
        used([sys.executable, "-c", GROWING.replace("+ 1", "+ 20")], tmp_path, os.environ)
    wait_until_dead(started)


def works_in(pid: int, folder: Path) -> bool:
    """Whether a process is one of the command's: this one may have others, such as a browser."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == folder
    except OSError:
        return False


def wait_until_dead(pids: Iterable[int]) -> None:
    end = time.monotonic() + 10
    while any(map(is_alive, pids)):
        assert time.monotonic() < end
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")")[-1].split()[0] != "Z"
    except OSError:
        return False


def test_a_served_curve_must_reach_the_last_step() -> None:
    last = values(2, range(19, 20), 3)[0, 0]
    assert is_whole(TINY, "run00002", 19, float(last))
    assert not is_whole(TINY, "run00002", 18, float(last))
    assert not is_whole(TINY, "run00003", 19, float(last))


def test_a_shape_is_measured_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(measurements, "chromium", lambda: None)
    found = measurements.measure(TINY, {})
    assert list(found.builds) == list(CHANGES)
    assert [each.problem for each in found.builds.values()] == [""] * len(CHANGES)
    assert all(
        each.seconds > 0 and each.cpu > 0 and each.memory > 10 and each.files > 10 for each in found.builds.values()
    )
    assert found.parsing > 0
    assert found.notes == []
    assert list(tmp_path.iterdir()) == []
    assert "| 5 runs x 20 steps x 3 metrics (0 MB) | cold" in figures([found])


def test_what_a_peer_cannot_do_is_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(measurements.Peer):
        def write(self, shape: Shape) -> None:
            """Nothing to show."""

    monkeypatch.setattr(measurements, "Peer", Broken)
    monkeypatch.setattr(
        measurements, "_build_all", lambda project, found, _: [each.append(GOOD) for each in found.builds.values()]
    )
    found = measurements.measure(replace(TINY, peers=True), {"trackio": sys.executable})
    assert found.served == {}
    (note,) = found.notes
    assert note.startswith("trackio: RuntimeError: the server has ended: ModuleNotFoundError: ")


GOOD = Build(seconds=4.0, cpu=6.0, memory=500.0, largest=300.0, size=10.0, files=100)


def measured(name: str, cold: Build, **changes: Build) -> measurements.Measured:
    shape = next(shape for shape in measurements.SHAPES if shape.name == name)
    return measurements.Measured(shape, 300.0, {"cold": cold} | changes, parsing=0.7)


def test_the_budgets_are_held_against_the_builds() -> None:
    few = measured("1,000 runs", GOOD, unchanged=replace(GOOD, seconds=0.7))
    few.served = {"TensorBoard": Served(8.0, 1065.0)}
    many = measured("10,000 runs", replace(GOOD, seconds=44.4, memory=740.0))
    verdicts = {line.what: line.verdict for line in scale_lines([few, many])}
    assert verdicts["1,000 runs: cold"] == "pass"
    assert verdicts["1,000 runs: unchanged"] == "FAIL"
    assert verdicts["1,000 runs: cold, peak memory"] == "pass"
    assert verdicts["1,000 runs: cold, as part of TensorBoard's time"] == "pass"
    assert verdicts["10,000 runs: cold"] == ""
    assert verdicts["10,000 runs against 1,000: cold, time"] == "FAIL"
    assert verdicts["10,000 runs against 1,000: cold, peak memory"] == "pass"


def test_a_wrong_build_fails_its_lines_however_fast_it_was() -> None:
    wrong = replace(GOOD, seconds=0.1, problem="5 runs instead of 6")
    lines = scale_lines([measured("1,000 runs", wrong), measured("10,000 runs", GOOD)])
    text = table(lines)
    assert [line.verdict for line in lines if line.what.startswith("1,000 runs") or "against" in line.what] == [
        "FAIL"
    ] * 4
    assert math.isnan(lines[0].measured["reportgen"])
    assert "| wrong " in text
    assert "5 runs instead of 6" in text
    assert middle([GOOD, wrong, GOOD]).problem == "5 runs instead of 6"


def test_a_shape_without_room_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [shape.name for shape in measurements.SHAPES]
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=6 * 10**9))
    shapes, notes = measurements.shapes_with_room("room")
    assert [shape.name for shape in shapes] == [name for name in names if name != "10,000 runs"]
    (note,) = notes
    assert note.startswith("Left out: 10,000 runs need up to ")
    assert "has 6.0 GB left" in note
    with pytest.raises(SystemExit, match="10,000 runs need up to "):
        measurements.shapes_with_room("full")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10**12))
    assert [shape.name for shape in measurements.shapes_with_room("full")[0]] == names
    assert [shape.name for shape in measurements.shapes_with_room("small")[0]] == ["100 runs"]
