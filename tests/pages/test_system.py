"""System metrics under headings, with those that answer the same question in one panel, of old logs and new."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.document import Chart, Prose
from reportgen.pages.panels import facts_of
from reportgen.pages.system import GROUPS, question_of, system_blocks, system_panels
from reportgen.pages.system_labels import label_of
from tests.builders import run

CAPTURE = Path(__file__).parents[2] / "docs" / "reference" / "capture.md"


@pytest.mark.parametrize(
    ("metric", "group", "question"),
    [
        ("cpu", "CPU", "cpu"),
        ("proc.cpu.threads", "CPU", "proc.cpu.threads"),
        ("memory_percent", "Memory", "memory_percent"),
        ("proc.memory.rssMB", "Memory", "proc.memory.rssMB"),
        ("gpu.0.gpu", "GPU", "gpu.*.gpu"),
        ("gpu.11.memoryAllocated", "GPU", "gpu.*.memoryAllocated"),
        ("gpu.0.mig.1.memoryAllocated", "GPU", "gpu.*.mig.*.memoryAllocated"),
        ("gpu.process.0.gpu", "GPU, by this run", "gpu.process.*.gpu"),
        ("disk.usagePercent", "Disk", "disk.*.usagePercent"),
        ("disk./.usagePercent", "Disk", "disk.*.usagePercent"),
        ("disk./data/a.b/in.usageGB", "Disk", "disk.*.usageGB"),
        ("disk.in", "Disk", "disk.*.in"),
        ("disk.nvme0n1.in", "Disk", "disk.*.in"),
        ("network.tcpRetransmits", "Network", "network.tcpRetransmits"),
        ("cpu@2", "CPU", "cpu@2"),
        ("gpu.0.temp@2", "GPU", "gpu.*.temp@2"),
        ("tpu.0.dutyCycle", "Other", "tpu.0.dutyCycle"),
        ("", "Other", ""),
    ],
)
def test_every_metric_has_its_place(metric, group, question):
    assert question_of(metric) == (group, question)
    assert group in GROUPS


def test_panels_stand_under_headings_with_a_line_for_each_gpu_and_disk(context_of):
    described = run("a")
    for metric in ("network.sent", "disk.in", "disk.vda.in", "gpu.1.temp", "gpu.0.temp", "gpu.0.gpu", "cpu", "custom"):
        described = described.system(metric, [1.0, 2.0])
    (project,) = context_of(described).workspace.projects
    blocks = system_blocks(project.run("a"), facts_of(project.run("a"), "system"))
    assert [block.html if isinstance(block, Prose) else block.title for block in blocks] == [
        "<h3>CPU</h3>", "CPU use (%)",
        "<h3>GPU</h3>", "Busy (% of time), GPU 0", "Temperature (°C)",
        "<h3>Disk</h3>", "Read from disk (MiB)",
        "<h3>Network</h3>", "Sent (bytes)",
        "<h3>Other</h3>", "custom",
    ]  # fmt: skip
    charts = {block.title: block for block in blocks if isinstance(block, Chart)}
    assert charts["Temperature (°C)"].panel["metrics"] == ["gpu.0.temp", "gpu.1.temp"]
    assert charts["Read from disk (MiB)"].panel["metrics"] == ["disk.in", "disk.vda.in"]
    assert [charts[title].panel["legend"] for title in ("Temperature (°C)", "CPU use (%)")] == [True, False]
    assert charts["Temperature (°C)"].summary.count("last 2") == 2
    assert len({chart.id for chart in charts.values()}) == len(charts)


def test_a_metric_of_several_ranks_has_a_panel_of_its_own(context_of):
    described = run("a").system("gpu.0.temp", [1.0]).system("gpu.1.temp", [2.0]).system("gpu.2.temp", [3.0])
    (project,) = context_of(described).workspace.projects
    one = project.run("a")
    ranks = {"gpu.0.temp": {"rank 0": one.system["gpu.0.temp"], "rank 1": one.system["gpu.0.temp"]}}
    charts = system_panels(replace(one, system_by_rank=ranks), facts_of(one, "system"))
    assert [chart.panel["metrics"] for chart in charts] == [["gpu.0.temp"], ["gpu.1.temp", "gpu.2.temp"]]
    assert [chart.panel.get("ranks") for chart in charts] == [{"main": "rank 0", "count": 2}, None]


@pytest.mark.parametrize(
    ("metric", "label"),
    [
        ("cpu", "CPU use (%)"),
        ("cpu@rank 2", "CPU use (%), rank 2"),
        ("gpu.*.temp", "Temperature (°C)"),
        ("gpu.1.temp@2", "Temperature (°C), GPU 1, 2"),
        ("gpu.process.0.powerWatts", "Power (W), GPU 0"),
        ("gpu.0.mig.3.memoryAllocatedBytes", "Memory in use (bytes), GPU 0, part 3"),
        ("gpu.*.mig.*.memoryAllocated", "Memory in use (%)"),
        ("disk.usageGB", "Disk space in use (GiB)"),
        ("disk.*.usageGB", "Disk space in use (GiB)"),
        ("disk./data/a.b/in.usagePercent", "Disk space in use (%), /data/a.b/in"),
        ("gpu.0.novel", "gpu.0.novel"),
        ("custom", "custom"),
    ],
)
def test_a_panel_says_what_is_measured_and_in_which_unit(metric, label):
    assert label_of(metric) == label


def test_every_captured_metric_has_a_label_with_the_unit_that_its_documentation_gives():
    text = CAPTURE.read_text("utf-8").split("## System metrics")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.+?`) \| (.*?) ?\| ", text, re.MULTILINE)
    units = {"%", "MiB", "GiB", "bytes", "°C", "W", "MHz", "lanes", "MB/s"}
    documented = {name: unit for names, unit in rows for name in re.findall(r"`(.+?)`", names)}
    assert len(documented) > 30
    for name, unit in documented.items():
        metric = re.sub("<[a-z]+>", "0", name)
        assert label_of(metric) != metric, name
        assert unit not in units or unit in label_of(metric), name
