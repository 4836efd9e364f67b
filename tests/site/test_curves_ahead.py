"""A long run whose curves are made by several workers."""

import pytest

from reportgen.executors import open_workers
from reportgen.site import curves_ahead
from reportgen.site.project_data import write_project_data
from tests.builders import load, run
from tests.e2e.study import tree
from tests.site.places import data_place


@pytest.mark.parametrize("jobs", [1, 2])
def test_parts_give_what_the_whole_gives(tmp_path, monkeypatch, jobs):
    long = run("long").define("late", step_metric="epoch").metric("epoch", [step // 7 for step in range(3000)])
    for number in range(6):
        long.metric(f"m{number}", [float((step * 7919 + number) % 1009) for step in range(3000)])
    long.metric("late", [1.5] * 3000).metric("short", [1, 2, float("nan")]).system("cpu", [1, 2, 3]).finished()
    long.write(tmp_path)
    run("other").at(10).metric("m0", [1, 2]).finished().write(tmp_path)
    workspace = load(tmp_path)
    whole = data_place(tmp_path / "whole", workspace)
    write_project_data(workspace.projects[0], whole)
    monkeypatch.setattr(curves_ahead, "MANY_POINTS", 1)
    monkeypatch.setattr(curves_ahead, "PARTS", 4)
    with open_workers(jobs=jobs) as workers:
        parts = data_place(tmp_path / "parts", workspace, workers)
        write_project_data(workspace.projects[0], parts)
    assert tree(tmp_path / "parts/site") == tree(tmp_path / "whole/site")
    assert parts.data.files.written == whole.data.files.written
    assert parts.ledger.entry_of("long") == whole.ledger.entry_of("long")
    assert len(curves_ahead.parts_of(workspace.projects[0].runs[0], 0)) == 4
