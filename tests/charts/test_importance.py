"""What matters for a metric: found where it is, no more believed than it deserves, and not grown twice."""

import importlib.util

import numpy as np
import pytest

from reportgen.charts import importance, importance_of, importance_table
from reportgen.charts.importance import LEAST_RUNS, MOST_RUNS
from tests.builders import load, run

pytest.importorskip("sklearn")


def project(folder, count, score, **more):
    """Runs with a rate, an optimiser, a seed and a host of their own; ``score`` says how good each is."""
    for number in range(count):
        config = {"rate": 10.0 ** (-number % 5), "optimizer": ("sgd", "adam")[number % 2], "seed": number % 3}
        described = run(f"r{number:04}").at(number).config(config, host=f"host-{number}", same=1, **more)
        described.metric("acc", [score(config, number)]).finished().write(folder)
    return load(folder).projects[0]


def test_what_a_metric_depends_on_is_found_and_what_it_does_not_is_below_noise(tmp_path):
    made = project(
        tmp_path, 60, lambda config, _: float(np.log10(config["rate"]) + 2 * (config["optimizer"] == "adam"))
    )
    (forest,) = importance_of(importance_table(made, ["acc"]))["metrics"].values()
    shares = {one["key"]: one["importance"] for one in forest["keys"]}
    assert list(shares) == ["config.rate", "config.optimizer", "config.seed"]
    assert shares["config.rate"] > 0.5
    assert shares["config.seed"] <= forest["noise"] < 0.1
    assert forest["score"] > 0.9
    assert (forest["runs"], forest["of"]) == (60, 60)
    assert sum(shares.values()) + forest["noise"] == pytest.approx(1, abs=0.001)


def test_a_metric_that_depends_on_nothing_has_a_score_that_says_so(tmp_path):
    noise = np.random.default_rng(1).random(60)
    made = project(tmp_path, 60, lambda _, number: float(noise[number]))
    (forest,) = importance_of(importance_table(made, ["acc"]))["metrics"].values()
    assert forest["score"] < 0.1


def test_large_projects_have_forests_for_what_somebody_asks_for_alone(tmp_path):
    made = project(tmp_path, importance.UNASKED_RUNS + 1, lambda config, _: config["rate"])
    assert importance_of(importance_table(made)) == {"missing": importance.ON_REQUEST, "metrics": {}}
    assert list(importance_table(made, ["acc"]).metrics) == ["summary.acc"]


def test_few_runs_have_no_forest_and_runs_that_do_not_differ_no_table(tmp_path):
    made = project(tmp_path / "few", LEAST_RUNS - 1, lambda config, _: config["rate"])
    (forest,) = importance_of(importance_table(made))["metrics"].values()
    assert forest["missing"] == "no forest: 11 runs are too few, it takes 12"
    assert forest["keys"] == []
    for number in range(20):
        run(f"r{number}").config(lr=1, host=f"host-{number}").metric("acc", [number]).write(tmp_path / "same")
    assert importance_table(load(tmp_path / "same").projects[0]) is None


def test_without_the_library_it_says_so(tmp_path, monkeypatch):
    made = project(tmp_path, 20, lambda config, _: config["rate"])
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert importance_of(importance_table(made)) == {"missing": importance.WITHOUT, "metrics": {}}
    assert "reportgen[importance]" in importance.WITHOUT


def test_the_same_runs_give_the_same_forest_and_it_is_grown_once(tmp_path, monkeypatch):
    table = importance_table(project(tmp_path, 30, lambda config, _: config["rate"]))
    first = importance_of(table, tmp_path / "cache")
    assert importance_of(table) == first
    grown = []
    monkeypatch.setattr(importance, "_forest", lambda *given: grown.append(given) or {})
    assert importance_of(table, tmp_path / "cache") == first
    assert grown == []
    damaged = next((tmp_path / "cache/importance").iterdir())
    damaged.write_text("{")
    importance_of(table, tmp_path / "cache")
    assert len(grown) == 1


def test_hostile_values_grow_a_forest_like_any_others(tmp_path):
    values = [1e300, -1e300, float("inf"), float("nan"), 10**400, None, "1e5", True, [1, 2], {}]
    for number in range(40):
        described = run(f"r{number}").at(number).config(odd=values[number % len(values)], big=1e39 * number)
        described.metric("acc", [1e308 * (number % 2) - 5e307]).finished().write(tmp_path)
    (forest,) = importance_of(importance_table(load(tmp_path).projects[0]))["metrics"].values()
    assert {one["key"] for one in forest["keys"]} == {"config.odd", "config.big"}
    assert all(0 <= one["importance"] <= 1 for one in forest["keys"])


def test_of_many_runs_some_are_taken_and_of_many_metrics_those_that_are_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(importance, "MOST_RUNS", 20)
    for number in range(50):
        described = run(f"r{number:02}").at(number).config(lr=number % 7)
        for metric in range(9):
            described = described.metric(f"m{metric}", [number * metric + 0.5 * number])
        described.finished().write(tmp_path)
    made = load(tmp_path).projects[0]
    table = importance_table(made, ["m8", "none"])
    assert next(iter(table.metrics)) == "summary.m8"
    assert len(table.metrics) == 1 + importance.MOST_METRICS
    forest = importance_of(table)["metrics"]["summary.m8"]
    assert (forest["runs"], forest["of"]) == (20, 50)
    assert MOST_RUNS == 1000
