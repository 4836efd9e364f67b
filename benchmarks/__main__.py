"""Measures the logger, the builds and the pages, and prints their budget tables."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.browser.measurements import measure_contests
from benchmarks.budget import Line, table
from benchmarks.loggers.lines import measured_lines
from benchmarks.loggers.measurements import Plan
from benchmarks.peers import peer_pythons
from benchmarks.scale.lines import figures, scale_lines
from benchmarks.scale.measurements import measure_all
from benchmarks.scale.peers import ENVIRONMENTS

RESULTS = Path(__file__).resolve().parent / "results"


def plain(lines: list[Line]) -> list[dict[str, Any]]:
    """The lines as JSON has them."""
    return [asdict(line) | {"verdict": line.verdict} for line in lines]


def loggers_part(arguments: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """The table of the loggers as text, and what is in it."""
    pythons = {"reportgen": sys.executable} | (peer_pythons() if arguments.peers else {})
    plan = Plan(pythons, arguments.repetitions, arguments.calls)
    lines = measured_lines(plan)
    return f"{table(lines)}\n\nMedians of {plan.repetitions} repetitions.\n", {"lines": plain(lines)}


def scale_part(arguments: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """The tables of the builds as text, and what is in them."""
    found, notes = measure_all(arguments.scale, peer_pythons(ENVIRONMENTS.values()) if arguments.peers else {})
    lines = scale_lines(found)
    notes += [f"{each.shape.name}: {note}" for each in found for note in each.notes]
    repeated = ", ".join(f"{each.shape.name} {each.shape.repetitions}" for each in found)
    notes.append(f"Medians of repetitions: {repeated}. Files are in the page cache. {MEMORY}")
    text = "\n\n".join([table(lines), figures(found), *notes]) + "\n"
    return text, {"lines": plain(lines), "measured": [asdict(each) for each in found], "notes": notes}


def browser_part(arguments: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """The table of what readers wait for as text, and what is in it."""
    lines, notes = measure_contests(arguments.rounds)
    return "\n\n".join([table(lines), *notes]) + "\n", {"lines": plain(lines), "notes": notes}


MEMORY = (
    "Peak memory is that of all processes together, each shared page counted once (PSS, sampled),"
    " and never less than the largest process's own peak (ru_maxrss)."
)
PARTS = {"loggers": loggers_part, "scale": scale_part, "browser": browser_part}


def main() -> None:
    """Measure, print, and keep what was measured below ``benchmarks/results``."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=PARTS, help="measure this part")
    parser.add_argument("--peers", action="store_true", help="measure other programs too")
    parser.add_argument("--repetitions", type=int, default=5, help="of the loggers")
    parser.add_argument("--calls", type=int, default=10_000, help="of log()")
    parser.add_argument("--rounds", type=int, default=7, help="of the browser")
    parser.add_argument("--scale", choices=["small", "room", "full"], default="room", help="see CONTRIBUTING.md")
    arguments = parser.parse_args()
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    RESULTS.mkdir(exist_ok=True)
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    for name in [arguments.only] if arguments.only else PARTS:
        before = os.getloadavg()[0]
        text, found = PARTS[name](arguments)
        text = f"{text}\n{machine}; load {before:.1f} before, {os.getloadavg()[0]:.1f} after.\n"
        print(f"\n{text}", flush=True)
        stem = RESULTS / f"{stamp}-{name}"
        stem.with_suffix(".md").write_text(text, encoding="utf-8")
        stem.with_suffix(".json").write_text(json.dumps({"machine": machine} | found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
