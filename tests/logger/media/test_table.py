import json
from pathlib import Path

import numpy as np
import pandas as pd

from reportgen import Image, Table
from tests.logger.logs import rows


def logged(run, value):
    run.log({"table": value})
    found = rows(run.dir)[-1]["table"]
    return found, json.loads(Path(run.dir, found["path"]).read_text())


def test_columns_and_rows_are_kept_in_a_file(begin):
    table = Table(columns=["digit", "score"], data=[[3, 0.5]])
    table.add_data(np.int64(7), float("nan"))
    value, content = logged(begin(), table)
    assert content == {"columns": ["digit", "score"], "data": [[3, 0.5], [7, "NaN"]]}
    assert (value["_type"], value["nrows"], value["ncols"]) == ("table-file", 2, 2)
    assert value["path"] == f"files/media/table/{value['sha256'][:16]}.table.json"


def test_cells_may_be_images(begin):
    run = begin()
    _, content = logged(run, Table(["image"], [[Image(np.zeros((2, 2)), caption="zero")]]))
    cell = content["data"][0][0]
    assert (cell["_type"], cell["caption"]) == ("image-file", "zero")
    assert Path(run.dir, cell["path"]).is_file()


def test_frames_wrapped_and_bare(begin):
    run = begin()
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", "y"], 3: pd.to_datetime(["2026-01-02", "2026-01-03"])})
    expected = {"columns": ["a", "b", "3"], "data": [[1, "x", "2026-01-02T00:00:00"], [2, "y", "2026-01-03T00:00:00"]]}
    assert logged(run, Table(dataframe=frame))[1] == expected
    assert logged(run, frame)[1] == expected


def test_a_table_grows_between_two_logs(begin):
    run = begin()
    table = Table(["a"])
    assert logged(run, table)[0]["nrows"] == 0
    table.add_data(1)
    assert logged(run, table)[0]["nrows"] == 1


def test_a_row_of_the_wrong_length_is_told_when_logged(begin, capsys):
    run = begin()
    table = Table(["a", "b"])
    table.add_data(1)
    run.log({"table": table, "good": 1})
    assert rows(run.dir) == [{"_step": 0, "table": None, "good": 1}]
    assert "a row of 1 values for 2 columns" in capsys.readouterr().err
