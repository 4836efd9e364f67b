"""A contest on a page of its own: written to a folder, opened from there in Chromium, repeated, the medians kept."""

from __future__ import annotations

import html
import json
import math
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.browser.contests import SUBJECTS, Contest, Subject
from benchmarks.budget import Line
from benchmarks.scale.browser import FLAGS, chromium

ROOT = Path(__file__).resolve().parents[2]
THEME = ROOT / "themes" / "reportgen"
WINDOW = {"width": 1440, "height": 900}
PATIENCE_MS = 120_000


def policy() -> str:
    """The content security policy of every page of a site."""
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', (THEME / "base.html").read_text("utf-8"))
    if found is None:
        raise ValueError("base.html has no policy")
    return found[1]


def page_of(contest: Contest, subjects: list[Subject], folder: Path) -> Path:
    """A page with our assets, the data of the contest and its subjects, under the policy of a site."""
    shutil.copytree(THEME / "assets", folder / "assets")
    assets = json.loads((folder / "assets" / "assets.json").read_text("utf-8"))
    (folder / "subjects").mkdir()
    names = []
    for number, source in enumerate([SUBJECTS / "bench.js", *(one for each in subjects for one in each.sources()), *contest.write(folder)]):
        name = f"subjects/{number}-{source.name}"
        shutil.copy(source, folder / name)
        names.append(name)
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
        tab = browser.new_page(viewport=WINDOW)  # type: ignore[arg-type]
        tab.set_default_timeout(PATIENCE_MS)
        tab.on("console", lambda message: message.type == "error" and trouble.append(message.text))
        tab.on("pageerror", lambda error: trouble.append(str(error)))
        tab.goto(page.as_uri(), wait_until="load")
        yield tab
        browser.close()
    if trouble:
        raise RuntimeError("; ".join(trouble[:3]))


def repetition(contest: Contest, subjects: list[Subject], executable: str) -> dict[str, dict[str, Any]]:
    """Every task of every subject once, in a fresh browser: by subject, then by task."""
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-browser-") as name, opened(page_of(contest, subjects, Path(name)), executable) as tab:
        for subject in contest.subjects:  # ours loads the data
            if subject in subjects:
                tab.evaluate("name => bench.subjects[name].prepare?.()", subject.name)
        for subject in subjects:
            measure = "([name, task]) => bench.measure(name, task)"
            found[subject.name] = {task: tab.evaluate(measure, [subject.name, task]) for task in contest.budgets}
    return found


def contest_lines(contest: Contest, repetitions: int, *, peers: bool) -> tuple[list[Line], list[str]]:
    """The lines of a contest and notes for people; subjects take turns in who is first."""
    executable = chromium()
    if executable is None:
        return [], [f"Left out: {contest.title} needs Chromium (CHROMIUM names one) and Playwright."]
    subjects = [subject for subject in contest.subjects if peers or not subject.package]
    rounds = []
    for number in range(repetitions):
        print(f"{contest.title}, {number + 1} of {repetitions} …", flush=True)
        rounds.append(repetition(contest, subjects if number % 2 == 0 else subjects[::-1], executable))
    expected = contest.expected()
    lines = [_line(contest, task, rounds, expected) for task in contest.budgets]
    return lines, [f"Medians of {repetitions}, each in a fresh browser; until the second frame after a task, so never less than {FLOOR} ms."]


FLOOR = 33


def _line(contest: Contest, task: str, rounds: list[dict[str, dict[str, Any]]], expected: Mapping[str, object]) -> Line:
    measured, wrong = {}, []
    for name in rounds[0]:
        each = [found[name][task] for found in rounds]
        bad = next((one["shown"] for one in each if one["shown"] != expected[task]), None)
        measured[name] = math.nan if bad is not None else median(one["milliseconds"] for one in each)
        if bad is not None:
            wrong.append(f"{name} shows {bad} instead of {expected[task]}")
    budget, others = contest.budgets[task], [time for name, time in measured.items() if name != "reportgen"]
    if budget is None and task in contest.multiples and others:
        budget = round(contest.multiples[task] * min(others), 1)
    return Line(f"{contest.title}: {task}", "ms", budget, measured, "; ".join(wrong))
