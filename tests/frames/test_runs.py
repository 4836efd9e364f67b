"""The runs of a project as columns, and those as a data frame."""

import math
from pathlib import Path

import pytest

from reportgen.document import Column
from reportgen.frames import run_columns, runs_frame, summary_value, table_columns
from reportgen.frames.runs import RUN_COLUMNS, flat_config, number_of
from reportgen.model import Project, Run, RunId
from tests.builders import START, project_model, run


def model_run(run_id, **fields):
    times = {"started": 0.0, "ended": 10.0, "exit_code": 0}
    return Run(RunId(run_id), "p", Path(run_id), run_id, "finished", **times | fields)


def columns_of(*runs):
    return run_columns(Project("p", runs))


def frame_of(*runs):
    return runs_frame(Project("p", runs))


def test_a_frame_of_real_runs(tmp_path):
    project = project_model(
        tmp_path,
        run("a").config(lr=0.1, opt={"name": "adam"}).metric("loss", [3, 2]).tag("x").finished(),
        run("b").at(5).config(lr=1, seed=7).metric("acc", [0.5]).group("g").crashed(),
    )
    frame = runs_frame(project)
    assert frame.index.tolist() == ["a", "b"]
    assert frame.columns.tolist() == [
        *RUN_COLUMNS,
        *("config.lr", "config.opt.name", "config.seed"),
        *("summary.loss", "summary.acc"),
    ]
    assert frame.loc["a", ["name", "state", "started", "duration", "rows"]].tolist() == ["a", "finished", START, 100, 2]
    assert frame["tags"].tolist() == [("x",), ()]
    assert frame["config.lr"].tolist() == [0.1, 1.0]
    assert frame["config.opt.name"].tolist() == ["adam", None]


@pytest.mark.parametrize(
    ("values", "dtype", "stored"),
    [
        ([1, 2], "int64", [1, 2]),
        ([1, 2.5], "float64", [1.0, 2.5]),
        ([True, False], "bool", [True, False]),
        ([True, 1], "object", [True, 1]),
        ([1, "a"], "object", [1, "a"]),
        (["a", "b"], "object", ["a", "b"]),
        ([[1, 2], {}], "object", [[1, 2], None]),
        ([1, 2.5, {}], "float64", [1.0, 2.5, math.nan]),
        ([{}, {}], "object", [None, None]),
        ([10**400, 1], "float64", [math.inf, 1.0]),
        ([2**60, 1], "float64", [2.0**60, 1.0]),
    ],
)
def test_types_of_columns(values, dtype, stored):
    frame = frame_of(*(model_run(str(number), config={"x": value}) for number, value in enumerate(values)))
    assert frame["config.x"].dtype == dtype
    assert repr(frame["config.x"].tolist()) == repr(stored)
    columns = columns_of(*(model_run(str(number), config={"x": value}) for number, value in enumerate(values)))
    assert repr(columns["config.x"]) == repr(stored)


def test_runs_without_a_key_have_nan_among_numbers_and_none_elsewhere():
    frame = frame_of(model_run("a", summary={"x": 1, "y": "t", "z": True}), model_run("b"))
    assert math.isnan(frame.loc["b", "summary.x"])
    assert frame["summary.y"].tolist() == ["t", None]
    assert frame["summary.z"].tolist() == [True, None]


def test_a_project_without_runs_has_the_fixed_columns():
    assert frame_of().columns.tolist() == list(RUN_COLUMNS)
    assert [column.key for column in table_columns(columns_of())] == ["name", "state", "started", "duration", "rows"]


def test_table_columns():
    columns = columns_of(
        model_run("a", config={"lr": 0.1, "opt": {"name": "x"}, "flag": True}, summary={"val/acc": 1}, job_type="eval"),
        model_run("b", config={"lr": 1, "layers": [1]}, summary={"mixed": 1}),
        model_run("c", summary={"mixed": "one"}),
    )
    assert table_columns(columns) == (
        Column("name", "name", "run", "string"),
        Column("state", "state", "run", "state"),
        Column("started", "started", "run", "time"),
        Column("duration", "duration", "run", "duration"),
        Column("job_type", "job type", "run", "string"),
        Column("rows", "rows", "run", "number"),
        Column("config.lr", "lr", "config", "number"),
        Column("config.opt.name", "opt.name", "config", "string"),
        Column("config.flag", "flag", "config", "boolean"),
        Column("config.layers", "layers", "config", "list"),
        Column("summary.val/acc", "val/acc", "summary", "number"),
        Column("summary.mixed", "mixed", "summary", "string"),
    )


def test_summary_value():
    described = model_run("a", config={"opt": {"lr": 0.1}}, summary={"loss": 2.0})
    assert summary_value(described, "loss") == 2.0
    assert summary_value(described, "summary.loss") == 2.0
    assert summary_value(described, "config.opt.lr") == 0.1
    assert summary_value(described, "config.missing") is None
    assert summary_value(described, "missing") is None


def test_flat_config_keeps_lists_and_empty_dicts():
    assert flat_config({"a": {"b": {"c": 1}, "d": [1]}, "e": {}}) == {"a.b.c": 1, "a.d": [1], "e": {}}


@pytest.mark.parametrize(
    ("value", "number"), [(True, 1), (2, 2), (0.5, 0.5), (10**400, math.inf), (-(10**400), -math.inf)]
)
def test_number_of(value, number):
    assert number_of(value) == number


@pytest.mark.parametrize("value", ["1", None, [1], {}])
def test_no_number(value):
    assert math.isnan(number_of(value))
