"""What the charts say of the runs, and what they say when they cannot be made."""

import dataclasses
import re

import pytest

from reportgen.charts import CHARTS, ChartRequest, main_metric, report_charts, workspace_charts
from reportgen.errors import BlockError
from tests.builders import project_model, run
from tests.charts.sweep import sweep


def chart(kind, project=None, runs=None, **options):
    project = project or sweep()
    return CHARTS[kind](ChartRequest(project, project.runs if runs is None else runs, {**options, "kind": kind}, "c"))


def rows(made, name):
    return next(table["values"] for table in made.spec["data"] if table["name"] == name)


def test_a_line_chart_tells_its_best_run_and_step(tmp_path):
    project = project_model(
        tmp_path,
        run("a").metric("val/acc", [0.1, 0.9, 0.5]).finished(),
        run("b").name("two").metric("val/acc", [0.2, 0.3, 0.981]).finished(),
        run("c").metric("train/loss", [1.0]).finished(),
    )
    assert chart("line", project, metric="val/acc").summary == "val/acc of 2 runs; best 0.981 by two at step 2."
    assert chart("line", project, metric="train/loss").summary == "train/loss of 1 run; best 1 by c at step 0."


def test_a_line_chart_of_groups_tells_where_each_ends(tmp_path):
    project = project_model(
        tmp_path,
        run("a").tag("x").config(net={"name": "wide"}).metric("acc", [0.1, 0.5]),
        run("b").tag("x").config(net={"name": "wide"}).metric("acc", [0.2, 0.7]),
        run("c").config(net={"name": "deep"}).metric("acc", [0.3, float("nan")]),
        run("d").metric("acc", [float("nan")]),
        run("e").metric("other", [1.0]),
    )
    made = chart("line", project, metric="acc", group="net.name", band="minmax")
    ends = "deep 0.3 (n = 1); wide 0.6 (0.5 to 0.7, n = 2); \N{EM DASH} has no number"
    said = f"acc of 4 runs by net.name: mean with the least and the greatest. At the last step: {ends}."
    assert made.summary == said
    assert {key: made.panel[key] for key in ("group", "center", "band")} == {
        "group": "config.net.name",
        "center": "mean",
        "band": "minmax",
    }
    made = chart("line", project, metric="acc", group="tags", center="median", band="none")
    assert made.panel["group"] == "tags"
    assert "x 0.6 (n = 2)" in made.summary
    assert chart("line", project, metric="acc", group="other").panel["group"] == "summary.other"


def test_a_line_chart_of_many_groups_names_the_first():
    made = chart("line", metric="val/acc", group="name")
    assert made.summary.count("(n = 1)") == 6
    assert made.summary.endswith("and 18 more.")


def test_a_line_chart_over_all_runs_names_none():
    project = sweep()
    assert chart("line", metric="val/acc").panel["runs"] is None
    assert chart("line", runs=project.runs[:2], metric="val/acc").panel["runs"] == ["r00", "r01"]


def test_a_line_chart_is_over_the_metric_that_all_its_metrics_are_over(tmp_path):
    described = run("a").define("val/*", step_metric="epoch").metric("val/acc", [1]).metric("val/loss", [1])
    project = project_model(tmp_path, described.metric("loss", [1]).metric("epoch", [0]))
    assert chart("line", project, metrics=["val/acc", "val/loss"]).panel["xName"] == "epoch"
    for options in ({"metrics": ["val/acc", "loss"]}, {"metric": "val/acc", "x": "step"}, {"metric": "loss"}):
        assert "xName" not in chart("line", project, **options).panel


def test_a_line_chart_has_the_metrics_that_a_pattern_finds(tmp_path):
    described = run("a").metric("val/acc", [1]).metric("val/loss", [1]).metric("loss", [1])
    project = project_model(tmp_path, described)
    assert chart("line", project, pattern="^val/").panel["metrics"] == ["val/acc", "val/loss"]
    assert chart("line", project, metric="val/loss", pattern="loss").panel["metrics"] == ["val/loss", "loss"]


def test_a_line_chart_draws_an_expression_over_another_metric(tmp_path):
    project = project_model(
        tmp_path,
        run("a").metric("train/loss", [2, 1]).metric("val/loss", [3, 2]).metric("epoch", [0, 1]),
        run("b").metric("train/loss", [2, 1]),
    )
    made = chart("line", project, y="{train/loss} - {val/loss}", x="metric:epoch", smooth=0.5, smooth_by="gaussian")
    assert made.title == "{train/loss} - {val/loss}"
    assert made.summary == "{train/loss} - {val/loss} of 1 run."
    shown = {key: made.panel[key] for key in ("metrics", "y", "x", "smooth", "smoothBy")}
    assert shown == {
        "metrics": [],
        "y": "{train/loss} - {val/loss}",
        "x": "metric:epoch",
        "smooth": 0.5,
        "smoothBy": "gaussian",
    }
    made = chart("line", project, metric="train/loss", y="log10(y)", ignore_outliers=True)
    assert made.summary.endswith("Drawn as log10(y).")
    assert (made.panel["metrics"], made.panel["ignoreOutliers"]) == (["train/loss"], True)


def test_a_line_chart_has_groups_by_several_keys(tmp_path):
    project = project_model(
        tmp_path,
        run("a").config(net="wide", lr=10).metric("acc", [0.1]),
        run("b").config(net="wide", lr=2).metric("acc", [0.2]),
        run("c").config(net="wide", lr=2).metric("acc", [0.4]),
        run("d").config(net="deep").metric("acc", [0.5]),
    )
    made = chart("line", project, metric="acc", group=["net", "lr"], band="none")
    assert made.panel["group"] == ["config.net", "config.lr"]
    ends = "deep · \N{EM DASH} 0.5 (n = 1); wide · 2 0.3 (n = 2); wide · 10 0.1 (n = 1)"
    assert made.summary == f"acc of 4 runs by net, lr: mean. At the last step: {ends}."


def test_bars_stand_best_first_by_the_goal_of_the_metric(tmp_path):
    made = [run(name).metric("score", [value]).define("score", goal="minimize") for name, value in (("a", 2), ("b", 1))]
    assert [row["value"] for row in rows(chart("bar", project_model(tmp_path, *made), metric="score"), "bars")] == [
        1,
        2,
    ]


def test_bars_stand_best_first_whatever_better_means():
    up = [row["value"] for row in rows(chart("bar", metric="val/acc"), "bars")]
    down = [row["value"] for row in rows(chart("bar", metric="val/loss"), "bars")]
    assert up == sorted(up, reverse=True)
    assert down == sorted(down)


def test_bars_of_groups_have_means_and_intervals():
    (adam, sgd) = rows(chart("bar", metric="val/acc", group="optimizer.name"), "bars")
    assert (adam["label"], sgd["label"]) == ("adam", "sgd")
    assert adam["value"] == pytest.approx(0.918)
    assert sgd["value"] == pytest.approx(0.938)
    assert adam["low"] < adam["value"] < adam["high"]
    assert adam["high"] - adam["value"] == pytest.approx(adam["value"] - adam["low"])


def test_bars_leave_out_the_worst_of_too_many_and_say_so(tmp_path):
    project = project_model(tmp_path, *(run(f"r{n:02}").metric("acc", [n / 100]).finished() for n in range(45)))
    made = chart("bar", project, metric="acc")
    assert len(rows(made, "bars")) == 40
    assert "The best 40 of 45 are shown." in made.summary


def test_a_limit_says_how_many_bars_there_are():
    assert len(rows(chart("bar", metric="val/acc", limit=3), "bars")) == 3
    made = chart("bar", metric="val/acc", group="lr", limit=2)
    assert [row["label"] for row in rows(made, "bars")] == ["0.0001", "0.001"]
    assert made.summary.endswith("The first 2 of 4 groups are shown.")


def test_runs_of_one_name_are_told_apart(tmp_path):
    project = project_model(
        tmp_path,
        run("a").name("same").metric("acc", [0.1]).finished(),
        run("b").name("same").metric("acc", [0.2]).finished(),
    )
    assert {row["label"] for row in rows(chart("bar", project, metric="acc"), "bars")} == {"same (a)", "same (b)"}


def test_a_run_keeps_its_colour_in_every_chart():
    project = sweep()
    some = project.runs[13:15]
    for made, name in (
        (chart("bar", runs=some, metric="val/acc"), "bars"),
        (chart("scatter", runs=some, x="lr", y="val/acc"), "points"),
    ):
        assert {row["run"]: row["color"] for row in rows(made, name)} == {"r13": 1, "r14": 2}


def test_a_scatter_tells_the_rank_correlation(tmp_path):
    project = project_model(
        tmp_path, *(run(f"r{n}").config(width=2**n).metric("acc", [n / 10]).finished() for n in range(6))
    )
    assert (
        chart("scatter", project, x="width", y="acc").summary == "acc against width of 6 runs; rank correlation 1.00."
    )


def test_many_numbers_colour_by_a_gradient_and_few_by_the_palette(tmp_path):
    project = project_model(
        tmp_path, *(run(f"r{n:02}").config(lr=n / 7, half=n % 2).metric("acc", [n]).finished() for n in range(14))
    )
    scale = {s["name"]: s for s in chart("scatter", project, x="lr", y="acc", color="lr").spec["scales"]}["color"]
    assert scale["range"] == {"scheme": "viridis"}
    scale = {s["name"]: s for s in chart("scatter", project, x="lr", y="acc", color="half").spec["scales"]}["color"]
    assert scale["range"] == "category"


def test_a_histogram_counts_every_run_once():
    assert sum(row["count"] for row in rows(chart("histogram", metric="val/acc"), "bins")) == 24


def test_a_histogram_of_equal_values_and_of_wild_ones_is_drawn(tmp_path):
    project = project_model(tmp_path, *(run(f"r{n}").metric("acc", [1.5]).finished() for n in range(3)))
    assert sum(row["count"] for row in rows(chart("histogram", project, metric="acc"), "bins")) == 3
    wild = project_model(
        tmp_path / "wild", *(run(f"r{n}").metric("acc", [10.0 ** (n * 30)]).finished() for n in range(9))
    )
    assert sum(row["count"] for row in rows(chart("histogram", wild, metric="acc"), "bins")) == 9


def test_a_box_shows_the_runs_beyond_its_whiskers(tmp_path):
    values = [1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2.0, 2.1, 9.0]
    described = (run(f"r{n:02}").config(kind="a").metric("acc", [value]).finished() for n, value in enumerate(values))
    made = chart("box", project_model(tmp_path, *described), metric="acc", group="kind")
    (box,) = rows(made, "boxes")
    assert (box["low"], box["median"], box["high"]) == (1.0, 1.6, 2.1)
    assert [row["value"] for row in rows(made, "points")] == [9.0]


def test_groups_of_numbers_are_in_order_of_size():
    boxes = rows(chart("box", metric="val/acc", group="lr"), "boxes")
    assert [box["group"] for box in boxes] == ["0.0001", "0.001", "0.01", "0.1"]


@pytest.mark.parametrize(
    ("kind", "options", "what", "remedy"),
    [
        ("line", {}, "a line chart needs 'metric'", "metric: …"),
        ("line", {"metric": "val/ac"}, "none of the 24 runs logged a metric 'val/ac'", "did you mean 'val/acc'"),
        ("line", {"metric": "val/acc", "group": "optim"}, "none of the 24 runs has a value 'optim'", ""),
        ("line", {"metric": "val/acc", "band": "std"}, "has no use for 'band' without 'group'", "group: …"),
        (
            "line",
            {"metric": "val/acc", "group": "lr", "color": "lr"},
            "both 'color' and 'group'",
            "groups have colours",
        ),
        ("line", {"metric": "val/acc", "group": "lr", "center": "mode"}, "'mode' as center", "one of mean, median"),
        ("line", {"metric": "val/acc", "group": "lr", "band": "sd"}, "'sd' as band", "std, sem, minmax, ci95, none"),
        ("line", {"metric": "val/acc", "x": "epoch"}, "cannot have 'epoch' as x", "step, relative, wall"),
        ("line", {"metric": "val/acc", "x": "metric:epoch"}, "logged a metric 'epoch'", ""),
        ("line", {"metric": "val/acc", "smooth_by": "box"}, "'box' as smooth_by", "ema, gaussian, mean"),
        ("line", {"metric": "val/acc", "y": "log10(y"}, "“(” is not closed, at character 6", "such as"),
        ("line", {"y": "log10(y)"}, "'y' is the metric of the chart, which has none", "metric: …"),
        ("line", {"y": "{val/ac} / 2"}, "none of the 24 runs logged a metric 'val/ac'", "did you mean 'val/acc'"),
        ("line", {"pattern": "("}, "'(' is no regular expression", "such as ^val/"),
        ("line", {"pattern": "nothing"}, "no metric of the 24 runs matches 'nothing'", ""),
        ("line", {"metric": "val/acc", "group": ["lr", "optim"]}, "none of the 24 runs has a value 'optim'", ""),
        ("scatter", {"y": "val/acc"}, "a scatter chart needs 'x'", "x: …"),
        ("scatter", {"x": "config.lrr", "y": "val/acc"}, "none of the 24 runs has a value 'config.lrr'", "'config.lr'"),
        ("scatter", {"x": "lr", "y": "val/accc"}, "none of the 24 runs has a number 'val/accc'", "'val/acc'"),
        ("scatter", {"x": "seed", "y": "val/acc", "log_x": True}, "log_x needs numbers above zero", "leave out"),
        ("scatter", {"x": "lr", "y": "val/acc", "color": "optimiser"}, "a value 'optimiser'", ""),
        ("bar", {}, "a bar chart needs 'metric'", "metric: …"),
        ("bar", {"metric": "name"}, "none of the 24 runs has a number 'name'", ""),
        ("box", {"metric": "val/acc", "group": "optim"}, "none of the 24 runs has a value 'optim'", ""),
        ("histogram", {}, "a histogram chart needs 'x'", "x: …"),
    ],
)
def test_a_chart_that_cannot_be_made_says_why(kind, options, what, remedy):
    with pytest.raises(BlockError) as caught:
        chart(kind, **options)
    assert what in caught.value.what
    assert remedy in caught.value.remedy


def test_values_that_are_no_numbers_are_left_out_of_a_chart(tmp_path):
    project = project_model(
        tmp_path,
        run("a").metric("acc", [0.5]).finished(),
        run("b").metric("acc", [float("nan")]).finished(),
        run("c").summary(acc="good").finished(),
    )
    assert [row["run"] for row in rows(chart("bar", project, metric="acc"), "bars")] == ["a"]


@pytest.mark.parametrize(
    ("metrics", "main"),
    [
        (["train/acc", "val/acc", "val/loss", "epoch"], "val/acc"),
        (["epoch", "val/loss", "train/loss"], "val/loss"),
        (["steps_per_second", "test_f1"], "test_f1"),
        (["speed"], "speed"),
    ],
)
def test_the_main_metric_is_a_held_out_quality_before_all_else(tmp_path, metrics, main):
    described = run("a").finished()
    for metric in metrics:
        described.metric(metric, [0.5])
    assert main_metric(project_model(tmp_path, described).runs) == main


def test_a_workspace_begins_with_the_best_runs_and_the_keys_that_differ():
    made = workspace_charts(sweep())
    assert [one.title for one in made] == ["Best runs", "val/acc by optimizer.name", "val/acc by lr"]
    assert len({one.id for one in made}) == len(made)
    assert [scale["type"] for scale in made[2].spec["scales"] if scale["name"] == "x"] == ["log"]


def test_a_tiny_project_has_no_charts(tmp_path):
    described = (run(f"r{n}").config(lr=n).metric("acc", [n]).finished() for n in range(3))
    assert workspace_charts(project_model(tmp_path, *described)) == ()


def test_reports_get_the_same_charts_by_plain_arguments():
    project = sweep()
    options = {"kind": "bar", "metric": "val/acc"}
    drawn = report_charts()["bar"](project, project.runs, options, "c")
    assert dataclasses.asdict(drawn) == dataclasses.asdict(chart("bar", metric="val/acc"))


def test_summaries_are_sentences():
    for kind, options in (("scatter", {"x": "lr", "y": "val/acc"}), ("histogram", {"metric": "val/acc"})):
        assert re.fullmatch(r"[^\n]+\.", chart(kind, **options).summary)


def scale_of(made):
    return next(scale for scale in made.spec["scales"] if scale["name"] == "color")


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("scatter", {"x": "lr", "y": "val/acc", "color": "optimizer.name"}),
        ("bar", {"metric": "val/acc", "color": "optimizer.name"}),
        ("bar", {"metric": "val/acc", "group": "optimizer.name"}),
        ("box", {"metric": "val/acc", "group": "optimizer.name"}),
    ],
)
def test_a_group_keeps_its_colour_when_others_are_not_shown(kind, options):
    project = sweep()
    sgd = tuple(run for run in project.runs if run.config["optimizer"]["name"] == "sgd")
    some = chart(kind, runs=sgd, **options)
    assert scale_of(some)["domain"] == scale_of(chart(kind, **options))["domain"] == ["adam", "sgd"]
    assert [legend["values"] for legend in some.spec.get("legends", [])] in ([], [["sgd"]])


def test_groups_are_sorted_as_people_sort_them(tmp_path):
    names = ["net-10", "net-9", "Net-1", None]
    described = [run(f"r{n}").at(n).metric("acc", [n]) for n in range(4)]
    for one, name in zip(described, names, strict=True):
        one.config(net=name) if name else one
    made = chart("bar", project_model(tmp_path, *described), metric="acc", group="net")
    assert [row["label"] for row in rows(made, "bars")] == ["Net-1", "net-9", "net-10", "\N{EM DASH}"]
