import json
import math
from typing import NamedTuple

import numpy as np
import pytest

from reportgen.document import Chart, DataRef
from reportgen.frames import FEW_RUNS
from reportgen.site.data_files import DataFiles
from reportgen.site.ledger import Ledger
from reportgen.site.links import workspace_links
from reportgen.site.overviews import OVERVIEW_RUNS
from reportgen.site.project_data import WorkspaceWork, runs_payload, write_project_data
from tests.builders import load, run
from tests.e2e.site_check import numbers, payload
from tests.site.places import data_place


class Written(NamedTuple):
    """What was written of a project."""

    index: DataRef
    ledger: Ledger

    def curves(self, run_id, source):
        """Where the curves of a run are."""
        return self.ledger.entry_of(run_id).curves(source)


def written(folder, *described, charts=()):
    for one in described:
        one.write(folder)
    workspace = load(folder)
    (project,) = workspace.projects
    place = data_place(folder, workspace)
    return Written(write_project_data(project, place, WorkspaceWork(lambda: charts)), place.ledger), place.data


def overview(site, entry):
    """The curves of a metric, of all its runs."""
    return [curve for part in entry["overviews"] for curve in payload(site, part["data"]["key"])["curves"]]


def test_a_metric_is_one_file_with_all_runs_that_have_it(tmp_path):
    done, _ = written(
        tmp_path,
        run("a").metric("loss", [3, 2, 1]).finished(),
        run("b").at(10).metric("other", [1]).finished(),
        run("c").at(20).metric("loss", [4, 5]).finished(),
    )
    site = tmp_path / "site"
    index = payload(site, done.index.key)
    assert [(entry["name"], entry["runs"]) for entry in index["metrics"]] == [("loss", 2), ("other", 1)]
    curves = overview(site, index["metrics"][0])
    assert [(curve["run"], curve["rows"], curve["bucket"]) for curve in curves] == [(0, 3, 1), (2, 2, 1)]
    assert "deeper" not in curves[0]


def test_the_runs_of_a_large_project_come_some_at_a_time_and_short_curves_lead_to_those_of_their_run(tmp_path):
    count = 2 * OVERVIEW_RUNS + 1
    for number in range(count):
        described = run(f"r{number:03}").at(number)
        if not OVERVIEW_RUNS <= number < 2 * OVERVIEW_RUNS:
            described = described.metric("loss", [float(number)] * 300 if number else [3.5, 1, 2])
        described.write(tmp_path)
    done, _ = written(tmp_path)
    site = tmp_path / "site"
    (entry,) = payload(site, done.index.key)["metrics"]
    ends = [(part["first"], part["last"]) for part in entry["overviews"]]
    assert ends == [(0, OVERVIEW_RUNS - 1), (2 * OVERVIEW_RUNS, 2 * OVERVIEW_RUNS)]
    curves = overview(site, entry)
    assert [curve["run"] for curve in curves] == [*range(OVERVIEW_RUNS), 2 * OVERVIEW_RUNS]
    assert (curves[0]["bucket"], curves[0]["last"], "deeper" in curves[0]) == (1, [3.5, 1, 2], False)
    assert (curves[1]["bucket"], curves[1]["max"]) == (8, {"from": 1, "by": 0, "n": 38})
    (level,) = curves[1]["deeper"]["levels"]
    whole = done.curves("r001", "run")
    (tile,) = level["tiles"]
    assert (level["bucket"], tile["first"], tile["last"], tile["step"]) == (1, 0, 299, [0, 299])
    assert (tile["data"], tile["metric"]) == ({"key": whole.key, "url": whole.url}, "loss")
    assert payload(site, whole.key)["curves"]["loss"]["bucket"] == 1


def test_a_project_of_many_runs_has_previews_and_columns_to_begin_with(tmp_path):
    for number in range(FEW_RUNS + 1):
        described = run(f"r{number:03}").at(number).config(lr=number, same=1)
        described.metric("acc", [0.5, number]).metric("late", [1, 2]).define("late", step_metric="acc").write(tmp_path)
    done, _ = written(tmp_path)
    site = tmp_path / "site"
    index = payload(site, done.index.key)
    assert index["column"] == "summary.acc"
    previews = {entry["name"]: ["preview" in part for part in entry["overviews"]] for entry in index["metrics"]}
    assert previews == {"acc": [True], "late": [False]}
    part = payload(site, index["metrics"][0]["overviews"][0]["preview"]["key"])
    assert numbers(part["runs"]).tolist() == list(range(FEW_RUNS + 1))
    first, runs = payload(site, index["first"]["key"]), payload(site, index["runs"]["key"])
    assert [column["key"] for column in first["columns"]] == [column["key"] for column in runs["columns"]]
    later = {column["key"]: column.get("varies") for column in first["columns"] if not column["values"]}
    assert later == {"config.lr": True, "config.same": False, "summary.late": False}


def test_a_project_of_few_runs_shows_all_at_once(tmp_path):
    done, _ = written(tmp_path, *(run(f"r{number}").metric("acc", [1, 2]) for number in range(3)))
    index = payload(tmp_path / "site", done.index.key)
    assert "first" not in index
    assert not any("preview" in part for entry in index["metrics"] for part in entry["overviews"])


def test_a_run_has_its_curves_in_one_file(tmp_path):
    done, _ = written(
        tmp_path,
        run("a").metric("x/loss", [3, 2]).metric("acc", [1, 0]).system("cpu", [1]),
        run("b").metric("acc", [1]),
    )
    site = tmp_path / "site"
    assert sorted(payload(site, done.curves("a", "run").key)["curves"]) == ["acc", "x/loss"]
    assert payload(site, done.curves("a", "system").key)["curves"]["cpu"]["rows"] == 1
    assert done.curves("b", "system") is None


def test_a_long_curve_has_levels_down_to_what_was_logged(tmp_path):
    values = [float(np.sin(step)) for step in range(5000)]
    done, _ = written(tmp_path, run("a").metric("loss", values))
    site = tmp_path / "site"
    curve = payload(site, done.curves("a", "run").key)["curves"]["loss"]
    levels = payload(site, curve["deeper"]["key"])["levels"]
    assert [level["bucket"] for level in levels] == sorted((level["bucket"] for level in levels), reverse=True)
    assert levels[-1]["bucket"] == 1
    raw = [payload(site, tile["data"]["key"]) for tile in levels[-1]["tiles"]]
    assert [number for tile in raw for number in column(tile["last"])] == pytest.approx(values, abs=2e-6)
    assert levels[-1]["tiles"][0]["first"] == 0
    assert levels[-1]["tiles"][-1]["last"] == 4999


def test_globs_hide_metrics_and_no_system_metric(tmp_path):
    described = run("a").define("*", hidden=True).define("*/x", hidden=False).metric("val/x", [1]).metric("y", [1])
    done, _ = written(tmp_path, described.system("cpu", [1]))
    index = payload(tmp_path / "site", done.index.key)
    assert {entry["name"]: entry["hidden"] for entry in index["metrics"]} == {"val/x": False, "y": True}
    assert [entry["hidden"] for entry in index["system"]] == [False]


def test_only_runs_that_speak_of_it_decide_whether_a_metric_is_hidden(tmp_path):
    done, _ = written(
        tmp_path,
        run("a").define("x", hidden=True).metric("x", [1]),
        run("b").define("x", summary=["min"]).metric("x", [1]),
    )
    assert payload(tmp_path / "site", done.index.key)["metrics"][0]["hidden"] is True


def over_epoch(name, count, *, epochs, define="epoch"):
    described = run(name).metric("loss", [float(step) for step in range(count)]).metric("epoch", epochs)
    return described.define("loss", step_metric=define) if define else described


def test_a_metric_over_another_has_its_places_at_every_level(tmp_path):
    done, _ = written(tmp_path, over_epoch("a", 5000, epochs=[step // 10 for step in range(5000)]))
    site = tmp_path / "site"
    index = payload(site, done.index.key)
    assert {entry["name"]: entry.get("xName") for entry in index["metrics"]} == {"epoch": None, "loss": "epoch"}
    (curve,) = overview(site, index["metrics"][1])
    assert curve == payload(site, done.curves("a", "run").key)["curves"]["loss"]
    assert column(curve["x"])[-1] == 499
    levels = payload(site, curve["deeper"]["key"])["levels"]
    raw = [payload(site, tile["data"]["key"]) for tile in levels[-1]["tiles"]]
    assert [x for tile in raw for x in column(tile["x"])] == [step // 10 for step in range(5000)]


def test_what_goes_back_has_a_curve_of_its_own_with_levels_of_its_own(tmp_path):
    done, _ = written(tmp_path, over_epoch("a", 5000, epochs=[step % 1000 for step in range(5000)]))
    site = tmp_path / "site"
    curve = payload(site, done.curves("a", "run").key)["curves"]["loss"]
    assert "x" not in curve
    over = curve["over"]
    assert over["deeper"]["key"] != curve["deeper"]["key"]
    levels = payload(site, over["deeper"]["key"])["levels"]
    raw = [payload(site, tile["data"]["key"]) for tile in levels[-1]["tiles"]]
    drawn = [pair for tile in raw for pair in zip(column(tile["x"]), column(tile["last"]), strict=True)]
    assert drawn == sorted((step % 1000, step) for step in range(5000))
    logged = [
        payload(site, tile["data"]["key"]) for tile in payload(site, curve["deeper"]["key"])["levels"][-1]["tiles"]
    ]
    assert [step for tile in logged for step in column(tile["last"])] == list(range(5000))
    assert not any("x" in tile for tile in logged)


def test_runs_that_define_another_metric_go_over_that_of_most_in_the_overview_alone(tmp_path):
    odd = over_epoch("odd", 5000, epochs=range(5000), define="samples").metric(
        "samples", [64 * step for step in range(5000)]
    )
    plain = over_epoch("plain", 3, epochs=[0, 1, 1], define="")
    late = run("late").metric("loss", [7, 8])
    runs = [over_epoch("a", 3, epochs=[0, 0, 1]), over_epoch("b", 3, epochs=[0, 0, 2]), odd, plain, late]
    done, _ = written(tmp_path, *(one.at(number) for number, one in enumerate(runs)))
    site = tmp_path / "site"
    entry = next(entry for entry in payload(site, done.index.key)["metrics"] if entry["name"] == "loss")
    assert entry["xName"] == "epoch"
    a, b, of_odd, of_plain, of_late = overview(site, entry)
    assert (a["x"], b["x"]) == ([0, 0, 1], [0, 0, 2])
    assert "x" not in of_odd
    assert column(of_odd["over"]["x"])[-1] == 4999
    assert of_plain["over"]["x"] == [0, 1, 1]
    assert not {"x", "over"} & of_late.keys()
    own = payload(site, done.curves("odd", "run").key)["curves"]["loss"]
    assert column(own["x"])[-1] == 64 * 4999
    assert "over" not in own
    assert own["deeper"] == of_odd["deeper"]
    assert not {"x", "over"} & payload(site, done.curves("plain", "run").key)["curves"]["loss"].keys()


def test_ranks_bands_and_overwritten_points_have_places_too(tmp_path):
    described = run("a").define("loss", step_metric="epoch")
    for rank in (0, 1):
        described.rank(rank).metric("loss", [rank + 1.0, rank + 3.0, 9.0]).metric("epoch", [0, 1, 1])
        described.attempt(2).metric("loss", [rank + 5.0], steps=[2])
    done, _ = written(tmp_path, described)
    site = tmp_path / "site"
    curves = payload(site, done.curves("a", "run").key)
    ranks = payload(site, curves["ranks"]["loss"]["key"])["curves"]["loss"]
    assert [one["curve"]["x"] for one in ranks] == [[0, 1, 1], [0, 1, 1]]
    band = payload(site, curves["bands"]["key"])["curves"]["loss"]
    assert column(band["step"]) == [0, 1, 2]
    assert (band["over"]["x"], band["over"]["last"], band["over"]["max"]) == ([0, 1], [1.5, 5.5], [2, 6])
    tails = payload(site, curves["overwritten"]["key"])["curves"]["loss"]
    assert [tail["curve"]["x"] for tail in tails] == [[1], [1]]


def column(written):
    """A column as a reader has it, None for gaps."""
    return [None if math.isnan(number) else number for number in numbers(written).tolist()]


def test_the_runs_table_has_exact_values_and_a_null_for_none(tmp_path):
    for one in (
        run("a").config(lr=0.1 + 0.2, opt="sgd").tag("x", "y"),
        run("b").at(5).config(layers=[1, 2]).metric("loss", [float("nan")]),
    ):
        one.write(tmp_path)
    workspace = load(tmp_path)
    table = runs_payload(workspace.projects[0], workspace_links(workspace))
    columns = {column["key"]: column["values"] for column in table["columns"]}
    assert columns["config.lr"] == [0.1 + 0.2, None]
    assert columns["config.opt"] == ["sgd", None]
    assert columns["tags"] == [["x", "y"], []]
    assert columns["name"] == ["a", "b"]
    assert all(len(values) == 2 for values in columns.values())
    assert all(column["type"] for column in table["columns"])
    json.dumps(table, allow_nan=False)


def test_hidden_metrics_are_marked(tmp_path):
    done, _ = written(tmp_path, run("a").define("train/*", hidden=True).metric("train/x", [1]).metric("val/x", [1]))
    index = payload(tmp_path / "site", done.index.key)
    assert {entry["name"]: entry["hidden"] for entry in index["metrics"]} == {"train/x": True, "val/x": False}


def test_names_that_look_alike_have_files_of_their_own(tmp_path):
    done, _ = written(
        tmp_path, run("a").metric("val/acc", [1]).metric("val acc", [2]).metric("Val/Acc", [3]).metric("", [4])
    )
    index = payload(tmp_path / "site", done.index.key)
    urls = [entry["overviews"][0]["data"]["url"].casefold() for entry in index["metrics"]]
    assert len(set(urls)) == len(urls) >= 3


def test_a_vega_panel_of_the_workspace_is_a_file(tmp_path):
    chart = Chart("c", "Bars", {"kind": "vega", "title": "Bars"}, spec={"marks": []})
    done, _ = written(tmp_path, run("a").metric("loss", [1]), charts=(chart,))
    (panel,) = payload(tmp_path / "site", done.index.key)["panels"]
    assert (panel["id"], panel["title"]) == ("c", "Bars")
    assert payload(tmp_path / "site", panel["data"]["key"]) == {"spec": {"marks": []}}


def test_a_project_without_runs_has_an_index(tmp_path):
    (tmp_path / "runs/digits").mkdir(parents=True)
    workspace = load(tmp_path)
    for project in workspace.projects:
        done = write_project_data(project, workspace_links(workspace), DataFiles(tmp_path / "site"))
        assert payload(tmp_path / "site", done.index.key)["metrics"] == []


def ranked():
    described = run("a").rank(0, host="n0").metric("loss", [3, 2, 1]).metric("alone", [1]).system("cpu", [10, 20])
    described.rank(1, host="n1").metric("loss", [6, 4, 2]).metric("other", [7]).system("cpu", [30, 40])
    return described


def test_ranks_and_their_band_are_apart_from_what_is_shown_at_first(tmp_path):
    done, _ = written(tmp_path, ranked())
    site = tmp_path / "site"
    charts = payload(site, done.curves("a", "run").key)
    assert sorted(charts["curves"]) == ["alone", "loss", "other"]
    assert charts["curves"]["loss"]["last"] == {"from": 3, "by": -1, "n": 3}
    assert list(charts["ranks"]) == ["loss"]
    assert "overwritten" not in charts
    ranks = payload(site, charts["ranks"]["loss"]["key"])["curves"]["loss"]
    assert [(one["rank"], one["curve"]["rows"]) for one in ranks] == [("rank 0", 3), ("rank 1", 3)]
    band = payload(site, charts["bands"]["key"])["curves"]["loss"]
    assert [band[key] for key in ("min", "last", "max")] == [
        {"from": 3, "by": -1, "n": 3},
        {"from": 4.5, "by": -1.5, "n": 3},
        {"from": 6, "by": -2, "n": 3},
    ]
    system = payload(site, done.curves("a", "system").key)
    nodes = payload(site, system["ranks"]["cpu"]["key"])["curves"]["cpu"]
    assert [one["rank"] for one in nodes] == ["rank 0, n0", "rank 1, n1"]
    index = payload(site, done.index.key)
    assert [(entry["name"], entry["runs"]) for entry in index["metrics"]] == [("alone", 1), ("loss", 1), ("other", 1)]


def test_what_was_overwritten_is_a_dataset_of_its_own(tmp_path):
    described = run("a").metric("loss", [3, 2, 1]).metric("gone", [1], steps=[2])
    described.attempt(2).metric("loss", [9], steps=[1]).finished()
    done, _ = written(tmp_path, described)
    charts = payload(tmp_path / "site", done.curves("a", "run").key)
    assert sorted(charts["curves"]) == ["loss"]
    tails = payload(tmp_path / "site", charts["overwritten"]["key"])["curves"]
    assert sorted(tails) == ["gone", "loss"]
    (tail,) = tails["loss"]
    assert (tail["rank"], tail["attempt"], tail["curve"]["step"], tail["curve"]["last"]) == ("main", 1, [1, 2], [2, 1])


def test_a_run_of_one_process_has_nothing_beside_it(tmp_path):
    done, data = written(tmp_path, run("a").metric("loss", [3, 2]).finished())
    assert set(payload(tmp_path / "site", done.curves("a", "run").key)) == {"run", "curves"}
    assert not [name for name in data.files.written if "/ranks/" in name or "/bands" in name]


def test_sixty_four_ranks_do_not_make_what_is_loaded_first_heavier(tmp_path):
    described = run("many").rank(0)
    for rank in range(64):
        described = described.rank(rank) if rank else described
        for metric in range(50):
            described.metric(f"m{metric}", [rank + metric, rank, metric])
    done, data = written(tmp_path, described)
    alone, one = written(tmp_path / "alone", run("many").metric("m0", [0, 0, 0]))
    first = data.files.written[done.curves("many", "run").url]
    assert first < 50 * (one.files.written[alone.curves("many", "run").url] + 100)
    assert len([name for name in data.files.written if "/ranks/" in name]) == 50


def test_hostile_names_of_metrics_and_ranks_keep_their_datasets_apart(tmp_path):
    names = ["ranks", "tiles", "curves", "bands", "../x", "__proto__", "system", "overwritten"]
    described = run("a").rank(0)
    for name in names:
        described.metric(name, [float(step) for step in range(3000)])
    described.label("</script><b>")
    for name in names:
        described.metric(name, [1.0])
    done, data = written(tmp_path, described)
    charts = payload(tmp_path / "site", done.curves("a", "run").key)
    assert sorted(charts["ranks"]) == sorted(names)
    keys = [url.rpartition(".")[0].rpartition(".")[0] for url in data.files.written]
    assert len(keys) == len(set(keys))
    assert all(not key.startswith("../") and "/../" not in key for key in keys)
