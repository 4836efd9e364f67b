"""The lines of the loggers, in the order of the budget."""

from __future__ import annotations

from benchmarks.budget import Line
from benchmarks.loggers.measurements import Plan, latencies, rows_lost, sampler_load, start_times, step_costs


def log_line(plan: Plan, scalars: int) -> Line:
    """The cost of a call, as a multiple of what the bare write costs in the same process."""
    found = latencies(plan, scalars)
    own = found["reportgen"]
    note = f"{own['log']:.1f} µs; raw orjson + write {own['raw']:.1f} µs"
    return Line(
        f"log() of {scalars} scalars, p50", "x raw", 3, {name: each["ratio"] for name, each in found.items()}, note
    )


def measured_lines(plan: Plan) -> list[Line]:
    """Measure everything, and say meanwhile what is being measured."""
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
