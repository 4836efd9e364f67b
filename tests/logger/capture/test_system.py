"""System metrics of this machine, through the real psutil."""

import re
import subprocess
import sys
import time

import pytest

from reportgen.logger.capture import system
from reportgen.logger.capture.readings import Readings
from reportgen.logger.capture.system import SystemReader, tcp_retransmits
from tests.logger.logs import lines

GIB = 2**30


def test_samples_have_wandbs_names_and_sensible_values(begin):
    run = begin(capture="system", sample_seconds=0.1)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and len(samples(run)) < 3:
        sum(range(10_000))
        time.sleep(0.02)  # a loop that only reads files leaves other threads no turn
    run.finish()
    rows = samples(run)
    assert len(rows) >= 3
    last = rows[-1]
    expected = (
        "_timestamp cpu proc.cpu proc.cpu.threads memory_percent proc.memory.rssMB proc.memory.percent "
        "proc.memory.availableMB disk./.usagePercent disk./.usageGB network.sent network.recv"
    )
    assert set(expected.split()) <= set().union(*rows)
    assert all(isinstance(value, int | float) for row in rows for value in row.values())
    assert 0 <= last["memory_percent"] <= 100
    assert 5 < last["proc.memory.rssMB"] < 100_000
    assert [row["_timestamp"] for row in rows] == sorted(row["_timestamp"] for row in rows)


def samples(run):
    try:
        return lines(f"{run.folder}/system.jsonl")
    except (FileNotFoundError, AssertionError):
        return []


def test_without_system_metrics_there_is_still_a_sign_of_life(begin):
    run = begin(capture=False)
    run.finish()
    (row,) = samples(run)
    assert set(row) == {"_timestamp"}


def wait(seconds=2 * system.SHORTEST_INTERVAL):
    time.sleep(seconds)


def test_work_of_a_child_counts_as_work_of_the_run(tmp_path):
    reader = SystemReader(str(tmp_path))
    code = "import sys, time\nwhile time.process_time() < 0.3: pass\nprint()\nsys.stdin.read()"
    child = subprocess.Popen([sys.executable, "-S", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    child.stdout.readline()
    reader._tree._next_search = 0.0
    row = reader.read()
    assert child.pid in reader.pids()
    passed = time.monotonic() - reader._asked
    assert row["proc.cpu"] > 0
    assert row["proc.cpu.threads"] >= 2
    child.communicate()
    assert passed < 60


def test_a_container_is_measured_by_its_limits(tmp_path):
    files = {
        "proc/self/cgroup": "0::/\n",
        "proc/self/mountinfo": "30 24 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
        "sys/fs/cgroup/memory.max": f"{GIB}\n",
        "sys/fs/cgroup/memory.current": f"{GIB // 4}\n",
        "sys/fs/cgroup/cpu.max": "50000 100000\n",
        "sys/fs/cgroup/cpu.stat": "usage_usec 1000000\n",
    }
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    reader = SystemReader(str(tmp_path), root=str(tmp_path))
    wait()
    passed = time.monotonic() - reader._asked
    (tmp_path / "sys/fs/cgroup/cpu.stat").write_text(f"usage_usec {1_000_000 + int(passed * 250_000)}\n")
    row = reader.read()
    assert (row["memory_percent"], row["proc.memory.availableMB"]) == (25.0, 768.0)
    assert row["proc.memory.percent"] == pytest.approx(100 * row["proc.memory.rssMB"] / 1024, abs=0.01)
    assert 0 < row["cpu"] <= 50.0  # a quarter of a CPU, of the half that there is; later by now


def test_only_the_cpus_that_the_run_may_use_are_looked_at(tmp_path, monkeypatch):
    reader = SystemReader(str(tmp_path), root=str(tmp_path))
    reader._cpus = [1, 2]
    monkeypatch.setattr(system.psutil, "cpu_percent", lambda percpu=False: [100.0, 30.0, 50.0] if percpu else 60.0)
    wait()
    assert reader.read()["cpu"] == 40.0


def test_two_readings_close_to_each_other_say_nothing_of_use(tmp_path):
    reader = SystemReader(str(tmp_path))
    wait()
    assert "cpu" in reader.read()
    reader._asked = time.monotonic() + 1000
    assert "cpu" not in reader.read()


def test_what_the_machine_does_not_tell_is_left_out(tmp_path, monkeypatch):
    reader = SystemReader(str(tmp_path))

    def refuse(*_, **__):
        raise PermissionError

    for name in ("virtual_memory", "disk_usage", "disk_io_counters"):
        monkeypatch.setattr(system.psutil, name, refuse)
    monkeypatch.setattr(system.psutil, "net_io_counters", lambda: None)
    wait()
    names = set(reader.read())
    assert (
        {"cpu", "proc.cpu", "proc.cpu.threads"}
        <= names
        <= {"cpu", "proc.cpu", "proc.cpu.threads", "network.tcpRetransmits"}
    )


def test_counters_begin_with_the_reader(tmp_path):
    reader = SystemReader(str(tmp_path))
    row = reader.read()
    since = [name for name in row if re.fullmatch(r"disk\.\w+\.(in|out)|network\..*", name)]
    assert since
    assert all(0 <= row[name] < 1000 * 2**20 for name in since)


def test_retransmitted_segments_are_found_by_name(tmp_path):
    (tmp_path / "net").mkdir()
    (tmp_path / "net" / "snmp").write_text(
        "Ip: Forwarding\nIp: 1\nTcp: RtoMin InSegs RetransSegs\nTcp: 200 7 42\nUdp: a\n"
    )
    assert tcp_retransmits(str(tmp_path)) == 42
    (tmp_path / "net" / "snmp").write_text("Tcp: RtoMin\n")
    assert tcp_retransmits(str(tmp_path)) is None
    assert tcp_retransmits(str(tmp_path / "missing")) is None


def test_a_reading_costs_less_than_a_fiftieth_of_a_second(tmp_path):
    """Once in ten seconds, that is 0.2 per cent of a core. Of CPU time the least of some: load is no matter."""
    readings = Readings(str(tmp_path))
    costs = []
    for _ in range(5):
        begun = time.thread_time()
        readings.read()
        costs.append(time.thread_time() - begun)
    assert min(costs) < 0.02
