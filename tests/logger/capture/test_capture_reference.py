"""What the documentation says is captured is what is."""

import re
from types import SimpleNamespace

from reportgen.logger.capture import system
from reportgen.logger.capture.gpu_nvidia import NvidiaReader
from reportgen.logger.capture.system import SystemReader
from reportgen.logger.capture.variables import ALLOWED, SLURM
from reportgen.logger.settings import CAPTURES
from tests.logger.capture.nvml_driver import Driver, install
from tests.logger.logs import CHECKOUT

PAGE = (CHECKOUT / "docs" / "reference" / "capture.md").read_text(encoding="utf-8")
PLACES = (
    (r"gpu\.process\.\d+\.", "gpu.process.<i>."),
    (r"gpu\.\d+\.", "gpu.<i>."),
    (r"gpu\.<i>\.mig\.\d+\.", "gpu.<i>.mig.<k>."),
    (r"disk\..+\.(usage\w+)$", r"disk.<path>.\1"),
    (r"disk\..+\.(in|out)$", r"disk.<device>.\1"),
)


def described(heading, column=1):
    """The words set as code in a column of the table under a heading."""
    (section,) = [part for part in PAGE.split("\n## ") if part.startswith(heading)]
    rows = [line.split("|") for line in section.split("\n") if line.startswith("|")]
    return {word for row in rows for word in re.findall(r"`([^`]+)`", row[column])}


def named(row):
    """The names of a row as the page writes them."""
    names = "\n".join(row)
    for pattern, place in PLACES:
        names = re.sub(f"^{pattern}", place, names, flags=re.MULTILINE)
    return set(names.split("\n"))


def test_every_system_metric_is_described_and_every_described_one_is_read(tmp_path, monkeypatch):
    counters = {"vda": SimpleNamespace(read_bytes=1, write_bytes=1)}
    monkeypatch.setattr(system.psutil, "disk_io_counters", lambda perdisk: counters)
    monkeypatch.setattr(system, "_devices", lambda: ["vda"])
    monkeypatch.setattr(system, "tcp_retransmits", lambda: 1)
    reader = SystemReader(str(tmp_path))
    reader._asked -= 1
    driver = Driver()
    driver.mig, driver.processes = 1, {1: 2**20}
    gpus = NvidiaReader(install(monkeypatch, driver)).read(frozenset({1}))
    assert named(reader.read()) | named(gpus) == described("System metrics")


def test_amds_metrics_are_among_them():
    from reportgen.logger.capture.gpu_amd import NUMBERS

    assert {f"gpu.<i>.{name}" for name in NUMBERS} <= described("System metrics")


def test_every_part_of_capture_is_described():
    table = PAGE.partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(CAPTURES)


def test_every_variable_of_the_list_is_described():
    (section,) = [part for part in PAGE.split("\n## ") if part.startswith("Environment variables")]
    listed = section.partition("\n\n")[2].split("\n\n")[1]
    assert set(re.findall(r"`([^`]+)`", listed)) == set(ALLOWED)


def test_every_fact_of_slurm_is_described():
    assert set(SLURM) <= described("Machine", column=2)
