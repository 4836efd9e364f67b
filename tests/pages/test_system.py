"""System metrics under headings, with those that answer the same question in one panel, of old logs and new."""

from dataclasses import replace

import pytest

from reportgen.document import Chart, Prose
from reportgen.pages.panels import facts_of
from reportgen.pages.system import GROUPS, question_of, system_blocks, system_panels
from tests.builders import run


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
        ("disk./mnt/a.b/in.usageGB", "Disk", "disk.*.usageGB"),
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
        "<h3>CPU</h3>", "cpu",
        "<h3>GPU</h3>", "gpu.0.gpu", "gpu.*.temp",
        "<h3>Disk</h3>", "disk.*.in",
        "<h3>Network</h3>", "network.sent",
        "<h3>Other</h3>", "custom",
    ]  # fmt: skip
    charts = {block.title: block for block in blocks if isinstance(block, Chart)}
    assert charts["gpu.*.temp"].panel["metrics"] == ["gpu.0.temp", "gpu.1.temp"]
    assert charts["disk.*.in"].panel["metrics"] == ["disk.in", "disk.vda.in"]
    assert [charts[title].panel["legend"] for title in ("gpu.*.temp", "cpu")] == [True, False]
    assert charts["gpu.*.temp"].summary.count("last 2") == 2
    assert len({chart.id for chart in charts.values()}) == len(charts)


def test_a_metric_of_several_ranks_has_a_panel_of_its_own(context_of):
    described = run("a").system("gpu.0.temp", [1.0]).system("gpu.1.temp", [2.0]).system("gpu.2.temp", [3.0])
    (project,) = context_of(described).workspace.projects
    one = project.run("a")
    ranks = {"gpu.0.temp": {"rank 0": one.system["gpu.0.temp"], "rank 1": one.system["gpu.0.temp"]}}
    charts = system_panels(replace(one, system_by_rank=ranks), facts_of(one, "system"))
    assert [chart.panel["metrics"] for chart in charts] == [["gpu.0.temp"], ["gpu.1.temp", "gpu.2.temp"]]
    assert [chart.panel.get("ranks") for chart in charts] == [{"main": "rank 0", "count": 2}, None]
