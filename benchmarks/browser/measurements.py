"""A contest on a page of its own: written to a folder, opened from there in Chromium, repeated, the medians kept."""

from __future__ import annotations

import html
import json
import math
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.browser.contests import SUBJECTS, Contest, Subject
from benchmarks.browser.line_panel import LINE_PANEL
from benchmarks.browser.runs_table import RUNS_TABLE
from benchmarks.budget import Line
from benchmarks.scale.browser import FLAGS, chromium

ROOT = Path(__file__).resolve().parents[2]
THEME = ROOT / "themes" / "reportgen"
PATIENCE_MS = 120_000


def policy() -> str:
    """The content security policy of every page of a site."""
    found = re.search(
        r'http-equiv="Content-Security-Policy" content="([^"]+)"', (THEME / "base.html").read_text("utf-8")
    )
    if found is None:
        raise ValueError("base.html has no policy")
    return found[1]


def page_of(contest: Contest, folder: Path) -> Path:
    """A page with our assets, the data of the contest and its subjects, under the policy of a site."""
    sources = [SUBJECTS / "bench.js", *(source for each in contest.subjects for source in each.sources())]
    shutil.copytree(THEME / "assets", folder / "assets")
    assets = json.loads((folder / "assets" / "assets.json").read_text("utf-8"))
    (folder / "subjects").mkdir()
    names = []
    for number, source in enumerate([*sources, *contest.write(folder)]):
        names.append(f"subjects/{number}-{source.name}")
        shutil.copy(source, folder / names[-1])
    (folder / "subjects" / "host.css").write_text("#host { height: 780px; }")
    styles = ["subjects/host.css", *(name for name in names if name.endswith(".css"))]
    scripts = [name for name in names if name.endswith(".js")]
    page = folder / "index.html"
    page.write_text(
        f"""<!doctype html>
<html lang="en" data-theme="light"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy()}">
<link rel="stylesheet" href="assets/{assets["reportgen.css"]}">
{"".join(f'<link rel="stylesheet" href="{name}">' for name in styles)}
<script defer src="assets/{assets["reportgen.js"]}" data-root="./" data-vega="assets/{assets["vega.js"]}"></script>
{"".join(f'<script defer src="{name}"></script>' for name in scripts)}
</head><body><main class="page page-wide" data-assets="{html.escape(json.dumps(assets))}"></main></body></html>
""",
        encoding="utf-8",
    )
    return page


@contextmanager
def opened(page: Path, executable: str) -> Iterator[Any]:
    """The page in a fresh browser; what it complains of is raised in the end."""
    from playwright.sync_api import sync_playwright

    trouble: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        tab = browser.new_page(viewport={"width": 1440, "height": 900})
        tab.set_default_timeout(PATIENCE_MS)
        tab.on("console", lambda message: message.type == "error" and trouble.append(message.text))
        tab.on("pageerror", lambda error: trouble.append(str(error)))
        tab.goto(page.as_uri(), wait_until="load")
        yield tab
        browser.close()
    if trouble:
        raise RuntimeError("; ".join(trouble[:3]))


CONTESTS = (LINE_PANEL, RUNS_TABLE)
FLOOR = 33
"""Milliseconds of two frames."""
NOTE = (
    f"Each task until the second frame after it, so never less than {FLOOR} ms; its page has the content security"
    " policy of a site, and the data are in memory when the clock starts."
)


def measure_contests(repetitions: int) -> tuple[list[Line], list[str]]:
    """The lines of every contest, and notes for people."""
    executable = chromium()
    if executable is None:
        return [], ["Left out: this needs Chromium (CHROMIUM names one) and Playwright."]
    lines, notes = [], []
    for contest in CONTESTS:
        there, missing = with_packages(contest)
        lines += contest_lines(there, repetitions, executable)
        notes += missing
    return lines, [*notes, f"Medians of {repetitions}, each in a fresh browser. {NOTE}"]


def with_packages(contest: Contest) -> tuple[Contest, list[str]]:
    """The contest without libraries that cannot be installed, and a note for each of these."""
    there, notes = [], []
    for subject in contest.subjects:
        try:
            subject.sources()
            there.append(subject)
        except (OSError, subprocess.CalledProcessError) as error:
            notes.append(f"Left out: {subject.name}, which npm could not install ({type(error).__name__}).")
    return replace(contest, subjects=tuple(there)), notes


def contest_lines(contest: Contest, repetitions: int, executable: str) -> list[Line]:
    """The lines of a contest; its subjects take turns in who is first."""
    rounds = []
    for number in range(repetitions):
        print(f"{contest.title}, {number + 1} of {repetitions} …", flush=True)
        ordered = list(contest.subjects) if number % 2 == 0 else list(contest.subjects)[::-1]
        rounds.append(repetition(contest, ordered, executable))
    expected = contest.expected()
    return [_line(contest, task, [each[task] for each in rounds], expected[task]) for task in contest.budgets]


def repetition(contest: Contest, subjects: Sequence[Subject], executable: str) -> dict[str, dict[str, Any]]:
    """Every task of every subject once, in a fresh browser: by task, then by subject."""
    found: dict[str, dict[str, Any]] = {task: {} for task in contest.budgets}
    with tempfile.TemporaryDirectory(prefix="bench-browser-") as name:
        page = page_of(contest, Path(name))
        with opened(page, executable) as tab:
            for subject in contest.subjects:  # ours loads the data
                tab.evaluate("name => bench.subjects[name].prepare?.()", subject.name)
            for subject in subjects:
                for task, measured in found.items():
                    measured[subject.name] = tab.evaluate(
                        "([name, task]) => bench.measure(name, task)", [subject.name, task]
                    )
    return found


def _line(contest: Contest, task: str, rounds: Sequence[dict[str, Any]], expected: object) -> Line:
    """The medians of a task; of a library that shows something else than it should, none."""
    measured, wrong = {}, []
    for subject in contest.subjects:
        each = [found[subject.name] for found in rounds]
        bad = [one["shown"] for one in each if one["shown"] != expected]
        measured[subject.name] = math.nan if bad else median(one["milliseconds"] for one in each)
        wrong += [f"{subject.name} shows {bad[0]} instead of {expected}"] if bad else []
    budget, others = contest.budgets[task], [time for name, time in measured.items() if name != "reportgen"]
    if budget is None and task in contest.multiples and others:
        budget = round(contest.multiples[task] * min(others), 1)
    return Line(f"{contest.title}: {task}", "ms", budget, measured, "; ".join(wrong))
