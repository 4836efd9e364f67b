"""The browser benchmark in pieces: the table shows what it should, and what shows something else is noticed."""

import math
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.browser import measurements, runs_table
from benchmarks.browser.contests import Subject
from benchmarks.browser.measurements import contest_lines, page_of, policy, with_packages
from benchmarks.browser.runs_table import RUNS_TABLE
from benchmarks.scale.browser import chromium

OURS = replace(RUNS_TABLE, subjects=RUNS_TABLE.subjects[:1])


@pytest.fixture
def few_runs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(runs_table, "RUNS", 400)
    runs_table.runs_data.cache_clear()
    yield
    runs_table.runs_data.cache_clear()


def test_a_page_has_the_policy_of_a_site(few_runs: None, tmp_path: Path) -> None:
    page = page_of(OURS, tmp_path / "page").read_text(encoding="utf-8")
    assert "unsafe" not in policy()
    assert policy().startswith("default-src 'none'")
    assert policy() in page
    assert "runs_table.js" in page


def test_every_column_has_a_value_for_each_run(few_runs: None) -> None:
    data = runs_table.runs_data()
    assert {len(column["values"]) for column in data["columns"]} == {400}
    assert len(data["columns"]) == runs_table.COLUMNS


def test_our_table_shows_what_is_expected_after_each_task(few_runs: None) -> None:
    executable = chromium()
    if executable is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Chromium")
    with ThreadPoolExecutor(1) as elsewhere:  # another Playwright may be at work in this thread
        lines = elsewhere.submit(contest_lines, OURS, 1, executable).result()
    assert [line.what.rpartition(" ")[2] for line in lines] == ["open", "sort", "filter", "scroll"]
    assert [line.note for line in lines] == [""] * 4
    assert all(line.measured["reportgen"] > 0 for line in lines)


def test_what_shows_something_else_is_wrong_whatever_its_time() -> None:
    rounds = [
        {"reportgen": {"milliseconds": 5.0, "shown": ["a", 1]}, "Tabulator": {"milliseconds": 9.0, "shown": shown}}
        for shown in (["a", 1], ["b", 1])
    ]
    line = measurements._line(RUNS_TABLE, "sort", rounds, ["a", 1])
    assert line.measured["reportgen"] == 5
    assert math.isnan(line.measured["Tabulator"])
    assert line.note == "Tabulator shows ['b', 1] instead of ['a', 1]"


def test_a_budget_may_be_a_multiple_of_the_other_library() -> None:
    contest = replace(RUNS_TABLE, budgets={"sort": None}, multiples={"sort": 1.5})
    rounds = [{"reportgen": {"milliseconds": 14.0, "shown": 1}, "Tabulator": {"milliseconds": 10.0, "shown": 1}}]
    line = measurements._line(contest, "sort", rounds, 1)
    assert (line.budget, line.verdict) == (15, "pass")


def test_a_library_that_cannot_be_installed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def sources(subject: Subject) -> list[Path]:
        if subject.package:
            raise FileNotFoundError("npm")
        return []

    monkeypatch.setattr(Subject, "sources", sources)
    there, notes = with_packages(RUNS_TABLE)
    assert [subject.name for subject in there.subjects] == ["reportgen"]
    assert notes == ["Left out: Tabulator, which npm could not install (FileNotFoundError)."]
