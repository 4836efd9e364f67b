import datetime as dt
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen import EvalTable, Image, JoinedTable, Table
from reportgen.errors import UsageError
from reportgen.logger.media import table_file
from tests.logger import logs
from tests.logger.logs import rows, told

PICTURE = np.zeros((2, 2))


def logged(run, value):
    found, path = logs.logged(run, value)
    return found, json.loads(path.read_text())


def whole(run, value):
    """Columns and rows of a table as a reader puts them together."""
    parts = [json.loads(Path(run.folder, part).read_text()) for part in value.get("parts", [value["path"]])]
    return {"columns": parts[-1]["columns"], "data": [row for part in parts for row in part["data"]]}


def test_columns_and_rows_are_kept_in_a_file(begin):
    table = Table(columns=["digit", "score"], data=[[3, 0.5]])
    table.add_data(np.int64(7), float("nan"))
    value, content = logged(begin(), table)
    assert content == {"columns": ["digit", "score"], "data": [[3, 0.5], [7, "NaN"]]}
    assert (value["_type"], value["nrows"], value["ncols"]) == ("table-file", 2, 2)
    assert value["path"] == f"files/media/table/{value['sha256'][:16]}.table.json"


def test_cells_may_be_media(begin):
    run = begin()
    box = {"position": {"minX": 0, "maxX": 1, "minY": 0, "maxY": 1}}
    picture = Image(PICTURE, caption="zero", boxes={"b": {"box_data": [box]}})
    _, content = logged(run, Table(["image", "list"], [[picture, [picture, {"deep": picture}]]]))
    cell, (first, second) = content["data"][0]
    assert cell == first == second["deep"]
    assert (cell["_type"], cell["caption"]) == ("image-file", "zero")
    assert Path(run.folder, cell["path"]).is_file()


def test_a_cell_that_is_no_picture_costs_itself(begin, capsys):
    _, content = logged(begin(), Table(["image", "n"], [[Image("missing.png"), 1], [Image(PICTURE), 2]]))
    assert content["data"][0] == [None, 1]
    assert content["data"][1][0]["_type"] == "image-file"
    assert "a medium of the type Image is left out" in capsys.readouterr().err


def test_frames_wrapped_and_bare(begin):
    run = begin()
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", None], 3: pd.to_datetime(["2026-01-02", None])})
    frame["c"] = pd.array([None, 4], dtype="Int64")
    expected = {
        "columns": ["a", "b", "3", "c"],
        "data": [[1, "x", "2026-01-02T00:00:00", None], [2, logged(run, frame)[1]["data"][1][1], None, 4]],
    }
    assert expected["data"][1][1] in (None, "NaN")  # which of both pandas has depends on its version
    for value in (Table(dataframe=frame), Table(data=frame), frame):
        assert logged(run, value)[1] == expected


def test_frames_of_polars(begin):
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame({"a": [1, None], "b": [dt.date(2026, 1, 2), None], "c": [[1, 2], []]})
    expected = {"columns": ["a", "b", "c"], "data": [[1, "2026-01-02", [1, 2]], [None, None, []]]}
    run = begin()
    assert logged(run, frame)[1] == logged(run, Table(dataframe=frame))[1] == expected


def test_arrays_and_legacy_rows(begin):
    run = begin()
    assert logged(run, Table(["a", "b"], np.array([[1, 2], [3, 4]])))[1]["data"] == [[1, 2], [3, 4]]
    assert logged(run, Table(["a", "b"], rows=[[1, 2]]))[1]["data"] == [[1, 2]]
    assert logged(run, Table())[1] == {"columns": ["Input", "Output", "Expected"], "data": []}
    assert logged(run, Table(["vector"], [[np.arange(50)]]))[1]["data"] == [[list(range(50))]]


@pytest.mark.parametrize(
    "wrong", [{"data": 5}, {"data": [5]}, {"data": np.zeros(3)}, {"dataframe": [1]}, {"columns": 5}]
)
def test_what_is_no_table_costs_its_key_and_a_warning(begin, capsys, wrong):
    told(begin, capsys, Table(**wrong))


@pytest.mark.parametrize("wrong", [{"data": 5}, {"columns": 5}, {"columns": ["a"], "dtype": [int, str]}])
def test_a_table_that_went_wrong_still_takes_rows(wrong):
    table = Table(**wrong)
    table.add_data(1)
    table.add_column("more", [2])
    table.columns.append("mine")
    table.add_data(1, 2, 3)
    assert len(table.data) == 2


def test_a_value_that_cannot_be_compared_is_told(begin, capsys):
    assert len(logged(begin(), Table(["a"], [[np.zeros(3)]], dtype={1, 2}))[1]["data"]) == 1
    assert "column 'a' is 1 or 2 or none" in capsys.readouterr().err


def test_an_immutable_table_is_logged_once_and_changes_are_told(begin, capsys):
    run = begin()
    table = Table(["a"], [[1]])
    first, _ = logged(run, table)
    assert logged(run, table)[0] == first
    assert capsys.readouterr().err == ""
    table.add_data(2)
    assert logged(run, table)[0] == first
    assert "changed after it was logged" in capsys.readouterr().err


def test_a_mutable_table_is_written_each_time(begin):
    run = begin()
    table = Table(["a"], [[1]], log_mode="MUTABLE")
    assert logged(run, table)[0]["nrows"] == 1
    table.add_data(2)
    table.data[0][0] = 7
    assert logged(run, table)[1]["data"] == [[7], [2]]


def test_an_incremental_table_writes_what_is_new(begin):
    run = begin()
    table = Table(["a"], [[1]], log_mode="INCREMENTAL")
    values = [logged(run, table)[0]]
    table.add_data(2)
    table.add_data(3)
    value, content = logged(run, table)
    values.append(value)
    assert content == {"columns": ["a"], "data": [[2], [3]]}
    assert logged(run, table)[0] == value
    assert [value["increment"] for value in values] == [0, 1]
    assert [value["parts"] for value in values] == [[values[0]["path"]], [values[0]["path"], values[1]["path"]]]
    assert (value["nrows"], value["ncols"], value["log_mode"]) == (3, 1, "INCREMENTAL")
    assert whole(run, value)["data"] == [[1], [2], [3]]


def test_each_run_gets_the_whole_table(begin):
    table = Table(["a"], [[1]], log_mode="INCREMENTAL")
    logged(begin(), table)
    table.add_data(2)
    run = begin()
    assert whole(run, logged(run, table)[0])["data"] == [[1], [2]]


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.integers(0, 2), max_size=3), max_size=12))
def test_increments_put_together_are_the_table(begin, monkeypatch, additions):
    monkeypatch.setattr(table_file, "MOST_PARTS", 3)
    run = begin()
    table = Table(["a"], log_mode="INCREMENTAL")
    for addition in additions:
        for number in addition:
            table.add_data(number)
        value, _ = logged(run, table)
        assert len(value["parts"]) <= 3
        assert value["parts"][-1] == value["path"]
        assert whole(run, value)["data"] == table.data
        assert value["nrows"] == len(table.data)
    run.finish()


def test_an_increment_that_could_not_be_written_is_written_with_the_next(begin):
    run = begin()
    table = Table(["a"], [[1]], log_mode="INCREMENTAL")
    store = Path(run.folder, "files")
    store.write_text("in the way")
    run.log({"t": table})
    assert rows(run.folder)[-1]["t"] is None
    store.unlink()
    table.add_data(2)
    value, _ = logged(run, table)
    assert (whole(run, value)["data"], value["increment"]) == ([[1], [2]], 0)


@pytest.mark.parametrize(("row", "kept"), [((1,), [1, None]), ((1, 2, 3), [1, 2])])
def test_a_row_of_the_wrong_length_is_kept_and_told(begin, capsys, row, kept):
    table = Table(["a", "b"])
    table.add_row(*row)
    assert logged(begin(), table)[1]["data"] == [kept]
    assert f"a row of {len(row)} values for 2 columns" in capsys.readouterr().err


FITTING = [
    ({}, [1, 2.5, np.float32(1), None, float("nan")]),
    ({}, ["a", np.str_("b")]),
    ({}, [True, np.bool_(False)]),
    ({}, [pd.Timestamp("2026-01-01"), dt.date(2026, 1, 2), np.datetime64("2026-01-01"), pd.NaT]),
    ({}, [[1], (2,)]),
    ({}, [{"a": 1}, None]),
    ({}, [Image(PICTURE), Image(PICTURE)]),
    ({"dtype": float}, [1, 2.5, None]),
    ({"dtype": Image}, [Image(PICTURE)]),
    ({"dtype": [int]}, [1]),
    ({"dtype": {"a", "b"}}, ["a", "b", "a"]),
    ({"dtype": [[float, str]]}, [1, "a"]),
    ({"dtype": object}, [1, "a"]),
    ({"allow_mixed_types": True}, [1, "a", None, Image(PICTURE)]),
    ({"dtype": int, "optional": False}, [1, 2]),
    ({}, [np.zeros(2), np.ones(3)]),
]
WRONG = [
    ({}, [1, "a"]),
    ({}, [True, 1]),
    ({}, [None, "a", 1.0]),
    ({}, [Image(PICTURE), "a"]),
    ({"dtype": int}, ["a"]),
    ({"dtype": str}, [1]),
    ({"dtype": {"a", "b"}}, ["c"]),
    ({"dtype": 5}, [6]),
    ({"optional": False}, [None]),
    ({"dtype": float, "optional": [False]}, [1.0, None]),
    ({"dtype": [float, str]}, [1]),
    ({"log_mode": "SOMETIMES"}, [1]),
]


@pytest.mark.parametrize(("options", "values"), FITTING)
def test_values_that_fit_are_kept_quietly(begin, capsys, options, values):
    assert len(logged(begin(), Table(["a"], [[value] for value in values], **options))[1]["data"]) == len(values)
    table = Table(["a"], **options)
    for value in values:
        table.add_data(value)
    logged(begin(), table)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("options", "values"), WRONG)
def test_values_that_do_not_fit_are_kept_and_told(begin, capsys, options, values):
    table = Table(["a"], [[value] for value in values], **options)
    assert len(logged(begin(), table)[1]["data"]) == len(values)
    assert capsys.readouterr().err.count("something about a medium is wrong") == 1


def test_columns_are_added_and_computed(begin):
    table = Table(["x"], [[1], [2]])
    table.add_column("y", np.array([3, 4]))
    table.add_computed_columns(lambda number, row: {"sum": row["x"] + row["y"], "n": int(number)})
    assert logged(begin(), table)[1] == {"columns": ["x", "y", "sum", "n"], "data": [[1, 3, 4, 0], [2, 4, 6, 1]]}
    first = Table(columns=[])
    first.add_column("a", [1, 2])
    assert (first.columns, first.data) == (["a"], [[1], [2]])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda table: table.add_column("y", [1]), "a column of 1 values for 2 rows"),
        (lambda table: table.add_column("y", [1, "a"]), "column 'y'"),
        (lambda table: table.add_column("x", [1, 2]), "there is a column 'x' already"),
        (lambda table: table.add_computed_columns(lambda number, row: {"y": 1 // (row["x"] - 1)}), "ZeroDivisionError"),
        (lambda table: table.add_computed_columns(lambda number, row: 5), "TypeError"),
        (lambda table: table.add_column("y", 5), "TypeError"),
        (lambda table: table.cast("x", str), "column 'x'"),
        (lambda table: table.cast("z", str), "there is no column 'z'"),
        (lambda table: table.cast("x", {np.zeros(2).tobytes()}), "column 'x'"),
    ],
)
def test_changes_that_go_wrong_are_told_and_rows_kept(begin, capsys, change, said):
    table = Table(["x"], [[1], [2]])
    change(table)
    _, content = logged(begin(), table)
    assert [row[0] for row in content["data"]] == [1, 2]
    assert said in capsys.readouterr().err


def test_an_incremental_table_takes_no_columns(begin, capsys):
    table = Table(["x"], [[1]], log_mode="INCREMENTAL")
    table.add_column("y", [1])
    assert logged(begin(), table)[1]["columns"] == ["x"]
    assert "takes rows, no columns" in capsys.readouterr().err


def test_reading_a_table():
    table = Table(["a", "b"], [[1, [2]], [3, [4, 5]]])
    assert table.get_column("a") == [1, 3]
    assert table.get_column("a", convert_to="numpy").tolist() == [1, 3]
    assert table.get_column("b", convert_to="numpy").tolist() == [[2], [4, 5]]
    assert [(number, row) for number, row in table.iterrows()] == [(0, [1, [2]]), (1, [3, [4, 5]])]
    assert table.get_index()[1].get_row() == {"a": 3, "b": [4, 5]}
    assert table.get_dataframe().to_dict("list") == {"a": [1, 3], "b": [[2], [4, 5]]}
    with pytest.raises(UsageError, match="There are a, b"):
        table.get_column("c")
    assert str(table.cast("a", int)) == "number"


def test_numbers_of_rows_are_cells(begin):
    table = Table(["a"], [["x"]])
    assert logged(begin(), Table(["row"], [[index] for index in table.get_index()]))[1]["data"] == [[0]]


def test_two_tables_are_joined(begin, tmp_path):
    run = begin()
    left = Table(["id", "x", "same"], [[1, "a", True], [2, "b", True], [2, "c", False]])
    right = Table(["key", "same", "picture"], [[2, 5, Image(PICTURE)], [3, 6, None]])
    value, content = logged(run, JoinedTable(left, right, ["id", "key"]))
    picture = content["data"][1][4]
    assert picture["_type"] == "image-file"
    assert content == {
        "columns": ["id", "x", "same (1)", "same (2)", "picture"],
        "data": [
            [1, "a", True, None, None],
            [2, "b", True, 5, picture],
            [2, "c", False, 5, picture],
            [3, None, None, 6, None],
        ],
    }
    assert (value["_type"], value["nrows"], value["ncols"]) == ("table-file", 4, 5)
    file = tmp_path / "t.table.json"
    file.write_text(json.dumps({"columns": ["id", "z"], "data": [[1, 9]]}))
    assert logged(run, JoinedTable(left, str(file), "id"))[1]["data"][0] == [1, "a", True, 9]


@pytest.mark.parametrize(
    ("other", "key"),
    [("missing.table.json", "a"), (5, "a"), (Table(["b"]), "a"), (Table(["a"]), ["a"]), (Table(["a"]), "c")],
)
def test_tables_that_cannot_be_joined(begin, capsys, other, key):
    told(begin, capsys, JoinedTable(Table(["a"]), other, key))


def test_an_evaluation_knows_what_its_columns_are_for(begin, capsys):
    run = begin()
    table = EvalTable(
        input_columns=["image"], output_columns=["guess"], score_columns=["score"], data=[["i", "4", 0.5]]
    )
    value, content = logged(run, table)
    assert content["columns"] == ["image", "guess", "score"]
    assert [value[role] for role in ("input_columns", "output_columns", "score_columns")] == [
        ["image"],
        ["guess"],
        ["score"],
    ]
    value, _ = logged(run, EvalTable(["a", "b"], [[1, 2]], score_columns=["b"]))
    assert (value["input_columns"], value["output_columns"], value["score_columns"]) == ([], ["a"], ["b"])
    assert capsys.readouterr().err == ""
    value, _ = logged(run, EvalTable(["a"], [[1]], input_columns=["nowhere"]))
    assert value["input_columns"] == []
    assert "nowhere" in capsys.readouterr().err


cells = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(codec="utf-8"))
    | st.floats(allow_nan=False)
)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1)))
def test_any_cells_come_back(begin, data):
    run = begin()
    _, content = logged(run, Table([f"c{n}" for n in range(len(data[0]))], data, allow_mixed_types=True))
    infinite = {float("inf"): "Infinity", float("-inf"): "-Infinity"}
    expected = [[infinite.get(cell, cell) if isinstance(cell, float) else cell for cell in row] for row in data]
    assert content["data"] == expected
    run.finish()


def test_a_table_may_have_more_rows_than_a_value_has_lists(begin):
    value, content = logged(begin(), Table(["a"], [[number] for number in range(120_000)]))
    assert value["nrows"] == 120_000
    assert content["data"][-1] == [119_999]
