"""The lines of the builds against their budgets, and the table with all figures behind them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from benchmarks.budget import Line, markdown
from benchmarks.scale.builds import Build
from benchmarks.scale.measurements import Measured

SECONDS: Mapping[tuple[str, str], float] = MappingProxyType(
    {
        ("1,000 runs", "cold"): 5,
        ("1,000 runs", "unchanged"): 0.6,
        ("1,000 runs", "one run changed"): 1,
        ("1,000,000 steps", "cold"): 6,
        ("1,000,000 steps", "one run grown by 1,000 steps"): 1,
    }
)
"""The most that a build may take."""
MEGABYTES: Mapping[str, float] = MappingProxyType({"1,000 runs": 600})
"""The most memory that a cold build may take."""
PANEL_SECONDS: Mapping[str, float] = MappingProxyType({"1,000 runs": 1})
PANEL_KILOBYTES: Mapping[str, float] = MappingProxyType({"1,000 runs": 400})
SOONER = 1.5
"""How many times sooner than TensorBoard has served one metric everything is built, at least."""
TIMES_TEN = (("time", "seconds", 11.0), ("peak memory", "memory", 1.5))
"""What ten times the runs may cost, as a multiple."""


def counted(build: Build, value: float) -> float:
    """A figure of a build, if the build was right."""
    return math.nan if build.problem else value


def shape_lines(found: Measured) -> list[Line]:
    """Every line of one shape."""
    name, cold = found.shape.name, found.builds["cold"]
    lines = []
    for change, build in found.builds.items():
        measured = {"reportgen": counted(build, build.seconds)}
        if change == "cold":
            measured["raw parsing"] = found.parsing
        lines.append(Line(f"{name}: {change}", "s", SECONDS.get((name, change)), measured, build.problem))
    memory = {peer: each.memory for peer, each in found.served.items()}
    own = {"reportgen": counted(cold, cold.memory)}
    lines.append(Line(f"{name}: cold, peak memory", "MB", MEGABYTES.get(name), own | memory))
    return lines + shown_lines(found)


def shown_lines(found: Measured) -> list[Line]:
    """How soon one metric of all runs is seen, here and elsewhere."""
    name, cold, panel = found.shape.name, found.builds["cold"], found.panel
    lines = []
    if panel:
        sizes = PANEL_KILOBYTES.get(name)
        lines += [
            Line(f"{name}: workspace, first panel", "s", PANEL_SECONDS.get(name), {"reportgen": panel.seconds}),
            Line(f"{name}: workspace, loaded", "kB gzipped", sizes, {"reportgen": panel.kilobytes}),
        ]
    if not found.served:
        return lines
    own = counted(cold, cold.seconds + (panel.seconds if panel else 0))
    note = "cold build, and the first panel drawn" if panel else "the build only: no Chromium"
    others = {peer: each.seconds for peer, each in found.served.items()}
    lines.append(Line(f"{name}: one metric shown", "s", None, {"reportgen": own} | others, note))
    if "TensorBoard" in others and name == "1,000 runs":
        part = {"reportgen": counted(cold, cold.seconds / others["TensorBoard"])}
        note = "all metrics built, against one served; neither is drawn"
        lines.append(Line(f"{name}: cold, as part of TensorBoard's time", "x", round(1 / SOONER, 2), part, note))
    return lines


def scale_lines(measured: Sequence[Measured]) -> list[Line]:
    """The lines of every shape, and what ten times the runs cost."""
    lines = [line for each in measured for line in shape_lines(each)]
    cold = {each.shape.name: each.builds["cold"] for each in measured}
    if "1,000 runs" in cold and "10,000 runs" in cold:
        few, many = cold["1,000 runs"], cold["10,000 runs"]
        for title, figure, budget in TIMES_TEN:
            ratio = counted(few, counted(many, getattr(many, figure) / getattr(few, figure)))
            lines.append(Line(f"10,000 runs against 1,000: cold, {title}", "x", budget, {"reportgen": ratio}))
    return lines


def figures(measured: Sequence[Measured]) -> str:
    """Everything that was measured about every build, as a Markdown table."""
    head = ["project", "build", "s", "CPU s", "peak MB", "largest process MB", "site MB", "files"]
    rows = [
        [
            f"{each.shape.title} ({each.logs:,.0f} MB)" if change == "cold" else "",
            change,
            f"{build.seconds:.2f}",
            f"{build.cpu:.2f}",
            f"{build.memory:.0f}",
            f"{build.largest:.0f}",
            f"{build.size:.1f}",
            f"{build.files:,}",
        ]
        for each in measured
        for change, build in each.builds.items()
    ]
    return markdown(head, rows)
