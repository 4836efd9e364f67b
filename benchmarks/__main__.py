"""Measures the logger and prints its budget table."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from dataclasses import asdict
from pathlib import Path

from benchmarks.budget import Line, table
from benchmarks.measurements import Plan, latencies, rows_lost, sampler_load, start_times, step_costs
from benchmarks.peers import peer_pythons

RESULTS = Path(__file__).resolve().parent / "results"


def log_line(plan: Plan, scalars: int) -> Line:
    """The cost of a call, as a multiple of what the bare write costs in the same process."""
    found = latencies(plan, scalars)
    own = found["reportgen"]
    note = f"{own['log']:.1f} µs; raw orjson + write {own['raw']:.1f} µs"
    return Line(
        f"log() of {scalars} scalars, p50", "x raw", 3, {name: each["ratio"] for name, each in found.items()}, note
    )


def measured_lines(plan: Plan) -> list[Line]:
    """Every line of the table, in the order of the budget."""
    print("measuring log() …", flush=True)
    lines = [log_line(plan, 3), log_line(plan, 50)]
    print("measuring a paced loop …", flush=True)
    lines.append(Line("paced loop, step cost of 3 scalars", "µs", 10, step_costs(plan, 3), "200 µs of work a step"))
    print("measuring import and init …", flush=True)
    starts = start_times(plan)
    for what, title, budget in (("import", "import reportgen", 40), ("init", "init() until it returns", 30)):
        note = "in a fresh process" if what == "import" else "in a git repository with changes"
        lines.append(Line(title, "ms", budget, {name: each[what] for name, each in starts.items()}, note))
    print("measuring the sampler …", flush=True)
    note = "processor time with system metrics less that without, by the sample"
    lines.append(Line("system metrics every 10 s", "% of a core", 0.2, sampler_load(plan), note))
    print("killing loggers …", flush=True)
    note = f"of {plan.calls:,}, the worst of {plan.repetitions}"
    lines.append(Line("rows lost at SIGKILL", "rows", 0, rows_lost(plan, 3), note))
    return lines


def main() -> None:
    """Measure, print, and keep what was measured below ``benchmarks/results``."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--peers", action="store_true", help="measure wandb, trackio and tensorboardX too")
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--calls", type=int, default=10_000)
    arguments = parser.parse_args()
    pythons = {"reportgen": sys.executable} | (peer_pythons() if arguments.peers else {})
    plan = Plan(pythons, arguments.repetitions, arguments.calls)
    lines = measured_lines(plan)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    text = f"{table(lines)}\n\n{machine}; load {os.getloadavg()[0]:.1f}; medians of {plan.repetitions} repetitions.\n"
    print(f"\n{text}")
    RESULTS.mkdir(exist_ok=True)
    stem = RESULTS / time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    stem.with_suffix(".md").write_text(text, encoding="utf-8")
    stem.with_suffix(".json").write_text(
        json.dumps(
            {"machine": machine, "lines": [asdict(line) | {"verdict": line.verdict} for line in lines]}, indent=1
        )
    )


if __name__ == "__main__":
    main()
